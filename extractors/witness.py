"""Cells whose borders are in doubt: a rule between two texts is missing, or camelot's lattice sees what we do not.

camelot costs three times what our own rulings do, and is wrong more often (benchmarks/GRIDS.md): it is asked only about
edges that are ruled in part, and where it says otherwise the cells on both sides are doubted, not changed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from chitieu.model import Box, Cell
from extractors.bands import is_rule_rest
from extractors.grid import Grid, GridCell, Mesh
from extractors.image import PageImage
from extractors.rules import Rule, Rules
from extractors.tracks import MIN_TRACK_PT, cover_of

# An edge ruled for a share between these is weak: less is a stroke of print or where another rule ends, more a rule.
WEAK_COVER = (0.25, 0.9)
# White between two texts of one cell: between lines of one text there is less, in words of a line far less.
BETWEEN_ROWS_EM, BETWEEN_COLUMNS_EM = 0.6, 1.2
# Two texts are set alike in their rows: as far from the tops, or both in the middle.
ALIKE_EM = 0.5
# A rest of a rule is this thin.
REST_EM = 0.2

Witness = Callable[[], tuple[Mesh, ...]]


def ask_camelot(image: PageImage) -> tuple[Mesh, ...]:
    """What camelot's lattice sees on a page."""
    from extractors.camelot_grid import find_camelot_meshes  # 2 s to import, seldom needed

    return find_camelot_meshes(image)


def with_doubts(
    cells: Sequence[Cell],
    mesh: Mesh,
    grid: Grid,
    letters: Sequence[Box],
    rules: Rules,
    witness: Witness,
    em: float,
) -> tuple[Cell, ...]:
    """The read cells of a grid, those marked whose borders are in doubt; `letters` and `em` in points."""
    doubted = find_doubted(mesh, grid, _by_cell(letters, grid), rules, witness, em)
    return tuple(replace(cell, has_lost_rule=True) if i in doubted else cell for i, cell in enumerate(cells))


