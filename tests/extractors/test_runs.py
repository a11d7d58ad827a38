"""Packed rows give what OpenCV's morphology gives, to the pixel; counted greys what numpy's percentiles give."""

import cv2
import numpy as np
import pytest

from extractors.arrays import Mask
from extractors.components import count_greys, find_components, median, percentile_of
from extractors.runs import Runs, bridged, either, filled_rows, long_runs, pack, pack_lying, without


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
    assert np.array_equal(_with_all_rows(long_runs(pack(ink), 9, 5, 15), ink), expected)
    assert np.array_equal(_with_all_rows(long_runs(pack_lying(ink.T), 9, 5, 15), ink), expected)


def _with_all_rows(runs: Runs, ink: Mask) -> Mask:
    """The runs as a picture of all rows; those that are left out have none."""
    assert (np.diff(runs.rows) > 0).all()
    whole = np.zeros_like(ink)
    whole[runs.rows] = runs.ink
    return whole


def test_runs_with_rows_between_them_do_not_touch() -> None:
    ink = np.zeros((80, 60), np.uint8)
    ink[[3, 70]] = 255
    runs = long_runs(pack(ink), 9, 5, 15)
    assert len(runs.rows) < len(ink)
    assert cv2.connectedComponents(runs.ink)[0] == 3


def test_a_picture_without_runs_has_a_row_for_what_looks_at_it() -> None:
    runs = long_runs(pack(np.zeros((80, 60), np.uint8)), 9, 5, 15)
    assert len(runs.ink)
    assert not runs.ink.any()


@pytest.mark.parametrize("length", [2, 3, 4])
def test_packed_ink_is_put_together_and_bridged_as_pictures_are(length: int) -> None:
    first, second, third = (_strokes(height, 211, 0.1)[:37] for height in (37, 38, 39))
    expected = cv2.subtract(cv2.bitwise_or(first, second), third)
    expected = cv2.morphologyEx(expected, cv2.MORPH_CLOSE, np.ones((1, length), np.uint8))
    found = bridged(without(either(pack(first), pack(second)), pack(third)), length)
    assert np.array_equal(found.part(slice(0, 37), slice(0, 211)), expected > 0)
    assert np.array_equal(found.part(slice(5, 19), slice(40, 90)), expected[5:19, 40:90] > 0)


@pytest.mark.parametrize("size", [(90, 200), (700, 800)])
def test_components_have_the_numbers_that_opencv_gives_them(size: tuple[int, int]) -> None:
    ink = _strokes(*size, 0.1)
    ink[:17] = ink[-20:] = 0
    ink[:, :23] = ink[:, -50:] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found, measures = find_components(ink)
    assert np.array_equal(found, labels)
    assert np.array_equal(measures[1:], stats[1:])


def test_a_picture_without_ink_has_no_component() -> None:
    labels, stats = find_components(np.zeros((7, 9), np.uint8))
    assert not labels.any()
    assert len(stats) == 1


def test_rows_with_ink_stay_apart_where_others_lay_between_them() -> None:
    ink = np.zeros((9, 5), np.uint8)
    ink[[2, 3, 7]] = 255
    filled = filled_rows(ink)
    assert filled.rows.tolist() == [1, 2, 3, 6, 7]
    assert filled.ink.any(axis=1).tolist() == [False, True, True, False, True]


@pytest.mark.parametrize("percent", [0, 15, 50, 70, 100])
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_percentiles_of_counted_greys_are_those_of_all_pixels(percent: float, size: int) -> None:
    grey = np.random.default_rng(size).integers(0, 256, (size, 3), dtype=np.uint8)
    counted = percentile_of(np.arange(256.0), count_greys(grey), percent)
    assert counted == pytest.approx(float(np.percentile(grey, percent)))


@pytest.mark.parametrize("size", [1, 2, 5, 8])
def test_the_median_is_that_of_numpy(size: int) -> None:
    values = np.random.default_rng(size).random(size)
    assert median(values) == float(np.median(values))
