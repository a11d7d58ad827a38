"""Places of a grid's lines: where rules lie, which of them hold, where one is not drawn."""

from itertools import pairwise

import numpy as np

from extractors.rules import Rule

# Rules nearer than this are one line (a double rule, a rule found twice).
MIN_TRACK_PT = 4.5
# What is nearer than this is one line's ends, not two places.
MEETING_PT = 6.0
# Share of an edge that must be ruled for it to part two cells.
MIN_EDGE_COVER = 0.6
# Of a short edge more: the serifs of a bold `STT` cover four fifths of a narrow number column.
SHORT_EDGE_PT, MIN_SHORT_EDGE_COVER, MIN_LAST_EDGE_COVER = 60.0, 0.9, 0.75
# Between double rules an edge ends at the inner ones, half of this before its ends.
DOUBLE_PT = 2.5
# A rule that sticks out further than this beyond the last crossing one bounds a row (or column) whose edge is missing.
MIN_OPEN_PT = 9.0
# So many that stick out equally far are no strokes of a pen that met a rule.
MIN_ALIKE = 3
# Less rule than this on a line may be the loop of a pen: other lines need not end there.
MIN_LINE_PT = 40.0


def find_tracks(rules: list[Rule]) -> list[float]:
    """Places of the lines that the rules lie on: means of clusters, weighted by length."""
    clusters: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if clusters and rule.at - _place(clusters[-1]) < MIN_TRACK_PT:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return [_place(cluster) for cluster in clusters]


def find_held_tracks(rules: list[Rule], crossing: list[Rule]) -> list[float]:
    """The lines that rule one edge well or several of them: a pen's loop or a bold word does neither."""
    ends = [line for line in find_tracks(crossing) if _ruled_length(line, crossing) >= MIN_LINE_PT]
    return [line for line in find_tracks(rules) if _is_held(line, rules, ends)]


def _ruled_length(line: float, rules: list[Rule]) -> float:
    return sum(rule.length for rule in rules if abs(rule.at - line) < MIN_TRACK_PT)


def _is_held(line: float, rules: list[Rule], ends: list[float]) -> bool:
    near = [rule for rule in rules if abs(rule.at - line) < MIN_TRACK_PT]
    covers = [cover_of(near, start, end) for start, end in pairwise(ends)]
    return not covers or max(covers) >= MIN_SHORT_EDGE_COVER or sum(c >= MIN_EDGE_COVER for c in covers) > 1


def _place(cluster: list[Rule]) -> float:
    return sum(rule.at * rule.length for rule in cluster) / sum(rule.length for rule in cluster)


def find_beyond(crossing: list[Rule], last: float, sign: int) -> list[float]:
    """Where rules that reach the last line run out beyond it, half of them or some equally far: a line not drawn.

    Of the rules across a page, few do where the cells of the last column are merged: the outer two, or the header's.
    """
    reach = sorted((r for r in crossing if r.start - MEETING_PT <= last <= r.end + MEETING_PT), key=lambda r: r.at)
    ends = [rule.end if sign > 0 else rule.start for rule in reach]
    outside = [end for end in ends if (end - last) * sign > MIN_OPEN_PT]
    if len(outside) < 2:
        return []
    are_alike = max(outside) - min(outside) < MEETING_PT and len(outside) >= MIN_ALIKE
    held = (ends[:2], [ends[0], ends[-1]])
    if are_alike or len(outside) * 2 >= len(reach) or any(_go_on(pair, last, sign) for pair in held):
        return [float(np.median(outside))]
    return []


def _go_on(ends: list[float], last: float, sign: int) -> bool:
    """Whether two rules run out beyond the last line, and equally far."""
    return abs(ends[0] - ends[1]) < MEETING_PT and all((end - last) * sign > MIN_OPEN_PT for end in ends)


def cover_of(rules: list[Rule], start: float, end: float) -> float:
    pieces = sorted((max(r.start, start), min(r.end, end)) for r in rules if r.end > start and r.start < end)
    covered, reached = 0.0, start
    for left, right in pieces:
        covered += max(0.0, right - max(left, reached))
        reached = max(reached, right)
    return covered / (end - start)
