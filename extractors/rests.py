"""The rest of a table without crossing rules, on the next page: too few rows to tell the columns by themselves.

They are laid out in the columns of the page before. Every doubt is decided against it, as in `extractors.unruled`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extractors.grid import Grid, Mesh
from extractors.gutters import Gutter
from extractors.print_lines import Piece, PrintLine, lines_of_pieces
from extractors.rules import Rules
from extractors.unruled_blocks import RULE_REACH_EM, full_rules
from extractors.unruled_chains import rows_of_lines
from extractors.unruled_rows import lay_out

# Fewer columns stand beside each other in heads and signatures too.
LEAST_COLUMNS = 5
# Of the columns, so many are filled by one row at least.
LEAST_FILLED_SHARE = 0.6
# More rows, with those of a header printed again, tell their columns themselves, better than another page's, but for
# columns without entries.
MOST_ROWS = 6
# Pages lie on the glass, and are fed, with less of a shift than this.
MAX_SHIFT_PT = 14
# Print may reach over an edge by less than this: edges stand anywhere in the white.
OVER_EDGE_EM = 0.5
# A page's number or a short running head above the first row.
MAX_HEAD_EM = 8.0


@dataclass(frozen=True, slots=True)
class Print:
    """A page's print and rules, kept for a second look at its tables."""

    pieces: tuple[Piece, ...]
    rules: Rules


def find_rest(before: Grid, page: Print, found: Grid | None) -> Mesh | None:
    """The mesh of the rows at a page's top in the columns of `before`; None where they do not stand in them.

    `found`: the first table that the page's own print tells, None where it tells none.
    """
    if before.is_ruled or len(before.xs) <= LEAST_COLUMNS:
        return None
    lines = lines_of_pieces(page.pieces)
    lines = [line for line in lines if found.box.top <= line.baseline <= found.box.bottom] if found else lines
    edges = _edges_here(before, lines)
    rules = full_rules(page.rules, edges[0], edges[-1])
    kept = _between(lines, rules) if found is None or rules else lines
    kept = kept if found else _rows_at_top(kept, edges)
    if not kept or not _are_rows(kept, edges):
        return None
    if _count_rows(lines if found else kept) > MOST_ROWS and not (found and _has_columns_of(found, edges, kept)):
        return None
    return _laid_out(kept, edges, rules, page.rules)


def _edges_here(before: Grid, lines: Sequence[PrintLine]) -> tuple[float, ...]:
    """The edges of the columns, moved to where the least print stands over them, by as little as that takes."""
    inner = before.xs[1:-1]
    shifts = sorted(range(-MAX_SHIFT_PT, MAX_SHIFT_PT + 1), key=abs)
    shift = min(
        shifts, key=lambda by: sum(_over(piece, [x + by for x in inner]) for line in lines for piece in line.pieces)
    )
    return tuple(x + shift for x in before.xs)


def _over(piece: Piece, edges: Sequence[float]) -> int:
    """How many edges a piece of print stands over."""
    slack = OVER_EDGE_EM * piece.em
    return sum(piece.left + slack < x < piece.right - slack for x in edges)


def _between(lines: Sequence[PrintLine], rules: Sequence[float]) -> list[PrintLine]:
    """The lines above the last rule, and below the first where that is no lower border of the first row."""
    if not rules:
        return list(lines)
    above = [line for line in lines if line.baseline - 0.3 * line.em < rules[-1]]
    below_first = [line for line in above if line.baseline - 0.3 * line.em > rules[0]]
    return below_first if len(rules) > 1 else above


def _rows_at_top(lines: Sequence[PrintLine], edges: Sequence[float]) -> list[PrintLine]:
    """The first lines that keep to the columns, without a page's number above them."""
    start = next((i for i, line in enumerate(lines) if not _is_head(line)), len(lines))
    end = next((i for i, line in enumerate(lines) if i >= start and not _keeps_to(line, edges)), len(lines))
    return list(lines[start:end])


def _is_head(line: PrintLine) -> bool:
    return len(line.pieces) == 1 and line.right - line.left <= MAX_HEAD_EM * line.em


def _keeps_to(line: PrintLine, edges: Sequence[float]) -> bool:
    is_beside = edges[0] - MAX_SHIFT_PT <= line.left and line.right <= edges[-1] + MAX_SHIFT_PT
    return is_beside and not any(_over(piece, edges[1:-1]) for piece in line.pieces)


def _count_rows(lines: Sequence[PrintLine]) -> int:
    """How many rows stand in several columns."""
    return sum(len(row) > 1 or len(row[0].pieces) > 2 for row in rows_of_lines(lines))


def _are_rows(lines: Sequence[PrintLine], edges: Sequence[float]) -> bool:
    """Does a row fill most columns, and does none but a header's text stand over an edge?"""
    rows = rows_of_lines(lines)
    filled = [{_column(piece, edges) for line in row for piece in line.pieces} for row in rows]
    pieces = [piece for line in lines for piece in line.pieces]
    crossing = sum(_over(piece, edges[1:-1]) > 0 for piece in pieces)
    is_full = max(map(len, filled)) >= LEAST_FILLED_SHARE * (len(edges) - 1)
    return is_full and _keeps_to(lines[-1], edges) and crossing <= len(pieces) // 4


def _has_columns_of(found: Grid, edges: Sequence[float], lines: Sequence[PrintLine]) -> bool:
    """Are all inner edges of a table some of these, or in a column without any entry on its page?"""
    filled = {_column(piece, edges) for line in lines for piece in line.pieces}
    empty = [(edges[i], edges[i + 1]) for i in range(len(edges) - 1) if i not in filled]
    return all(
        min(abs(x - edge) for edge in edges[1:-1]) <= MAX_SHIFT_PT or any(a < x < b for a, b in empty)
        for x in found.xs[1:-1]
    )


def _column(piece: Piece, edges: Sequence[float]) -> int:
    return sum(x <= (piece.left + piece.right) / 2 for x in edges[1:-1])


def _laid_out(lines: Sequence[PrintLine], edges: Sequence[float], full: Sequence[float], rules: Rules) -> Mesh | None:
    em = float(np.median([line.em for line in lines]))
    inside = [y for y in full if lines[0].top - RULE_REACH_EM * em < y < lines[-1].bottom + RULE_REACH_EM * em]
    gutters = _gutters(lines, edges)
    mesh = lay_out(lines, gutters, inside, rules.across, least_rows=1)
    if mesh is None:
        return None
    xs = (min(mesh.xs[0], edges[0]), *edges[1:-1], max(mesh.xs[-1], edges[-1]))
    return replace(mesh, xs=xs) if all(a < b for a, b in pairwise(xs)) else None


def _gutters(lines: Sequence[PrintLine], edges: Sequence[float]) -> list[Gutter]:
    """The white around each inner edge, up to the print that keeps to its column."""
    kept = [piece for line in lines for piece in line.pieces if not _over(piece, edges[1:-1])]
    gutters = []
    for left, at, right in zip(edges, edges[1:], edges[2:], strict=False):
        before = [p.right for p in kept if left <= (p.left + p.right) / 2 < at]
        behind = [p.left for p in kept if at <= (p.left + p.right) / 2 < right]
        start, end = min(at - 1, max(before, default=left)), max(at + 1, min(behind, default=right))
        gutters.append(Gutter(start, end, float(len(lines)), at))
    return gutters
