"""Sections, groups and records of a table: what is true, and what is printed for it."""

import random
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.maker.model import Field, Group, Layout, Record, Section, Value
from benchmarks.maker.stock import Stock, Topic, agencies, lines, measures, pick_weighted, topics, words
from benchmarks.maker.values import make_series, make_value

_ROMAN = ("I", "II", "III", "IV", "V")
_LETTERS = "abcdđeghik"
# How many numbers head a group, how many of these hold `+` under their bullets.
_GROUP_SHARE, _PLUS_SHARE = 0.4, 0.5

# What stands between two bodies of a cell.
# Not `, `: the contract parts bodies at `;` and line breaks alone, names hold commas.
_LISTS = {"; ": 10, ";\n": 3, "\n": 2, "-": 2}


@dataclass(frozen=True, slots=True)
class _Part:
    """A section before it has rows; `unit` where all its rows share one that no column names."""

    head: Section
    unit: str
    topics: list[Topic]


def make_sections(
    chance: random.Random, stock: Stock, layout: Layout, table_unit: str, row_count: int
) -> tuple[Section, ...]:
    """The parts of a table with about so many rows."""
    sections: list[Section] = []
    before = 0
    for part in _parts(chance, stock, layout, table_unit, row_count):
        records = tuple(
            _record(chance, stock, layout, topic, part.head.target_year, part.unit) for topic in part.topics
        )
        numbered = _number(
            chance, stock, layout, _assign(chance, stock, records, layout), before if layout.codes == "continued" else 0
        )
        before += len(records)
        sections.append(replace(part.head, rows=_share_cells(chance, layout, numbered)))
    return tuple(sections)


