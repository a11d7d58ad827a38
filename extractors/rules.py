"""Rules (ruling lines) of a page, in points: from the vectors of a born-digital page, from the pixels of a scan."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from pdfplumber.page import Page as PlumberPage

from chitieu.model import Box
from extractors.arrays import Grey, Mask
from extractors.image import PageImage
from extractors.pdf import POINTS_PER_INCH
from extractors.pose import Pose

# Shorter strokes are letters: a line of 14 pt print is 10 pt high, its widest dash 14 pt wide.
MIN_RULE_PT = 15.0
# What is shorter than this before gaps are closed is print.
MIN_STROKE_PT = 9.0
# A fax breaks rules in gaps of up to about 1 mm.
MAX_GAP_PT = 5.0
# Thicker is a filled area or a stroke of the seal.
MAX_THICKNESS_PT = 5.0
# A rule is inked along this share of its length, a line of bold print is not.
MIN_SOLIDITY = 0.8
# Of its own darkness, everywhere: print bridged by blur is light between its letters.
EVENNESS = 0.65
# Dotted rules of a born-digital page are rows of drawn squares or circles.
MAX_DOT_PT = 2.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke: `at` on the axis that it crosses, from `start` to `end` along its own; points."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a page: those that run across and those that run down."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def find_drawn_rules(page: PlumberPage) -> Rules:
    """Rules of a born-digital page: lines, thin rectangles and the edges of drawn boxes."""
    across, down = [], []
    for edge in page.edges:
        if edge["orientation"] == "h" and edge["width"] >= 1:
            across.append(Rule(edge["top"], edge["x0"], edge["x1"]))
        elif edge["orientation"] == "v" and edge["height"] >= 1:
            down.append(Rule(edge["x0"], edge["top"], edge["bottom"]))
    dots = [
        ((dot["x0"] + dot["x1"]) / 2, (dot["top"] + dot["bottom"]) / 2)
        for dot in (*page.rects, *page.curves)
        if max(dot["width"], dot["height"]) <= MAX_DOT_PT
    ]
    across += [Rule(y, start, end) for y, start, end in _dotted((y, x) for x, y in dots)]
    down += [Rule(x, start, end) for x, start, end in _dotted(dots)]
    return Rules(_joined(across), _joined(down))


def turn_rules(found: Rules, pose: Pose) -> Rules:
    """The rules of a page as displayed, where they lie once it is upright."""
    if not pose.quarter_turns:
        return found
    lying = [pose.upright(Box(r.start, r.at, r.end, r.at)) for r in found.across]
    standing = [pose.upright(Box(r.at, r.start, r.at, r.end)) for r in found.down]
    across, down = (standing, lying) if pose.quarter_turns % 2 else (lying, standing)
    return Rules(
        tuple(sorted((Rule(b.top, b.left, b.right) for b in across), key=_place)),
        tuple(sorted((Rule(b.left, b.top, b.bottom) for b in down), key=_place)),
    )


def _place(rule: Rule) -> tuple[float, float]:
    return rule.at, rule.start


def _dotted(dots: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """Rows of dots, given as (place across the row, place along it): where they lie, start and end."""
    row: list[tuple[float, float]] = []
    for dot in [*sorted((round(place, 1), along) for place, along in dots), (math.inf, math.inf)]:
        if row and (dot[0] != row[-1][0] or dot[1] - row[-1][1] > MAX_GAP_PT):
            if row[-1][1] - row[0][1] >= MIN_RULE_PT:
                yield row[0][0], row[0][1], row[-1][1]
            row = []
        row.append(dot)


def find_inked_rules(image: PageImage) -> Rules:
    """Rules of a scanned page, from its ink."""
    across = _strokes(image.ink, image.clean, image)
    down = _strokes(np.ascontiguousarray(image.ink.T), image.clean.T, image)
    return Rules(_joined(across), _joined(down))


def _strokes(ink: Mask, clean: Grey, image: PageImage) -> list[Rule]:
    """Long thin flat components of the ink, as rules."""
    runs = _long_runs(ink, image)
    # Outlines of the few strokes that are left cost a fifth of labelling every pixel.
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    scale = POINTS_PER_INCH / image.dpi
    rules = []
    for left, top, width, height in map(cv2.boundingRect, outlines):
        # Some skew or bow is left: thickness is that of the stroke, not of its bounding box.
        if width * scale < MIN_RULE_PT or height >= width / 3 + 4:
            continue
        field = (slice(top, top + height), slice(left, left + width))
        stroke = runs[field] > 0
        is_thin = stroke.sum() / width * scale <= MAX_THICKNESS_PT
        if is_thin and _solidity(clean[field], stroke) >= MIN_SOLIDITY:
            centre = top + float(np.average(np.arange(height), weights=stroke.sum(axis=1)))
            rules.append(Rule(centre * scale, left * scale, (left + width) * scale))
    return rules


def _solidity(clean: Grey, component: NDArray[np.bool_]) -> float:
    """Share of a flat component's columns that are about as dark in its middle as the component is: print has gaps.

    Its own darkness, for a faded rule stays a rule beside bold print; the middle one pixel up or down.
    """
    rows = np.arange(component.shape[0])[:, None]
    middle = np.rint((component * rows).sum(axis=0) / np.maximum(component.sum(axis=0), 1))
    # Together: a thin rule between two rows of pixels is as dark as one on a row.
    darkness = np.where(np.abs(rows - middle) <= 1, 255 - clean.astype(np.int_), 0).sum(axis=0)
    return float((darkness >= EVENNESS * np.percentile(darkness, 75)).mean())


def _long_runs(ink: Mask, image: PageImage) -> Mask:
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, image.pixels(MIN_STROKE_PT)), np.uint8))
    bridged = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, image.pixels(MAX_GAP_PT)), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, image.pixels(MIN_RULE_PT)), np.uint8))
    return np.asarray(runs, dtype=np.uint8)


def _joined(rules: list[Rule], tolerance_pt: float = 1.5) -> tuple[Rule, ...]:
    """Pieces of one line (same place within the tolerance, touching or nearly so) as one rule."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.start, r.at)):
        partner = _partner(joined, rule, tolerance_pt)
        if partner is None:
            joined.append(rule)
        else:
            joined.remove(partner)
            joined.append(_merged(partner, rule))
    return tuple(sorted(joined, key=_place))


def _partner(rules: list[Rule], rule: Rule, tolerance_pt: float) -> Rule | None:
    near = [r for r in rules if abs(r.at - rule.at) <= tolerance_pt and rule.start <= r.end + MAX_GAP_PT]
    return min(near, key=lambda r: abs(r.at - rule.at), default=None)


def _merged(first: Rule, second: Rule) -> Rule:
    weight = first.length + second.length
    at = (first.at * first.length + second.at * second.length) / weight if weight else first.at
    return Rule(at, min(first.start, second.start), max(first.end, second.end))
