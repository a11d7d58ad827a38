"""Print that belongs to no single cell is told; of a clean page there is none; no ink is lost or given twice."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from chitieu.model import Box
from extractors.bands import is_rule_rest
from extractors.blobs import Blob, Blobs, blobs_by_box
from extractors.grid import MIN_TRACK_PT
from extractors.page_content import PageContent
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from tests.extractors.built import read_sample
from tests.extractors.drawing import Print, as_jpeg, paper, pixels, print_lines
from tests.extractors.ruled import SOLID, XS, YS, drawn_table, fill_cells, rule_table

pytestmark = pytest.mark.ocr


def read_picture(page: Image.Image, folder: Path) -> PageContent:
    """The page as a scan would be read."""
    path = folder / "scan.pdf"
    page.save(path, resolution=200.0)
    with open_pdf(path) as pdf:
        return read_page(pdf, describe_page(pdf, 1), wants_prose=False)


def test_a_clean_scan_has_no_strays(tmp_path):
    assert read_picture(as_jpeg(drawn_table()), tmp_path).strays == ()


@pytest.mark.parametrize("name", ["digital/cao-bang-1139", "composed/digital/d03-seed5"])
def test_a_born_digital_decision_has_no_strays(name):
    assert [content.strays for content in read_sample(name) if content.strays] == []


@pytest.mark.parametrize("reach", [8.0, 14.0, 22.0, 30.0])
def test_a_word_over_a_rule_is_told_and_its_cells_are_doubted(reach, tmp_path):
    page = print_lines(drawn_table(), Print("chuyển đổi số", XS[3] - reach, YS[3] - 8, 12.0))
    content = read_picture(as_jpeg(page), tmp_path)
    assert content.strays
    doubted = {(cell.row, cell.col) for cell in content.tables[0].cells if cell.quality < 0.85}
    assert doubted == {(2, 2), (2, 3)}


def test_a_line_of_print_over_a_rule_is_told(tmp_path):
    page = print_lines(drawn_table(), Print("Tỷ lệ hộ nghèo", XS[1] + 6, YS[4] + 4, 12.0))
    assert read_picture(as_jpeg(page), tmp_path).strays


def test_print_set_close_to_both_sides_of_a_rule_is_no_stray(tmp_path):
    page = drawn_table()
    print_lines(page, Print("HHHHHHHHHH", XS[1] + 6, YS[4] - 1.7, 12.0))
    print_lines(page, Print("ỐỐỐỐỐỐỐỐỐỐ", XS[1] + 6, YS[4] + 12.6, 12.0))
    assert read_picture(as_jpeg(page), tmp_path).strays == ()


@pytest.mark.parametrize("shade", [15, 130])
def test_punched_holes_beside_the_rows_are_no_lost_column(shade, tmp_path):
    page = drawn_table()
    for y in (YS[1] + 20, YS[4] - 10, YS[6] + 10):
        hole = [pixels(value) for value in (XS[0] - 24, y - 8, XS[0] - 8, y + 8)]
        ImageDraw.Draw(page).ellipse(hole, fill=shade)
    assert read_picture(as_jpeg(page), tmp_path).strays == ()


@pytest.mark.parametrize("off_pt", [1.0, 2.2, 3.0])
def test_the_second_stroke_of_a_double_rule_is_no_print(off_pt):
    cell, stroke = Box(0.0, 0.0, 60.0, 30.0), Box(2.0, off_pt - 0.7, 58.0, off_pt + 0.7)
    sides = cell.left, cell.top, cell.right, cell.bottom
    assert is_rule_rest(stroke, sides, 9.0, MIN_TRACK_PT)


@pytest.mark.parametrize("dash", [Box(20.0, 3.0, 29.0, 4.0), Box(5.0, 14.0, 55.0, 15.0), Box(20.0, 1.0, 22.0, 7.0)])
def test_a_dash_a_stroke_inside_a_cell_and_a_letter_are_no_rest_of_a_rule(dash):
    assert not is_rule_rest(dash, (0.0, 0.0, 60.0, 30.0), 9.0, MIN_TRACK_PT)


@pytest.mark.parametrize("baseline", [YS[-1] + 17, YS[0] - 12])
def test_a_row_without_rules_beside_the_table_is_told(baseline, tmp_path):
    page = drawn_table()
    for left, text in zip(XS, ("9", "Tỷ lệ", "%", "95", "Sở Nội vụ"), strict=False):
        print_lines(page, Print(text, left + 4, baseline, 12.0))
    assert read_picture(as_jpeg(page), tmp_path).strays


def test_a_signature_block_and_a_note_below_the_table_are_no_lost_row(tmp_path):
    page = drawn_table()
    print_lines(page, Print("Ghi chú: số liệu năm 2025 do cơ quan thống kê công bố", XS[0], YS[-1] + 16, 12.0))
    print_lines(page, Print("TM. ỦY BAN NHÂN DÂN", XS[3] - 20, YS[-1] + 40, 12.0))
    assert read_picture(as_jpeg(page), tmp_path).strays == ()


def test_text_that_goes_on_below_its_table_is_told(tmp_path):
    cut = (Print("Sở Khoa học", XS[4] + 6, YS[-1] - 4, 12.0), Print("và Công nghệ", XS[4] + 6, YS[-1] + 10, 12.0))
    page = print_lines(drawn_table(), *cut)
    (table,) = read_picture(as_jpeg(page), tmp_path).tables
    assert [(cell.row, cell.col) for cell in table.cells if cell.quality < 0.85] == [(7, 4)]


@pytest.mark.parametrize(("left", "below"), [(XS[4] + 6, 24.0), (XS[3] + 6, 10.0), (XS[1] + 6, 30.0)])
def test_what_stands_below_a_table_or_under_several_columns_is_no_text_of_a_cell(left, below, tmp_path):
    page = print_lines(drawn_table(), Print("TM. ỦY BAN NHÂN DÂN", left, YS[-1] + below, 12.0))
    (table,) = read_picture(as_jpeg(page), tmp_path).tables
    assert all(cell.quality > 0.85 for cell in table.cells)


def test_two_tables_are_no_strays_of_each_other(tmp_path):
    page = paper(500.0, 300.0)
    for top in (20.0, 150.0):
        ys = tuple(top + y - YS[0] for y in YS[:4])
        rule_table(page, SOLID, XS, ys)
        fill_cells(page, XS, ys)
    content = read_picture(as_jpeg(page), tmp_path)
    assert (len(content.tables), content.strays) == (2, ())


@st.composite
def ink_and_cells(draw: st.DrawFn) -> tuple[Blobs, list[tuple[int, int, int, int]]]:
    """Blobs anywhere on a grid of cells that share their borders."""
    xs = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=6)))
    ys = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=6)))
    cells = [(a, c, b, d) for a, b in pairwise(xs) for c, d in pairwise(ys)]
    sizes = st.tuples(st.integers(0, 95), st.integers(0, 95), st.integers(1, 30), st.integers(1, 30))
    blobs = tuple(
        Blob(label, left, top, left + wide, top + high, wide * high)
        for label, (left, top, wide, high) in enumerate(draw(st.lists(sizes, max_size=12)), start=1)
    )
    return Blobs(None, blobs, 12.0), cells  # type: ignore[arg-type]


@given(ink_and_cells())
@settings(max_examples=150, deadline=None)
def test_every_blob_inside_a_table_belongs_to_exactly_one_cell(drawn):
    blobs, cells = drawn
    frame = (cells[0][0], cells[0][1], cells[-1][2], cells[-1][3])
    owned = sorted(blob.label for part in blobs_by_box(blobs, cells) for blob in part)
    inside = [
        b.label
        for b in blobs.all
        if frame[0] <= (b.left + b.right) / 2 < frame[2] and frame[1] <= (b.top + b.bottom) / 2 < frame[3]
    ]
    assert owned == inside
