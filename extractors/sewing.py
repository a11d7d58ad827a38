"""Pieces of one cell on two pages made one cell: those of a row cut by the page's end, and cells merged over rows."""

from collections.abc import Callable
from dataclasses import replace

from chitieu.model import Reading, Run
from extractors.brinks import Brink, is_wrapped
from extractors.seams import Edge, Piece

Rows = list[list[Piece]]


def without_strip(rows: Rows, *, at_end: bool) -> Rows:
    """The rows without a blank last (or first) one, its frame given to the row beside it.

    A page's end leaves such a strip where the frame goes on and the next row did not fit.
    """
    while len(rows) > 1 and _is_strip(rows[-1] if at_end else rows[0], rows):
        strip, beside, others = (rows[-1], rows[-2], rows[:-2]) if at_end else (rows[0], rows[1], rows[2:])
        if not beside:
            return rows
        whole = [_with_frames(piece, strip, beside) for piece in beside]
        rows = [*others, whole] if at_end else _moved_up([whole, *others])
    return rows


def _is_strip(row: list[Piece], rows: Rows) -> bool:
    """Whether a row is blank, and no cell of it or from above it is merged over rows."""
    width = max(piece.cell.col + piece.cell.col_span for line in rows for piece in line)
    is_blank = all(p.cell.row_span == 1 and not p.cell.readings and p.cell.quality == 1 for p in row)
    return is_blank and sum(piece.cell.col_span for piece in row) == width


def _with_frames(piece: Piece, strip: list[Piece], beside: list[Piece]) -> Piece:
    """The piece with the frames of the strip's cells that start over it: each goes to one piece of the row."""
    starts = [p.cell.col for p in beside]
    mine = [p for p in strip if max((s for s in starts if s <= p.cell.col), default=starts[0]) == piece.cell.col]
    regions = tuple(region for p in mine for region in p.cell.regions)
    return Piece(replace(piece.cell, regions=piece.cell.regions + regions), piece.brink)


def _moved_up(rows: Rows) -> Rows:
    return [[Piece(replace(p.cell, row=p.cell.row - 1), p.brink) for p in row] for row in rows]


def sewn(rows: Rows, fresh: Rows, upper: Edge, lower: Edge) -> Rows:
    """The rows with the fresh ones behind them, the first of which is the rest of the last one."""
    joined = _joined_pieces(upper, lower, frozenset(upper), shared_rows=1)
    return [*_exchanged(rows, joined), *_without(fresh, lower, frozenset(lower))[1:]]


def stretched(rows: Rows, fresh: Rows, upper: Edge, lower: Edge, columns: frozenset[int]) -> Rows:
    """The rows with the fresh ones behind them; the cells of some columns go on over the page's end."""
    joined = _joined_pieces(upper, lower, columns, shared_rows=0)
    return [*_exchanged(rows, joined), *_without(fresh, lower, columns)]


def _joined_pieces(upper: Edge, lower: Edge, columns: frozenset[int], *, shared_rows: int) -> dict[int, Piece]:
    """By the identity of the upper piece, the piece that it becomes."""
    return {id(upper[c]): _one_piece(upper[c], lower[c], shared_rows=shared_rows) for c in columns}


def _exchanged(rows: Rows, joined: dict[int, Piece]) -> Rows:
    return _mapped(rows, lambda piece: joined.get(id(piece), piece))


def _mapped(rows: Rows, change: Callable[[Piece], Piece]) -> Rows:
    return [[change(piece) for piece in row] for row in rows]


def _without(fresh: Rows, lower: Edge, columns: frozenset[int]) -> Rows:
    gone = {id(lower[column]) for column in columns}
    return [[piece for piece in row if id(piece) not in gone] for row in fresh]


def _one_piece(upper: Piece, lower: Piece, *, shared_rows: int) -> Piece:
    first, second = upper.cell, lower.cell
    cell = replace(
        first,
        row_span=first.row_span + second.row_span - shared_rows,
        regions=first.regions + second.regions,
        readings=_readings(upper, lower),
        quality=min(first.quality, second.quality),
        has_lost_rule=first.has_lost_rule or second.has_lost_rule,
    )
    return Piece(cell, _brink(upper, lower))


def _readings(upper: Piece, lower: Piece) -> tuple[Reading, ...]:
    """Both texts, or one where it was printed again: the number, or a cell merged over rows."""
    is_merged = upper.cell.row_span > 1 or lower.cell.row_span > 1
    is_again = upper.text.rstrip(".)") == lower.text.rstrip(".)")
    if is_again and (is_merged or upper.cell.col == 0):
        return upper.cell.readings
    if not upper.cell.readings or not lower.cell.readings:
        return upper.cell.readings or lower.cell.readings
    return (one_reading(upper.cell.readings[0], lower.cell.readings[0], _glue(upper.brink, lower.brink)),)


def one_reading(first: Reading, second: Reading, glue: str = " ") -> Reading:
    """What was read in two pieces of one text, as one."""
    runs = (*first.runs, Run(glue, first.runs[-1].font if first.runs else None), *second.runs)
    confidence = min(first.confidence, second.confidence)
    witness = None
    if first.witness is not None and second.witness is not None:
        witness = f"{first.witness}{glue}{second.witness}"
    rivals, marks = first.rivals + second.rivals, first.mark_rivals + second.mark_rivals
    return Reading(runs, first.engine, confidence, rivals, witness, marks)


def _glue(upper: Brink | None, lower: Brink | None) -> str:
    """A space where the line was wrapped at the page's end, a new line where it had ended."""
    return "\n" if upper and lower and not is_wrapped(upper, lower) else " "


def _brink(upper: Piece, lower: Piece) -> Brink | None:
    """The first line's of the upper piece, the last line's of the lower one."""
    if upper.brink is None or lower.brink is None:
        return upper.brink or lower.brink
    first, last = upper.brink, lower.brink
    return Brink(first.above, last.below, last.last, first.first_word, max(first.width, last.width))
