"""Is a block of lines in columns a table? Every doubt is decided against it."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.gutters import Gutter
from extractors.print_lines import WIDE_GAP_EM, Piece, PrintLine
from extractors.unruled_blocks import Block
from extractors.unruled_cells import columns_of
from extractors.unruled_chains import full_lines, rows_of_lines

# Columns of a table have short lines; text that fills its column line after line is prose.
PROSE_LINES = 3.5
# Heads and signatures stand in two columns of at most this many lines side by side.
MAX_HEAD_LINES = 4
MIN_FILLED = 0.35
# Two lines with so many gaps in the same places are rows: the rest of a table that ends on the next page.
MANY_GAPS = 3


def is_table(block: Block) -> bool:
    """Judge a block: enough rows in columns, cells filled, no prose set in columns, no head or signature."""
    columns = _column_lines(block)
    tabular = [line for line in block.lines if len(_filled(line, block.gutters)) > 1]
    figures = sum(any(piece.is_figure for piece in line.pieces[1:]) for line in block.lines)
    is_ruled = len(block.rules) >= 2
    if len(tabular) < 2 or sum(_is_prose_column(lines, block.em) for lines in columns) > (1 if is_ruled else 0):
        return False
    if any(piece.is_leader for line in tabular for piece in line.pieces) and len(columns) < 3:
        return False
    filled = sum(len(_filled(line, block.gutters)) for line in tabular)
    if filled < MIN_FILLED * len(tabular) * len(columns):
        return False
    if is_ruled:
        return True
    if 2 * figures >= len(tabular):
        # Two lines of prose with a date set into the blank of each have gaps in the same places, but no wide ones.
        has_cells = len(columns) > 2 and all(_wide_gaps(line) > 1 for line in tabular)
        return has_cells or len(tabular) >= 3
    gaps = [_wide_gaps(line) for line in tabular]
    if len(columns) == 3 and sum(count > 1 for count in gaps) > MAX_HEAD_LINES:
        return True  # however many lines the texts of the first column take
    if len(columns) > 3:
        many = sum(count >= MANY_GAPS for count in gaps)
        return sum(count > 1 for count in gaps) >= 3 or max(many, _interleaved_rows(block)) >= 2
    return len(tabular) > MAX_HEAD_LINES and 2 * len(tabular) > len(block.lines)


def _interleaved_rows(block: Block) -> int:
    """How many rows fill many columns with lines closer than lines of one text can be.

    The middles of cells stand beside each other: of a text in two lines one is above, one below the number beside it.
    """
    rows = [row for row in rows_of_lines(block.lines) if len(row) > 1]
    return sum(len(set().union(*(_filled(line, block.gutters) for line in row))) > MANY_GAPS for row in rows)


def _wide_gaps(line: PrintLine) -> int:
    """Gaps that are no spaces between words."""
    return sum(b.left - a.right >= WIDE_GAP_EM * line.em for a, b in pairwise(line.pieces))


def _filled(line: PrintLine, gutters: Sequence[Gutter]) -> set[int]:
    return {columns_of(piece, gutters)[0] for piece in line.pieces}


def _column_lines(block: Block) -> list[list[Piece]]:
    columns: list[list[Piece]] = [[] for _ in range(len(block.gutters) + 1)]
    for line in block.lines:
        for piece in line.pieces:
            first, last = columns_of(piece, block.gutters)
            if first == last:
                columns[first].append(piece)
    return columns


def _is_prose_column(lines: Sequence[Piece], em: float) -> bool:
    """Are the lines of a wide column nearly all full: paragraphs longer than the text of a cell?"""
    if not lines:
        return False
    full = full_lines(lines, em)
    return full / (1 + len(lines) - full) >= PROSE_LINES
