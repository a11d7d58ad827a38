"""Rows of print that no rules part, by the spacing of its lines: rows are set wider than lines within a cell."""

from collections.abc import Sequence, Set
from itertools import pairwise
from statistics import median

from extractors.unruled_cells import Row, Text, stacked
from extractors.unruled_middles import loose_rows

# Pitches that differ by less are one line spacing.
SAME_PITCH_EM = 0.09
# Rows are set wider than lines by this at most where that is hard to see, and by more than this than uneven lines.
WIDER_PITCH_EM, CLEAR_STEP_EM = 0.35, 0.06
# Lines further apart are never one cell.
MIN_PITCH_EM, MAX_PITCH_EM = 0.75, 1.8
# In a table whose rows are set wider than its lines, some column has seldom two lines of one cell.
MAX_TIGHT_SHARE = 0.35
# Columns with two cells each, the first among them: two rows.
MANY_DOUBLED = 3
# A column with one step may be of entries here and there.
MIN_LOOSE_COLUMNS = 2
# No number and no name is merged over rows.
FIRST_MERGED = 2
# Rows of which several cells of one column would be one are no rows.
MAX_TORN_SHARE = 0.15


def spaced(texts: Sequence[Text], em: float) -> tuple[list[Row], float]:
    """Rows by the spacing of lines, and that of lines within their cells; no rows where the print does not tell."""
    tried = [(_rows_by_spacing(texts, pitch), pitch) for pitch in _line_pitches(texts, em)]
    found = [(rows, pitch) for rows, pitch in tried if rows]
    return min(found, key=lambda item: _oddness(item[0]), default=([], 0.0))


def _oddness(rows: Sequence[Row]) -> int:
    """Rows in which a column has two cells, and rows of one text alone, not in the first column.

    Two cells in the first column and in others beside it are two rows: worse than any number of titles.
    """
    torn = sum(len({text.first for text in row.texts}) < len(row.texts) for row in rows)
    return torn + loose_rows(rows) + len(rows) * sum(map(_is_two_rows, rows))


def _is_two_rows(row: Row) -> bool:
    doubled = {col for col, column in _columns(row.texts).items() if len(column) > 1}
    return 0 in doubled and len(doubled) >= MANY_DOUBLED


def _columns(texts: Sequence[Text]) -> dict[int, list[Text]]:
    columns: dict[int, list[Text]] = {}
    for text in texts:
        if text.first == text.last:
            columns.setdefault(text.first, []).append(text)
    return columns


