"""The line that letters stand on, from their boxes alone."""

from collections.abc import Sequence

import numpy as np

from extractors.blobs import SWELLING_PX, X_HEIGHT_EM, Blob

# The lower edge of a `g` or `p`, blurred, is above this.
DEEPEST_EM = 0.26
# What the upper edge of a small letter says for a line, and a letter above it against it, where one on it says 1
# (tried on 8,000 short words in 60 fonts).
SMALL_VOTE, FLOATING_VOTE = 0.5, 1.0
FLOATING_EM = 0.12
# Letters without marks end below this; the rings of a `%` float as well, but not as high.
TALLEST_EM = 0.75


def baseline_of(part: Sequence[Blob], em: float) -> float:
    """Where most letters stand: the densest place of the blobs' lower edges, weighted by width.

    Of a short word half may hang below the line (`ngày`): the upper edges of small letters with descenders tell which
    half, and letters do not float above the line that they stand on (`lý`).
    """
    tops, bottoms = np.array([(b.top, b.bottom) for b in part], dtype=np.float64).T
    weights = np.array([min(b.width, em) for b in part], dtype=np.float64)
    near = 0.06 * em
    is_standing = np.abs(bottoms - bottoms[:, None]) <= near
    is_small = np.abs(tops + X_HEIGHT_EM * em + SWELLING_PX - bottoms[:, None]) <= near
    # The stroke of a `%`, whose ring is as high as a small letter, reaches lower than any descender.
    is_small &= bottoms - bottoms[:, None] <= DEEPEST_EM * em
    is_floating = (bottoms[:, None] - bottoms >= FLOATING_EM * em) & (bottoms[:, None] - tops >= TALLEST_EM * em)
    votes = ((is_standing + SMALL_VOTE * is_small - FLOATING_VOTE * is_floating) * weights).sum(axis=1)
    best = bottoms[int(np.argmax(votes))]
    is_near = np.abs(bottoms - best) <= near
    return float(np.average(bottoms[is_near], weights=weights[is_near]))
