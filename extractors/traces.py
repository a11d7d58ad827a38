"""The bend of a page, from its rules: each is traced, and what displaces all of them smoothly is the bend."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from chitieu.model import Box
from extractors.arrays import Mask
from extractors.bend import Bend, Coefficients
from extractors.components import find_components
from extractors.runs import PackedInk, long_runs, pack, pack_lying

Numbers = NDArray[np.float64]
# Lengths in pixels of the small page, whose pixels are 0.66 pt on A4. Shorter pieces are print.
MIN_PIECE_PX, MIN_TRACE_PX, BIN_PX = 25, 120, 16
# A rule as thick as this, dilated, is a filled area.
MAX_THICKNESS_PX = 8
# Powers along a rule and across the rules: a spine's bow falls off within a fifth of the page, perspective is linear.
POWERS_ALONG, POWERS_ACROSS = 5, 2
# Fewer traced rules do not show how the page is bent.
MIN_TRACES = 3
# Of the higher powers, where few rules speak: keeps the surface from swinging between them.
STIFFNESS = 0.02
# A trace further off the common surface is no rule of the table (a signature, a fold).
MAX_OFF_PX = 2.0
# The rulings join pieces of one rule within 1.5 pt; half of that is left to noise
# (flat pages of all qualities: 0.05 to 0.45, bowed ones 0.9 to 6.5).
MAX_FORGIVEN_PT = 0.7


@dataclass(frozen=True, slots=True)
class _Traces:
    """Points on rules: `owner` numbers the rule, `along` and `off` are the place on its axis and beside it, pixels."""

    owner: NDArray[np.int_]
    along: Numbers
    off: Numbers

    def where(self, keep: NDArray[np.bool_]) -> "_Traces":
        return _Traces(self.owner[keep], self.along[keep], self.off[keep])


def find_bend(dark: Mask, points_per_px: float) -> Bend | None:
    """The bend of a page from what is dark on its level small picture; None where it is as good as flat."""
    lying, standing = _trace(pack(dark)), _trace(pack_lying(dark))
    frame = _frame(lying, standing)
    if frame is None:
        return None
    down, across = _fitted(lying, frame), _fitted(standing, _transposed(frame))
    if max(_depth(lying, frame, down), _depth(standing, _transposed(frame), across)) * points_per_px <= MAX_FORGIVEN_PT:
        return None
    scaled_down, scaled_across = down * points_per_px, across.T * points_per_px
    edges = (side * points_per_px for side in (frame.left, frame.top, frame.right, frame.bottom))
    return Bend(Box(*edges), _coefficients(scaled_across), _coefficients(scaled_down))


def _coefficients(values: Numbers) -> Coefficients:
    return tuple(tuple(float(value) for value in row) for row in values)


def _transposed(frame: Box) -> Box:
    return Box(frame.top, frame.left, frame.bottom, frame.right)


def _trace(dark: PackedInk) -> _Traces:
    """Middles of the long flat strokes, a point every few pixels."""
    runs = long_runs(dark, MIN_PIECE_PX, 1, MIN_PIECE_PX)
    labels, stats = find_components(runs.ink)
    widths = stats[:, cv2.CC_STAT_WIDTH]
    is_rule = (widths >= MIN_TRACE_PX) & (stats[:, cv2.CC_STAT_AREA] <= MAX_THICKNESS_PX * widths)
    is_rule[0] = False
    places = cv2.findNonZero(runs.ink)
    if places is None:
        return _Traces(np.zeros(0, np.int_), np.zeros(0), np.zeros(0))
    cols, rows = places.reshape(-1, 2).T
    owner = (np.cumsum(is_rule) * is_rule)[labels[rows, cols]]
    rows, cols, owner = runs.rows[rows[owner > 0]], cols[owner > 0], owner[owner > 0]
    bins = -(-dark.bits.shape[1] // BIN_PX)
    place = owner * bins + cols // BIN_PX
    counts = np.bincount(place)
    full = np.flatnonzero(counts >= BIN_PX)
    along, off = (np.bincount(place, values)[full] / counts[full] for values in (cols, rows))
    return _Traces(full // bins, along, off)


def _frame(lying: _Traces, standing: _Traces) -> Box | None:
    """The part of the page that the traces cover; None where they are too few to tell a bend."""
    if max(len(np.unique(lying.owner)), len(np.unique(standing.owner))) < MIN_TRACES:
        return None
    xs, ys = np.concatenate([lying.along, standing.off]), np.concatenate([lying.off, standing.along])
    frame = Box(*(float(edge) for edge in (xs.min(), ys.min(), xs.max(), ys.max())))
    return frame if min(frame.width, frame.height) >= MIN_TRACE_PX else None


def _fitted(traces: _Traces, frame: Box) -> Numbers:
    """Powers (along, across) of the smooth displacement beside their axis that all traces share, in pixels."""
    if len(np.unique(traces.owner)) < MIN_TRACES:
        return np.zeros((POWERS_ALONG + 1, POWERS_ACROSS + 1))
    first = _solved(traces, frame)
    off = np.abs(_centred(traces.off, traces.owner) - _centred(_values(traces, frame, first), traces.owner))
    worst = np.zeros(int(traces.owner.max()) + 1)
    np.maximum.at(worst, traces.owner, off)
    kept = traces.where(worst[traces.owner] <= MAX_OFF_PX)
    return first if len(np.unique(kept.owner)) < MIN_TRACES else _solved(kept, frame)


def _solved(traces: _Traces, frame: Box) -> Numbers:
    """Least squares: each trace has a place of its own beside its axis, the displacement is common to all."""
    basis = _basis(traces, frame)
    centred = np.stack([_centred(column, traces.owner) for column in basis.T], axis=1)
    along, across = np.divmod(np.arange(basis.shape[1]), POWERS_ACROSS + 1)
    # What is the same all along a rule cannot be told from its place: no such powers.
    stiff = np.diag(np.where(along == 0, 1e6, STIFFNESS * (along + 2 * across) ** 2))
    powers = np.linalg.solve(centred.T @ centred + stiff, centred.T @ _centred(traces.off, traces.owner))
    return np.asarray(powers.reshape(POWERS_ALONG + 1, POWERS_ACROSS + 1))


def _basis(traces: _Traces, frame: Box) -> Numbers:
    u = 2 * (traces.along - frame.left) / frame.width - 1
    v = 2 * (traces.off - frame.top) / frame.height - 1
    powers = u[:, None, None] ** np.arange(POWERS_ALONG + 1)[:, None] * v[:, None, None] ** np.arange(POWERS_ACROSS + 1)
    return np.asarray(powers.reshape(len(u), -1))


def _values(traces: _Traces, frame: Box, powers: Numbers) -> Numbers:
    return np.asarray(_basis(traces, frame) @ powers.ravel())


def _centred(values: Numbers, owner: NDArray[np.int_]) -> Numbers:
    counts = np.maximum(np.bincount(owner), 1)
    return np.asarray(values - (np.bincount(owner, values) / counts)[owner])


def _depth(traces: _Traces, frame: Box, powers: Numbers) -> float:
    """How far the bend takes the rules off their straight level lines, pixels: of all but the worst twentieth."""
    if not len(traces.owner):
        return 0.0
    return float(np.percentile(np.abs(_centred(_values(traces, frame, powers), traces.owner)), 95))
