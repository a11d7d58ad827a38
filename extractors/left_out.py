"""Print outside the frames of tables that is set as a table's is: a column or rows whose rules were lost."""

from collections.abc import Sequence
from itertools import pairwise

from chitieu.model import Box
from extractors.grid import Grid
from extractors.print_lines import WIDE_GAP_EM, Piece, PrintLine, lines_of_pieces
from extractors.unruled_chains import is_tabular

# Three texts side by side on as many lines are no head, no signatures and no prose.
MIN_TEXTS, MIN_LINES = 3, 3
# So many texts side by side are a row of a table, be it the only one.
MANY_TEXTS = 5
# Lines of one lost table are no further apart.
MAX_PITCH_EM = 12.0
# Print keeps this far from a rule; what is nearer to a table's frame is a rest of its rule.
PADDING_EM = 0.3
# A note in the margin stands beside a row or two; a column beside more of them than this share.
MIN_ROWS, MIN_ROWS_SHARE = 2, 0.3


def find_left_out(pieces: Sequence[Piece], grids: Sequence[Grid]) -> tuple[Box, ...]:
    """Places, in points, of columns of print beside a table in line with its rows, and of lines set in columns."""
    free = [piece for piece in pieces if not any(_holds(grid.box, piece) for grid in grids)]
    sides = [_beside(free, grid, is_left=is_left) for grid in grids for is_left in (True, False)]
    columns = [side for side in sides if side]
    taken = {id(piece) for column in columns for piece in column}
    lines = lines_of_pieces(piece for piece in free if id(piece) not in taken)
    return (*map(_frame, columns), *_in_columns(lines))


def _beside(pieces: Sequence[Piece], grid: Grid, *, is_left: bool) -> list[Piece]:
    """The pieces left (or right) of a table in line with its rows; none where too few rows have any."""
    box = grid.box
    out = [p for p in pieces if (box.left - p.right if is_left else p.left - box.right) > PADDING_EM * p.em]
    rows = [[p for p in out if top <= _height(p) < bottom] for top, bottom in pairwise(grid.ys)]
    is_column = sum(map(bool, rows)) >= max(MIN_ROWS, MIN_ROWS_SHARE * len(rows))
    return [piece for row in rows for piece in row] if is_column else []


def _in_columns(lines: Sequence[PrintLine]) -> list[Box]:
    """The frames of runs of lines with three texts side by side."""
    tabular = [line for line in lines if is_tabular(line) and _texts(line) >= MIN_TEXTS]
    runs: list[list[PrintLine]] = []
    for line in tabular:
        if runs and line.baseline - runs[-1][-1].baseline <= MAX_PITCH_EM * line.em:
            runs[-1].append(line)
        else:
            runs.append([line])
    told = [run for run in runs if len(run) >= MIN_LINES or max(map(_texts, run)) >= MANY_TEXTS]
    return [_frame([piece for line in run for piece in line.pieces]) for run in told]


def _texts(line: PrintLine) -> int:
    return 1 + sum(b.left - a.right >= WIDE_GAP_EM * line.em for a, b in pairwise(line.pieces))


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _height(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2


def _holds(box: Box, piece: Piece) -> bool:
    return box.left <= _middle(piece) < box.right and box.top <= _height(piece) < box.bottom


def _frame(pieces: Sequence[Piece]) -> Box:
    return Box(
        min(p.left for p in pieces),
        min(p.top for p in pieces),
        max(p.right for p in pieces),
        max(p.bottom for p in pieces),
    )
