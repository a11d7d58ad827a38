"""Pages seen from the side or bowed near the spine are flattened; a flat page is left as it is."""

import cv2
import numpy as np
import pytest

from chitieu.model import Box
from extractors.image import prepare_image
from extractors.rules import find_inked_rules
from extractors.skew import find_dark, shrink
from extractors.traces import find_bend
from tests.extractors.drawing import DPI, Print, paper, print_lines, rule
from tests.extractors.test_image import prose_page, ruled_page, turned

YS, XS = range(100, 761, 60), (60, 100, 300, 540)


def framed_page() -> np.ndarray:
    """Eleven rows and three columns with print in them."""
    page = paper(595, 842)
    for y in YS:
        rule(page, XS[0], y, XS[-1], y)
    for x in XS:
        rule(page, x, YS[0], x, YS[-1])
    return np.asarray(print_lines(page, *(Print("Tỷ lệ hộ nghèo", 105, y + 30) for y in YS[:-1])))


def bowed(page: np.ndarray, depth_pt: float) -> np.ndarray:
    """Rules fall off towards the spine on the left."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lift = np.float32(depth_pt * DPI / 72) * np.exp(-6 * x / width)
    return cv2.remap(page, x, y + lift, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def seen_from_the_side(page: np.ndarray, share: float) -> np.ndarray:
    """The upper edge is narrower than the lower one by twice this share, the right one lower than the left."""
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = np.array([[share, 0], [1 - share, share], [1, 1 - share / 2], [0, 1]], np.float32) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


DAMAGE = {
    "bowed down": lambda page: bowed(page, 8),
    "bowed up": lambda page: bowed(page, -6),
    "from the side": lambda page: seen_from_the_side(page, 0.012),
    "from the side, bowed and askew": lambda page: turned(seen_from_the_side(bowed(page, 5), 0.01), 2.0),
}


def bend_of(page: np.ndarray):
    return find_bend(find_dark(shrink(page)), min(page.shape) / 900 * 72 / DPI)


@pytest.mark.parametrize("damage", DAMAGE)
def test_rules_of_a_bent_page_are_straight_and_whole_again(damage):
    found = find_inked_rules(prepare_image(1, DAMAGE[damage](framed_page()), DPI))
    long = [r for r in found.across if r.length > 400], [r for r in found.down if r.length > 600]
    assert (len(long[0]), len(long[1])) == (len(YS), len(XS))
    assert len(found.across) == len(YS)


@pytest.mark.parametrize("damage", DAMAGE)
def test_ink_of_a_rule_lies_within_a_pixel_of_its_line(damage):
    image = prepare_image(1, DAMAGE[damage](framed_page()), DPI)
    for line in (r for r in find_inked_rules(image).across if r.length > 400):
        top, left, right = (round(v * DPI / 72) for v in (line.at, line.start + 5, line.end - 5))
        band = image.grey[top - 6 : top + 7, left:right].astype(np.float64)
        dark = np.maximum(128 - band, 0)
        middles = (dark * np.arange(-6, 7)[:, None]).sum(axis=0) / np.maximum(dark.sum(axis=0), 1)
        # where a rule meets one that runs down, its own middle is not to be seen
        assert np.percentile(np.abs(middles), 97) <= 1.5


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_box_of_the_flat_picture_is_led_back_to_its_place_on_the_bent_page(damage):
    page = framed_page().copy()
    page[1200:1240, 1000:1060] = 0
    bent = DAMAGE[damage](page)
    image = prepare_image(1, bent, DPI)
    found = image.pose.on_page(_mark(image.grey))
    there = _mark(bent)
    for side in ("left", "top", "right", "bottom"):
        assert getattr(found, side) == pytest.approx(getattr(there, side), abs=1.5)


def _mark(grey: np.ndarray) -> Box:
    """The one mark on the page that is thicker than rules and letters; points."""
    ys, xs = np.nonzero(cv2.morphologyEx((grey < 128).astype(np.uint8), cv2.MORPH_OPEN, np.ones((20, 20), np.uint8)))
    return Box(*(float(v) * 72 / DPI for v in (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)))


@pytest.mark.parametrize(
    "page", [framed_page(), np.asarray(ruled_page()), np.asarray(prose_page()), np.asarray(paper())]
)
def test_a_flat_page_has_no_bend(page):
    assert bend_of(page) is None
