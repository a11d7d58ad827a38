"""What a PDF lacks, or had to be mended for, is found with its pages."""

import re
from pathlib import Path

import pikepdf
import pytest

from chitieu.model import Document, Extraction, Flag, FlagKind
from chitieu.pdf_faults import PdfFaults, find_faults, page_list
from flows.child import with_faults
from tests.extractors.layered import Layered, write_pdf


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Four pages, every object in clear."""
    packed = write_pdf(tmp_path / "packed.pdf", *((Layered(f"page {number}"),) for number in range(1, 5)))
    path = tmp_path / "plain.pdf"
    with pikepdf.open(packed) as pdf:
        pdf.save(path, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


def kids(data: bytes) -> list[bytes]:
    found = re.search(rb"/Kids \[(.*?)\]", data, re.DOTALL)
    assert found is not None
    return re.findall(rb"\d+ 0 R", found[1])


def test_a_sound_file_has_no_faults(plain):
    assert find_faults(plain) == PdfFaults(4, 4)


def test_fewer_pages_than_the_file_says(plain):
    plain.write_bytes(plain.read_bytes().replace(b"/Count 4", b"/Count 6"))
    faults = find_faults(plain)
    assert faults is not None
    assert (faults.page_count, faults.missing_pages) == (4, 2)


def test_a_hole_in_the_tree_of_pages(plain):
    data = plain.read_bytes()
    plain.write_bytes(data.replace(kids(data)[1], b"0 0 R".rjust(len(kids(data)[1])), 1))
    faults = find_faults(plain)
    assert faults is not None
    assert faults.missing_pages == 1


def test_a_page_whose_drawing_cannot_be_unpacked(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", *((Layered(f"page {number}"),) for number in range(1, 4)))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"no deflated bytes", Filter=pikepdf.Name.FlateDecode)
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    faults = find_faults(path)
    assert faults is not None
    assert faults.broken_pages == (2,)


def test_a_file_that_cannot_be_opened_has_none_to_tell(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    assert find_faults(tmp_path / "a.pdf") is None


@pytest.mark.parametrize(
    ("faults", "was_repaired", "expected"),
    [
        (PdfFaults(4, 4), False, ()),
        (PdfFaults(4, 4), True, (Flag(FlagKind.REPAIRED_PDF),)),
        (PdfFaults(4, 4, (2, 3)), False, (Flag(FlagKind.REPAIRED_PDF, detail="2-3"),)),
        (PdfFaults(4, 6), False, (Flag(FlagKind.MISSING_PAGES, detail="4 < 6"),)),
        (PdfFaults(1, 1, (), ("a.pdf", "b.xlsx")), False, (Flag(FlagKind.ATTACHED_FILES, detail="a.pdf, b.xlsx"),)),
        (PdfFaults(1, 1, is_dynamic_form=True), False, (Flag(FlagKind.DYNAMIC_FORM),)),
        (None, False, ()),
    ],
)
def test_faults_are_flags_of_the_document(faults, was_repaired, expected):
    extraction = Extraction(Document("abc", "a.pdf"), (), (), ())
    assert with_faults(extraction, faults, was_repaired=was_repaired).document.flags == expected


def test_page_lists():
    assert page_list((1, 2, 3, 7, 9, 10)) == "1-3, 7, 9-10"


def test_a_font_that_is_not_there_is_no_fault_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Resources = pikepdf.Dictionary(
            Font=pdf.make_indirect(pikepdf.Dictionary(F1=pikepdf.Object.parse(b"[null 7]")[1]))
        )
        page.obj.Contents = pdf.make_stream(b"BT ET")
        pdf.save(path)
    assert find_faults(path) == PdfFaults(1, 1)


def test_documents_inside_a_portfolio_are_named_and_data_for_programs_is_not(plain: Path) -> None:
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
        for name in ("Phụ lục.pdf", "bảng.XLSX", "hóa đơn.xml"):
            pdf.attachments[name] = b"bytes"
        pdf.save()
    assert find_faults(plain) == PdfFaults(4, 4, attached_files=("Phụ lục.pdf", "bảng.XLSX"))


@pytest.mark.parametrize("needs_rendering", [True, False])
def test_a_form_counts_that_has_no_pages_of_its_own(plain: Path, needs_rendering: bool) -> None:
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = needs_rendering
        pdf.save()
    assert find_faults(plain) == PdfFaults(4, 4, is_dynamic_form=needs_rendering)
