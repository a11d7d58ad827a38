"""The text layer as it stands in the file, and the print that it leaves out."""

import pytest
from PIL import Image, ImageDraw

from chitieu.model import TextLayer
from extractors.layer import examine_layer
from extractors.pdf import open_pdf
from tests.extractors.drawing import Print, paper, print_lines
from tests.extractors.layered import HEIGHT, WIDTH, Layered, Picture, write_pdf

LINE = "Uy ban nhan dan tinh ban hanh ke hoach thuc hien"


def examined(tmp_path, *things: Layered | Picture, rotate: int = 0) -> TextLayer:
    with open_pdf(write_pdf(tmp_path / "made.pdf", things, rotate=rotate)) as pdf:
        return examine_layer(pdf, 1)


def lines(count: int, first: float = 60.0) -> list[Layered]:
    return [Layered(LINE, baseline=first + 18 * index) for index in range(count)]


def scan(width: float = WIDTH, height: float = HEIGHT, count: int = 30) -> Image.Image:
    prints = [Print("Ủy ban nhân dân tỉnh ban hành kế hoạch", 40, 40 + 18 * index) for index in range(count)]
    return print_lines(paper(width, height), *prints)


def test_runs_are_parted_where_the_font_changes(tmp_path):
    layer = examined(tmp_path, Layered("§éc", ".VnTime"), Layered("ABC", "Helvetica", baseline=130))
    assert [(run.text.split(), run.font) for run in layer.runs] == [(["§éc"], ".VnTime"), (["ABC"], "Helvetica")]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_digital_page_shows_no_print_without_words(tmp_path, rotate):
    layer = examined(tmp_path, *lines(10), rotate=rotate)
    assert layer.print_count > 100
    assert layer.unlayered_count <= 2
    assert layer.picture_share == 0.0


def test_a_scan_that_a_scanner_saved_in_strips_is_covered(tmp_path):
    strips = [Picture(paper(WIDTH, 84), top=84 * i, bottom=84 * i + 84) for i in range(10)]
    assert examined(tmp_path, *strips).picture_share > 0.95


def test_the_print_of_a_scan_with_a_stamp_has_no_words(tmp_path):
    layer = examined(tmp_path, Picture(scan()), Layered("SAO Y", left=400, baseline=30))
    assert layer.unlayered_share > 0.9
    assert layer.is_spread


def test_a_table_pasted_as_a_picture_has_no_words(tmp_path):
    pasted = Picture(scan(500, 250, count=10), left=50, top=400, right=550, bottom=650)
    layer = examined(tmp_path, *lines(15), pasted)
    assert 0.2 < layer.unlayered_share < 0.8
    assert layer.is_spread


def test_print_between_dashed_rules_is_no_part_of_them(tmp_path):
    table = scan(500, 250, count=10)
    draw = ImageDraw.Draw(table)
    for row in range(12):
        draw.line([(x, 60 + 36 * row) for x in (0, table.width)], fill="white", width=2)
        for left in range(0, table.width, 6):
            draw.rectangle((left, 60 + 36 * row, left + 2, 61 + 36 * row), fill="black")
    layer = examined(tmp_path, *lines(10), Picture(table, left=50, top=400, right=550, bottom=650))
    assert layer.unlayered_count > 100
    assert layer.is_spread


def test_a_picture_as_large_as_a_seal_is_not_spread(tmp_path):
    seal = Picture(scan(100, 100, count=4), left=300, top=600, right=400, bottom=700)
    layer = examined(tmp_path, *lines(15), seal)
    assert layer.unlayered_count > 10
    assert not layer.is_spread


def test_characters_without_unicode_are_counted(tmp_path):
    path = write_pdf(tmp_path / "made.pdf", tuple(lines(5)))
    with open_pdf(path) as pdf:
        assert examine_layer(pdf, 1).unmapped_share == 0.0


def test_a_page_without_words_has_none(tmp_path):
    layer = examined(tmp_path, Picture(scan()))
    assert (layer.runs, layer.picture_share) == ((), 1.0)
