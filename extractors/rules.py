"""Rules (ruling lines) of a page, in points; those of a scan, from its pixels."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from chitieu.model import Box
from extractors.arrays import Grey, Mask
from extractors.components import median, median_grey
from extractors.dashes import find_dashes
from extractors.image import PageImage
from extractors.pdf import POINTS_PER_INCH
from extractors.pose import Pose
from extractors.runs import PackedInk, bridged, either, long_runs, pack, pack_lying, without
from extractors.solidity import solidity

# Shorter strokes are letters: a line of 14 pt print is 10 pt high, its widest dash 14 pt wide.
MIN_RULE_PT = 15.0
# What is shorter than this before gaps are closed is print.
MIN_STROKE_PT = 9.0
# A fax breaks rules in gaps of up to about 1 mm.
MAX_GAP_PT = 5.0
# Thicker is a filled area or a stroke of the seal.
MAX_THICKNESS_PT = 6.0
# Up to this thickness a rule is sought in the grey itself, as a furrow between lighter sides: a filled cell does not
# swallow it, and a hairline that the median takes for a speck is seen.
MAX_FURROW_PT = 2.5
# A furrow is this much darker than its sides (grey levels), and than the paper's own noise makes it.
MIN_FURROW_DEPTH, NOISE_FACTOR = 40.0, 4.0
# A rule is inked along this share of its length, a line of bold print is not.
MIN_SOLIDITY = 0.74
# Two strokes grown together have white between them along this share.
DOUBLE_SHARE = 0.3
# A rule is compared with its own darkness so far around.
STRETCH_PT = 24.0
# Dots of a rule that run together in a scan leave gaps of this width; they are as thin as this.
MAX_DOT_GAP_PT, MAX_DOT_PT = 0.7, 2.2
# Beside this share of their length other ink stands close by: one to two of these away, and two to four.
MAX_INK_NEAR, MAX_INK_BESIDE, BESIDE_PT = 0.3, 0.35, 1.2
MAX_INK_CLEAR = 0.15
# A shorter rule that no other continues on its line (this near to it) is looked at again: most are no rules.
MIN_LONE_PT, ON_LINE_PT = 36.0, 2.0
# The middle of a rule lies this near to the line between its ends; a seal's rim of 40 mm sags 2 pt on 40 pt.
MIN_SAG_PT, MAX_SAG_SHARE = 1.2, 0.03


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


# A dashed rule and how far beyond its ends its last dashes may be part of the rules that it meets.
_Dashed = tuple[Rule, float]


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


def may_cross(found: Rules) -> bool:
    """Whether there are rules enough for a table, whose crossings may have been lost.

    On 34 pages of generated and real scans without meshes camelot found none either; it takes a second to load.
    """
    return min(len(found.across), len(found.down)) > 1


def _place(rule: Rule) -> tuple[float, float]:
    return rule.at, rule.start


def find_inked_rules(image: PageImage) -> Rules:
    """Rules of a scanned page, from its ink and from the thin furrows of its grey."""
    across, dashes = _ruled_across(_lying_strokes(image), image.clean, image)
    down, upright_dashes = _ruled_across(_upright_strokes(image), image.clean.T, image)
    across, down = list(joined(across)), list(joined(down))
    # Dots to fill in end where they like, a dotted rule meets others.
    all_across, all_down = across + [dash for dash, _ in dashes], down + [dash for dash, _ in upright_dashes]
    across = list(joined(across + _crossed(dashes, all_down)))
    down = list(joined(down + _crossed(upright_dashes, all_across)))
    return Rules(_without_strays(across, image.ink, image), _without_strays(down, image.ink.T, image))


def _without_strays(found: list[Rule], pieces: Mask, image: PageImage) -> tuple[Rule, ...]:
    """The rules but the strokes of a pen or of large letters: short, alone on their line, with ink close beside."""
    return tuple(rule for rule in found if not _is_stray(rule, found, pieces, image))


def _is_stray(rule: Rule, found: list[Rule], pieces: Mask, image: PageImage) -> bool:
    if rule.length >= MIN_LONE_PT or any(o is not rule and abs(o.at - rule.at) <= ON_LINE_PT for o in found):
        return False
    return max(_inked(rule, pieces, image, side * BESIDE_PT, side * 2 * BESIDE_PT) for side in (-1, 1)) > MAX_INK_NEAR


@dataclass(frozen=True, slots=True)
class _Strokes:
    """What may be rules across a picture: its ink, the furrows in its grey, and both.

    Both, for a serif is a piece of a letter in the ink, not one of a row of dashes.
    """

    ink: PackedInk
    furrows: PackedInk
    pieces: Mask


def _lying_strokes(image: PageImage) -> _Strokes:
    furrows = _furrows(image.grey, (1, 0), image)
    return _Strokes(pack(image.ink), pack(furrows), np.asarray(cv2.bitwise_or(image.ink, furrows), dtype=np.uint8))


def _upright_strokes(image: PageImage) -> _Strokes:
    """Those of the page on its side."""
    furrows = _furrows(image.grey, (0, 1), image)
    pieces = cv2.transpose(cv2.bitwise_or(image.ink, furrows))
    return _Strokes(pack_lying(image.ink), pack_lying(furrows), np.asarray(pieces, dtype=np.uint8))


def _ruled_across(strokes: _Strokes, clean: Grey, image: PageImage) -> tuple[list[Rule], list[_Dashed]]:
    """Solid and dashed rules that run across a picture, the dashed ones with their reach."""
    scale, pieces = image.dpi / POINTS_PER_INCH, strokes.pieces
    found = [(Rule(d.at / scale, d.start / scale, d.end / scale), d.reach / scale) for d in find_dashes(pieces, scale)]
    # The stems of letters that stand below each other are as even, but have print beside them.
    dashes = [(r, reach) for r, reach in found if r.length >= MIN_STROKE_PT and _stands_alone(r, pieces, image)]
    gap = image.pixels(MAX_DOT_GAP_PT)
    dotted = _strokes(_bridged_dots(strokes, gap, image), clean, image, gap)
    alone = [rule for rule in dotted if _stands_alone(rule, pieces, image)]
    return _strokes(strokes.ink, clean, image) + _strokes(strokes.furrows, clean, image) + alone, dashes


def _stands_alone(rule: Rule, pieces: Mask, image: PageImage) -> bool:
    """Is there paper beside most of a dotted rule, not print or a halftone?

    One cell's print may come near; where hardly any does, that above and below may be as near as tight rows are.
    """
    near = [_inked(rule, pieces, image, side * BESIDE_PT, side * 2 * BESIDE_PT) for side in (-1, 1)]
    far = [_inked(rule, pieces, image, side * 2 * BESIDE_PT, side * 4 * BESIDE_PT) for side in (-1, 1)]
    return max(near) <= MAX_INK_NEAR and (min(far) <= MAX_INK_BESIDE or max(near) <= MAX_INK_CLEAR)


def _inked(rule: Rule, pieces: Mask, image: PageImage, *offsets_pt: float) -> float:
    """Share of a rule's length that has ink between two distances from it."""
    first, last = sorted(max(0, image.pixels(rule.at + offset)) for offset in offsets_pt)
    strip = pieces[first : max(last, first + 1), image.pixels(rule.start) : image.pixels(rule.end)]
    return float(strip.max(axis=0).mean()) / 255 if strip.size else 0.0


