"""Lines of a page → chains of those that may be one table, over titles between them and apart from prose."""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from statistics import median

from extractors.gutters import Gutter, find_gutters
from extractors.justified import is_justified
from extractors.print_lines import WIDE_GAP_EM, Piece, PrintLine, lines_of_pieces
from extractors.unruled_cells import columns_of

# A line of one text that covers this share of the width is prose, a title or a footnote.
PROSE_SHARE = 0.6
# Lines further apart are not of one run; runs further apart not of one block.
RUN_GAP_EM, BLOCK_GAP_EM = 3.2, 5.0
# Titles between two runs of one table.
MAX_TITLES = 2
# A page set in columns: as many lines of prose beside each other, each column this share of the width at least.
PAGE_COLUMN_LINES, PAGE_COLUMN_SHARE = 8, 0.25
# A column of text is as wide; of prose as many lines are full, of the texts in a table's cells every other one.
PROSE_COLUMN_EM, FULL_SHARE = 13.0, 0.7
# A table of so many columns is no head and no signature.
MANY_COLUMNS = 4
# A line of one text with more white above and below than this may be a title between two tables.
LONE_PITCH_EM = 1.25
# Feet of lines nearer than this are of cells beside each other: one text's lines are one em apart, or more.
INTERLEAVED_EM = 0.8


def page_columns(chain: Sequence[PrintLine]) -> list[list[PrintLine]]:
    """The lines left and right of a gutter beside prose, where a chain is of a page set in columns; else none."""
    gutters = find_gutters(chain)
    if not gutters or len(chain) < PAGE_COLUMN_LINES:
        return []
    left, right = min(line.left for line in chain), max(line.right for line in chain)
    for gutter in sorted(gutters, key=lambda g: -g.support):
        share = (gutter.middle - left) / (right - left)
        if not PAGE_COLUMN_SHARE < share < 1 - PAGE_COLUMN_SHARE:
            continue
        sides: list[list[Piece]] = [[], []]
        for line in chain:
            for piece in line.pieces:
                sides[(piece.left + piece.right) / 2 > gutter.middle].append(piece)
        parts = [lines_of_pieces(side) for side in sides]
        if any(_is_prose_side(part) for part in parts):
            return parts
    return []


def _is_prose_side(lines: Sequence[PrintLine]) -> bool:
    """Do most lines of a side make one text each, as long as paragraphs?"""
    texts = [Piece(line.left, line.right, line.baseline, line.em) for line in lines if _is_text(line)]
    if len(texts) < max(PAGE_COLUMN_LINES, 0.5 * len(lines)):
        return False
    em = median([line.em for line in lines])
    return full_lines(texts, em) >= FULL_SHARE * len(texts)


def _is_text(line: PrintLine) -> bool:
    """One text, that is no label with a row of dots behind it."""
    return not is_tabular(line) and not any(piece.is_leader for piece in line.pieces)


def is_tabular(line: PrintLine) -> bool:
    return line.widest_gap >= WIDE_GAP_EM and not is_justified(line)


def chains(lines: Sequence[PrintLine], width: float) -> list[list[PrintLine]]:
    """Runs of lines joined over titles as long as they share their columns."""
    runs = _runs(lines, [_is_prose(line, width) or _is_lone(lines, index) for index, line in enumerate(lines)])
    chains: list[list[PrintLine]] = []
    titles: list[PrintLine] = []
    for run, is_text in runs:
        if is_text:
            titles = [*titles, *run]
        elif chains and _go_together(chains[-1], titles, run):
            chains[-1] = [*chains[-1], *titles, *run]
            titles = []
        else:
            chains.append([*_near_titles(titles[::-1], run)[::-1], *run])
            titles = []
    if chains:
        chains[-1] = [*chains[-1], *_near_titles(titles, chains[-1])]
    return chains


def _near_titles(titles: Sequence[PrintLine], run: Sequence[PrintLine]) -> list[PrintLine]:
    """Of the texts beside a run, the nearest first: all where they are few, else those in one of its columns."""
    if len(titles) <= MAX_TITLES:
        return list(titles)
    gutters = find_gutters(run)
    return list(takewhile(lambda line: _is_in_column(line, gutters), titles))