def _parts(chance: random.Random, stock: Stock, layout: Layout, table_unit: str, row_count: int) -> list[_Part]:
    heads = _section_heads(chance, stock, layout)
    if layout.units == "section":
        return [_part_in_one_unit(chance, stock, head, row_count // len(heads)) for head in heads]
    pool = _topics(chance, stock, table_unit, row_count)
    shares = [
        pool[index * row_count // len(heads) : (index + 1) * row_count // len(heads)] for index in range(len(heads))
    ]
    return [_Part(head, table_unit, share) for head, share in zip(heads, shares, strict=True)]


def _part_in_one_unit(chance: random.Random, stock: Stock, head: Section, count: int) -> _Part:
    key = chance.choice(("tỷ đồng", "%", "%"))
    unit = measures()[key].printed[0].lower() + measures()[key].printed[1:]
    shown = chance.choice(words(stock, "section_unit")).format(title=head.title, unit=unit)
    return _Part(replace(head, shown=shown), unit, _topics(chance, stock, key, count))


def _section_heads(chance: random.Random, stock: Stock, layout: Layout) -> list[Section]:
    if layout.sections == "none":
        return [Section("", "", "", None, ())]
    if layout.sections == "two_level":
        return _two_levels(chance, stock)
    if layout.sections == "years":
        years = chance.choice(((2030, 2045), (2026, 2030), (2030, 2035), (2030,)))
        form = chance.choice(words(stock, "year_title"))
        titles = [(form.format(year), year) for year in years]
    else:
        titles = [(title, 0) for title in chance.sample(lines(stock, "sections.txt"), chance.choice((2, 3, 3, 4)))]
    marks = "ABCDE" if layout.sections == "capitals" else _ROMAN
    dot = chance.choice(("", "."))
    return [
        Section(mark, f"{mark}{dot}", title, year or None, ())
        for mark, (title, year) in zip(marks, titles, strict=False)
    ]


def _two_levels(chance: random.Random, stock: Stock) -> list[Section]:
    """Parts A and B, each of two or three sections that count from I; they go by the numbers of both, `A.I`."""
    outer = chance.sample(lines(stock, "parts.txt"), 2)
    counts = [chance.choice((2, 2, 3)) for _ in outer]
    titles = iter(chance.sample(lines(stock, "sections.txt"), sum(counts)))
    dot = chance.choice(("", "."))
    return [
        Section(f"{mark}.{_ROMAN[place]}", f"{_ROMAN[place]}{dot}", next(titles), None, (), above=above)
        for mark, title, count in zip("AB", outer, counts, strict=True)
        for place, above in enumerate([(mark, title)] + [("", "")] * (count - 1))
    ]


def _topics(chance: random.Random, stock: Stock, unit: str, count: int) -> list[Topic]:
    fitting = [topic for topic in topics(stock) if not unit or topic.measure.key == unit]
    drawn = chance.sample(fitting, min(count, len(fitting)))
    # a table in one unit names the same measures for several parts
    return drawn + [chance.choice(fitting) for _ in range(count - len(drawn))]


def _record(
    chance: random.Random, stock: Stock, layout: Layout, topic: Topic, year: int | None, shared_unit: str
) -> Record:
    periods = [column.period or str(year) for column in layout.value_columns]
    single = len(periods) == 1
    texts = (make_value(chance, stock, topic),) if single else make_series(chance, stock, topic, len(periods))
    unit = shared_unit or _unit(topic, layout)
    values = tuple(
        Value(period, text, _with_unit(text, unit) if layout.units == "inline" else text)
        for period, text in zip(periods, texts, strict=True)
    )
    if layout.units == "inline" and not any(value.shown != value.text for value in values):
        unit = ""
    note = chance.choice(lines(stock, "notes.txt")) if Field.NOTE in layout.fields and chance.random() < 0.3 else ""
    extra = chance.choice(words(stock, "extra")) if Field.EXTRA in layout.fields else ""
    return Record("", "", _name(chance, stock, topic), unit, values, (), note=note, extra=extra, unit_shown=unit)


def _unit(topic: Topic, layout: Layout) -> str:
    has_none = layout.units == "inline" and topic.measure.kind in ("text", "rank", "index")
    return "" if has_none else topic.measure.printed


def _with_unit(text: str, unit: str) -> str:
    """The value with its unit behind the last figure; texts without figures as they are.

    >>> _with_unit("Từ 80 trở lên", "%"), _with_unit("≥ 1.250", "Tỷ đồng")
    ('Từ 80% trở lên', '≥ 1.250 tỷ đồng')
    """
    if not unit or not re.search(r"\d", text):
        return text
    within = unit if unit.startswith(("%", "‰")) or unit[:2].isupper() else f" {unit[0].lower()}{unit[1:]}"
    within = f" {within}" if unit[:2].isupper() else within
    return re.sub(r"(\d)(?=\D*$)", lambda last: last[1] + within, text)


def _name(chance: random.Random, stock: Stock, topic: Topic) -> str:
    addition = chance.choice(words(stock, "place"))
    return topic.name if "tỉnh" in topic.name or "(" in topic.name else topic.name.rstrip(".") + addition


def _assign(chance: random.Random, stock: Stock, records: tuple[Record, ...], layout: Layout) -> tuple[Record, ...]:
    """The records with their bodies; one body often answers for several rows in a row."""
    if Field.AGENCY not in layout.fields:
        return records
    assigned: list[Record] = []
    current = _bodies(chance, stock)
    form = pick_weighted(chance, _LISTS)
    for record in records:
        if chance.random() < 0.55 and layout.agencies != "whole":
            current = _bodies(chance, stock)
        partners = (
            tuple(chance.sample(lines(stock, "partners.txt"), chance.choice((0, 1, 1, 2))))
            if Field.COAGENCY in layout.fields
            else ()
        )
        assigned.append(
            replace(record, agencies=current, coagencies=partners, agency_shown=_list_bodies(current, form))
        )
    return tuple(assigned)


def _list_bodies(bodies: tuple[str, ...], form: str) -> str:
    """The bodies of a cell as printed: on one line, or one below the other with or without dashes."""
    return "\n".join(f"- {body}" for body in bodies) if form == "-" and len(bodies) > 1 else form.join(bodies)


def _bodies(chance: random.Random, stock: Stock) -> tuple[str, ...]:
    return tuple(chance.sample(agencies(stock), chance.choice((1, 1, 1, 1, 1, 2))))


def _number(
    chance: random.Random, stock: Stock, layout: Layout, records: tuple[Record, ...], before: int
) -> tuple[Record | Group, ...]:
    """The rows with their numbers, some of them gathered in groups where the layout has groups."""
    if layout.codes == "absent":
        return records
    if layout.codes in ("numbers", "continued", "dotted"):
        dot = "." if layout.codes == "dotted" else ""
        codes = (str(before + place) for place in range(1, len(records) + 1))
        return tuple(
            replace(record, code=code, printed_code=code + dot) for code, record in zip(codes, records, strict=True)
        )
    if layout.codes == "plain_groups":
        return _under_plain_titles(chance, stock, records)
    return _in_groups(chance, stock, layout, records)


def _under_plain_titles(chance: random.Random, stock: Stock, records: tuple[Record, ...]) -> tuple[Record | Group, ...]:
    """The rows counted through, titles without a number before some of them."""
    titles = chance.sample(lines(stock, "groups.txt"), len(lines(stock, "groups.txt")))
    rows: list[Record | Group] = []
    for place, record in enumerate(records, start=1):
        if titles and (place == 1 or chance.random() < 0.2):
            rows.append(Group("", "", titles.pop()))
        rows.append(replace(record, code=str(place), printed_code=str(place)))
    return tuple(rows)


def _in_groups(
    chance: random.Random, stock: Stock, layout: Layout, records: tuple[Record, ...]
) -> tuple[Record | Group, ...]:
    rows: list[Record | Group] = []
    titles = list(lines(stock, "groups.txt"))
    chance.shuffle(titles)
    left = list(records)
    number = 0
    while left:
        number += 1
        size = chance.randint(2, 4)
        if titles and len(left) >= size and chance.random() < _GROUP_SHARE:
            rows.append(Group(str(number), str(number), titles.pop()))
            children = [left.pop(0) for _ in range(size)]
            rows += _children(chance, layout, number, children)
        else:
            rows.append(replace(left.pop(0), code=str(number), printed_code=str(number)))
    return tuple(rows)


def _children(chance: random.Random, layout: Layout, number: int, records: list[Record]) -> list[Record | Group]:
    if layout.codes == "plus" and len(records) > 2 and chance.random() < _PLUS_SHARE:
        return _pluses(number, records)
    return [_child(layout, number, place, record) for place, record in enumerate(records, start=1)]


def _pluses(number: int, records: list[Record]) -> list[Record | Group]:
    """A bullet with a target, those below it with `+`: counted under the bullet, `2-1-1`."""
    first, *others = records
    below = [
        replace(record, code=f"{number}-1-{place}", printed_code="+") for place, record in enumerate(others, start=1)
    ]
    return [replace(first, code=f"{number}-1", printed_code="-"), *below]


def _child(layout: Layout, number: int, place: int, record: Record) -> Record:
    """Bullets have no number of their own: the dataset counts them, `2-1`, `2-2`."""
    if layout.codes == "nested":
        return replace(record, code=f"{number}.{place}", printed_code=f"{number}.{place}")
    if layout.codes == "letters":
        return replace(record, code=_LETTERS[place - 1], printed_code=f"{_LETTERS[place - 1]})")
    return replace(record, code=f"{number}-{place}", printed_code="-")


def _share_cells(chance: random.Random, layout: Layout, rows: tuple[Record | Group, ...]) -> tuple[Record | Group, ...]:
    """The rows with what is printed once for several: None for a cell reached from above, a mark for a ditto."""
    unit_mark = {"merged": None, "ditto": '"'}.get(layout.units, "")
    agency_mark = {"merged": None, "whole": None, "ditto": chance.choice(('"', "nt"))}.get(layout.agencies, "")
    shared = list(rows)
    for index, (above, row) in enumerate(pairwise(rows), start=1):
        if not (isinstance(above, Record) and isinstance(row, Record)):
            continue
        if unit_mark != "" and above.unit == row.unit != "":
            row = replace(row, unit_shown=unit_mark)
        if agency_mark != "" and above.agencies == row.agencies != ():
            row = replace(row, agency_shown=agency_mark)
        shared[index] = row
    return tuple(shared)
