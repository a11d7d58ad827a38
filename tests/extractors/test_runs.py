"""Packed rows give what OpenCV's morphology gives, to the pixel; counted greys what numpy's percentiles give."""

import cv2
import numpy as np
import pytest

from extractors.arrays import Mask
from extractors.components import count_greys, find_components, percentile_of
from extractors.runs import long_runs


def _strokes(height: int, width: int, share: float) -> Mask:
    """Ink at random, run together along the rows."""
    dots = (np.random.default_rng(height).random((height, width)) < share).astype(np.uint8) * 255
    return np.asarray(cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8)), dtype=np.uint8)


@pytest.mark.parametrize(("height", "width"), [(64, 300), (37, 211), (3, 90), (129, 64)])
@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_long_runs_are_those_of_flat_openings_and_closings(height: int, width: int, share: float) -> None:
    ink = _strokes(height, width, share)
    expected = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    for way, length in ((cv2.MORPH_OPEN, 9), (cv2.MORPH_CLOSE, 5), (cv2.MORPH_OPEN, 15)):
        expected = cv2.morphologyEx(expected, way, np.ones((1, length), np.uint8))
    assert np.array_equal(long_runs(ink, 9, 5, 15), expected)


def test_components_have_the_numbers_that_opencv_gives_them() -> None:
    ink = _strokes(90, 200, 0.1)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found, measures = find_components(ink)
    assert np.array_equal(found, labels)
    assert np.array_equal(measures, stats)


@pytest.mark.parametrize("percent", [0, 15, 50, 70, 100])
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_percentiles_of_counted_greys_are_those_of_all_pixels(percent: float, size: int) -> None:
    grey = np.random.default_rng(size).integers(0, 256, (size, 3), dtype=np.uint8)
    counted = percentile_of(np.arange(256.0), count_greys(grey), percent)
    assert counted == pytest.approx(float(np.percentile(grey, percent)))
