"""Figures filled in by hand are told from print."""

import pytest
from PIL import Image, ImageDraw

from extractors.blobs import find_blobs
from extractors.handwriting import find_blue, find_written
from extractors.image import PageImage
from extractors.lines import cut_prose
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from extractors.reading import read_line
from tests.extractors.drawing import Print, paper, pixels, print_lines, upright
from tests.extractors.layered import Picture, write_pdf

SYMBOL, DATE = "/QĐ-UBND", "tháng 02 năm 2025"


def written(image: PageImage) -> list[tuple[int, int, int, int] | None]:
    blobs = find_blobs(image, [])
    lines = cut_prose(image, blobs, list(blobs.all))
    return [find_written(line, read_line(line.pieces), blobs.all, blobs.em) for line in lines]


@pytest.mark.parametrize("size", [11.0, 13.0, 14.0])
def test_printed_numbers_are_print(size):
    page = print_lines(paper(), Print(f"Số: 1629 {SYMBOL}", 20, 60, size), Print(f"ngày 13 {DATE}", 20, 120, size))
    assert written(upright(page)) == [None, None]


def test_a_printed_number_off_the_line_is_print():
    parts = (Print("Số:", 20, 60), Print("1629", 44, 57.6), Print(SYMBOL, 76, 60))
    assert written(upright(print_lines(paper(), *parts))) == [None]


def test_figures_higher_than_the_print_are_written():
    page = print_lines(paper(), Print("Số:", 20, 60), Print("84", 42, 62, 18.5), Print(SYMBOL, 66, 60))
    (found,) = written(upright(page))
    assert found is not None
    assert pixels(40) < found[0] < pixels(46)
    assert found[2] < pixels(66)


def blue_page() -> Image.Image:
    """A scan in colour: the number written in blue."""
    grey = print_lines(paper(595, 842), Print("Số:", 90, 120), Print(SYMBOL, 140, 120))
    for row in range(8):
        print_lines(grey, Print("Căn cứ Luật Tổ chức chính quyền địa phương", 90, 300 + 20 * row))
    page = grey.convert("RGB")
    stroke = [(112, 106), (120, 122), (128, 104), (122, 118), (134, 122)]
    ImageDraw.Draw(page).line([(pixels(x), pixels(y)) for x, y in stroke], fill=(30, 40, 170), width=4, joint="curve")
    return page


@pytest.mark.ocr
def test_what_is_written_in_blue_is_found_although_no_reader_sees_it(tmp_path):
    path = write_pdf(tmp_path / "blue.pdf", (Picture(blue_page()),))
    with open_pdf(path) as pdf:
        content = read_page(pdf, describe_page(pdf, 1), wants_prose=True)
        found = find_blue(pdf, content)
    number, symbol = (next(line for line in content.lines if line.text.startswith(part)) for part in ("Số", SYMBOL))
    (box,) = found
    assert number.region.box.right < box.left < box.right < symbol.region.box.left
    assert number.region.box.top < (box.top + box.bottom) / 2 < number.region.box.bottom