def _line_pitches(texts: Sequence[Text], em: float) -> list[float]:
    """The widest spacings of lines within cells, likeliest first, where rows are set wider; none where that is not."""
    steps = {col: [b.start - a.start for a, b in pairwise(column)] for col, column in _columns(texts).items()}
    # Marks that stand off their letters seem to be lines of their own.
    every = sorted(step for column in steps.values() for step in column if step >= MIN_PITCH_EM * em)
    if len(every) < 2:
        return []
    # Few lines of one cell among many rows of one line are the nearest but one, those of a single cell the nearest.
    alone = every[:1] if every[1] - every[0] > WIDER_PITCH_EM * em else []
    usual = dict.fromkeys((every[min(len(every) - 1, len(every) // 20)], every[1], *alone))
    pitches = [pitch for least in usual if least <= MAX_PITCH_EM * em for pitch in _widest_alike(every, least, em)]
    return [pitch for pitch in dict.fromkeys(pitches) if _are_rows_wider(list(steps.values()), pitch)]


def _are_rows_wider(columns: Sequence[Sequence[float]], pitch: float) -> bool:
    """Are rows set wider than lines: has a column of several rows few such steps, or have two columns none?"""
    shares = [sum(step <= pitch for step in column) / len(column) for column in columns if len(column) >= 2]
    loose = [column for column in columns if column and min(column) > pitch]
    return min(shares, default=1.0) <= MAX_TIGHT_SHARE or len(loose) >= MIN_LOOSE_COLUMNS


def _widest_alike(steps: Sequence[float], pitch: float, em: float) -> list[float]:
    """Where the steps that are alike end: in gaps above the usual ones, the widest first; baselines are uneven."""
    near = [step for step in steps if pitch <= step <= pitch + WIDER_PITCH_EM * em]
    gaps = sorted(((b - a, (a + b) / 2) for a, b in pairwise([*near, pitch + WIDER_PITCH_EM * em])), reverse=True)
    least = pitch + SAME_PITCH_EM * em
    clear = [max(least, middle) for gap, middle in gaps if gap >= CLEAR_STEP_EM * em]
    return list(dict.fromkeys(clear)) or [least]


def _rows_by_spacing(texts: Sequence[Text], pitch: float) -> list[Row]:
    """Rows of texts that stand beside each other; none where many cells would be torn or run together."""
    groups: list[list[Text]] = []
    for text in sorted(stacked(texts, pitch), key=lambda t: t.top):
        if groups and text.top < max(t.end for t in groups[-1]) - 0.1 * text.em:
            groups[-1].append(text)
        else:
            groups.append([text])
    rows = [part for group in groups for part in _parted(group, texts, pitch)]
    torn = sum(len({text.first for text in row.texts}) < len(row.texts) for row in rows[_has_levels(rows[0].texts) :])
    return rows if torn <= MAX_TORN_SHARE * len(rows) else []


def _has_levels(row: Sequence[Text]) -> bool:
    """Is a row a header of several levels: has it a text over several columns, and texts below that in each of them?"""
    over = [text for text in row if 0 < text.first < text.last]
    below = {text.first for text in row for other in over if text.start > other.end}
    return bool(over) and all(set(range(text.first, text.last + 1)) <= below for text in over)


def _parted(row: Sequence[Text], texts: Sequence[Text], pitch: float) -> list[Row]:
    """Two rows that a cell runs together where several other columns have two cells each, at its widest step.

    Lines as near as all those of one text are a cell merged over both rows.
    """
    columns = [sorted(column, key=lambda t: t.start) for column in _columns(row).values()]
    torn = [column for column in columns if len(column) > 1]
    if len(torn) < 2:
        return [Row(tuple(row))]
    upper, lower = max(column[0].end for column in torn), min(column[1].start for column in torn)
    inside = [t for t in texts if any(c.first <= t.first <= c.last and c.start <= t.start <= c.end for c in row)]
    steps = [
        (b.start - a.start, (a.end + b.top) / 2, col)
        for col, column in _columns(inside).items()
        for a, b in pairwise(column)
        if upper - 0.5 * a.em < (a.end + b.top) / 2 < lower and b.start - a.end <= pitch
    ]
    if not steps or upper >= lower:
        return [Row(tuple(row))]
    merged = _merged({(col, step) for step, _, col in steps}, texts, pitch) - {column[0].first for column in torn}
    cut = max(steps)[1]
    own = [t for t in inside if not (t.first == t.last and t.first in merged)]
    first, *rest = [
        stacked(part, pitch) for part in ([t for t in own if t.start < cut], [t for t in own if t.start >= cut]) if part
    ]
    lower_rows = [more for part in rest for more in _parted(part, texts, pitch)]
    return [Row(tuple(first), open_columns=merged), *lower_rows]


def _merged(steps: Set[tuple[int, float]], texts: Sequence[Text], pitch: float) -> frozenset[int]:
    """Columns of which all steps between two rows, each with its column, are no wider than lines usually are."""
    columns = _columns(texts).values()
    within = [b.start - a.start for column in columns for a, b in pairwise(column) if b.start - a.end <= pitch]
    least = median(within) + SAME_PITCH_EM * texts[0].em
    wider = {col for col, step in steps if step > least}
    return frozenset(col for col, _ in steps if col >= FIRST_MERGED and col not in wider)
