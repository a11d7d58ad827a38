"""Tables that are not drawn by crossing rules: blocks of lines whose print stands in columns with white between them.

Lines → runs between prose and wide gaps → blocks with common gutters → trimmed to what is table → judged → meshes.
Every doubt is decided against the table: an invented row is worse than prose that stays prose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chitieu.model import Box
from extractors.grid import Mesh
from extractors.gutters import WIDE_GAP_EM, Gutter, find_gutters
from extractors.print_lines import Piece, PrintLine, lines_of_pieces
from extractors.rules import Rules
from extractors.unruled_cells import columns_of, untorn
from extractors.unruled_rows import lay_out

# A line of one text that covers this share of the width is prose, a title or a footnote.
PROSE_SHARE = 0.6
# Lines further apart are not of one run; runs further apart not of one block.
RUN_GAP_EM, BLOCK_GAP_EM = 3.2, 5.0
# A rule that covers this share of a block's width parts rows.
FULL_RULE_SHARE = 0.8
# How far above the first or below the last line a block's outer rules are.
RULE_REACH_EM = 2.2
# Titles between two runs of one table.
MAX_TITLES = 2
# A line this near to the one before goes on with its cell.
TIGHT_PITCH_EM = 1.4
# Columns of a table have short lines; text that fills its column line after line is prose.
PROSE_COLUMN_EM, PROSE_LINES = 13.0, 3.5
# Heads and signatures stand in two columns of at most this many lines side by side.
MAX_HEAD_LINES = 4
# A page set in columns: as many lines of prose beside each other, each column this share of the width at least.
PAGE_COLUMN_LINES, PAGE_COLUMN_SHARE = 8, 0.25
# Of prose as many lines are full, of the texts in a table's cells every other one.
FULL_SHARE = 0.7
# A line of one text with more white above and below than this may be a title between two tables.
LONE_PITCH_EM = 1.25
MIN_FILLED = 0.35
# More rows than this under rules that cross are a ruled table, not the header of one without rules.
MAX_HEADER_ROWS = 3
MIN_BEYOND_PT = 9.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in common columns; `rules`: places of the rules that run across all of it."""

    lines: tuple[PrintLine, ...]
    gutters: tuple[Gutter, ...]
    rules: tuple[float, ...] = ()

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def em(self) -> float:
        return float(np.median([line.em for line in self.lines]))


def with_unruled(ruled: Sequence[Mesh], pieces: Sequence[Piece], rules: Rules) -> tuple[Mesh, ...]:
    """The meshes that rules draw and, outside them, those of tables without crossing rules, from top to bottom.

    A few ruled rows (a shaded header, every other row shaded) give way to a table that goes on beyond them.
    """
    proper = [mesh for mesh in ruled if len(mesh.ys) - 1 > MAX_HEADER_ROWS]
    found = find_unruled_meshes(pieces, rules, [_box(mesh) for mesh in proper])
    if not found:
        return tuple(ruled)
    kept = [mesh for mesh in ruled if mesh in proper or not any(_goes_beyond(other, mesh) for other in found)]
    found = tuple(mesh for mesh in found if not any(_overlap(mesh, other) for other in kept))
    return tuple(sorted((*kept, *found), key=lambda mesh: (mesh.ys[0], mesh.xs[0])))


def _box(mesh: Mesh) -> Box:
    return Box(mesh.xs[0], mesh.ys[0], mesh.xs[-1], mesh.ys[-1])


def _goes_beyond(mesh: Mesh, ruled: Mesh) -> bool:
    """Does a table hold a ruled one and rows besides?"""
    beyond = max(ruled.ys[0] - mesh.ys[0], mesh.ys[-1] - ruled.ys[-1])
    return _overlap(mesh, ruled) and len(mesh.ys) > len(ruled.ys) and beyond > MIN_BEYOND_PT


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


def find_blocks(lines: Sequence[PrintLine], rules: Rules) -> list[Block]:
    """Blocks of lines with common gutters, trimmed; columns of prose are parted and looked at one by one."""
    if not lines:
        return []
    width = max(line.right for line in lines) - min(line.left for line in lines)
    blocks = []
    for chain in _chains(lines, width):
        parted = _page_columns(chain)
        if parted:
            blocks += [block for part in parted for block in find_blocks(part, rules)]
        elif block := _trimmed(chain, rules):
            blocks.append(block)
    return blocks


