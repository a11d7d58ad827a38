"""Chains of lines → blocks in common columns, without the titles above and the notes below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.gutters import NUMBER_EM, Gutter, find_gutters
from extractors.print_lines import Piece, PrintLine
from extractors.rules import Rules
from extractors.unruled_cells import TIGHT_PITCH_EM, columns_of, untorn
from extractors.unruled_chains import chains, is_tabular, page_columns, rows_of_lines
from extractors.unruled_spaces import part_at_gutters

# A rule that covers this share of a block's width parts rows.
FULL_RULE_SHARE = 0.8
# How far above the first or below the last line a block's outer rules are.
RULE_REACH_EM = 2.2
# Texts in as many columns are no title with a wide space or two.
MANY_TEXTS = 3
# Texts so far apart on all of a line are cells.
FAR_APART_EM = 2.0
# A header over several columns stands this near above theirs, in their middle.
MAX_HEADER_PITCH_EM, MIDDLE_EM = 2.2, 0.5
# Baselines of a header's lower level and of the cells that are as high as both.
MOST_HEADER_LINES = 6
# A row is set no further below the one before it.
MAX_ROW_PITCH_EM = 3.0
# A figure torn off its number stands that near to it, and not on more of the lines.
WORD_GAP_EM, FEW_LINES = 1.0, 0.25


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
        return median([line.em for line in self.lines])


def find_blocks(lines: Sequence[PrintLine], rules: Rules) -> list[Block]:
    """Blocks of lines with common gutters, trimmed; columns of prose are parted and looked at one by one."""
    if not lines:
        return []
    width = max(line.right for line in lines) - min(line.left for line in lines)
    blocks = []
    for chain in chains(lines, width):
        parted = page_columns(chain)
        if parted:
            blocks += [block for part in parted for block in find_blocks(part, rules)]
        elif block := _trimmed(chain, rules):
            blocks.append(block)
    return blocks


def _trimmed(chain: Sequence[PrintLine], rules: Rules) -> Block | None:
    """A chain without the titles above and the notes below it, with the rules that run across it."""
    tabular = [index for index, line in enumerate(chain) if is_tabular(line)]
    if not tabular:
        return None
    gutters = find_gutters(chain[tabular[0] : tabular[-1] + 1], _least_support(chain))
    if not gutters:
        return None
    whole, chain = chain, part_at_gutters(chain, gutters)
    # A title may have one wide space in a gutter by chance.
    tabular = [
        i
        for i, line in enumerate(chain)
        if i in tabular
        or (
            (len(line.pieces) > max(2, len(whole[i].pieces)) or _fills_columns(line, gutters))
            and _keeps_to(line, gutters)
        )
    ]
    tabular = [index for index in tabular if _stands_in_columns(chain[index], gutters)] or tabular
    core = chain[tabular[0] : tabular[-1] + 1]
    across = full_rules(rules, min(line.left for line in core), max(line.right for line in core))
    first = _first_line(chain, tabular[0], across, gutters)
    last = _last_line(chain, tabular[-1], across, gutters)
    kept = tuple(chain[first : last + 1])
    gutters = find_gutters(kept, _least_support(kept)) or gutters
    kept = tuple(untorn(line, gutters) for line in kept)
    em = kept[0].em
    inside = [y for y in across if kept[0].top - RULE_REACH_EM * em < y < kept[-1].bottom + RULE_REACH_EM * em]
    return Block(kept, _wanted(gutters, kept), tuple(inside))


def _stands_in_columns(line: PrintLine, gutters: Sequence[Gutter]) -> bool:
    """Do most of a line's texts keep to a column each: by their width, or by their number where they are many?"""
    spans = _apart([columns_of(piece, gutters) for piece in line.pieces], line)
    crossing = sum(piece.width for piece, (first, last) in zip(line.pieces, spans, strict=True) if first < last)
    single = {first for first, last in spans if first == last}
    is_by_width = len(set(spans)) > 1 and 2 * crossing < sum(piece.width for piece in line.pieces)
    return is_by_width or (len(single) >= MANY_TEXTS and 2 * len(single) > len(spans))


def _apart(spans: Sequence[tuple[int, int]], line: PrintLine) -> list[tuple[int, int]]:
    """The columns of a line's texts; of texts far apart none begins in the column where the one before it stands.

    Headers over numbers set to the right stand in the white before them.
    """
    gaps = [b.left - a.right for a, b in pairwise(line.pieces)]
    if min(gaps, default=0.0) < FAR_APART_EM * line.em:
        return list(spans)
    apart = [spans[0]]
    for first, last in spans[1:]:
        apart.append((min(max(first, apart[-1][1] + 1), last), last))
    return apart


def _keeps_to(line: PrintLine, gutters: Sequence[Gutter]) -> bool:
    """Is the white between each two texts of a line most of a gutter? Spaces of a title lie in some by chance."""
    whites = [(a.right, b.left) for a, b in pairwise(line.pieces)]
    return all(
        any(2 * (min(end, g.right) - max(start, g.left)) >= g.right - g.left for g in gutters) for start, end in whites
    )


