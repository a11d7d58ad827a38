"""PDFs are opened safely, and each page is told by what is on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image

from chitieu.errors import ChitieuError, Damaged, Encrypted, TooLarge
from chitieu.model import PageKind
from extractors import pdf as pdf_module
from extractors.pages import read_page
from extractors.pdf import MAX_PAGE_POINTS, PdfFile, describe_page, open_pdf, render_page
from tests.extractors.drawing import Print, paper, print_lines

WORDS = " ".join(["van ban"] * 20)


def add_page(pdf: pikepdf.Pdf, *, words: str = "", picture: Image.Image | None = None, cover: float = 1.0) -> None:
    """A page of A5 with words in its text layer, and a picture over a share of it."""
    width, height = 420.0, 595.0
    pdf.add_blank_page(page_size=(width, height))
    page = pdf.pages[-1]
    content = f"BT /F1 8 Tf 20 300 Td ({words}) Tj ET\n" if words else ""
    resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
    )
    if picture is not None:
        resources.XObject = pikepdf.Dictionary(Im1=pdf.make_indirect(image_stream(pdf, picture)))
        content += f"q {width} 0 0 {height * cover} 0 0 cm /Im1 Do Q"
    page.Resources = resources
    page.Contents = pdf.make_stream(content.encode())


def image_stream(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    packed = BytesIO()
    picture.save(packed, "JPEG")
    stream = pikepdf.Stream(pdf, packed.getvalue())
    stream.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": picture.width,
            "/Height": picture.height,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
        }
    )
    return stream


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., AbstractContextManager[PdfFile]]:
    """Opens a PDF whose pages a function adds."""

    def make(*adders: Callable[[pikepdf.Pdf], None]) -> AbstractContextManager[PdfFile]:
        with pikepdf.new() as pdf:
            for add in adders:
                add(pdf)
            pdf.save(tmp_path / "made.pdf")
        return open_pdf(tmp_path / "made.pdf")

    return make


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.pdf"
    with pikepdf.new() as pdf:
        add_page(pdf, words=WORDS)
        pdf.save(path)
    return path


def test_a_sound_pdf_tells_its_pages(sound):
    with open_pdf(sound) as pdf:
        assert pdf.page_count == 1
        facts = describe_page(pdf, 1)
    assert (facts.number, facts.width, facts.height, facts.kind) == (1, 420.0, 595.0, PageKind.DIGITAL)


def test_a_pdf_with_a_password_is_encrypted(sound, tmp_path):
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(sound) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="chủ", user="khách"))
    with pytest.raises(Encrypted, match=r"locked\.pdf"), open_pdf(locked):
        pass


def test_a_pdf_that_only_forbids_printing_is_read(sound, tmp_path):
    limited = tmp_path / "limited.pdf"
    with pikepdf.open(sound) as pdf:
        pdf.save(limited, encryption=pikepdf.Encryption(owner="chủ", user="", allow=pikepdf.Permissions(extract=False)))
    with open_pdf(limited) as pdf:
        assert describe_page(pdf, 1).kind is PageKind.DIGITAL


@pytest.mark.parametrize("keep", [0, 9, 200])
def test_a_pdf_cut_short_is_damaged(sound, tmp_path, keep):
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(sound.read_bytes()[:keep])
    with pytest.raises(Damaged, match=r"cut\.pdf"), open_pdf(cut):
        pass


def test_a_picture_called_pdf_is_damaged(tmp_path):
    path = tmp_path / "scan.pdf"
    paper(20, 20).save(path, "PNG")
    with pytest.raises(Damaged, match=r"scan\.pdf"), open_pdf(path):
        pass


def test_a_pdf_without_pages_is_damaged(tmp_path):
    path = tmp_path / "none.pdf"
    with pikepdf.new() as pdf:
        pdf.save(path)
    with pytest.raises(Damaged, match=r"none\.pdf"), open_pdf(path):
        pass


def test_the_end_of_a_pdf_lost_in_transfer_fails_as_our_own_error(samples, tmp_path):
    whole = (samples / "digital" / "lai-chau-skhcn.pdf").read_bytes()
    for share in (0.3, 0.6, 0.95):
        path = tmp_path / f"{share}.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            with open_pdf(path) as pdf:
                describe_page(pdf, 1)
        except ChitieuError:
            continue


def test_a_page_of_a_wall_is_too_large(made):
    opened = made(lambda pdf: pdf.add_blank_page(page_size=(MAX_PAGE_POINTS + 100, 800)))
    with opened as pdf, pytest.raises(TooLarge, match="page 1"):
        describe_page(pdf, 1)


def test_a_blank_page_is_blank_and_gives_nothing(made):
    with made(lambda pdf: pdf.add_blank_page(page_size=(595, 842))) as pdf:
        facts = describe_page(pdf, 1)
        content = read_page(pdf, facts, wants_prose=True)
    assert facts.kind is PageKind.BLANK
    assert (content.tables, content.lines, content.image) == ((), (), None)


def scan() -> Image.Image:
    return print_lines(paper(420, 595, 150), Print("Tỷ lệ", 60, 100), dpi=150)


def test_each_page_is_told_by_itself(made):
    with made(
        lambda pdf: add_page(pdf, words=WORDS),
        lambda pdf: add_page(pdf, picture=scan()),
        lambda pdf: add_page(pdf, words=WORDS, picture=scan()),
        lambda pdf: pdf.add_blank_page(page_size=(595, 842)),
    ) as pdf:
        kinds = [describe_page(pdf, number).kind for number in range(1, 5)]
    assert kinds == [PageKind.DIGITAL, PageKind.SCANNED, PageKind.MIXED, PageKind.BLANK]


def test_a_logo_makes_no_scan(made):
    with made(lambda pdf: add_page(pdf, words=WORDS, picture=scan(), cover=0.2)) as pdf:
        assert describe_page(pdf, 1).kind is PageKind.DIGITAL


def test_a_stamp_of_a_few_words_does_not_make_a_scan_mixed(made):
    with made(lambda pdf: add_page(pdf, words="SAO Y BAN CHINH", picture=scan())) as pdf:
        assert describe_page(pdf, 1).kind is PageKind.SCANNED


def test_a_scan_is_drawn_at_its_own_resolution(made):
    with made(lambda pdf: add_page(pdf, picture=paper(420, 595, 200))) as pdf:
        facts = describe_page(pdf, 1)
        grey, dpi = render_page(pdf, facts)
    assert facts.scan_dpi == pytest.approx(200, abs=1)
    assert dpi == pytest.approx(200, abs=1)
    assert grey.shape == pytest.approx((595 * 200 / 72, 420 * 200 / 72), abs=2)


@pytest.mark.parametrize(("scanned", "drawn"), [(60, 150), (600, 300)])
def test_resolution_is_kept_within_what_reading_can_use(made, scanned, drawn):
    with made(lambda pdf: add_page(pdf, picture=paper(420, 595, scanned))) as pdf:
        assert render_page(pdf, describe_page(pdf, 1))[1] == drawn


def test_a_turned_page_is_described_as_it_is_seen(made):
    def turned(pdf: pikepdf.Pdf) -> None:
        add_page(pdf, picture=scan())
        pdf.pages[-1].Rotate = 90

    with made(turned) as pdf:
        facts = describe_page(pdf, 1)
        grey, _ = render_page(pdf, facts)
    assert (facts.width, facts.height) == (595.0, 420.0)
    assert grey.shape[1] > grey.shape[0]


def test_every_call_into_pdfium_waits_for_the_lock(made, monkeypatch):
    """Not even a page may be closed while another thread is inside: pdfium corrupts the heap (seen: abort)."""
    closed_under_lock: list[bool] = []
    for name in ("FPDF_ClosePage", "FPDFText_ClosePage", "FPDF_CloseDocument"):
        monkeypatch.setattr(pdfium_c, name, spy_on(getattr(pdfium_c, name), closed_under_lock))
    with made(lambda pdf: add_page(pdf, words=WORDS)) as pdf:
        render_page(pdf, describe_page(pdf, 1))
    assert len(closed_under_lock) >= 4
    assert all(closed_under_lock)


def spy_on(close: Callable[..., None], seen: list[bool]) -> Callable[..., None]:
    """The function itself, noting whether this thread holds the lock; RLock tells that to nobody else."""

    def spied(*args: object) -> None:
        seen.append(pdf_module._PDFIUM._is_owned())
        close(*args)

    return spied
