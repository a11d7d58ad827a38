"""Print of two lines that has grown together: letters that touch the marks of the line below, parted again."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.blobs import X_HEIGHT_EM, Blob, Blobs
from extractors.line_marks import ABOVE_BASELINE_EM, Row

# Descenders and dots below, as binary ink, end above this.
DESCENDER_EM = 0.33
# Letters stand on the lowest row of pixels that has this share of the ink of their fullest; descenders have less.
STANDING_SHARE = 0.5


def with_hidden(rows: Sequence[Row], blobs: Blobs) -> list[Row]:
    """The rows with those of which all print (a short word) hangs on a letter of the row above."""
    found: list[Row] = []
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        hanging = [blob for blob in row.blobs if _holds_next_line(blob, row, below)]
        if not hanging:
            found.append(row)
            continue
        lower = replace(row, baseline=max(blob.bottom for blob in hanging))
        halves = [_halves(blob, blobs, row, lower) for blob in hanging]
        whole = tuple(blob._replace(is_part=False) for blob in hanging)
        kept = tuple(blob for blob in row.blobs if blob not in hanging)
        found.append(replace(row, blobs=kept + tuple(top for top, _ in halves), contested=(*row.contested, *whole)))
        hidden = tuple(bottom for _, bottom in halves)
        found.append(Row(_standing(hidden, blobs), row.em, hidden, whole))
    return found


def _holds_next_line(blob: Blob, row: Row, below: Row | None) -> bool:
    """Whether a blob goes on as far below a row as small letters of a next line reach, where no row was found."""
    reach = blob.bottom - row.baseline
    is_free = below is None or below.baseline - blob.bottom > X_HEIGHT_EM * row.em
    return is_free and blob.top < row.baseline and reach > (DESCENDER_EM + X_HEIGHT_EM) * row.em


def _standing(parts: Sequence[Blob], blobs: Blobs) -> float:
    """The baseline of print of which only the ink tells: below it descenders have less."""
    top, bottom = min(part.top for part in parts), max(part.bottom for part in parts)
    ink = np.zeros(bottom - top)
    for part in parts:
        field = blobs.labels[part.top : part.bottom, part.left : part.right] == part.label
        ink[part.top - top : part.bottom - top] += field.sum(axis=1)
    return float(top + int(np.flatnonzero(ink >= STANDING_SHARE * ink.max())[-1]) + 1)


def parted(rows: list[Row], blobs: Blobs) -> list[Row]:
    """The lines with every blob that hangs on two of them (a descender that touches a tone mark below) parted."""
    found = list(rows)
    for index, (upper, lower) in enumerate(pairwise(rows)):
        shared = [blob for row in (upper, lower) for blob in row.blobs if _joins(blob, upper, lower)]
        if shared:
            halves = [_halves(blob, blobs, upper, lower) for blob in shared]
            above, below = found[index], found[index + 1]
            keep_above = tuple(b for b in above.blobs if b not in shared)
            keep_below = tuple(b for b in below.blobs if b not in shared)
            whole = tuple(b._replace(is_part=False) for b in shared)
            found[index] = replace(
                above, blobs=keep_above + tuple(top for top, _ in halves), contested=(*above.contested, *whole)
            )
            found[index + 1] = replace(
                below, blobs=keep_below + tuple(bottom for _, bottom in halves), contested=(*below.contested, *whole)
            )
    return found


def _joins(blob: Blob, upper: Row, lower: Row) -> bool:
    """Does a blob begin with a letter of the upper line and reach below where its descenders end?"""
    is_above = blob.top < upper.baseline + 0.02 * upper.em
    reaches = blob.bottom > max(upper.baseline + DESCENDER_EM * upper.em, lower.baseline - ABOVE_BASELINE_EM * lower.em)
    return is_above and reaches and blob.bottom > upper.baseline + DESCENDER_EM * upper.em


def _halves(blob: Blob, blobs: Blobs, upper: Row, lower: Row) -> tuple[Blob, Blob]:
    """A blob parted where it is thinnest between the two lines."""
    ink = blobs.labels[blob.top : blob.bottom, blob.left : blob.right] == blob.label
    start = round(upper.baseline + 0.08 * upper.em) - blob.top
    end = round(min(upper.baseline + 0.45 * upper.em, lower.baseline - 0.5 * lower.em)) - blob.top
    start, end = max(1, start), min(max(start + 1, end), len(ink) - 1)
    middle = (start + end) / 2
    row = min(range(start, max(end, start + 1)), key=lambda y: (int(ink[min(y, len(ink) - 1)].sum()), abs(y - middle)))
    return _part(blob, ink, 0, row), _part(blob, ink, row, len(ink))


def _part(blob: Blob, ink: NDArray[np.bool_], start: int, end: int) -> Blob:
    """The part of a blob between two rows of its ink."""
    columns = np.flatnonzero(ink[start:end].any(axis=0))
    left, right = (int(columns[0]), int(columns[-1]) + 1) if len(columns) else (0, 1)
    area = int(ink[start:end].sum())
    return Blob(blob.label, blob.left + left, blob.top + start, blob.left + right, blob.top + end, area, is_part=True)
