"""Which ink along a rule is the rule's, and which is print that touches it: marks of a tight row's first line, feet of
letters of its last one.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Mask

# A row of pixels is the rule's where this share of it is ink over that length; of print at most half is.
CORE_SHARE, CORE_PT = 0.62, 30.0
# The edge of a rule is as ragged as this.
EDGE_PT = 0.36

Flags = NDArray[np.bool_]


def rule_ink(ink: Mask, band: tuple[int, int, int, int], scale: float) -> Flags:
    """Pixels of a band (left, top, right, bottom; half-open) to blank: all of it but the print that reaches into it.

    `scale`: pixels in a point. Where no row of the band is solid (a dotted or broken rule, one that wavers) all of it.
    """
    left, top, right, bottom = band
    is_down = bottom - top > right - left
    wide = ink.T if is_down else ink
    start, low, end, high = (top, left, bottom, right) if is_down else band
    strip = np.ascontiguousarray(wide[low:high, start:end]) > 0
    blank = ~_print_in(strip, _beyond(wide, low, high, start, end), scale)
    return blank.T if is_down else blank


def _beyond(wide: Mask, low: int, high: int, start: int, end: int) -> tuple[Flags, Flags]:
    """The rows right before and behind a strip: where its print goes on."""
    none = np.zeros(min(end, wide.shape[1]) - start, dtype=np.bool_)
    before = wide[low - 1, start:end] > 0 if low > 0 else none
    behind = wide[high, start:end] > 0 if high < wide.shape[0] else none
    return before, behind


def _print_in(strip: Flags, beyond: tuple[Flags, Flags], scale: float) -> Flags:
    """Pixels of a strip that are print: ink beside the rule that goes on beyond the strip, or stands off the rule."""
    if not strip.size:
        return strip
    core = _core(strip, scale)
    edge = _widened(core, max(1, round(EDGE_PT * scale)))
    # Of a piece without a solid rule nothing tells print from rule.
    may_be_print = strip & ~edge & core.any(axis=0)
    if not may_be_print.any():
        return may_be_print
    # Of a strip so small, OpenCV's plain labelling is the quickest.
    count, labels = cv2.connectedComponents((strip & ~core).view(np.uint8))
    is_print = np.ones(count, dtype=np.bool_)
    is_print[labels[_widened(core, 1)]] = False
    is_print[labels[0][_spread(beyond[0])]] = True
    is_print[labels[-1][_spread(beyond[1])]] = True
    is_print[0] = False
    return np.asarray(is_print.take(labels) & may_be_print, dtype=np.bool_)


def _core(strip: Flags, scale: float) -> Flags:
    length = max(1, round(CORE_PT * scale))
    share = cv2.blur(strip.astype(np.float32), (length, 1), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(share >= CORE_SHARE, dtype=np.bool_)


def _widened(core: Flags, rows: int) -> Flags:
    """The core with that many rows above and below it."""
    wide = core.copy()
    for step in range(1, rows + 1):
        wide[step:] |= core[:-step]
        wide[:-step] |= core[step:]
    return wide


def _spread(row: Flags) -> Flags:
    """A pixel touches the three beneath it."""
    return _widened(row, 1)
