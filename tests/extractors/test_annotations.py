"""What signing programs lay over pages is read with them."""

import re
from pathlib import Path

import pikepdf
import pytest

from extractors.digital_page import read_digital
from extractors.pdf import describe_page, open_pdf, preview_page
from tests.extractors.layered import HEIGHT, Layered, write_pdf

BLANKS = "So:" + 14 * " " + "/QD-UBND"


def lay_over(path: Path, text: str, left: float, baseline: float, subtype: str = "Widget", flags: int = 132) -> None:
    """Put a text over page 1 as the appearance of an annotation, a signature's by default."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica")
        )
        shown = pdf.make_stream(f"BT /F 11 Tf 0 3 Td ({text}) Tj ET".encode())
        shown.Type, shown.Subtype, shown.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 14]
        shown.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        bottom = HEIGHT - baseline - 3
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{subtype}"), FT=pikepdf.Name.Sig, F=flags, T="Signature",
                Rect=[left, bottom, left + 100, bottom + 14], AP=pikepdf.Dictionary(N=shown),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(path)


def texts(path: Path) -> list[str]:
    with open_pdf(path) as pdf:
        return [line.text for line in read_digital(pdf, describe_page(pdf, 1)).lines]


def test_a_number_laid_over_the_blanks_left_for_it_is_read_where_it_stands(tmp_path):
    path = write_pdf(tmp_path / "signed.pdf", (Layered(BLANKS),))
    assert texts(path) == ["So:", "/QD-UBND"]
    lay_over(path, "2858", left=83, baseline=100)
    assert texts(path) == ["So: 2858 /QD-UBND"]


def test_what_is_laid_over_a_page_stands_in_its_picture_too(tmp_path):
    path = write_pdf(tmp_path / "signed.pdf", (Layered("So:"),))
    lay_over(path, "2858", left=300, baseline=400)
    with open_pdf(path) as pdf:
        assert preview_page(pdf, 1)[390:402, 300:325].min() < 100


@pytest.mark.parametrize(("subtype", "flags"), [("Link", 4), ("Widget", 2)])
def test_links_and_hidden_annotations_show_nothing(tmp_path, subtype, flags):
    path = write_pdf(tmp_path / "linked.pdf", (Layered(BLANKS),))
    lay_over(path, "2858", left=83, baseline=100, subtype=subtype, flags=flags)
    assert texts(path) == ["So:", "/QD-UBND"]


def test_blanks_between_words_part_them_all_the_same(tmp_path):
    path = write_pdf(tmp_path / "plain.pdf", (Layered("Uy ban nhan dan tinh"),))
    assert texts(path) == ["Uy ban nhan dan tinh"]


def test_pages_behind_a_hole_in_the_tree_keep_their_words(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", *((Layered(f"page {number}"),) for number in range(1, 4)))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Kids[1] = pdf.make_indirect(pikepdf.Dictionary())
        pdf.save(path, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    hollow = re.sub(rb"(/Kids \[\s*\d+ 0 R\s+)(\d+)( 0 R)", rb"\g<1>99\g<3>", path.read_bytes())
    path.write_bytes(hollow)
    with open_pdf(path) as pdf:
        texts_by_page = [read_digital(pdf, describe_page(pdf, at)).lines[0].text for at in (1, 2)]
        assert (pdf.page_count, texts_by_page) == (2, ["page 1", "page 3"])