def _page_columns(chain: Sequence[PrintLine]) -> list[list[PrintLine]]:
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
    texts = [Piece(line.left, line.right, line.baseline, line.em) for line in lines if not is_tabular(line)]
    if len(texts) < max(PAGE_COLUMN_LINES, 0.5 * len(lines)):
        return False
    em = float(np.median([line.em for line in lines]))
    return _full_lines(texts, em) >= FULL_SHARE * len(texts)


def is_tabular(line: PrintLine) -> bool:
    return line.widest_gap >= WIDE_GAP_EM


def _chains(lines: Sequence[PrintLine], width: float) -> list[list[PrintLine]]:
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
            chains.append([*(titles if len(titles) <= MAX_TITLES else []), *run])
            titles = []
    if chains and len(titles) <= MAX_TITLES:
        chains[-1] = [*chains[-1], *titles]
    return chains


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
    if len(titles) > MAX_TITLES or run[0].top - chain[-1].bottom > BLOCK_GAP_EM * run[0].em:
        return False
    tabular = [line for line in chain if is_tabular(line)]
    further = [line for line in run if is_tabular(line)]
    if not tabular or not further:
        return run[0].top - chain[-1].bottom <= RUN_GAP_EM * run[0].em
    core = chain[chain.index(tabular[0]) :]
    before, after = find_gutters(core), find_gutters(run)
    both = find_gutters([*core, *run])
    if len(further) <= 2:
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


def _trimmed(chain: Sequence[PrintLine], rules: Rules) -> Block | None:
    """A chain without the titles above and the notes below it, with the rules that run across it."""
    tabular = [index for index, line in enumerate(chain) if is_tabular(line)]
    if not tabular:
        return None
    gutters = find_gutters(chain[tabular[0] : tabular[-1] + 1], _least_support(chain))
    if not gutters:
        return None
    tabular = [index for index in tabular if _stands_in_columns(chain[index], gutters)] or tabular
    core = chain[tabular[0] : tabular[-1] + 1]
    across = _full_rules(core, rules)
    first = _first_line(chain, tabular[0], across, gutters)
    last = _last_line(chain, tabular[-1], across, gutters)
    kept = tuple(chain[first : last + 1])
    gutters = find_gutters(kept, _least_support(kept)) or gutters
    kept = tuple(untorn(line, gutters) for line in kept)
    em = kept[0].em
    inside = [y for y in across if kept[0].top - RULE_REACH_EM * em < y < kept[-1].bottom + RULE_REACH_EM * em]
    return Block(kept, _wanted(gutters, kept), tuple(inside))


def _stands_in_columns(line: PrintLine, gutters: Sequence[Gutter]) -> bool:
    """Do most of a line's texts keep to a column each?"""
    spans = [columns_of(piece, gutters) for piece in line.pieces]
    crossing = sum(piece.width for piece, (first, last) in zip(line.pieces, spans, strict=True) if first < last)
    return len(set(spans)) > 1 and 2 * crossing < sum(piece.width for piece in line.pieces)


def _least_support(chain: Sequence[PrintLine]) -> float:
    return 2.0 if sum(map(is_tabular, chain)) > 2 else 1.0


def _wanted(gutters: Sequence[Gutter], lines: Sequence[PrintLine]) -> tuple[Gutter, ...]:
    """Gutters with print of their own between them."""
    kept: list[Gutter] = []
    for gutter in gutters:
        between = [
            piece
            for line in lines
            for piece in line.pieces
            if (not kept or piece.left >= kept[-1].left - 0.5) and piece.right <= gutter.right + 0.5
        ]
        if between:
            kept.append(gutter)
    return tuple(kept)