def _by_cell(letters: Sequence[Box], grid: Grid) -> list[list[Box]]:
    x, y = (
        np.array([(a + b) / 2 for a, b in sides])
        for sides in ([(box.left, box.right) for box in letters], [(box.top, box.bottom) for box in letters])
    )
    return [
        [letters[i] for i in np.flatnonzero((b.left <= x) & (x < b.right) & (b.top <= y) & (y < b.bottom)).tolist()]
        for b in (cell.box for cell in grid.cells)
    ]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A piece of an inner line: `at` on the axis that it crosses, from `start` to `end`, ruled or not."""

    is_across: bool
    at: float
    start: float
    end: float
    is_ruled: bool


def find_doubted(
    mesh: Mesh, grid: Grid, prints: Sequence[Sequence[Box]], rules: Rules, witness: Witness, em: float
) -> frozenset[int]:
    """Which of a grid's cells are in doubt; `prints` are the boxes of each cell's letters. Points.

    `witness` is asked for its meshes only where an edge is weak.
    """
    if not grid.is_ruled:
        return frozenset()
    holding = {index for index, cell in enumerate(grid.cells) if _holds_two(mesh, cell, prints[index], em)}
    weak = list(_weak_edges(mesh, rules))
    others = witness() if weak else ()
    disputed = [edge for edge in weak if _says_otherwise(others, edge)]
    return frozenset(holding | {i for i, cell in enumerate(grid.cells) if any(_borders(e, cell) for e in disputed)})


def _holds_two(mesh: Mesh, cell: GridCell, letters: Sequence[Box], em: float) -> bool:
    """Does a merged cell hold two texts, parted where the table has a rule beside it?"""
    box = cell.box.left, cell.box.top, cell.box.right, cell.box.bottom
    letters = [letter for letter in letters if not is_rule_rest(letter, box, em, MIN_TRACK_PT)]
    rows, cols = range(cell.row + 1, cell.row + cell.row_span), range(cell.col + 1, cell.col + cell.col_span)
    return any(mesh.across[row].any() and _are_two_rows(mesh, row, cell, letters, em) for row in rows) or any(
        mesh.down[:, col].any() and _are_two_columns(mesh.xs[col], letters, em) for col in cols
    )


def _are_two_rows(mesh: Mesh, row: int, cell: GridCell, letters: Sequence[Box], em: float) -> bool:
    line = mesh.ys[row]
    # What is left of rules along their lines (those beside a merged cell reach into it) is no letter.
    letters = [b for b in letters if b.height > REST_EM * em or not _is_on_line(b, mesh)]
    above, below = ([b for b in letters if (b.top + b.bottom < 2 * line) is side] for side in (True, False))
    if not above or not below:
        return False
    first, last = (min(b.top for b in above), max(b.bottom for b in above)), min(b.top for b in below)
    second = (last, max(b.bottom for b in below))
    if second[0] - first[1] < BETWEEN_ROWS_EM * em or not first[1] <= line <= second[0]:
        return False
    tops = first[0] - cell.box.top - (second[0] - line)
    middles = max(
        abs((first[0] + first[1]) - (cell.box.top + line)), abs((second[0] + second[1]) - (line + cell.box.bottom))
    )
    return min(abs(tops), middles / 2) <= ALIKE_EM * em


def _is_on_line(letter: Box, mesh: Mesh) -> bool:
    return any(letter.top - MIN_TRACK_PT < y < letter.bottom + MIN_TRACK_PT for y in mesh.ys)


def _are_two_columns(line: float, letters: Sequence[Box], em: float) -> bool:
    letters = [
        b for b in letters if b.width > REST_EM * em or not b.left - MIN_TRACK_PT < line < b.right + MIN_TRACK_PT
    ]
    left = max((b.right for b in letters if b.left + b.right < 2 * line), default=None)
    right = min((b.left for b in letters if b.left + b.right >= 2 * line), default=None)
    if left is None or right is None:
        return False
    return left <= line <= right and right - left >= BETWEEN_COLUMNS_EM * em


def _weak_edges(mesh: Mesh, rules: Rules) -> Iterator[_Edge]:
    """Inner edges that are ruled in part."""
    for j, y in list(enumerate(mesh.ys))[1:-1]:
        yield from _weak(y, mesh.xs, mesh.across[j].tolist(), rules.across, is_across=True)
    for i, x in list(enumerate(mesh.xs))[1:-1]:
        yield from _weak(x, mesh.ys, mesh.down[:, i].tolist(), rules.down, is_across=False)


def _weak(
    at: float, crossings: Sequence[float], ruled: Sequence[bool], rules: Iterable[Rule], *, is_across: bool
) -> Iterator[_Edge]:
    near = [rule for rule in rules if abs(rule.at - at) < MIN_TRACK_PT]
    for (start, end), is_ruled in zip(pairwise(crossings), ruled, strict=True):
        if WEAK_COVER[0] <= cover_of(near, start, end) < WEAK_COVER[1]:
            yield _Edge(is_across, at, start, end, is_ruled)


def _says_otherwise(meshes: Sequence[Mesh], edge: _Edge) -> bool:
    """Does another's grid that holds the place of an edge rule it where ours does not, or the other way round?"""
    middle = (edge.start + edge.end) / 2
    x, y = (middle, edge.at) if edge.is_across else (edge.at, middle)
    held = [m for m in meshes if m.xs[0] <= x <= m.xs[-1] and m.ys[0] <= y <= m.ys[-1]]
    return any(_is_ruled(mesh, edge, middle) is not edge.is_ruled for mesh in held)


def _is_ruled(mesh: Mesh, edge: _Edge, middle: float) -> bool:
    lines, crossings, edges = (mesh.ys, mesh.xs, mesh.across) if edge.is_across else (mesh.xs, mesh.ys, mesh.down.T)
    field = next(i for i, (start, end) in enumerate(pairwise(crossings)) if start <= middle <= end)
    return any(bool(edges[j, field]) for j, line in enumerate(lines) if abs(line - edge.at) < MIN_TRACK_PT)


def _borders(edge: _Edge, cell: GridCell) -> bool:
    """Does an edge bound a cell, or run through it?"""
    box, middle = cell.box, (edge.start + edge.end) / 2
    x, y = (middle, edge.at) if edge.is_across else (edge.at, middle)
    return box.left - 1 <= x <= box.right + 1 and box.top - 1 <= y <= box.bottom + 1
