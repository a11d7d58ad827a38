"""A ruled table is found whole whatever its rules are like, and what only looks like a rule adds none."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.rules import _lines_of
from tests.extractors.drawing import Print, paper, pixels, print_lines
from tests.extractors.ruled import (
    PAGE,
    SOLID,
    XS,
    YS,
    Pen,
    drawn_table,
    faxed,
    fill_cells,
    grids_on,
    halftone,
    is_table,
    rule_table,
    scanned,
    shaded_table,
)

DASHES = [(1, 1), (1, 2), (0.7, 2), (2, 2), (4, 4), (5, 5), (6, 3), (8, 4)]


def only_table_is_whole(page: Image.Image, dpi: float = 200.0) -> bool:
    grids = grids_on(page, dpi)
    return len(grids) == 1 and is_table(grids[0])


@pytest.mark.parametrize(("dash", "gap"), DASHES)
@pytest.mark.parametrize("damage", [scanned, faxed])
def test_dotted_and_dashed_rules(dash, gap, damage):
    assert only_table_is_whole(damage(drawn_table(Pen(0.7, dash, gap))))


@pytest.mark.parametrize("thickness", [0.25, 0.36, 1.5, 3.0, 4.5])
@pytest.mark.parametrize("damage", [scanned, faxed])
def test_hairlines_and_thick_rules(thickness, damage):
    assert only_table_is_whole(damage(drawn_table(Pen(thickness))))


def test_hairlines_of_a_coarse_scan():
    assert only_table_is_whole(scanned(drawn_table(Pen(0.25), dpi=150.0), 2.0), 150.0)


@pytest.mark.parametrize("wave", [0.4, 0.8, 1.2])
def test_rules_that_waver(wave):
    assert only_table_is_whole(scanned(drawn_table(Pen(wave=wave))))


def test_grey_rules():
    assert only_table_is_whole(scanned(drawn_table(Pen(grey=160))))


@pytest.mark.parametrize("without", ["l", "r", "t", "b", "lr", "tb"])
def test_missing_outer_borders(without):
    assert only_table_is_whole(scanned(drawn_table(without=without)))


@pytest.mark.parametrize("level", [230, 200, 170, 140, 100])
def test_a_shaded_header_swallows_no_rule(level):
    assert only_table_is_whole(shaded_table(level, 0))


@pytest.mark.parametrize("level", [230, 200, 140])
def test_the_dots_of_a_halftone_are_no_rules(level):
    assert only_table_is_whole(halftone(shaded_table(level, 0)))


def test_a_ground_behind_every_other_row():
    assert only_table_is_whole(scanned(shaded_table(215, 1, 3, 5, 7)))


def test_double_rules_are_one():
    page = drawn_table()
    rule_table(page, SOLID, tuple(x + 2.2 for x in XS), tuple(y + 2.2 for y in YS))
    assert only_table_is_whole(scanned(page))


def test_rules_that_print_touches():
    page = paper(*PAGE)
    rule_table(page)
    for bottom in YS[1:]:
        print_lines(page, *(Print("Lượng gỗ", left + 1, bottom - 0.5, 8.0) for left in XS[1:-1]))
    assert only_table_is_whole(scanned(page))


def test_rules_with_holes():
    page = drawn_table()
    pixel = np.asarray(page).copy()
    for y, x in np.random.default_rng(1).integers(0, pixel.shape, (900, 2)):
        pixel[y : y + 7, x : x + 7] = 255
    fill_cells(page := Image.fromarray(pixel))
    assert only_table_is_whole(page)


def test_rules_that_fade_in_part():
    pixel = np.asarray(drawn_table(), dtype=np.float64)
    part = np.s_[pixels(100) : pixels(260), pixels(200) : pixels(420)]
    pixel[part] = 255 - 0.5 * (255 - pixel[part])
    assert only_table_is_whole(scanned(Image.fromarray(pixel.astype(np.uint8))))


def test_a_black_seal_over_the_cells():
    page = drawn_table()
    draw = ImageDraw.Draw(page)
    for radius, width in ((52.0, 3.0), (40.0, 1.5)):
        corners = [pixels(value) for value in (380 - radius, 230 - radius, 380 + radius, 230 + radius)]
        draw.ellipse(corners, outline=60, width=pixels(width))
    assert only_table_is_whole(scanned(page))


def test_handwriting_over_the_cells():
    page = drawn_table()
    times = np.linspace(0, 12, 200)
    across, down = 300 + 12 * times + 14 * np.sin(1.7 * times), 230 + 30 * np.sin(1.1 * times) + 2 * times
    points = [(pixels(x), pixels(y)) for x, y in zip(across.tolist(), down.tolist(), strict=True)]
    ImageDraw.Draw(page).line(points, fill=40, width=pixels(1.4))
    assert only_table_is_whole(scanned(page))


@pytest.mark.parametrize("damage", [scanned, faxed])
def test_underlines_and_struck_words_part_no_cell(damage):
    page = drawn_table()
    for row in (2, 5):
        SOLID.stroke(page, XS[1] + 3, YS[row] + 19, XS[2] - 6, YS[row] + 19)
        SOLID.stroke(page, XS[2] + 3, YS[row + 1] + 19, XS[3] - 3, YS[row + 1] + 19)
    SOLID.stroke(page, XS[4] + 3, YS[4] + 13, XS[5] - 5, YS[4] + 13)
    assert only_table_is_whole(damage(page))


def test_lines_to_write_on_part_no_cell():
    page = drawn_table()
    wide, narrow, dots = (
        Print("_" * 24, XS[1] + 4, YS[2] + 34, 12.0),
        Print("_" * 9, XS[2] + 3, YS[2] + 34, 12.0),
        Print("." * 48, XS[1] + 4, YS[5] + 34, 12.0),
    )
    assert only_table_is_whole(scanned(print_lines(page, wide, narrow, dots)))


@pytest.mark.parametrize("gap", [6, 12])
def test_a_frame_round_a_table_is_no_part_of_it(gap):
    page = paper(540.0, 400.0)
    left, top, right, bottom = XS[0] - gap, YS[0] - gap, XS[-1] + gap, YS[-1] + gap
    for y in (top, bottom):
        Pen(1.5).stroke(page, left, y, right, y)
    for x in (left, right):
        Pen(1.5).stroke(page, x, top, x, bottom)
    rule_table(page)
    fill_cells(page)
    assert only_table_is_whole(scanned(page))


@pytest.mark.parametrize("gap", [8.0, 14.0])
def test_tables_side_by_side_and_stacked_are_two(gap):
    side, below = tuple(x + 200 for x in (0.0, gap)), 90.0 + gap
    page = paper(480.0, 240.0)
    for left, top in ((20.0, 20.0), (side[1], 20.0), (20.0, 20.0 + below)):
        rule_table(page, SOLID, tuple(left + x for x in (0, 60, 180)), tuple(top + y for y in (0, 30, 60, 90)))
    assert [len(grid.cells) for grid in grids_on(page)] == [6, 6, 6]


def test_boxed_prose_is_no_table():
    page = paper(*PAGE)
    rule_table(page, SOLID, (40.0, 460.0), (40.0, 120.0, 300.0))
    print_lines(page, *(Print("Ủy ban nhân dân tỉnh ban hành quyết định", 50, 60 + 16 * n) for n in range(12)))
    assert grids_on(page) == []


def test_two_strokes_that_dirt_has_joined_are_sought_one_by_one() -> None:
    ink = np.zeros((10, 120), dtype=bool)
    ink[0:4] = ink[7:10] = True
    ink[4:7, ::5] = True
    middle, first, last = _lines_of(np.ones_like(ink), ink)
    assert np.median(middle) == 4.5
    assert np.median(first) == 1.5
    assert np.median(last) == 8.0
    (alone,) = _lines_of(np.ones((3, 120), dtype=bool), np.ones((3, 120), dtype=bool))
    assert np.median(alone) == 1.0
