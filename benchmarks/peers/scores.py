"""How like the printed tables the found ones are: three measures of structure and text, each 0..1.

- F1 of adjacency relations: neighbouring cells with text, to the right and below, both texts exact (Göbel et al.,
  ICDAR 2013 table competition). Counted over all tables of a page: a table in two parts costs the seam alone.
- TEDS: 1 - distance of the HTML trees / nodes of the larger (Zhong et al. 2020).
- GriTS of content: likeness of the most similar substructures (Smock et al. 2022), by the authors' own way of aligning
  rows and columns one after the other.
The two last are of pairs of tables on one page, each printed table with the found one that is most like it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from benchmarks.peers.model import Piece, Printed, places
from benchmarks.peers.trees import teds

Relation = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The measures of one document; `tables` are printed ones, `missed` those for which nothing was found."""

    f1: float
    teds: float
    grits: float
    tables: int
    missed: int


def compare(truth: Sequence[Printed], found: Sequence[Printed]) -> Likeness:
    """Compare all tables of a document, page by page."""
    pairs = [(table, _mate(table, truth, found)) for table in truth]
    mates = [(table, mate) for table, mate in pairs if mate is not None]
    return Likeness(
        f1=_relations_f1(truth, found),
        teds=sum(teds(table, mate) for table, mate in mates) / len(truth),
        grits=sum(grits(table, mate) for table, mate in mates) / len(truth),
        tables=len(truth),
        missed=len(truth) - len(mates),
    )


def _mate(table: Printed, truth: Sequence[Printed], found: Sequence[Printed]) -> Printed | None:
    """The found table that shares most text with a printed one; None where each shares more with another."""
    here = [other for other in found if other.page == table.page and _shared(table, other)]
    own = [
        other
        for other in here
        if _shared(table, other) == max(_shared(rival, other) for rival in truth if rival.page == table.page)
    ]
    return max(own, key=lambda other: _shared(table, other), default=None)


def _shared(table: Printed, other: Printed) -> int:
    """Characters that two tables have in common, in any order: a reader's slips must not part a pair."""
    letters, others = (Counter("".join(piece.text for piece in one.pieces)) for one in (table, other))
    return (letters & others).total()


def _relations_f1(truth: Sequence[Printed], found: Sequence[Printed]) -> float:
    wanted, given = _relations(truth), _relations(found)
    right = (wanted & given).total()
    return 2 * right / (wanted.total() + given.total()) if wanted or given else 1.0


def _relations(tables: Sequence[Printed]) -> Counter[tuple[int, Relation]]:
    return Counter((table.page, relation) for table in tables for relation in relations(table))


def relations(table: Printed) -> list[Relation]:
    """Neighbours with text, blank cells between them skipped; each pair of cells once in a direction."""
    grid, (height, width) = places(table), table.shape
    rows = [[grid.get((row, col)) for col in range(width)] for row in range(height)]
    columns = [[grid.get((row, col)) for row in range(height)] for col in range(width)]
    across = {("right", *pair) for line in rows for pair in pairwise(_written(line))}
    down = {("below", *pair) for line in columns for pair in pairwise(_written(line))}
    return [(way, first.text, second.text) for way, first, second in across | down]


def _written(line: list[Piece | None]) -> list[Piece]:
    """The cells with text on a line of places, a spanning one once."""
    return list(dict.fromkeys(piece for piece in line if piece and piece.text))


def grits(truth: Printed, found: Printed) -> float:
    """GriTS of content of two tables."""
    first, second = _texts(truth), _texts(found)
    likeness = [[[[_alike(a, b) for b in other] for a in row] for other in second] for row in first]
    turned = [
        [[[likeness[r][s][c][d] for s in range(len(second))] for r in range(len(first))] for d in range(len(second[0]))]
        for c in range(len(first[0]))
    ]
    rows, row_bound = _aligned(likeness)
    columns, column_bound = _aligned(turned)
    total = sum(likeness[r][s][c][d] for r, s in rows for c, d in columns)
    size = len(first) * len(first[0]) + len(second) * len(second[0])
    return min(2 * total, row_bound, column_bound) / size if size else 1.0


def _texts(table: Printed) -> list[list[str]]:
    grid, (height, width) = places(table), table.shape
    return [[grid[row, col].text if (row, col) in grid else "" for col in range(width)] for row in range(height)]


def _alike(first: str, second: str) -> float:
    return Indel.normalized_similarity(first, second)


def _aligned(likeness: list[list[list[list[float]]]]) -> tuple[list[tuple[int, int]], float]:
    """Lines of one table paired with those of the other, in order; twice the likeness of all pairs."""
    rewards = [[_best(pair)[1] for pair in row] for row in likeness]
    pairs, total = _best(rewards)
    return pairs, 2 * total


def _best(values: list[list[float]]) -> tuple[list[tuple[int, int]], float]:
    """The pairs of places, in order on both sides, whose rewards add up to most."""
    height, width = len(values), len(values[0]) if values else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height):
        for j in range(width):
            best[i + 1][j + 1] = max(best[i][j] + values[i][j], best[i][j + 1], best[i + 1][j])
    pairs, i, j = [], height, width
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1], best[height][width]