def _bridged_dots(strokes: _Strokes, gap: int, image: PageImage) -> PackedInk:
    """What is thin, with the finest gaps closed; print falls apart where its stems are."""
    stem = np.ones((image.pixels(MAX_DOT_PT) + 1, 1), np.uint8)
    thick = np.asarray(cv2.morphologyEx(strokes.pieces, cv2.MORPH_OPEN, stem), dtype=np.uint8)
    return bridged(without(either(strokes.ink, strokes.furrows), pack(thick)), gap + 1)


def _furrows(grey: Grey, way: tuple[int, int], image: PageImage) -> Mask:
    """Where a picture is darker than a little before and behind, along its columns (1, 0) or its rows (0, 1)."""
    length = 2 * max(1, image.pixels(MAX_FURROW_PT) // 2)
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((1 + length * way[0], 1 + length * way[1]), np.uint8))
    floor = max(MIN_FURROW_DEPTH, NOISE_FACTOR * median_grey(np.asarray(depth[::3, ::3], dtype=np.uint8)))
    return np.asarray(cv2.threshold(depth, floor, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _crossed(dashes: list[_Dashed], crossing: list[Rule]) -> list[Rule]:
    """The dashed rules that meet others, each as far as those that it reaches."""
    crossed = []
    for dash, reach in dashes:
        if _meets(dash, crossing):
            ats = [o.at for o in crossing if o.start - MAX_GAP_PT <= dash.at <= o.end + MAX_GAP_PT]
            start = max((at for at in ats if dash.start - reach <= at < dash.start), default=dash.start)
            end = min((at for at in ats if dash.end < at <= dash.end + reach), default=dash.end)
            crossed.append(Rule(dash.at, start, end))
    return crossed


def _meets(rule: Rule, crossing: list[Rule]) -> bool:
    reach = MAX_GAP_PT
    return any(
        rule.start - reach <= other.at <= rule.end + reach and other.start - reach <= rule.at <= other.end + reach
        for other in crossing
    )


def _strokes(ink: PackedInk, grey: Grey, image: PageImage, gap: int = 0) -> list[Rule]:
    """Long thin flat components of the ink, as rules."""
    runs = long_runs(ink, *(_odd(image, length) for length in (MIN_STROKE_PT, MAX_GAP_PT, MIN_RULE_PT)))
    # Outlines of the few strokes that are left cost a fifth of labelling every pixel.
    outlines, _ = cv2.findContours(runs.ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    stretch = image.pixels(STRETCH_PT)
    scale = POINTS_PER_INCH / image.dpi
    rules = []
    for left, top, width, height in map(cv2.boundingRect, outlines):
        # Some skew or bow is left: thickness is that of the stroke, not of its bounding box.
        if width * scale < MIN_RULE_PT or height >= width / 3 + 4:
            continue
        stroke = runs.ink[top : top + height, left : left + width] > 0
        first = int(runs.rows[top])
        field = (slice(first, first + height), slice(left, left + width))
        inked = ink.part(*field)
        is_thin = stroke.sum() / width * scale <= MAX_THICKNESS_PT
        lines = [line for line in _lines_of(stroke, inked) if is_thin and _is_straight(line, scale)]
        if any(solidity(grey[field], inked, line, stretch, gap) >= MIN_SOLIDITY for line in lines):
            weights = stroke.sum(axis=1)
            centre = first + float((np.arange(height) * weights).sum() / weights.sum())
            rules.append(Rule(centre * scale, left * scale, (left + width) * scale))
    return rules


def _lines_of(stroke: NDArray[np.bool_], ink: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """Rows along which a flat component may be a rule: its middle, and of two strokes grown together each one's."""
    inked = stroke & ink
    begun = np.count_nonzero(inked[1:] & ~inked[:-1], axis=0) + inked[0]
    if np.count_nonzero(begun > 1) <= DOUBLE_SHARE * stroke.shape[1]:
        return [_middles(stroke)]
    return [_middles(one) for one in (stroke, _first_stroke(inked), _first_stroke(inked[::-1])[::-1])]


def _first_stroke(stroke: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The uppermost run of ink of each column."""
    has_begun = np.maximum.accumulate(stroke, axis=0)
    has_ended = np.maximum.accumulate(has_begun & ~stroke, axis=0)
    return np.asarray(has_begun & ~has_ended, dtype=np.bool_)


def _middles(stroke: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Row of the middle of a flat component in each of its columns."""
    counts, sums = np.stack([np.ones(len(stroke)), np.arange(float(len(stroke)))]) @ stroke
    return np.asarray(sums / np.maximum(counts, 1), dtype=np.float64)


def _is_straight(middles: NDArray[np.float64], scale: float) -> bool:
    """Is the middle of a stroke between its ends? The rim of a seal sags more than a bowed page's rules."""
    ends = max(1, len(middles) // 8)
    chord = (middles[:ends].mean() + middles[-ends:].mean()) / 2
    sag = abs(median(middles[len(middles) * 3 // 8 : len(middles) * 5 // 8 + 1]) - chord)
    return bool(sag * scale <= max(MIN_SAG_PT, MAX_SAG_SHARE * len(middles) * scale))


def _odd(image: PageImage, length_pt: float) -> int:
    return image.pixels(length_pt) | 1


def joined(rules: list[Rule], tolerance_pt: float = 1.5) -> tuple[Rule, ...]:
    """Pieces of one line (same place within the tolerance, touching or nearly so) as one rule."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.start, r.at)):
        partner = _partner(joined, rule, tolerance_pt)
        if partner is None:
            joined.append(rule)
        else:
            joined.remove(partner)
            joined.append(_merged(partner, rule))
    return tuple(sorted(joined, key=lambda r: (r.at, r.start)))


def _partner(rules: list[Rule], rule: Rule, tolerance_pt: float) -> Rule | None:
    near = [r for r in rules if abs(r.at - rule.at) <= tolerance_pt and rule.start <= r.end + MAX_GAP_PT]
    return min(near, key=lambda r: abs(r.at - rule.at), default=None)


def _merged(first: Rule, second: Rule) -> Rule:
    weight = first.length + second.length
    at = (first.at * first.length + second.at * second.length) / weight if weight else first.at
    return Rule(at, min(first.start, second.start), max(first.end, second.end))
