"""What a pen wrote on a page is no print: blue ink is taken off, ticks are left out, print that they cross is doubted."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.blobs import find_blobs
from extractors.marks import mark_of
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from extractors.pen import lift_blue
from extractors.seal import lift_red, split_channels
from extractors.strokes import find_strokes
from tests.extractors.drawing import DPI, TINOS, Print, as_jpeg, paper, pixels, print_lines, upright
from tests.extractors.ruled import XS, YS, drawn_table

TEXT = Print("Tỷ lệ hộ nghèo đến năm 2030", 60, 100, 14)
BLUE = (25, 40, 150)
# A tick of 9 mm: its short arm down, its long one up, in points from its foot.
TICK = ((-7.0, -10.0), (0.0, 0.0), (17.0, -23.0))


def tick(page: Image.Image, x: float, y: float, *, ink: object = 20, size: float = 1.0, width: float = 1.4) -> None:
    """A tick whose foot is at a place in points."""
    points = [(pixels(x + size * a), pixels(y + size * b)) for a, b in TICK]
    ImageDraw.Draw(page).line(points, fill=ink, width=pixels(width))


def lifted(page: Image.Image) -> np.ndarray:
    """Grey picture of a colour scan as the readers get it."""
    rgb = np.asarray(as_jpeg(page)).copy()
    return lift_blue(split_channels(rgb), lift_red(split_channels(rgb)), 72 / DPI)


def printed() -> tuple[Image.Image, np.ndarray]:
    plain = print_lines(paper(), TEXT)
    return plain.convert("RGB"), np.asarray(plain)


@pytest.mark.parametrize("colour", [BLUE, (40, 60, 190), (10, 20, 110)])
def test_a_tick_in_blue_vanishes_and_the_print_under_it_stays(colour):
    page, plain = printed()
    tick(page, 120, 104, ink=colour)
    without = lifted(page)
    assert np.percentile(without[plain > 250], 0.5) > 150
    assert without[plain < 60].mean() < 90


def test_a_signature_in_blue_vanishes():
    page, plain = printed()
    drawn = np.asarray(page).copy()
    for x in range(5):
        centre = pixels(90 + 14 * x), pixels(140)
        cv2.ellipse(drawn, centre, (pixels(9), pixels(12)), 15, 0, 330, BLUE, pixels(1.2), cv2.LINE_AA)
    assert np.percentile(lifted(Image.fromarray(drawn))[plain > 250], 0.5) > 150


def test_print_and_rules_in_blue_stay():
    page = paper().convert("RGB")
    font = ImageFont.truetype(TINOS, 14 * DPI / 72)
    draw = ImageDraw.Draw(page)
    draw.text((pixels(60), pixels(100)), "Chỉ tiêu 95,5 %", fill=(30, 60, 200), font=font, anchor="ls")
    draw.rectangle((pixels(40), pixels(70), pixels(360), pixels(120)), outline=(30, 60, 200), width=3)
    draw.rectangle((pixels(60), pixels(130), pixels(160), pixels(160)), fill=(60, 110, 220))
    rgb = np.asarray(page).copy()
    assert np.array_equal(lift_blue(split_channels(rgb), rgb[..., 0].copy(), 72 / DPI), rgb[..., 0])


def strokes_of(page: Image.Image) -> tuple[bool, bool]:
    """Whether strokes of a pen are found clear of print, and over it."""
    clear, over = find_strokes(upright(page).ink, DPI)
    return bool(clear.any()), bool(over.any())


@pytest.mark.parametrize("size", [0.8, 1.0, 1.3])
def test_a_tick_beside_print_is_found_whole(size):
    page = paper()
    tick(page, 250, 100, size=size)
    ink = upright(page).ink
    clear, over = find_strokes(ink, DPI)
    assert not over.any()
    assert clear[ink > 0].mean() > 0.9 * 255
    print_lines(page, TEXT)
    assert strokes_of(page) == (True, False)


def test_a_tick_over_print_is_told_and_stays():
    page = print_lines(paper(), TEXT)
    tick(page, 120, 103)
    assert strokes_of(page) == (False, True)


@pytest.mark.parametrize("text", ["9/10 A/V WWW", "XÂY DỰNG VÀ KHAI THÁC / VẬN HÀNH", "7/7 // \\ ⁄ √"])
@pytest.mark.parametrize("size", [9.0, 13.0, 16.0])
def test_slanting_letters_and_slashes_are_no_strokes_of_a_pen(text, size):
    assert strokes_of(print_lines(paper(), Print(text, 20, 100, size))) == (False, False)


def test_thick_rules_and_punched_holes_are_no_strokes_of_a_pen():
    page = paper()
    draw = ImageDraw.Draw(page)
    for place in (40, 120, 200, 204):
        draw.line((pixels(place), pixels(20), pixels(place), pixels(180)), fill=0, width=pixels(3))
        draw.line((pixels(40), pixels(place - 20), pixels(300), pixels(place - 20)), fill=0, width=pixels(3))
    draw.ellipse((pixels(320), pixels(80), pixels(337), pixels(97)), fill=40)
    assert strokes_of(page) == (False, False)
    tick(page, 160, 140)
    assert strokes_of(page) == (True, False)


def read_cells(page: Image.Image, folder: Path) -> dict[tuple[int, int], tuple[str, bool]]:
    """Text of each cell of the page's table, and whether it is doubted."""
    path = folder / "scan.pdf"
    page.save(path, resolution=DPI)
    with open_pdf(path) as pdf:
        (table,) = read_page(pdf, describe_page(pdf, 1), wants_prose=False).tables
    return {(c.row, c.col): (c.readings[0].text if c.readings else "", c.quality < 0.85) for c in table.cells}


