"""A red seal is taken off the page, the print under it stays."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.reading import read_line
from extractors.seal import lift_red, split_channels
from tests.extractors.drawing import Print, as_jpeg, paper, pixels, print_lines

TEXT = Print("Tỷ lệ hộ nghèo đến năm 2030", 60, 100, 14)


def plain() -> np.ndarray:
    return np.asarray(print_lines(paper(), TEXT))


def stamped(page: np.ndarray, colour: tuple[int, int, int]) -> Image.Image:
    """A seal's rings and star printed over the page in translucent ink: paper and print are multiplied by it."""
    seal = Image.new("RGB", (page.shape[1], page.shape[0]), "white")
    draw = ImageDraw.Draw(seal)
    x, y, radius = pixels(150), pixels(96), pixels(50)
    for r, width in ((radius, 8), (radius - 20, 4)):
        draw.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=width)
    draw.regular_polygon((x, y, radius // 2), 5, fill=colour)
    return Image.fromarray((np.asarray(seal) / 255 * page[..., None]).astype(np.uint8))


@pytest.mark.parametrize("colour", [(230, 60, 70), (200, 40, 50), (235, 130, 140)])
def test_a_seal_vanishes_and_the_print_under_it_stays(colour):
    page = plain()
    lifted = lift_red(split_channels(np.asarray(stamped(page, colour))))
    is_print = page < 100
    assert lifted[is_print].max() < 140
    # soft edges of letters aside, the paper is paper again
    assert np.percentile(lifted[page > 250], 1) > 200


def test_a_seal_on_a_jpeg_scan_vanishes_too():
    page = plain()
    lifted = lift_red(split_channels(np.asarray(as_jpeg(stamped(page, (210, 50, 60))))))
    assert lifted[page < 60].mean() < 80
    assert (lifted[page > 250] > 180).mean() > 0.99


@pytest.mark.ocr
def test_print_under_a_seal_is_read():
    lifted = lift_red(split_channels(np.asarray(as_jpeg(stamped(plain(), (210, 50, 60))))))
    rows = slice(pixels(100 - 1.03 * 14), pixels(100 + 0.24 * 14))
    assert read_line([lifted[rows, pixels(57) : pixels(240)]]).text == TEXT.text


def test_a_page_without_red_is_its_red_channel():
    page = np.repeat(plain()[..., None], 3, axis=2)
    page[..., 2] = page[..., 2] // 8 * 7  # yellowed paper
    assert np.array_equal(lift_red(split_channels(page)), page[..., 0])