def _full_rules(core: Sequence[PrintLine], rules: Rules) -> list[float]:
    """Places of the rules that cover most of the width of some lines, merged where double, top to bottom."""
    left, right = min(line.left for line in core), max(line.right for line in core)
    places: list[tuple[float, float]] = []
    for rule in rules.across:
        covered = min(rule.end, right) - max(rule.start, left)
        if covered <= 0:
            continue
        if places and rule.at - places[-1][0] < 3.0:
            places[-1] = (places[-1][0], places[-1][1] + covered)
        else:
            places.append((rule.at, covered))
    return [at for at, covered in places if covered >= FULL_RULE_SHARE * (right - left)]


def _first_line(chain: Sequence[PrintLine], first: int, across: Sequence[float], gutters: Sequence[Gutter]) -> int:
    """Index of the line that the table starts with: below its top rule, else the first with columns."""
    top = chain[first].baseline - 0.5 * chain[first].em
    above = [y for y in across if chain[0].top - RULE_REACH_EM * chain[0].em < y < top]
    if above:
        return next(i for i, line in enumerate(chain) if line.baseline - 0.3 * line.em > above[0])
    while first > 0 and _belongs(chain[first - 1], chain[first], gutters):
        first -= 1
    return first


def _belongs(line: PrintLine, neighbour: PrintLine, gutters: Sequence[Gutter]) -> bool:
    """Is a line of one text the wrapped part of a cell next to it, not in the first column?"""
    is_tight = abs(line.baseline - neighbour.baseline) <= TIGHT_PITCH_EM * neighbour.em
    first, last = columns_of(line.pieces[0], gutters)
    return is_tight and first == last > 0


def _last_line(chain: Sequence[PrintLine], last: int, across: Sequence[float], gutters: Sequence[Gutter]) -> int:
    """Index of the line that the table ends with."""
    bottom = chain[last].baseline - 0.2 * chain[last].em
    below = [y for y in across if bottom < y < chain[-1].bottom + RULE_REACH_EM * chain[-1].em]
    if below:
        return max(i for i, line in enumerate(chain) if line.baseline - 0.3 * line.em < below[-1])
    while last + 1 < len(chain) and _goes_on(chain[last + 1], chain[: last + 1], gutters):
        last += 1
    return last


def _goes_on(line: PrintLine, before: Sequence[PrintLine], gutters: Sequence[Gutter]) -> bool:
    """Are all texts of a line below others of their columns, as near as lines of one cell?"""
    near = [other for other in before[-3:] if line.baseline - other.baseline <= TIGHT_PITCH_EM * other.em]
    filled = {columns_of(piece, gutters) for other in near for piece in other.pieces}
    spans = {columns_of(piece, gutters) for piece in line.pieces}
    return all(first == last for first, last in spans) and spans <= filled


def is_table(block: Block) -> bool:
    """Judge a block: enough rows in columns, cells filled, no prose set in columns, no head or signature."""
    columns = _column_lines(block)
    tabular = [line for line in block.lines if len(_filled(line, block.gutters)) > 1]
    figures = sum(piece.is_figure for line in block.lines for piece in line.pieces[1:])
    is_ruled = len(block.rules) >= 2
    if len(tabular) < 2 or sum(_is_prose_column(lines, block.em) for lines in columns) > (1 if is_ruled else 0):
        return False
    if any(piece.is_leader for line in tabular for piece in line.pieces) and len(columns) < 3:
        return False
    filled = sum(len(_filled(line, block.gutters)) for line in tabular)
    if filled < MIN_FILLED * len(tabular) * len(columns):
        return False
    if is_ruled or 2 * figures >= len(tabular):
        return len(tabular) >= 2 if len(columns) > 2 or is_ruled else len(tabular) >= 3
    if len(columns) > 3:
        return len(tabular) >= 3
    return len(tabular) > MAX_HEAD_LINES and 2 * len(tabular) > len(block.lines)


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
    full = _full_lines(lines, em)
    return full / (1 + len(lines) - full) >= PROSE_LINES


def _full_lines(lines: Sequence[Piece], em: float) -> int:
    """How many lines reach from side to side of a wide column."""
    left, right = min(piece.left for piece in lines), max(piece.right for piece in lines)
    if right - left < PROSE_COLUMN_EM * em:
        return 0
    return sum(piece.right > right - 2.0 * em and piece.left < left + 2.0 * em for piece in lines)
