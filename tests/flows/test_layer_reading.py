"""Pages are read from their words or from their picture, as their layers deserve."""

from pathlib import Path

import pytest

from chitieu.layers import LayerKind, Legibility
from chitieu.model import PageKind
from extractors.page_content import PageContent
from extractors.pdf import describe_page, open_pdf
from flows.layer_reading import read_legibly
from normalizers.legibility import judge
from tests.extractors.drawing import Print, paper, print_lines
from tests.extractors.layered import HEIGHT, WIDTH, Layered, Picture, write_pdf

PRINTED = "Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển khoa học và công nghệ"
STORED = "ñy ban nh©n d©n tØnh ban hµnh KÕ ho¹ch ph¸t triÓn khoa häc vµ c«ng nghÖ"
GARBAGE = "UY NUAN DAN Ho cui tvtrNu rUpnAp trq ph6p lf nghiQp nho vd wa CQNG HOA XA HQI"
ENGLISH = "The committee shall report to the council every year on the targets of this plan"


def read(tmp_path: Path, *things: Layered | Picture) -> tuple[PageContent, Legibility]:
    with open_pdf(write_pdf(tmp_path / "made.pdf", things)) as pdf:
        return read_legibly(pdf, describe_page(pdf, 1), judge, wants_prose=True)


def texts(content: PageContent) -> list[str]:
    return [line.text for line in content.lines]


def scan(count: int = 12, first: float = 300.0) -> Picture:
    prints = [Print(PRINTED, 60, first + 22 * index) for index in range(count)]
    return Picture(print_lines(paper(WIDTH, HEIGHT), *prints))


def test_legacy_fonts_are_read_from_their_words(tmp_path):
    content, verdict = read(tmp_path, Layered(STORED, ".VnTime"), Layered("c«ng hoµ", ".VnTimeH", baseline=130))
    assert (verdict.kind, content.facts.kind) == (LayerKind.TCVN3, PageKind.DIGITAL)
    assert texts(content) == [PRINTED.replace("Ủ", "ủ"), "CÔNG HOÀ"]


@pytest.mark.ocr
def test_a_scan_with_a_garbage_layer_is_read_from_its_picture(tmp_path):
    layer = [Layered(GARBAGE, baseline=300 + 22 * index, is_invisible=True) for index in range(12)]
    content, verdict = read(tmp_path, scan(), *layer)
    assert (verdict.kind, content.facts.kind) == (LayerKind.OCR_GARBAGE, PageKind.MIXED)
    assert texts(content) == [PRINTED] * 12


@pytest.mark.ocr
def test_a_digital_page_with_print_in_a_picture_is_read_as_one_picture(tmp_path):
    words = [Layered("Uy ban nhan dan tinh ban hanh", baseline=60 + 16 * index) for index in range(8)]
    prints = [Print(PRINTED, 20, 30 + 22 * index) for index in range(8)]
    pasted = Picture(print_lines(paper(500, 220), *prints), left=40, top=400, right=540, bottom=620)
    content, verdict = read(tmp_path, *words, pasted)
    assert (verdict.kind, content.facts.kind) == (LayerKind.PARTIAL, PageKind.MIXED)
    assert texts(content).count(PRINTED) == 8
    assert len(texts(content)) == 16


@pytest.mark.ocr
def test_another_language_is_taken_from_its_words_where_the_picture_agrees(tmp_path):
    content, verdict = read(tmp_path, *(Layered(ENGLISH, baseline=100 + 22 * index) for index in range(6)))
    assert (verdict.kind, content.facts.kind) == (LayerKind.FOREIGN, PageKind.DIGITAL)
    assert texts(content) == [ENGLISH] * 6
    assert verdict.evidence.agreement is not None
    assert verdict.evidence.agreement > 0.5
