"""The size of print, from the boxes of its letters."""

import pytest

from extractors.blobs import Blob, print_size

SCALE = 150 / 72


def letters(em: float, small: int, tall: int, marked: int = 0, swelling: int = 2) -> list[Blob]:
    """Boxes of letters: small ones nearly as wide as high, tall ones (capitals, digits) and small ones with roofs and
    tone marks narrower; `em` in pixels.
    """
    sizes = [(0.42 * em, 0.45 * em)] * small + [(0.42 * em, 0.66 * em)] * tall + [(0.42 * em, 0.95 * em)] * marked
    return [
        Blob(label, 0, 0, round(width) + swelling, round(height) + swelling, 40)
        for label, (width, height) in enumerate(sizes, start=1)
    ]


@pytest.mark.parametrize("size_pt", [9.0, 11.0, 14.0])
@pytest.mark.parametrize(("small", "tall", "marked"), [(300, 150, 60), (120, 380, 60), (50, 600, 150)])
def test_small_letters_and_tall_ones_tell_the_size(size_pt, small, tall, marked):
    """Few small letters are left where they run together in a blurred scan."""
    em = size_pt * SCALE
    assert print_size(letters(em, small, tall, marked), SCALE, 26.0) == pytest.approx(em, rel=0.06)


def test_small_letters_alone_are_no_capitals():
    em = 12.0 * SCALE
    assert print_size(letters(em, 200, 20), SCALE, 26.0) == pytest.approx(em, rel=0.06)


def test_a_few_letters_tell_nothing():
    assert print_size(letters(20.0, 5, 5), SCALE, 26.0) == 26.0
