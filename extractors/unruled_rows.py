"""Rows of a table whose columns are known: from the rules across it, else from its print."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from extractors.grid import Mesh
from extractors.gutters import ABREAST_EM, Gutter
from extractors.print_lines import PrintLine
from extractors.rules import Rule
from extractors.unruled_cells import TIGHT_PITCH_EM, Row, Text, columns_of, stacked, texts_of
from extractors.unruled_header import header_rows
from extractors.unruled_merged import RowRule, row_rules
from extractors.unruled_middles import loose_rows, merge_by_middles
from extractors.unruled_spacing import SAME_PITCH_EM, spaced

# Above the middle of small letters: capitals and the marks on them.
MARK_EM = 0.55
# The rule below the last row is no further from its print.
REACH_EM = 2.2
# Fewer rows between rules may be parts of a table.
MIN_RULED_ROWS = 2
# More full lines than in any header, and so many times those between all other rules, are rows.
MANY_LINES, MANY_ROWS = 5, 2


def lay_out(
    lines: Sequence[PrintLine],
    gutters: Sequence[Gutter],
    full_rules: Sequence[float],
    rules: Sequence[Rule],
    least_rows: int = MIN_RULED_ROWS,
) -> Mesh | None:
    """The mesh of a block of lines; `full_rules`: places of those rules that run across all of it."""
    bands = _bands(lines, full_rules)
    edges = [min(line.left for line in lines), *(g.middle for g in gutters), max(line.right for line in lines)]
    has_header = len(bands) > 1 and not (_are_rows(bands[0], bands[1:], gutters) or _are_parted(bands[0], rules, edges))
    header = header_rows(bands[0], gutters, rules) if has_header else []
    body = bands[1:] if has_header else bands
    parting = row_rules(rules, edges, body[0][0].baseline, body[-1][-1].bottom + REACH_EM * body[-1][-1].em)
    least = least_rows if full_rules else MIN_RULED_ROWS
    rows = [*header, *(_rows_between(body, gutters, parting) or _body_rows(body, gutters, least))]
    if len(rows) < least_rows:
        return None
    return _mesh(rows if header else _with_levels(rows, lines, gutters, rules), lines, gutters, full_rules)


def _with_levels(
    rows: Sequence[Row], lines: Sequence[PrintLine], gutters: Sequence[Gutter], rules: Sequence[Rule]
) -> Sequence[Row]:
    """The rows, the first of them, in which a text stands over several others, as the levels of a header."""
    texts = list(rows[0].texts)
    count = 1
    while count < len(rows) and _stand_abreast(texts, rows[count].texts):
        texts += rows[count].texts
        count += 1
    over = [text for text in texts if text.first < text.last]
    if not any(lower.start > t.end and t.first <= lower.first <= t.last for t in over for lower in texts):
        return rows
    head = [line for line in lines if line.baseline <= max(text.end for text in texts)]
    return [*header_rows(head, gutters, rules), *rows[count:]]


def _stand_abreast(upper: Sequence[Text], lower: Sequence[Text]) -> bool:
    return min(text.top + 0.1 * text.em for text in lower) < max(text.end for text in upper)


def _bands(lines: Sequence[PrintLine], rules: Sequence[float]) -> list[list[PrintLine]]:
    """Lines between rules."""
    bands: list[list[PrintLine]] = [[] for _ in range(len(rules) + 1)]
    for line in lines:
        bands[sum(y < line.baseline - 0.3 * line.em for y in rules)].append(line)
    return [band for band in bands if band]


def _rows_between(
    bands: Sequence[Sequence[PrintLine]], gutters: Sequence[Gutter], rules: Sequence[RowRule]
) -> list[Row]:
    """One row between each two rules, some of which leave out merged columns; none where that is not how it is set."""
    if not any(rule.open_columns for rule in rules):
        return []
    lines = [line for band in bands for line in band]
    parts = _bands(lines, [rule.at for rule in rules])
    if 2 * sum(_is_one_row(part, gutters) for part in parts) <= len(parts):
        return []
    rows = []
    for part in parts:
        rule = next((rule for rule in rules if rule.at >= part[-1].baseline - 0.3 * part[-1].em), None)
        texts = tuple(stacked(texts_of(part, gutters)))
        rows.append(Row(texts, floor=rule.at, open_columns=rule.open_columns) if rule else Row(texts))
    return rows


def _body_rows(bands: Sequence[Sequence[PrintLine]], gutters: Sequence[Gutter], least_bands: int) -> list[Row]:
    if len(bands) == 1 and _is_tight_row(bands[0], gutters):
        return _one_row(bands[0], gutters)
    if len(bands) < least_bands or sum(_is_one_row(band, gutters) for band in bands) * 2 <= len(bands):
        return [row for band in bands for row in _rows_of_band(band, gutters)]
    return [
        row
        for index, band in enumerate(bands)
        for row in (
            _rows_of_band(band, gutters)
            if _are_rows(band, [*bands[:index], *bands[index + 1 :]], gutters)
            else _one_row(band, gutters)
        )
    ]


def _is_tight_row(band: Sequence[PrintLine], gutters: Sequence[Gutter]) -> bool:
    """Does one line between two rules fill most columns, and are those above and below it as near as lines of cells?"""
    is_tight = all(b.baseline - a.baseline <= TIGHT_PITCH_EM * a.em for a, b in pairwise(band))
    return is_tight and _full_lines(band, gutters) == 1


def _are_rows(band: Sequence[PrintLine], others: Sequence[Sequence[PrintLine]], gutters: Sequence[Gutter]) -> bool:
    """Are the lines between two rules rows, no header and no row: of a table that ends there, before another begins?"""
    full = _full_lines(band, gutters)
    return full > MANY_LINES and full > MANY_ROWS * sum(_full_lines(other, gutters) for other in others)


def _are_parted(band: Sequence[PrintLine], rules: Sequence[Rule], edges: Sequence[float]) -> bool:
    """Does a rule part lines that leaves out but merged cells? A header's numbers and names are as high as it is."""
    between = row_rules(rules, edges, band[0].baseline, band[-1].top)
    return any(rule.open_columns and not {0, 1} & rule.open_columns for rule in between)


