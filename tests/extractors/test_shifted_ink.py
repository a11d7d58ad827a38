"""Shapes are found where every pixel of theirs is ink, and nowhere else."""

import numpy as np
import pytest

from extractors.arrays import Mask
from extractors.shifted_ink import MOST_SHIFT, ShiftedInk


def _by_definition(ink: Mask, shape: Mask) -> Mask:
    rows, cols = np.nonzero(shape)
    found = np.zeros_like(ink)
    for y in range(ink.shape[0] - shape.shape[0] + 1):
        for x in range(ink.shape[1] - shape.shape[1] + 1):
            found[y, x] = (ink[y + rows, x + cols] > 0).all()
    return found


@pytest.mark.parametrize("width", [7, 63, 64, 65, 130])
@pytest.mark.parametrize("size", [(1, 5), (4, 4), (9, 2), (3, 21)])
def test_places_are_those_of_the_definition(width: int, size: tuple[int, int]) -> None:
    random = np.random.default_rng(width)
    ink = (random.random((40, width)) < 0.9).astype(np.uint8)
    shape = (random.random(size) < 0.5).astype(np.uint8)
    shape[0, 0] = shape[-1, -1] = 1
    assert (ShiftedInk(ink).places_of(shape) == _by_definition(ink, shape)).all()


def test_a_shape_higher_than_the_picture_is_nowhere() -> None:
    assert not ShiftedInk(np.ones((3, 9), np.uint8)).places_of(np.ones((4, 1), np.uint8)).any()


def test_a_shape_wider_than_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 63"):
        ShiftedInk(np.ones((3, 200), np.uint8)).places_of(np.ones((1, MOST_SHIFT + 1), np.uint8))
