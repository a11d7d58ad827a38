"""The line that letters stand on, from their boxes alone."""

from collections.abc import Sequence

import numpy as np

from extractors.blobs import SWELLING_PX, X_HEIGHT_EM, Blob, sides_of

# The lower edge of a `g` or `p`, blurred, is above this.
DEEPEST_EM = 0.26
# What the upper edge of a small letter says for a line, where one that stands on it says 1 (tried on 8,000 short words
# in 60 fonts). A letter that floats above it, its foot no higher than small letters, says as much against it; a narrow
# one (`l`) counts as a wider one.
SMALL_VOTE, FLOATING_EM, LEAST_AGAINST_EM = 0.5, 0.12, 0.3
# Letters without marks end below this; the rings of a `%` float as well, but not as high.
TALLEST_EM = 0.75


def baseline_of(part: Sequence[Blob], em: float) -> float:
    """Where most letters stand: the densest place of the blobs' lower edges, weighted by width.

    Of a short word half may hang below the line (`ngày`): the upper edges of small letters with descenders tell which
    half, and letters do not float above the line that they stand on (`lý`).
    """
    left, tops, right, bottoms = sides_of(part).astype(np.float64)
    # Many letters have few lower edges.
    edges = np.array(list(dict.fromkeys(bottoms.tolist())))
    weights = np.minimum(right - left, em)
    near = 0.06 * em
    is_standing = np.abs(bottoms - edges[:, None]) <= near
    is_small = np.abs(tops + X_HEIGHT_EM * em + SWELLING_PX - edges[:, None]) <= near
    # The stroke of a `%`, whose ring is as high as a small letter, reaches lower than any descender.
    is_small &= bottoms - edges[:, None] <= DEEPEST_EM * em
    above = edges[:, None] - bottoms
    is_floating = (FLOATING_EM * em <= above) & (above < X_HEIGHT_EM * em)
    is_floating &= edges[:, None] - tops >= TALLEST_EM * em
    votes = (is_standing + SMALL_VOTE * is_small) * weights - is_floating * np.maximum(weights, LEAST_AGAINST_EM * em)
    best = edges[int(np.argmax(votes.sum(axis=1)))]
    is_near = np.abs(bottoms - best) <= near
    return float((bottoms[is_near] * weights[is_near]).sum() / weights[is_near].sum())
