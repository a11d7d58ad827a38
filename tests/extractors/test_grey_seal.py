"""A black seal, paler than print, is taken off a grey scan; where its tone does not tell it from print, it stays."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.grey_seal import lift_grey_seals
from tests.extractors.drawing import DPI, TINOS, Print, as_jpeg, paper, pixels, print_lines

LINES = [Print("Tỷ lệ hộ nghèo đến năm 2030 giảm còn 2,5% ở vùng khó", 60, 60 + 22 * n, 12) for n in range(9)]
MIDDLE, RADIUS = (190, 150), 50


def plain(level: int = 0) -> np.ndarray:
    return np.maximum(np.asarray(print_lines(paper(400, 260), *LINES)), level).astype(np.uint8)


def stamp(level: int) -> np.ndarray:
    """A seal alone on a page, its ink at one level of grey: two circles, letters between them, a star."""
    seal = Image.new("L", (plain().shape[1], plain().shape[0]), 255)
    draw = ImageDraw.Draw(seal)
    x, y = (pixels(value) for value in MIDDLE)
    for radius, width in ((RADIUS, 3.0), (0.66 * RADIUS, 1.5)):
        r = pixels(radius)
        draw.ellipse((x - r, y - r, x + r, y + r), outline=level, width=pixels(width))
    draw.regular_polygon((x, y, pixels(10)), 5, fill=level)
    for place, letter in enumerate("NHÂN DÂN TỈNH ỦY BAN"):
        angle = place * 2 * np.pi / 20
        spot = (x + pixels(0.8 * RADIUS) * np.cos(angle), y + pixels(0.8 * RADIUS) * np.sin(angle))
        draw.text(spot, letter, fill=level, font=ImageFont.truetype(TINOS, pixels(8)), anchor="mm")
    return np.asarray(seal)


def stamped(page: np.ndarray, level: int) -> np.ndarray:
    return (page.astype(float) * stamp(level) / 255).astype(np.uint8)


@pytest.mark.parametrize("level", [75, 100, 130])
def test_a_seal_vanishes_and_the_print_under_it_stays(level):
    page = np.asarray(as_jpeg(Image.fromarray(stamped(plain(), level))))
    lifted = lift_grey_seals(page.copy(), 72 / DPI)
    is_print, is_stamp = plain() < 60, (stamp(level) < 200) & (plain() > 250)
    assert (lifted[is_print] < 120).mean() > 0.99
    # of the stamp, what touches print or lies at its edges may be left
    assert (lifted[is_stamp] > 200).mean() > 0.85
    assert (page[is_stamp] < 200).mean() > 0.9


@pytest.mark.parametrize(("print_level", "stamp_level"), [(60, 75), (110, 90)])
def test_print_as_pale_as_the_seal_is_left_alone(print_level, stamp_level):
    page = np.minimum(plain(print_level), stamp(stamp_level))
    assert np.array_equal(lift_grey_seals(page.copy(), 72 / DPI), page)


def test_a_page_without_a_seal_is_left_alone():
    page = plain()
    assert np.array_equal(lift_grey_seals(page.copy(), 72 / DPI), page)


def test_pale_letters_within_the_inner_circle_are_print():
    """What stands where a seal has neither letters nor star is not its own, whatever its tone."""
    pale = Print("%", 177, 135, 12)
    page = np.minimum(stamped(plain(), 100), np.maximum(np.asarray(print_lines(paper(400, 260), pale)), 100)).astype(
        np.uint8
    )
    lifted = lift_grey_seals(page.copy(), 72 / DPI)
    is_pale = np.asarray(print_lines(paper(400, 260), pale)) < 60
    assert lifted[is_pale].max() < 140