def _fills_columns(line: PrintLine, gutters: Sequence[Gutter]) -> bool:
    """Has each text of a line a column of its own? Years over columns of one width look like a justified line."""
    spans = [columns_of(piece, gutters) for piece in line.pieces]
    return len(spans) >= MANY_TEXTS and len(set(spans)) == len(spans) and all(a == b for a, b in spans)


def _least_support(chain: Sequence[PrintLine]) -> float:
    return 2.0 if sum(map(is_tabular, chain)) > 3 else 1.0


def _wanted(gutters: Sequence[Gutter], lines: Sequence[PrintLine]) -> tuple[Gutter, ...]:
    """Gutters with print of their own between them; a figure torn off the one behind it here and there is none."""
    kept: list[Gutter] = []
    for gutter in gutters:
        between = [
            piece
            for line in lines
            for piece in line.pieces
            if (not kept or piece.left >= kept[-1].left - 0.5) and piece.right <= gutter.right + 0.5
        ]
        if between and not (kept and _are_torn_off(between, lines)):
            kept.append(gutter)
    return tuple(kept)


def _are_torn_off(pieces: Sequence[Piece], lines: Sequence[PrintLine]) -> bool:
    """Are these single letters on few lines, each right before another piece: the `1` of `1.263` without its stop?"""
    if not all(piece.is_letter for piece in pieces):
        return False
    behind = [
        any(0 <= other.left - piece.right < WORD_GAP_EM * piece.em for other in line.pieces)
        for line in lines
        for piece in line.pieces
        if piece in pieces
    ]
    return all(behind) and len(behind) <= FEW_LINES * sum(map(is_tabular, lines))


def full_rules(rules: Rules, left: float, right: float) -> list[float]:
    """Places of the rules that cover most of the width between two places, merged where double, top to bottom."""
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
    while first > 0:
        if _belongs(chain[first - 1], chain[first], gutters) or _is_over(
            chain[first - 1], _near_below(chain, first), gutters
        ):
            first -= 1
        elif count := _title_lines_above(chain[:first], chain[first], gutters):
            first -= count
        else:
            break
    return first


def _near_below(chain: Sequence[PrintLine], first: int) -> Sequence[PrintLine]:
    """The two lines there, and those behind them as near to a header above: cells beside its columns begin higher."""
    floor = chain[first - 1].baseline + MAX_HEADER_PITCH_EM * chain[first].em
    further = (line for line in chain[first + 2 : first + MOST_HEADER_LINES] if line.baseline <= floor)
    return [*chain[first : first + 2], *further]


def _is_over(line: PrintLine, below: Sequence[PrintLine], gutters: Sequence[Gutter]) -> bool:
    """Is a line of one text a header over the middle of the last columns? One over the first two is a title."""
    if len(line.pieces) > 1 or below[0].baseline - line.baseline > MAX_HEADER_PITCH_EM * below[0].em:
        return False
    text, lefts = line.pieces[0], (piece.left for lower in below for piece in lower.pieces)
    right = max(lower.right for lower in below)
    return any(
        left > gutters[1].left
        and left < text.left
        and abs(left + right - text.left - text.right) < 2 * MIDDLE_EM * line.em
        for left in lefts
        if len(gutters) > 1
    )


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
    while last + 1 < len(chain):
        if _goes_on(chain[last + 1], chain[: last + 1], gutters):
            last += 1
        elif count := _title_lines(chain[last + 1 :], chain[last], gutters):
            last += count
        else:
            break
    return last


def _title_lines(lines: Sequence[PrintLine], before: PrintLine, gutters: Sequence[Gutter]) -> int:
    """How many lines are a number in the first column and a title beside it, the last row of a page; 0 if none."""
    row = rows_of_lines(lines)[0]
    return len(row) if _is_title(row, row[0].baseline - before.baseline, gutters) else 0


def _title_lines_above(lines: Sequence[PrintLine], behind: PrintLine, gutters: Sequence[Gutter]) -> int:
    """The same of the first row of a page."""
    row = rows_of_lines(lines)[-1]
    return len(row) if _is_title(row, behind.baseline - row[-1].baseline, gutters) else 0


def _is_title(row: Sequence[PrintLine], pitch: float, gutters: Sequence[Gutter]) -> bool:
    pieces = [(columns_of(piece, gutters), piece) for line in row for piece in line.pieces]
    numbers = [piece for span, piece in pieces if span == (0, 0)]
    is_near = pitch <= MAX_ROW_PITCH_EM * row[0].em
    is_numbered = len(numbers) == 1 and numbers[0].width <= NUMBER_EM * numbers[0].em
    return is_near and is_numbered and {span for span, _ in pieces} == {(0, 0), (1, 1)}


def _goes_on(line: PrintLine, before: Sequence[PrintLine], gutters: Sequence[Gutter]) -> bool:
    """Are all texts of a line below others of their columns, as near as lines of one cell?"""
    near = [other for other in before[-3:] if line.baseline - other.baseline <= TIGHT_PITCH_EM * other.em]
    filled = {columns_of(piece, gutters) for other in near for piece in other.pieces}
    spans = {columns_of(piece, gutters) for piece in line.pieces}
    return all(first == last for first, last in spans) and spans <= filled
