"""Bands in which the toner ran out: their print comes out as dark as beside them, all else stays as it is."""

import cv2
import numpy as np
import pytest

from extractors.arrays import Grey
from extractors.blobs import find_blobs
from extractors.fading import without_fading
from extractors.image import prepare_image
from extractors.lines import cut_lines
from extractors.reading import read_line
from tests.extractors.drawing import DPI, Print, paper, print_lines

# Lines that begin at other places: no column of the page is without print.
TEXT = "đạt 48,5 - 56,6 và ≥ 97,06 triệu đồng vào năm 2030"
LINES = [Print(TEXT, 34 + 5 * n % 19, 60 + 22 * n) for n in range(20)]


def printed(dpi: float = DPI, ink: int = 20) -> Grey:
    page = print_lines(paper(420, 520, dpi), *LINES, ink=ink, dpi=dpi)
    return np.minimum(np.asarray(page, dtype=np.uint8), 250)


def faded(page: Grey, middle: int, spread: float, strength: float) -> Grey:
    """The page with a band around a column in which up to so much of the ink is lacking."""
    kept = 1 - strength * np.exp(-(((np.arange(page.shape[1]) - middle) / spread) ** 2))
    return (250 - (250 - page.astype(float)) * kept).astype(np.uint8)


@pytest.mark.parametrize("middle", [200, 420, 640])
def test_print_in_a_band_is_as_dark_as_beside_it(middle):
    page = printed()
    mended = without_fading(faded(page, middle, 22, 0.6)).astype(int)
    band = slice(middle - 15, middle + 15)
    assert page[:, band].min() + 60 < faded(page, middle, 22, 0.6)[:, band].min()
    assert abs(mended[:, band].min() - int(page[:, band].min())) < 45
    assert (mended[:, band][page[:, band] == 250] >= 245).all()


def test_a_page_without_such_bands_is_left_alone():
    page = printed()
    assert without_fading(page) is page


def test_a_margin_with_specks_is_no_band():
    page = printed()
    noise = np.random.default_rng(2)
    for _ in range(400):
        x, y = int(noise.integers(2, 80)), int(noise.integers(2, page.shape[0] - 4))
        page[y : y + 3, x : x + 3] = 150
    assert without_fading(page) is page


def test_an_empty_stretch_between_two_rules_is_no_band():
    page = printed()
    page[:, 400:440] = 250
    page[[100, 101, 900, 901], 380:460] = 20
    assert without_fading(page) is page


def test_columns_without_print_are_no_bands():
    page = printed()
    page[:, 400:520] = 250
    assert without_fading(page) is page


def test_what_shines_through_is_not_darkened():
    page = printed()
    page[:, 500:] = 250 - (250 - page[:, 500:].astype(float)) * 0.2
    assert without_fading(page) is page


def test_faded_signs_are_read_as_printed(monkeypatch):
    blurred = cv2.GaussianBlur(faded(printed(dpi=150, ink=80), 146, 14, 0.78), (0, 0), 0.9)
    page = np.clip(blurred + np.random.default_rng(1).normal(0, 9, blurred.shape), 0, 255).astype(np.uint8)
    assert texts(page) == [TEXT] * len(LINES)
    monkeypatch.setattr("extractors.image.without_fading", lambda grey: grey)
    assert texts(page) != [TEXT] * len(LINES)


def texts(page: Grey) -> list[str]:
    image = prepare_image(1, page, 150)
    blobs = find_blobs(image, [])
    return [read_line(line.pieces).text for line in cut_lines(image, blobs, list(blobs.all))]
