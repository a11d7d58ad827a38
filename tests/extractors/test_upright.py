"""Pages are set upright, however they lay on the glass; boxes are led back to where they are displayed."""

import cv2
import numpy as np
import pytest
from PIL import Image

from chitieu.model import Box
from extractors.image import prepare_image
from extractors.pose import Pose, turned, unturned
from extractors.skew import find_dark, shrink
from extractors.upright import find_quarter_turns, quarter_turned
from tests.extractors.drawing import DPI, Print, paper, pixels, print_lines, rule
from tests.extractors.test_image import prose_page, ruled_page
from tests.extractors.test_image import turned as askew


def wide_page() -> Image.Image:
    page = paper(842, 595)
    for y in range(100, 560, 60):
        rule(page, 60, y, 780, y)
    for x in (60, 100, 400, 780):
        rule(page, x, 100, x, 520)
    text = "Tỷ lệ hộ nghèo giảm bình quân", "Sở Nông nghiệp và Môi trường"
    cells = [Print(text[x > 400], x, y) for x in (105, 410) for y in range(120, 510, 20)]
    return print_lines(page, *cells)


def turns_of(page: np.ndarray) -> int:
    small = shrink(page)
    return find_quarter_turns(page, small, find_dark(small))


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("draw", [ruled_page, prose_page, wide_page])
def test_a_page_is_set_upright_however_it_lay(draw, turns):
    lying = quarter_turned(np.asarray(draw()), turns)
    assert turns_of(lying) == -turns % 4


@pytest.mark.parametrize("degrees", [-4.0, 2.0])
def test_a_page_on_its_head_is_seen_to_be_so_when_it_is_askew(degrees):
    assert turns_of(quarter_turned(askew(ruled_page(), degrees), 2)) == 2


@pytest.mark.parametrize("turns", range(4))
def test_a_page_with_hardly_any_print_is_left_as_it_lies(turns):
    page = print_lines(paper(595, 842), Print("Nơi nhận", 60, 700))
    page.paste(0, (600, 600, 800, 640))
    assert turns_of(quarter_turned(np.asarray(page), turns)) == 0
    assert turns_of(quarter_turned(np.asarray(paper(595, 842)), turns)) == 0


@pytest.mark.parametrize("turns", range(4))
def test_turning_a_point_there_and_back_gives_the_point(turns):
    assert unturned(turned((10.0, 30.0), turns, 100, 200), turns, 100, 200) == (10.0, 30.0)


@pytest.mark.parametrize(("turns", "box"), [(1, Box(30, 170, 60, 190)), (2, Box(70, 140, 90, 170))])
def test_a_box_is_led_back_to_the_page_as_displayed(turns, box):
    assert Pose(turns, 100, 200).on_page(Box(10, 30, 30, 60)) == box


def test_boxes_of_a_page_askew_on_its_side_cover_what_they_covered_on_the_page():
    page = ruled_page()
    mark = Box(420, 300, 440, 320)
    page.paste(0, tuple(pixels(side) for side in (mark.left, mark.top, mark.right, mark.bottom)))
    lying = quarter_turned(askew(page, 3.0), 1)
    image = prepare_image(1, lying, DPI)
    ys, xs = np.nonzero(_solid(image.grey))
    found = image.pose.on_page(image.box(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1))
    ys, xs = np.nonzero(_solid(lying))
    scale = 72 / DPI
    there = np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]) * scale
    assert np.abs(there - [found.left, found.top, found.right, found.bottom]).max() < 2.5


def _solid(grey: np.ndarray) -> np.ndarray:
    """What remains of a page's dark when its letters and rules are worn off."""
    side = pixels(8)
    return cv2.morphologyEx((grey < 128).astype(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8))


def test_what_is_printed_in_the_corners_is_not_turned_off_the_page():
    page = ruled_page()
    corners = [(15, 15), (570, 15), (15, 817), (570, 817)]
    wide = Image.new("L", (pixels(680), pixels(920)), 255)
    for x, y in corners:
        page.paste(0, (pixels(x), pixels(y), pixels(x + 10), pixels(y + 10)))
    wide.paste(page, (pixels(42), pixels(39)))
    bare = np.asarray(wide.rotate(-5, fillcolor=255).crop((pixels(22), pixels(14), pixels(658), pixels(906))))
    image = prepare_image(1, bare, DPI)
    assert _count(_solid(image.grey)) == _count(_solid(bare)) == 4


def _count(mask: np.ndarray) -> int:
    return cv2.connectedComponents(mask)[0] - 1