def _is_in_column(line: PrintLine, gutters: Sequence[Gutter]) -> bool:
    """Does a line stand in one column, not the first: of a cell higher than the others of its row, no title?"""
    spans = {columns_of(piece, gutters) for piece in line.pieces}
    return all(first == last > 0 for first, last in spans) and len(spans) == 1


def _runs(lines: Sequence[PrintLine], is_text: Sequence[bool]) -> list[tuple[list[PrintLine], bool]]:
    """Lines in runs of texts and runs of others, parted at wide gaps too."""
    runs: list[tuple[list[PrintLine], bool]] = []
    for line, kind in zip(lines, is_text, strict=True):
        if runs and runs[-1][1] == kind and line.baseline - runs[-1][0][-1].baseline <= RUN_GAP_EM * line.em:
            runs[-1][0].append(line)
        else:
            runs.append(([line], kind))
    return runs


def _is_lone(lines: Sequence[PrintLine], index: int) -> bool:
    """A line of one text that is not near to others above and below it."""
    line, least = lines[index], LONE_PITCH_EM * lines[index].em
    near = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return len(line.pieces) == 1 and all(abs(other.baseline - line.baseline) >= least for other in near)


def _is_prose(line: PrintLine, width: float) -> bool:
    return not is_tabular(line) and line.right - line.left >= PROSE_SHARE * width


def _go_together(chain: Sequence[PrintLine], titles: Sequence[PrintLine], run: Sequence[PrintLine]) -> bool:
    """Do two runs stand in the same columns?"""
    steps = pairwise([chain[-1], *titles, run[0]])
    if any(lower.top - upper.bottom > BLOCK_GAP_EM * run[0].em for upper, lower in steps):
        return False
    tabular = [line for line in chain if is_tabular(line)]
    further = [line for line in run if is_tabular(line)]
    common = find_gutters([*tabular, *further])
    if sum(not _is_in_column(line, common) for line in titles) > MAX_TITLES:
        return False
    if not tabular or not further:
        return run[0].top - chain[-1].bottom <= RUN_GAP_EM * run[0].em
    core = chain[chain.index(tabular[0]) :]
    before, after = find_gutters(core), find_gutters(run)
    both = find_gutters([*core, *run])
    if len(further) <= 2:
        own = find_gutters(tabular)
        # Words of justified lines have gaps in the same places, too, here and there; titles cross the first columns.
        before, both = (own, common) if len(own) + 1 >= MANY_COLUMNS else (before, both)
        return len(both) >= len(before) and not _crossed(before, further)
    if len(tabular) <= 2:
        return len(both) >= len(after)
    fewer, more = sorted((before, after), key=len)
    is_same = len(fewer) > 1 and all(any(a.left < b.right and b.left < a.right for b in more) for a in fewer)
    return is_same or len(both) >= max(len(before), len(after)) > 0


def _crossed(gutters: Sequence[Gutter], lines: Sequence[PrintLine]) -> bool:
    return any(
        piece.left < gutter.left and piece.right > gutter.right
        for line in lines
        for piece in line.pieces
        for gutter in gutters
    )


def full_lines(lines: Sequence[Piece], em: float) -> int:
    """How many lines reach from side to side of a wide column."""
    left, right = min(piece.left for piece in lines), max(piece.right for piece in lines)
    if right - left < PROSE_COLUMN_EM * em:
        return 0
    return sum(piece.right > right - 2.0 * em and piece.left < left + 2.0 * em for piece in lines)


def rows_of_lines(lines: Sequence[PrintLine]) -> list[Sequence[PrintLine]]:
    """Lines whose feet are too near to each other to be those of one text, together."""
    em = median(line.em for line in lines)
    feet = [max(piece.baseline for piece in line.pieces) for line in lines]
    breaks = (i for i, (above, below) in enumerate(pairwise(feet), 1) if below - above >= INTERLEAVED_EM * em)
    return [lines[a:b] for a, b in pairwise([0, *breaks, len(lines)])]
