"""What the order of rows tells: holes, rows twice, numbers that do not fit, sections without rows, joins in doubt."""

from collections import Counter
from dataclasses import replace
from itertools import groupby, takewhile

from chitieu.model import Flag, FlagKind, Indicator, RawRow, Role
from chitieu.open_ends import is_in_bracket
from normalizers.cells import row_key
from normalizers.codes import ORDINALS, CodeKind, ordinal_text, ordinal_value, read_code
from normalizers.placed import PlacedRow, RowKind
from normalizers.places import place_rows
from normalizers.rows import cells_of
from normalizers.section_titles import usual_start
from normalizers.sequences import Found, Key, check_section, hole, key_of, last_number
from normalizers.text import clean_line, is_syllable, match_key
from normalizers.year_series import doubt_marks

# Fields that may be cut by a page's end.
TEXTS = ("indicator", "value_text", "agency")
# Of rows, not of sections.
COUNTED = (CodeKind.NUMBER, CodeKind.BULLET)
# Where more of the names begin with a small letter, that is how they are printed.
MOST_SMALL = 0.1


def check(indicators: tuple[Indicator, ...], rows: tuple[RawRow, ...]) -> tuple[Indicator, ...]:
    """The indicators of a document with flags from the order of all its rows, and record ids that are unique.

    `rows` are those of all indicator tables, in printed order. What is found at a row without a record (a group, a
    section) is flagged on the next record; what is found after the last record, on the last.
    """
    per_row: Found = []
    before = 0
    for _, table_rows in groupby(rows, key=lambda row: row.table_index):
        placed = place_rows(tuple(table_rows))
        per_row += _check_table(placed, before)
        before = last_number(placed)
    order = tuple((row.table_index, row.row) for row in rows)
    flagged = _attach(indicators, tuple(per_row), order)
    small = _small_bodies(flagged)
    doubts = ((*_doubt_open_ends(one), *_doubt_small_body(one, small)) for one in flagged)
    return _unique(
        doubt_marks(tuple(replace(o, flags=o.flags + more) for o, more in zip(flagged, doubts, strict=True)))
    )


def _doubt_open_ends(indicator: Indicator) -> tuple[Flag, ...]:
    """Doubt on texts that end within a bracket: the rest may stand alone on the next page."""
    texts = {field: str(getattr(indicator, field)) for field in TEXTS}
    return tuple(Flag(FlagKind.UNCERTAIN_JOIN, field, text) for field, text in texts.items() if is_in_bracket(text))


def _small_bodies(indicators: tuple[Indicator, ...]) -> frozenset[str]:
    """The bodies that begin with a small letter, where few do: what a page's end left of one."""
    bodies = {one.agency for one in indicators if one.agency}
    small = frozenset(body for body in bodies if body[0].islower())
    return small if len(small) <= max(1, MOST_SMALL * len(bodies)) < len(bodies) else frozenset()


def _doubt_small_body(indicator: Indicator, small: frozenset[str]) -> tuple[Flag, ...]:
    body = indicator.agency
    return (Flag(FlagKind.UNCERTAIN_JOIN, "agency", body),) if body in small else ()


def _check_table(rows: tuple[PlacedRow, ...], before: int) -> Found:
    found = _check_sections(rows) + _check_joins(rows) + _check_uncoded(rows) + _check_beginnings(rows)
    found += _check_held_titles(rows) + _check_held_sections(rows)
    for _, section in groupby(rows, key=lambda row: row.section_index):
        body = tuple(row for row in section if row.kind is not RowKind.SECTION)
        found += check_section(body, before)
        before = last_number(body) or before
    return found + _check_unread(rows)


def _check_unread(rows: tuple[PlacedRow, ...]) -> Found:
    """Doubt on all rows of a section whose number could not be read."""
    unread = {row.section_index: row.code.text for row in rows if _is_unread_title(row)}
    below = [row for row in rows if row.section_index in unread and row.kind is not RowKind.SECTION]
    return [(key_of(r), Flag(FlagKind.SEQUENCE_BROKEN, "section", unread[r.section_index])) for r in below]


def _is_unread_title(row: PlacedRow) -> bool:
    return row.kind is RowKind.SECTION and row.code.kind is CodeKind.OTHER


def _check_sections(rows: tuple[PlacedRow, ...]) -> Found:
    """Sections count up from I (A), or go on over the sections around them; a section has rows under it."""
    found: Found = []
    last: dict[tuple[CodeKind, str], int] = {}
    for index, row in enumerate(rows):
        if row.kind is not RowKind.SECTION and not _heads_section(row, rows[:index]):
            continue
        found += _check_ordinal(row, last)
        following = rows[index + 1] if index + 1 < len(rows) else None
        is_title = row.kind is RowKind.SECTION
        if is_title and (following is None or _is_sibling_title(row, following)):
            found.append((key_of(row), Flag(FlagKind.MISSING_ROW_AFTER, "", f"nothing in section {row.section}")))
    return found


def _check_ordinal(row: PlacedRow, last: dict[tuple[CodeKind, str], int]) -> Found:
    """A section's own number is the next within the section around it, or in the whole table."""
    outer, _, own = row.section_code.rpartition(".")
    kind = CodeKind.CAPITAL if row.code.kind is CodeKind.CAPITAL else CodeKind.ROMAN
    value = ordinal_value(own, kind)
    if not value:
        return []
    expected, anywhere = last.get((kind, outer), 0) + 1, last.get((kind, "*"), 0) + 1
    last[kind, outer] = last[kind, "*"] = value
    if value in (expected, anywhere):
        return []
    lost = expected if expected < value else max(value - 1, 1)
    return [hole(row, ordinal_text(lost, kind), "section")]


