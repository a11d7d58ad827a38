"""Rows of dashes, with what dirt leaves between them."""

import numpy as np

from extractors.dashes import find_dashes

PIXELS_PER_PT = 200 / 72
DASH, GAP, CELL, START = 7, 3, 53, 20  # pixels


def dashed(cells: int, specks: int = 0) -> np.ndarray:
    """A row of dashes, five in each cell; what crosses it takes one. Specks lie in the first gaps."""
    ink = np.zeros((40, 2 * START + cells * CELL), np.uint8)
    for cell in range(cells):
        for dash in range(5):
            start = START + cell * CELL + dash * (DASH + GAP)
            ink[20:22, start : start + DASH] = 255
    for gap in range(specks):
        start = START + (gap // 4) * CELL + (gap % 4) * (DASH + GAP) + DASH + 1
        ink[20, start] = 255
    return ink


def test_dashes_in_a_row_are_a_rule_whatever_crosses_it():
    (found, *others) = find_dashes(dashed(6), PIXELS_PER_PT)
    assert (found.start, found.end) == (START - GAP, START + 5 * CELL + 5 * (DASH + GAP))
    assert all(other.at == found.at for other in others)


def test_specks_between_dashes_are_none_of_them():
    assert find_dashes(dashed(6, specks=12), PIXELS_PER_PT) == find_dashes(dashed(6), PIXELS_PER_PT)
