"""Ruled grids of a page: rules → meshes → cells with spans."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chitieu.model import Box
from extractors.rules import Rule, Rules
from extractors.tracks import (
    DOUBLE_PT,
    MEETING_PT,
    MIN_EDGE_COVER,
    MIN_LAST_EDGE_COVER,
    MIN_OPEN_PT,
    MIN_SHORT_EDGE_COVER,
    MIN_TRACK_PT,
    SHORT_EDGE_PT,
    cover_of,
    find_beyond,
    find_held_tracks,
    find_tracks,
)

# How far a rule may end from the rule that it meets. Underlines, dots to fill in and the frame round a table keep off
# further: a cell's padding is 3 pt at least.
TOUCHING_PT = 2.2
# Lower rules beside each other, without any across, are no row that fills a page.
MIN_OPEN_ROW_PT = 150.0

# The row of a title is no higher than so many of the lowest row; a caption between two tables keeps more room.
MAX_TITLE_ROWS = 1.5

# Shaded lines of prose, frames round a text: stacks of boxes one column wide.
MIN_COLUMNS = 2

Edges = NDArray[np.bool_]
# Rules across the page, rules down it.
Group = tuple[list[Rule], list[Rule]]


@dataclass(frozen=True, slots=True)
class Mesh:
    """Lines of a table and which pieces of them are ruled.

    `across[j, i]` is the piece of line `ys[j]` between `xs[i]` and `xs[i + 1]`,
    `down[j, i]` that of line `xs[i]` between `ys[j]` and `ys[j + 1]`.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: Edges
    down: Edges
    is_open_above: bool = False
    is_open_below: bool = False
    is_ruled: bool = True


