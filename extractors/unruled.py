"""Tables that are not drawn by crossing rules: blocks of lines whose print stands in columns with white between them.

Lines → runs between prose and wide gaps → blocks with common gutters → trimmed to what is table → judged → meshes.
Every doubt is decided against the table: an invented row is worse than prose that stays prose.
"""

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from chitieu.model import Box
from extractors.grid import Mesh
from extractors.print_lines import Piece, lines_of_pieces
from extractors.rules import Rules
from extractors.unruled_blocks import find_blocks
from extractors.unruled_rows import lay_out
from extractors.unruled_verdict import is_table

# More rows than this under rules that cross are a ruled table, not the header of one without rules.
MAX_HEADER_ROWS = 3
MIN_BEYOND_PT = 9.0
# A caption above a header that stands alone at a page's end is laid out with it as a row, and its columns run together.
MAX_CAPTION_ROWS = 2
# Heads and signatures stand in so many columns.
HEAD_COLUMNS = 2


def with_unruled(
    ruled: Sequence[Mesh], pieces: Sequence[Piece], rules: Rules, rest: Mesh | None = None
) -> tuple[Mesh, ...]:
    """The meshes that rules draw and, outside them, those of tables without crossing rules, from top to bottom.

    A few ruled rows (a shaded header, every other row shaded) give way to a table that goes on beyond them.
    `rest`: the mesh of a table of the page before (`extractors.rests`), which others give way to.
    """
    proper = [mesh for mesh in ruled if len(mesh.ys) - 1 > MAX_HEADER_ROWS]
    found = find_unruled_meshes(pieces, rules, [_box(mesh) for mesh in proper])
    if rest is not None:
        found = (rest, *(mesh for mesh in found if not _overlap(mesh, rest)))
    if not found:
        return tuple(ruled)
    kept = [mesh for mesh in ruled if mesh in proper or not any(_goes_beyond(other, mesh, pieces) for other in found)]
    found = tuple(mesh for mesh in found if not any(_overlap(mesh, other) for other in kept))
    return tuple(sorted((*kept, *found), key=lambda mesh: (mesh.ys[0], mesh.xs[0])))


def _box(mesh: Mesh) -> Box:
    return Box(mesh.xs[0], mesh.ys[0], mesh.xs[-1], mesh.ys[-1])


def _goes_beyond(mesh: Mesh, ruled: Mesh, pieces: Sequence[Piece]) -> bool:
    """Does a table hold a ruled one and rows besides? With fewer columns it must hold a good many."""
    beyond = max(ruled.ys[0] - mesh.ys[0], mesh.ys[-1] - ruled.ys[-1])
    if not _overlap(mesh, ruled) or len(mesh.ys) <= len(ruled.ys) or beyond <= MIN_BEYOND_PT:
        return False
    if not _has_entries_outside(mesh, ruled, pieces):
        return False
    return len(mesh.xs) >= len(ruled.xs) or _rows_outside(mesh, ruled) > MAX_CAPTION_ROWS


def _has_entries_outside(mesh: Mesh, ruled: Mesh, pieces: Sequence[Piece]) -> bool:
    """Do lines beside a ruled table fill more columns than a caption, or a signature with its addressees?

    Of a table of three rows more than one: the remains of a thick rule look like a line of small print.
    """
    box, taken = _box(mesh), _box(ruled)
    lines = lines_of_pieces([piece for piece in pieces if _holds(box, piece) and not _holds(taken, piece)])
    filled = [{bisect(mesh.xs, (piece.left + piece.right) / 2) for piece in line.pieces} for line in lines]
    needed = HEAD_COLUMNS + (len(mesh.xs) - 1 > HEAD_COLUMNS + 1)
    return sum(len(columns) >= needed for columns in filled) >= max(1, len(ruled.ys) - 2)


def _rows_outside(mesh: Mesh, ruled: Mesh) -> int:
    """How many rows of a mesh stand above or below another."""
    middles = ((top + bottom) / 2 for top, bottom in pairwise(mesh.ys))
    return sum(not ruled.ys[0] <= middle < ruled.ys[-1] for middle in middles)


def _overlap(first: Mesh, second: Mesh) -> bool:
    across = min(first.xs[-1], second.xs[-1]) - max(first.xs[0], second.xs[0])
    return across > 0 and min(first.ys[-1], second.ys[-1]) - max(first.ys[0], second.ys[0]) > 0


def find_unruled_meshes(pieces: Sequence[Piece], rules: Rules, taken: Sequence[Box]) -> tuple[Mesh, ...]:
    """Meshes of the tables without crossing rules outside the boxes that are taken, from top to bottom."""
    free = [piece for piece in pieces if not any(_holds(box, piece) for box in taken)]
    blocks = [block for block in find_blocks(lines_of_pieces(free), rules) if is_table(block)]
    meshes = [lay_out(block.lines, block.gutters, block.rules, rules.across) for block in blocks]
    return tuple(mesh for mesh in meshes if mesh is not None)


def _holds(box: Box, piece: Piece) -> bool:
    x, y = (piece.left + piece.right) / 2, piece.baseline - 0.3 * piece.em
    return box.left <= x < box.right and box.top <= y < box.bottom
