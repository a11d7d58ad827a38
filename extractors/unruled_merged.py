"""Rows between rules that leave out the columns whose cells are merged down."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.rules import Rule

# Pieces of one rule lie no further apart.
SAME_RULE_PT = 3.0
# A rule over a column covers this share of it at least, one beside it no more than the rest: the padding of cells.
COVERED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule below a row; `open_columns`: those that it leaves out."""

    at: float
    open_columns: frozenset[int] = frozenset()


def row_rules(rules: Sequence[Rule], edges: Sequence[float], top: float, bottom: float) -> list[RowRule]:
    """Rules over most of the columns between `edges`, from top to bottom; each column is covered or left out whole."""
    inside = sorted((r for r in rules if top < r.at < bottom), key=lambda rule: rule.at)
    clusters: list[list[Rule]] = []
    for rule in inside:
        if clusters and rule.at - clusters[-1][0].at < SAME_RULE_PT:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    found = []
    for cluster in clusters:
        covers = _covers(cluster, edges)
        is_clean = all(cover >= COVERED_SHARE or cover <= 1 - COVERED_SHARE for cover in covers)
        left_out = frozenset(col for col, cover in enumerate(covers) if cover < COVERED_SHARE)
        if is_clean and 2 * len(left_out) < len(covers):
            found.append(RowRule(cluster[0].at, left_out))
    return found


def _covers(rules: Sequence[Rule], edges: Sequence[float]) -> list[float]:
    """For each column the share of it that rules cover."""
    return [
        sum(max(0.0, min(rule.end, right) - max(rule.start, left)) for rule in rules) / (right - left)
        for left, right in pairwise(edges)
    ]