@dataclass(frozen=True, slots=True)
class GridCell:
    row: int
    col: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page. Open below: its last row has no lower rule, it goes on overleaf (above likewise).

    `is_ruled` False: its columns are parted by white alone, their edges stand anywhere in it.
    """

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    is_open_above: bool
    is_open_below: bool
    is_ruled: bool = True


def find_meshes(rules: Rules) -> tuple[Mesh, ...]:
    """Meshes of the tables that the rules draw, from top to bottom; a frame or a single column is no table."""
    pairs = ((_mesh(group, rules), group) for group in _connected(rules))
    found = [(mesh, group) for mesh, group in pairs if mesh is not None and len(mesh.xs) > MIN_COLUMNS]
    tables = _with_titles(sorted(found, key=lambda pair: pair[0].ys[0]), rules) or _open_rows(_lone(rules))
    return tuple(sorted(tables, key=lambda mesh: (mesh.ys[0], mesh.xs[0])))


def _with_titles(found: list[tuple[Mesh, Group]], rules: Rules) -> list[Mesh]:
    """Meshes, those made one that only the rows of titles without side borders part."""
    joined: list[tuple[Mesh, Group]] = []
    for mesh, group in found:
        if joined and _are_titles_between(joined[-1][0], mesh, rules):
            between = (*joined[-1][0].ys, *_lines_between(joined[-1][0], mesh, rules), *mesh.ys)
            group = (joined[-1][1][0] + group[0], joined[-1][1][1] + group[1])
            whole = _mesh(group, rules)
            if whole is not None:
                joined[-1] = (_with_lines(whole, between, rules), group)
                continue
        joined.append((mesh, group))
    return [mesh for mesh, _ in joined]


def _lines_between(above: Mesh, below: Mesh, rules: Rules) -> list[float]:
    """The lines across the whole width between two meshes: titles above each other are ruled off."""
    inside = [r for r in rules.across if above.ys[-1] + MIN_TRACK_PT < r.at < below.ys[0] - MIN_TRACK_PT]
    left, right = max(above.xs[0], below.xs[0]), min(above.xs[-1], below.xs[-1])
    near = ((line, [r for r in inside if abs(r.at - line) < MIN_TRACK_PT]) for line in find_tracks(inside))
    return [line for line, ruled in near if left < right and cover_of(ruled, left, right) >= MIN_SHORT_EDGE_COVER]


def _with_lines(mesh: Mesh, lines: Sequence[float], rules: Rules) -> Mesh:
    """The mesh with the lines that it lacks."""
    lacking = [line for line in lines if min(abs(line - y) for y in mesh.ys) >= MIN_TRACK_PT]
    if not lacking:
        return mesh
    ys = tuple(sorted((*mesh.ys, *lacking)))
    return replace(mesh, ys=ys, across=_ruled(ys, mesh.xs, rules.across), down=_ruled(mesh.xs, ys, rules.down).T)


def _are_titles_between(above: Mesh, below: Mesh, rules: Rules) -> bool:
    """Whether low rows without side borders part two meshes whose inner lines go on in each other."""
    heights = (*np.diff(above.ys), *np.diff(below.ys))
    rows = np.diff([above.ys[-1], *_lines_between(above, below, rules), below.ys[0]])
    is_low = bool(np.all((rows > MIN_TRACK_PT) & (rows <= MAX_TITLE_ROWS * min(heights))))
    narrow, wide = sorted((above, below), key=lambda mesh: len(mesh.xs))
    shared = (min(abs(x - other) for other in wide.xs) < MIN_TRACK_PT for x in narrow.xs)
    borders = [r for r in rules.down if min(abs(r.at - wide.xs[0]), abs(r.at - wide.xs[-1])) < MIN_TRACK_PT]
    return is_low and all(shared) and cover_of(borders, above.ys[0], below.ys[-1]) < MIN_EDGE_COVER


def _connected(rules: Rules) -> list[Group]:
    """Groups of rules that cross each other."""
    groups: list[Group] = []
    for down in rules.down:
        touching = [r for r in rules.across if _cross(r, down)]
        if not touching:
            continue
        merged: Group = (list(touching), [down])
        rest = []
        for group in groups:
            if any(rule in merged[0] for rule in group[0]):
                merged = (list(dict.fromkeys(merged[0] + group[0])), merged[1] + group[1])
            else:
                rest.append(group)
        groups = [*rest, merged]
    return groups


def _lone(rules: Rules) -> list[Rule]:
    """Rules down the page that meet none across it."""
    return [down for down in rules.down if not any(_cross(across, down) for across in rules.across)]


def _open_rows(lone: Sequence[Rule]) -> list[Mesh]:
    """A page on which one row goes on all the way: nothing but rules down it, of the same extent."""
    tallest = max(lone, key=lambda rule: rule.length, default=None)
    if tallest is None or tallest.length < MIN_OPEN_ROW_PT:
        return []
    same = [r for r in lone if max(abs(r.start - tallest.start), abs(r.end - tallest.end)) < MEETING_PT]
    xs = find_tracks(same)
    if len(xs) <= MIN_COLUMNS:
        return []
    edges = np.ones((2, len(xs) - 1), dtype=bool)
    return [
        Mesh(
            tuple(xs),
            (tallest.start, tallest.end),
            edges,
            np.ones((1, len(xs)), dtype=bool),
            is_open_above=True,
            is_open_below=True,
        )
    ]


def _cross(across: Rule, down: Rule) -> bool:
    return (
        across.start - TOUCHING_PT <= down.at <= across.end + TOUCHING_PT
        and down.start - TOUCHING_PT <= across.at <= down.end + TOUCHING_PT
    )


def _mesh(group: Group, rules: Rules) -> Mesh | None:
    """The lines that rules which cross each other lie on; any rule, also one that meets none, then rules an edge."""
    across, down = group
    xs, ys = find_held_tracks(down, across), find_held_tracks(across, down)
    if not xs or not ys:
        return None
    above, below = find_beyond(down, ys[0], -1), find_beyond(down, ys[-1], +1)
    xs = [*find_beyond(across, xs[0], -1), *xs, *find_beyond(across, xs[-1], +1)]
    ys = [*above, *ys, *below]
    xs = _with_borders(xs, ys, _lone(rules))
    if len(xs) < 2 or len(ys) < 2:
        return None
    mesh = Mesh(
        tuple(xs), tuple(ys), _ruled(ys, xs, rules.across), _ruled(xs, ys, rules.down).T, bool(above), bool(below)
    )
    return _without_idle_tracks(mesh, rules)


def _with_borders(xs: Sequence[float], ys: Sequence[float], lone: Sequence[Rule]) -> list[float]:
    """With the outer border of a column merged over all rows: a rule as high as the table, that meets none across."""
    high = [r.at for r in lone if max(abs(r.start - ys[0]), abs(r.end - ys[-1])) < MEETING_PT]
    before, after = [x for x in high if x < xs[0] - MIN_OPEN_PT], [x for x in high if x > xs[-1] + MIN_OPEN_PT]
    return [*before[-1:], *xs, *after[:1]]


def _without_idle_tracks(mesh: Mesh, rules: Rules) -> Mesh:
    """A track that rules no whole edge is no line (a letter's stroke, a dash): leave it out, and look again."""
    ys = [y for y, is_ruled in zip(mesh.ys, np.any(mesh.across, axis=1).tolist(), strict=True) if is_ruled]
    xs = [x for x, is_ruled in zip(mesh.xs, np.any(mesh.down, axis=0).tolist(), strict=True) if is_ruled]
    if len(ys) == len(mesh.ys) and len(xs) == len(mesh.xs):
        return mesh
    across, down = _ruled(ys, xs, rules.across), _ruled(xs, ys, rules.down).T
    return _without_idle_tracks(replace(mesh, xs=tuple(xs), ys=tuple(ys), across=across, down=down), rules)


def _ruled(lines: Sequence[float], crossings: Sequence[float], rules: Sequence[Rule]) -> Edges:
    """For each line and each piece of it between two crossings: is it ruled? Outer lines always count as ruled."""
    edges = np.zeros((len(lines), len(crossings) - 1), dtype=bool)
    for j, line in enumerate(lines):
        near = [rule for rule in rules if abs(rule.at - line) < MIN_TRACK_PT]
        for i, (start, end) in enumerate(pairwise(crossings)):
            edges[j, i] = cover_of(near, start, end) >= _enough(near, start, end)
    edges[0, :] = edges[-1, :] = True
    return edges


def _enough(rules: list[Rule], start: float, end: float) -> float:
    """Share of an edge that must be ruled: more of a short one, unless its rule is part of a longer line.

    A line that ends in the edge may be lengthened by a letter that stands where it would go on.
    """
    if end - start >= SHORT_EDGE_PT:
        return MIN_EDGE_COVER
    inside = [r for r in rules if min(r.end, end) > max(r.start, start)]
    sides = any(r.start < start - MEETING_PT for r in inside) + any(r.end > end + MEETING_PT for r in inside)
    share = (MIN_SHORT_EDGE_COVER, MIN_LAST_EDGE_COVER, MIN_EDGE_COVER)[sides]
    return min(share, 1 - DOUBLE_PT / (end - start))


def build_grids(meshes: Sequence[Mesh]) -> tuple[Grid, ...]:
    return tuple(build_grid(mesh) for mesh in meshes)


def build_grid(mesh: Mesh) -> Grid:
    """Cells of a mesh: fields that no rule parts belong together, as far as they make rectangles."""
    rows, cols = len(mesh.ys) - 1, len(mesh.xs) - 1
    owner = np.full((rows, cols), -1, dtype=int)
    cells: list[GridCell] = []
    for row in range(rows):
        for col in range(cols):
            if owner[row, col] < 0:
                row_span, col_span = _span(mesh, owner, row, col)
                owner[row : row + row_span, col : col + col_span] = len(cells)
                cells.append(_cell(mesh, row, col, row_span, col_span))
    outline = Box(mesh.xs[0], mesh.ys[0], mesh.xs[-1], mesh.ys[-1])
    return Grid(outline, mesh.xs, mesh.ys, tuple(cells), mesh.is_open_above, mesh.is_open_below, mesh.is_ruled)


def _span(mesh: Mesh, owner: NDArray[np.int_], row: int, col: int) -> tuple[int, int]:
    """Rows and columns of the largest rectangle from here that no full rule parts and that is nobody's yet."""
    rows, cols = owner.shape
    col_span = 1
    while col + col_span < cols and not mesh.down[row, col + col_span] and owner[row, col + col_span] < 0:
        col_span += 1
    row_span = 1
    while row + row_span < rows and _is_open(mesh, owner, row + row_span, col, col_span):
        row_span += 1
    return row_span, col_span


def _is_open(mesh: Mesh, owner: NDArray[np.int_], row: int, col: int, col_span: int) -> bool:
    """Does the cell above go on into this row: nothing ruled between them, nothing ruled inside, nobody's yet?"""
    fields = slice(col, col + col_span)
    inside = mesh.down[row, col + 1 : col + col_span]
    return not mesh.across[row, fields].any() and not inside.any() and bool((owner[row, fields] < 0).all())


def _cell(mesh: Mesh, row: int, col: int, row_span: int, col_span: int) -> GridCell:
    box = Box(mesh.xs[col], mesh.ys[row], mesh.xs[col + col_span], mesh.ys[row + row_span])
    return GridCell(row, col, row_span, col_span, box)