@pytest.mark.ocr
def test_a_tick_in_a_cell_changes_nothing(tmp_path):
    plain, ticked = drawn_table(), drawn_table()
    tick(ticked, XS[5] - 24, YS[3] - 8)
    assert read_cells(as_jpeg(ticked), tmp_path) == read_cells(as_jpeg(plain), tmp_path)


@pytest.mark.ocr
def test_a_tick_over_a_word_is_doubted(tmp_path):
    page = drawn_table()
    tick(page, XS[1] + 40, YS[3] - 8)
    assert [place for place, (_, is_doubted) in read_cells(as_jpeg(page), tmp_path).items() if is_doubted] == [(2, 1)]


@pytest.mark.parametrize(
    ("font", "text", "mark"),
    [
        ("Arimo-Regular", "I", "I"),
        ("Arimo-Bold", "I", "I"),
        ("Arimo-Regular", "I.", "I."),
        ("Arimo-Bold", "I.", "I."),
        ("Arimo-Bold", "1.", ""),
        ("Arimo-Bold", "I,", ""),
        ("Arimo-Regular", "1", ""),
        ("Arimo-Bold", "1", ""),
        ("Tinos-Regular", "1", ""),
        ("Tinos-Bold", "I", ""),
        ("Arimo-Bold", "i", ""),
        ("Arimo-Bold", "-", "-"),
    ],
)
@pytest.mark.parametrize("size", [10.0, 13.0])
def test_a_lone_roman_one_without_serifs_is_known_by_its_shape(font, text, mark, size):
    page = paper()
    drawn = ImageFont.truetype(TINOS.with_name(f"{font}.ttf"), size * DPI / 72)
    ImageDraw.Draw(page).text((pixels(60), pixels(100)), text, fill=20, font=drawn, anchor="ls")
    assert mark_of(find_blobs(upright(page), []).all, size * DPI / 72) == mark


@pytest.mark.parametrize("text", ["I", "1"])
def test_of_a_coarse_scan_no_shape_is_taken_for_a_roman_one(text):
    page = paper()
    size = 12.0 * 150 / 72
    ImageDraw.Draw(page).text(
        (pixels(60), pixels(100)),
        text,
        fill=20,
        font=ImageFont.truetype(TINOS.with_name("Arimo-Bold.ttf"), size),
        anchor="ls",
    )
    assert mark_of(find_blobs(upright(page), []).all, size) == ""
