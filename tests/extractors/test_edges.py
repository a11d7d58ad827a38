"""Edges of a scanned mesh are those that the picture shows: letters and closed gaps are none."""

from itertools import pairwise

import cv2
import numpy as np

from extractors.edges import with_seen_edges
from extractors.grid import Mesh
from extractors.image import prepare_image

DPI = 200.0
XS, YS = (40.0, 80.0, 240.0, 400.0), (60.0, 100.0, 118.0, 160.0, 200.0)
TITLE = 1


def seen(*, title_is_ruled: bool, letter_height_pt: float = 0.0, is_found: bool = True) -> list[bool]:
    """Which rows keep the edge between the first two columns; a letter of this height may stand on it in the title.

    `is_found`: whether the mesh has the title's edge.
    """
    scale = DPI / 72
    page = np.full((round(260 * scale), round(440 * scale)), 255, np.uint8)
    for y in YS:
        cv2.line(page, (round(XS[0] * scale), round(y * scale)), (round(XS[-1] * scale), round(y * scale)), 0, 2)
    for x in XS:
        for row, (top, bottom) in enumerate(pairwise(YS)):
            if row != TITLE or title_is_ruled or x in (XS[0], XS[-1]):
                cv2.line(page, (round(x * scale), round(top * scale)), (round(x * scale), round(bottom * scale)), 0, 2)
    if letter_height_pt:
        middle = (YS[TITLE] + YS[TITLE + 1]) / 2
        for x in (XS[1] - 4, XS[1], XS[1] + 4):
            ends = (round((middle + side * letter_height_pt / 2) * scale) for side in (-1, 1))
            cv2.line(page, *((round(x * scale), end) for end in ends), 0, 3)
    ruled = np.ones((len(YS), len(XS) - 1), bool), np.ones((len(YS) - 1, len(XS)), bool)
    ruled[1][TITLE, 1] = is_found
    (mesh,) = with_seen_edges((Mesh(XS, YS, *ruled),), prepare_image(1, page, DPI))
    return mesh.down[:, 1].tolist()


def test_ruled_edges_stay():
    assert seen(title_is_ruled=True) == [True] * 4


def test_a_gap_that_was_closed_is_no_edge():
    assert seen(title_is_ruled=False) == [True, False, True, True]


def test_letters_of_a_title_are_no_edge():
    assert seen(title_is_ruled=False, letter_height_pt=9.0) == [True, False, True, True]


def test_an_edge_that_was_not_found_is_there_where_it_is_inked_as_the_others():
    assert seen(title_is_ruled=True, is_found=False) == [True] * 4
    assert seen(title_is_ruled=False, is_found=False) == [True, False, True, True]
    assert seen(title_is_ruled=False, is_found=False, letter_height_pt=14.0) == [True, False, True, True]


def test_a_line_that_letters_of_one_row_made_is_none():
    scale, letters_at = DPI / 72, 320.0
    page = np.full((round(260 * scale), round(440 * scale)), 255, np.uint8)
    for y in YS:
        cv2.line(page, (round(XS[0] * scale), round(y * scale)), (round(XS[-1] * scale), round(y * scale)), 0, 2)
    for x in XS:
        cv2.line(page, (round(x * scale), round(YS[0] * scale)), (round(x * scale), round(YS[-1] * scale)), 0, 2)
    for x in (letters_at - 4, letters_at, letters_at + 4):
        cv2.line(page, (round(x * scale), round(104 * scale)), (round(x * scale), round(114 * scale)), 0, 3)
    xs = (*XS[:-1], letters_at, XS[-1])
    down = np.ones((len(YS) - 1, len(xs)), bool)
    down[:, 3] = False
    down[TITLE, 3] = True
    (mesh,) = with_seen_edges((Mesh(xs, YS, np.ones((len(YS), len(xs) - 1), bool), down),), prepare_image(1, page, DPI))
    assert mesh.xs == XS
    assert mesh.across.shape == (len(YS), len(XS) - 1)
    assert mesh.down.all()
