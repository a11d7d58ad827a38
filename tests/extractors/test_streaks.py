"""Hairlines of a dirty scanner: gone from the page, while print under them and rules of tables stay."""

import cv2
import numpy as np
import pytest

from extractors.streaks import without_streaks


def _page() -> np.ndarray:
    page = np.full((1200, 800), 250, np.uint8)
    for y in range(120, 1080, 40):
        cv2.putText(page, "Chi tieu 2030 dat 95 phan tram", (60, y), cv2.FONT_HERSHEY_SIMPLEX, 1, 20, 2)
    return page


def _streaked(page: np.ndarray, *columns: int, share: float = 0.75) -> np.ndarray:
    dirty = page.copy()
    dirty[:, columns] = np.rint(page[:, columns] * share)
    return dirty


def test_streaks_go_and_print_under_them_stays_as_dark_as_it_was():
    page = _page()
    clean = without_streaks(_streaked(page, 200, 201, 415))
    assert np.abs(clean.astype(int) - page).max() <= 3


def test_streaks_of_a_page_scanned_sideways_lie_level():
    page = np.ascontiguousarray(np.rot90(_page()))
    dirty = np.ascontiguousarray(np.rot90(_streaked(_page(), 300)))
    assert np.abs(without_streaks(dirty).astype(int) - page).max() <= 3


def test_a_page_without_streaks_is_left_alone():
    page = _page()
    assert without_streaks(page) is page


@pytest.mark.parametrize(
    ("rows", "grey"), [(slice(100, 1100), 60), (slice(60, 1140), 180), (slice(0, 1200), 60), (slice(0, 1000), 180)]
)
def test_rules_of_tables_and_what_ends_on_the_page_are_no_streaks(rows, grey):
    page = _page()
    page[rows, 500:503] = grey
    assert (without_streaks(page) == page).all()