def _is_sibling_title(row: PlacedRow, following: PlacedRow) -> bool:
    return following.kind is RowKind.SECTION and following.code.kind is row.code.kind


def _heads_section(row: PlacedRow, before: tuple[PlacedRow, ...]) -> bool:
    """Whether a record opens its section: `I` with a value of its own."""
    return row.section_index > (before[-1].section_index if before else 0)


def _check_joins(rows: tuple[PlacedRow, ...]) -> Found:
    """Doubt on the row that may be the rest of another, and on the row that may lack its rest."""
    doubted = [index for index, row in enumerate(rows) if row.raw.is_doubtful]
    both = sorted({near for index in doubted for near in (max(index - 1, 0), index)})
    return [(key_of(rows[index]), Flag(FlagKind.UNCERTAIN_JOIN)) for index in both]


def _check_beginnings(rows: tuple[PlacedRow, ...]) -> Found:
    """A name in small letters among names with a capital may be the rest of the one before it."""
    names = [(index, row.title) for index, row in enumerate(rows) if row.code.kind in COUNTED and row.title]
    small = [index for index, name in names if name[0].islower() and is_syllable(name.split()[0])]
    if not small or len(small) > max(1, MOST_SMALL * len(names)) or len(small) == len(names):
        return []
    both = sorted({near for index in small for near in (max(index - 1, 0), index)})
    return [(key_of(rows[index]), Flag(FlagKind.UNCERTAIN_JOIN, "indicator", rows[index].title)) for index in both]


def _check_held_sections(rows: tuple[PlacedRow, ...]) -> Found:
    """Doubt on all rows behind one whose cell holds a section's number and others: a section begins within it."""
    found: Found = []
    held = ""
    for row in rows:
        if row.kind is RowKind.SECTION and row.code.kind in ORDINALS:
            held = ""
        elif _holds_section(row):
            held = row.code.text
        elif held and row.kind is not RowKind.SECTION:
            found.append((key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "section", held)))
    return found


def _holds_section(row: PlacedRow) -> bool:
    kinds = [read_code(part).kind for part in row.code.text.split()] if row.code.kind is CodeKind.OTHER else []
    return CodeKind.NUMBER in kinds and any(kind in ORDINALS for kind in kinds)


def _check_held_titles(rows: tuple[PlacedRow, ...]) -> Found:
    """A name whose first line begins as titles of groups do, with a capital after it: two rows that nothing parted."""
    lines = [(row, row.title.partition("\n")) for row in rows if row.kind is RowKind.RECORD]
    held = [row for row, (first, _, rest) in lines if rest[:1].isupper() and len(usual_start(first)) > 1]
    return [(key_of(row), Flag(FlagKind.UNCERTAIN_JOIN, "indicator", clean_line(row.title))) for row in held]


def _check_uncoded(rows: tuple[PlacedRow, ...]) -> Found:
    """Records without a number in a table that numbers its rows."""
    numbered = sum(row.code.kind is CodeKind.NUMBER for row in rows)
    bare = [row for row in rows if row.kind is RowKind.RECORD and (row.code.kind is CodeKind.NONE or _is_lost(row))]
    if 2 * numbered <= len(bare) or not any(cells_of(row.raw, Role.CODE) for row in rows):
        return []
    lost = [row for row in bare if not _is_of_which(row)]
    uncounted = [row for row in lost if row.code.kind is CodeKind.NONE]
    counted = [after for row in uncounted for after in takewhile(_is_bullet, rows[rows.index(row) + 1 :])]
    flags = [(key_of(row), Flag(FlagKind.EMPTY_FIELD, "code")) for row in lost]
    # Bullets are counted: what number they get hangs on the mark of the row before them.
    return flags + [(key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code")) for row in counted if row not in lost]


def _is_bullet(row: PlacedRow) -> bool:
    return row.code.kind is CodeKind.BULLET


def _is_lost(row: PlacedRow) -> bool:
    """Whether nothing was read where the row's number or mark stands."""
    return any(repair.field == "code" and not repair.read for repair in row.repairs)


def _is_of_which(row: PlacedRow) -> bool:
    """`Trong đó: …` has no number of its own."""
    return match_key(row.title).startswith(match_key("Trong đó"))


def _attach(
    indicators: tuple[Indicator, ...], found: tuple[tuple[Key, Flag], ...], order: tuple[Key, ...]
) -> tuple[Indicator, ...]:
    """The flags on all records of their rows; of rows without records on the record next to them."""
    by_row: dict[Key, list[int]] = {}
    for index, indicator in enumerate(indicators):
        by_row.setdefault(row_key(indicator), []).append(index)
    flags: list[list[Flag]] = [list(indicator.flags) for indicator in indicators]
    for key, flag in found:
        for index in _targets(key, by_row, order):
            if flag not in flags[index]:
                flags[index].append(flag)
    return tuple(replace(i, flags=tuple(f)) for i, f in zip(indicators, flags, strict=True))


def _targets(key: Key, by_row: dict[Key, list[int]], order: tuple[Key, ...]) -> list[int]:
    if key in by_row:
        return by_row[key]
    at = order.index(key)
    following = next((other for other in order[at:] if other in by_row), None)
    preceding = next((other for other in reversed(order[:at]) if other in by_row), None)
    if following is not None:
        return by_row[following][:1]
    return by_row[preceding][-1:] if preceding is not None else []


def _unique(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The indicators with `~2`, `~3` on record ids that stood before."""
    counts: Counter[str] = Counter()
    named = []
    for indicator in indicators:
        base = indicator.record_id.partition("~")[0]
        counts[base] += 1
        named.append(replace(indicator, record_id=base if counts[base] == 1 else f"{base}~{counts[base]}"))
    return tuple(named)
