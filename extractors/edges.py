"""Edges of a scanned grid checked in the picture.

What closed gaps and letters made of a rule is none; what is inked as the rest of its line is one.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extractors.grid import Mesh
from extractors.image import PageImage

# Ink so near to a line is its rule, in points; nearer than the second print of the cells beside it seldom comes.
RULE_PT, BESIDE_PT = 1.2, 6.0
# The rules that an edge ends at are left out.
INSET_PT = 1.5
# A rule has gaps everywhere or nowhere: where an edge has less ink than this share of the usual one, there is none;
# less than the second is a letter, if print goes on to both sides.
NO_RULE, RULE_OR_LETTER = 0.25, 0.8
# A line that has so many edges, and this share of them, may have more that dashes beside print have hidden: they are
# inked as its others are (share of the usual one), also where nothing is printed beside them, on so much of the edge.
MIN_EDGES, MIN_EDGES_SHARE = 3, 0.3
AS_USUAL, CLEAR_AS_USUAL, MIN_CLEAR = 0.75, 0.5, 0.25
# A letter covers no more than a line of print; higher edges are judged by the first share alone.
MAX_LINE_PT = 40.0


def with_seen_edges(meshes: Sequence[Mesh], image: PageImage) -> tuple[Mesh, ...]:
    """The meshes without the inner edges down the page that are not there (a title's row between two ruled ones), with
    those that are.
    """
    return tuple(_with_seen(mesh, image) for mesh in meshes)


def _with_seen(mesh: Mesh, image: PageImage) -> Mesh:
    down = mesh.down.copy()
    tracks = range(1, len(mesh.xs) - 1)
    shares = [
        {int(row): _inked(mesh, int(row), track, image) for row in np.flatnonzero(mesh.down[:, track])}
        for track in tracks
    ]
    usual_of_all = _median([share for inked in shares for share in inked.values()])
    for track, inked in zip(tracks, shares, strict=True):
        # A line of one edge or two cannot say what is usual of it: letters above each other make such lines.
        usual = _median(list(inked.values())) if len(inked) >= MIN_EDGES else usual_of_all
        for row, share in inked.items():
            is_low = mesh.ys[row + 1] - mesh.ys[row] <= MAX_LINE_PT
            is_letter = is_low and share < RULE_OR_LETTER * usual and _print_goes_on(mesh, row, track, image)
            down[row, track] = not (share < NO_RULE * usual or is_letter)
        if len(inked) >= max(MIN_EDGES, MIN_EDGES_SHARE * len(down)):
            for lacking in np.flatnonzero(~mesh.down[:, track]):
                down[lacking, track] = _is_hidden(mesh, int(lacking), track, image, usual)
    return _without_tracks(replace(mesh, down=down), [track for track in tracks if not down[:, track].any()])


def _without_tracks(mesh: Mesh, idle: Sequence[int]) -> Mesh:
    """The mesh without lines down the page of which no edge is left; pieces of lines across are joined there."""
    across = mesh.across.copy()
    for track in idle:
        across[:, track] &= across[:, track - 1]
    xs = tuple(x for track, x in enumerate(mesh.xs) if track not in idle)
    return replace(
        mesh, xs=xs, down=np.delete(mesh.down, idle, axis=1), across=np.delete(across, [t - 1 for t in idle], axis=1)
    )


def _median(shares: Sequence[float]) -> float:
    return median(shares) if shares else 0.0


def _inked(mesh: Mesh, row: int, track: int, image: PageImage) -> float:
    """Share of an edge's length that has ink on it."""
    strip = _strip(mesh, row, track, image, -RULE_PT, RULE_PT)
    return float(strip.any(axis=1).mean()) if strip.size else 1.0


def _is_hidden(mesh: Mesh, row: int, track: int, image: PageImage, usual: float) -> bool:
    """Whether an edge that the mesh lacks is inked as the others of its line; print across it has print beside."""
    inked = _rows_with_ink(_strip(mesh, row, track, image, -RULE_PT, RULE_PT))
    if not inked.size or inked.mean() < AS_USUAL * usual:
        return False
    left, right = _print_beside(mesh, row, track, image)
    clear = ~(left | right)
    return bool(clear.mean() >= MIN_CLEAR and inked[clear].mean() >= CLEAR_AS_USUAL * usual)


def _print_goes_on(mesh: Mesh, row: int, track: int, image: PageImage) -> bool:
    """Whether ink stands close to both sides of an edge, at the same height."""
    left, right = _print_beside(mesh, row, track, image)
    return bool((left & right).any())


def _print_beside(mesh: Mesh, row: int, track: int, image: PageImage) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of an edge's rows have ink close to its left, and to its right."""
    spans = (-BESIDE_PT, -RULE_PT), (RULE_PT, BESIDE_PT)
    left, right = (_rows_with_ink(_strip(mesh, row, track, image, *span)) for span in spans)
    return left, right


def _rows_with_ink(strip: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(strip.any(axis=1), dtype=np.bool_)


def _strip(mesh: Mesh, row: int, track: int, image: PageImage, start_pt: float, end_pt: float) -> NDArray[np.bool_]:
    """The ink of an edge's rows between two distances from its line."""
    top, bottom = image.pixels(mesh.ys[row] + INSET_PT), image.pixels(mesh.ys[row + 1] - INSET_PT)
    left, right = (max(0, image.pixels(mesh.xs[track] + offset)) for offset in (start_pt, end_pt))
    return np.asarray(image.ink[max(0, top) : max(top, bottom), left : right + 1] > 0)
