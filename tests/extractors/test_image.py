"""Pages are set upright, their background evened, and faded print is told from noise."""

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.image import despeckle, flatten, prepare_image
from extractors.skew import darker, find_dark, measure_skew, shrink, turn
from tests.extractors.drawing import DPI, Print, paper, pixels, prepared, print_lines, rule

ANGLES = (-5.0, -2.35, -0.6, -0.1, 0.0, 0.2, 1.3, 3.7, 5.0)


def ruled_page() -> Image.Image:
    page = paper(595, 842)
    for y in range(100, 760, 60):
        rule(page, 60, y, 540, y)
    for x in (60, 100, 300, 540):
        rule(page, x, 100, x, 760)
    return print_lines(page, *(Print("Tỷ lệ hộ nghèo giảm bình quân", 105, y + 30) for y in range(100, 700, 60)))


def prose_page() -> Image.Image:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
    return print_lines(paper(595, 842), *(Print(text, 70, y) for y in range(100, 760, 18)))


def turned(page: Image.Image, degrees: float) -> np.ndarray:
    """The page laid askew on the glass: clockwise for positive degrees, as `measure_skew` counts."""
    grey = np.asarray(page)
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def skew_of(grey: np.ndarray) -> float:
    return measure_skew(find_dark(shrink(grey)))


@pytest.mark.parametrize("degrees", ANGLES)
def test_skew_of_a_ruled_page_is_measured_to_a_twentieth_of_a_degree(degrees):
    assert skew_of(turned(ruled_page(), degrees)) == pytest.approx(degrees, abs=0.05)


@pytest.mark.parametrize("degrees", [-3.2, 0.0, 1.5])
def test_skew_of_prose_is_measured_by_its_lines(degrees):
    assert skew_of(turned(prose_page(), degrees)) == pytest.approx(degrees, abs=0.15)


@pytest.mark.parametrize(("side", "least"), [(25, 12), (35, 15)])
def test_what_is_darker_than_around_it_is_what_opencv_finds(side, least):
    grey = noisy(ruled_page(), 25.0)
    expected = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, least)
    assert np.array_equal(darker(grey, side, least), expected)


def test_a_blank_page_has_no_skew():
    assert skew_of(np.asarray(paper())) == 0.0


def test_a_turned_page_is_set_upright():
    image = prepare_image(1, turned(ruled_page(), 3.0), DPI)
    assert skew_of(image.grey) == pytest.approx(0.0, abs=0.05)


def test_turning_there_and_back_keeps_the_print():
    page = np.asarray(prose_page())
    there_and_back = turn(turned(prose_page(), 1.0), 1.0)
    inner = slice(200, -200)
    assert np.abs(there_and_back[inner, inner].astype(int) - page[inner, inner]).mean() < 6


def noisy(page: Image.Image, sigma: float) -> np.ndarray:
    noise = np.random.default_rng(7).normal(0, sigma, np.asarray(page).shape)
    return np.clip(np.asarray(page) + noise, 0, 255).astype(np.uint8)


def line_area(ink: np.ndarray) -> float:
    """Share of the page's ink that lies in the line's own band."""
    band = ink[pixels(80) : pixels(105)]
    return float(band.sum() / max(1, ink.sum()))


@pytest.mark.parametrize(("ink", "sigma"), [(20, 0), (120, 0), (20, 12), (120, 8)])
def test_ink_of_a_faded_or_noisy_line_is_found_and_little_else(ink, sigma):
    page = print_lines(paper(), Print("Tỷ lệ hộ nghèo ≥ 80 %", 60, 100), ink=ink)
    printed = np.asarray(print_lines(paper(), Print("Tỷ lệ hộ nghèo ≥ 80 %", 60, 100))) < 128
    found = prepare_image(1, noisy(page, sigma), DPI).ink
    assert line_area(found) > 0.97
    assert np.count_nonzero(found[printed]) / np.count_nonzero(printed) > 0.85


def test_paper_alone_has_no_ink():
    assert np.count_nonzero(prepare_image(1, noisy(paper(), 6), DPI).ink) < 40


def test_shadow_over_a_page_is_evened_out():
    page = np.asarray(print_lines(paper(), Print("Mục tiêu đến năm 2030", 60, 100)), dtype=np.float32)
    shadow = np.linspace(1.0, 0.5, page.shape[1])[None, :]
    even = flatten((page * shadow).astype(np.uint8), DPI)
    assert even[: pixels(60)].min() > 235


def test_specks_are_taken_off_and_letters_are_not():
    page = np.asarray(print_lines(paper(), Print("Ộ", 60, 100, 20))).copy()
    letter = page.copy()
    page[20, 20] = page[300, 700] = 0
    clean = despeckle(page)
    assert (clean[20, 20], clean[300, 700]) == (255, 255)
    # the strokes of 20 pt print are more than two pixels thick
    assert np.count_nonzero((clean < 128) & (letter < 128)) > 0.9 * np.count_nonzero(letter < 128)


def test_points_and_pixels_agree():
    image = prepared(paper())
    assert image.pixels(72) == DPI
    assert image.box(0, 0, DPI, 2 * DPI).bottom == 144.0
