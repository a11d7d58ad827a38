"""TEDS: how like each other two tables are as trees of HTML (Zhong et al. 2020, image-based table recognition)."""

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from benchmarks.peers.model import Piece, Printed

# `table`, `tr`, or a cell.
Node = str | Piece


@dataclass(frozen=True, slots=True)
class _Tree:
    """Nodes in postorder; `first[i]` is the leftmost leaf below node i."""

    nodes: tuple[Node, ...]
    first: tuple[int, ...]

    @property
    def roots(self) -> list[int]:
        """Of the nodes with the same leftmost leaf the highest: where Zhang and Shasha compare subtrees."""
        return sorted({leaf: place for place, leaf in enumerate(self.first)}.values())


def teds(truth: Printed, found: Printed) -> float:
    """1 - edit distance of the trees / nodes of the larger one."""
    first, second = _tree(truth), _tree(found)
    return 1 - _distance(first, second) / max(len(first.nodes), len(second.nodes))


def _tree(table: Printed) -> _Tree:
    nodes: list[Node] = []
    first: list[int] = []
    for row in range(table.shape[0]):
        start = len(nodes)
        cells = sorted((piece for piece in table.pieces if piece.row == row), key=lambda piece: piece.col)
        nodes += [*cells, "tr"]
        first += [*range(start, start + len(cells)), start]
    return _Tree((*nodes, "table"), (*first, 0))


def _distance(one: _Tree, other: _Tree) -> float:
    """Zhang and Shasha's distance, one for a node put in or left out."""
    distances = [[0.0] * len(other.nodes) for _ in one.nodes]
    for i in one.roots:
        for j in other.roots:
            _fill(one, other, i, j, distances)
    return distances[-1][-1]


def _fill(one: _Tree, other: _Tree, i: int, j: int, distances: list[list[float]]) -> None:
    """The distances of all subtrees on the left edge below two nodes."""
    low, other_low = one.first[i], other.first[j]
    forest = [[float(place) for place in range(j - other_low + 2)]]
    for a in range(low, i + 1):
        row = [forest[-1][0] + 1]
        for b in range(other_low, j + 1):
            skip = min(forest[-1][b - other_low + 1], row[-1]) + 1
            if one.first[a] == low and other.first[b] == other_low:
                row.append(min(skip, forest[-1][b - other_low] + _change(one.nodes[a], other.nodes[b])))
                distances[a][b] = row[-1]
            else:
                before = forest[one.first[a] - low][other.first[b] - other_low]
                row.append(min(skip, before + distances[a][b]))
        forest.append(row)


def _change(node: Node, other: Node) -> float:
    """What it costs to make one node another: the share of characters to change, all where tags or spans differ."""
    if not isinstance(node, Piece) or not isinstance(other, Piece):
        return float(node != other)
    if (node.row_span, node.col_span) != (other.row_span, other.col_span):
        return 1.0
    return Levenshtein.normalized_distance(node.text, other.text)