def _one_row(band: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Row]:
    return [Row(tuple(stacked(texts_of(band, gutters))))]


def _rows_of_band(band: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Row]:
    """Rows between two rules: one where its lines are not further apart than marks and letters of one."""
    if band[-1].baseline - band[0].baseline < ABREAST_EM * band[0].em:
        return _one_row(band, gutters)
    return _rows_by_print(band, gutters)


def _is_one_row(band: Sequence[PrintLine], gutters: Sequence[Gutter]) -> bool:
    """Do the lines between two rules make one row: at most one of them fills most columns?"""
    return _full_lines(band, gutters) <= 1


def _full_lines(band: Sequence[PrintLine], gutters: Sequence[Gutter]) -> int:
    """Lines that fill most columns."""
    filled = [len({columns_of(piece, gutters)[0] for piece in line.pieces}) for line in band]
    return sum(2 * count > len(gutters) + 1 for count in filled)


def _rows_by_print(lines: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Row]:
    """Rows of lines that no rules part."""
    texts = texts_of(lines, gutters)
    em = median([line.em for line in lines])
    merged, plain = merge_by_middles(texts, lambda some: spaced(some, em)), spaced(texts, em)[0]
    # Merged cells leave no more lines alone than rows without them would have.
    if merged and plain and loose_rows(plain) < loose_rows(merged):
        merged = []
    return merged or plain or _rows_by_filling(lines, gutters, em)


def _rows_by_filling(lines: Sequence[PrintLine], gutters: Sequence[Gutter], em: float) -> list[Row]:
    """Rows of evenly spaced lines: a line begins one unless it only goes on with a cell of the line before."""
    steps = [b.baseline - a.baseline for a, b in pairwise(lines)]
    tight = (min(steps) if steps else 0.0) + 2 * SAME_PITCH_EM * em
    is_set_apart = bool(steps) and median(steps) > tight
    parts = [texts_of([line], gutters) for line in lines]
    rows: list[list[Text]] = []
    for index, part in enumerate(parts):
        is_tight = index > 0 and steps[index - 1] <= tight
        if is_tight and rows and _is_rest(part, rows[-1], parts[index - 1], is_sure=is_set_apart):
            rows[-1] = rows[-1] + part
        else:
            rows.append(list(part))
    return [Row(tuple(stacked(row))) for row in rows]


def _is_rest(part: Sequence[Text], row: Sequence[Text], before: Sequence[Text], *, is_sure: bool) -> bool:
    """One text, below one of the row, not in the first column (there it may be a heading of its own).

    `is_sure`: rows stand further apart than this line.
    """
    if len(part) != 1 or len(row) < 2 or part[0].first != part[0].last:
        return False
    above = [text for text in before if (text.first, text.last) == (part[0].first, part[0].last)]
    return bool(above) and (is_sure or part[0].first > 0 or part[0].left > above[0].left + 0.4 * part[0].em)


def _mesh(rows: Sequence[Row], lines: Sequence[PrintLine], gutters: Sequence[Gutter], rules: Sequence[float]) -> Mesh:
    em = median([line.em for line in lines])
    left, right = min(line.left for line in lines) - 0.3 * em, max(line.right for line in lines) + 0.3 * em
    xs = (left, *(gutter.middle for gutter in gutters), right)
    ys = _row_lines(rows, rules)
    across = np.ones((len(ys), len(xs) - 1), dtype=bool)
    down = np.ones((len(ys) - 1, len(xs)), dtype=bool)
    for index, row in enumerate(rows):
        spans = [(text.first, text.last) for text in row.texts]
        if row.is_body and len(set(spans)) == 1 and spans[0][0] < spans[0][1]:
            spans = [(0, len(xs) - 2)]
        for (first, last), text in zip(spans, row.texts, strict=False):
            down[index : index + text.rows, first + 1 : last + 1] = False
            across[index + 1 : index + text.rows, first : last + 1] = False
        if index + 1 < len(rows):
            across[index + 1, sorted(row.open_columns)] = False
    return Mesh(xs, ys, across, down, is_ruled=False)


def _row_lines(rows: Sequence[Row], rules: Sequence[float]) -> tuple[float, ...]:
    """Lines above, between and below rows: rules where there are any, else the middle of the white."""
    first = min((text for row in rows[:3] for text in row.texts), key=lambda text: text.top)
    above = [y for y in rules if y < first.top + 0.2 * first.em]
    ys = [above[-1] if above else first.top - MARK_EM * first.em]
    for upper, lower in pairwise(rows):
        if upper.floor is not None:
            ys.append(upper.floor)
            continue
        between = [y for y in rules if upper.bottom - 3.0 < y < lower.top + 3.0]
        ys.append(between[0] if between else (upper.bottom + lower.top) / 2)
    return (*ys, rows[-1].bottom + 1.0)
