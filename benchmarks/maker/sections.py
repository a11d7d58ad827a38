"""Sections, groups and records of a table: what is true, and what is printed for it."""

import random
import re
from dataclasses import replace
from itertools import pairwise

from benchmarks.maker.model import Field, Group, Layout, Record, Section, Value
from benchmarks.maker.stock import Topic, agencies, lines, pick_weighted, topics
from benchmarks.maker.values import make_series, make_value

_YEAR_TITLES = (
    "Mục tiêu đến năm {}",
    "Đến năm {}",
    "Chỉ tiêu đến năm {}",
    "Mục tiêu phấn đấu đến năm {}",
    "Tầm nhìn đến năm {}",
)
_ROMAN = ("I", "II", "III", "IV", "V")
_PLACES = ("", "", "", "", "", " trên địa bàn tỉnh", " của tỉnh", " (bình quân cả giai đoạn)")
_LETTERS = "abcdđeghik"
_PARTNERS = (
    "Các sở, ban, ngành liên quan",
    "Ủy ban nhân dân các xã, phường",
    "Thống kê tỉnh",
    "Các cơ quan, đơn vị liên quan",
)

# What stands between two bodies of a cell.
# Not `, `: the contract parts bodies at `;` and line breaks alone, names hold commas.
_LISTS = {"; ": 10, ";\n": 3, "\n": 2, "-": 2}


def make_sections(chance: random.Random, layout: Layout, caption_unit: str, row_count: int) -> tuple[Section, ...]:
    """The parts of a table with about so many rows."""
    heads = _section_heads(chance, layout)
    pool = _topics(chance, caption_unit, row_count)
    sections: list[Section] = []
    before = 0
    for index, head in enumerate(heads):
        share = pool[index * row_count // len(heads) : (index + 1) * row_count // len(heads)]
        records = tuple(_record(chance, layout, topic, head.target_year, caption_unit) for topic in share)
        numbered = _number(
            chance, layout, _assign(chance, records, layout), before if layout.codes == "continued" else 0
        )
        before += len(records)
        sections.append(replace(head, rows=_share_cells(chance, layout, numbered)))
    return tuple(sections)


def _section_heads(chance: random.Random, layout: Layout) -> list[Section]:
    if layout.sections == "none":
        return [Section("", "", "", None, ())]
    if layout.sections == "years":
        years = chance.choice(((2030, 2045), (2026, 2030), (2030, 2035), (2030,)))
        form = chance.choice(_YEAR_TITLES)
        titles = [(form.format(year), year) for year in years]
    else:
        titles = [(title, 0) for title in chance.sample(lines("sections.txt"), chance.choice((2, 3, 3, 4)))]
    marks = "ABCDE" if layout.sections == "capitals" else _ROMAN
    dot = chance.choice(("", "."))
    return [
        Section(mark, f"{mark}{dot}", title, year or None, ())
        for mark, (title, year) in zip(marks, titles, strict=False)
    ]


def _topics(chance: random.Random, caption_unit: str, count: int) -> list[Topic]:
    fitting = [topic for topic in topics() if not caption_unit or topic.measure.key == caption_unit]
    drawn = chance.sample(fitting, min(count, len(fitting)))
    # a table in one unit names the same measures for several parts
    return drawn + [chance.choice(fitting) for _ in range(count - len(drawn))]


def _record(chance: random.Random, layout: Layout, topic: Topic, year: int | None, caption_unit: str) -> Record:
    periods = [column.period or str(year) for column in layout.value_columns]
    single = len(periods) == 1
    texts = (make_value(chance, topic),) if single else make_series(chance, topic, len(periods))
    unit = caption_unit or _unit(topic, layout)
    values = tuple(
        Value(period, text, _with_unit(text, unit) if layout.units == "inline" else text)
        for period, text in zip(periods, texts, strict=True)
    )
    if layout.units == "inline" and not any(value.shown != value.text for value in values):
        unit = ""
    note = chance.choice(lines("notes.txt")) if Field.NOTE in layout.fields and chance.random() < 0.3 else ""
    return Record("", "", _name(chance, topic), unit, values, (), note=note, unit_shown=unit)


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


def _name(chance: random.Random, topic: Topic) -> str:
    addition = chance.choice(_PLACES)
    return topic.name if "tỉnh" in topic.name or "(" in topic.name else topic.name.rstrip(".") + addition


def _assign(chance: random.Random, records: tuple[Record, ...], layout: Layout) -> tuple[Record, ...]:
    """The records with their bodies; one body often answers for several rows in a row."""
    if Field.AGENCY not in layout.fields:
        return records
    assigned: list[Record] = []
    current = _bodies(chance)
    form = pick_weighted(chance, _LISTS)
    for record in records:
        if chance.random() < 0.55:
            current = _bodies(chance)
        partners = (
            tuple(chance.sample(_PARTNERS, chance.choice((0, 1, 1, 2)))) if Field.COAGENCY in layout.fields else ()
        )
        assigned.append(
            replace(record, agencies=current, coagencies=partners, agency_shown=_list_bodies(current, form))
        )
    return tuple(assigned)


def _list_bodies(bodies: tuple[str, ...], form: str) -> str:
    """The bodies of a cell as printed: on one line, or one below the other with or without dashes."""
    return "\n".join(f"- {body}" for body in bodies) if form == "-" and len(bodies) > 1 else form.join(bodies)


def _bodies(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.sample(agencies(), chance.choice((1, 1, 1, 1, 1, 2))))


def _number(
    chance: random.Random, layout: Layout, records: tuple[Record, ...], before: int
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
    return _in_groups(chance, layout, records)


def _in_groups(chance: random.Random, layout: Layout, records: tuple[Record, ...]) -> tuple[Record | Group, ...]:
    rows: list[Record | Group] = []
    titles = list(lines("groups.txt"))
    chance.shuffle(titles)
    left = list(records)
    number = 0
    while left:
        number += 1
        size = chance.randint(2, 4)
        if titles and len(left) >= size and chance.random() < 0.4:
            rows.append(Group(str(number), str(number), titles.pop()))
            rows += [_child(layout, number, place, left.pop(0)) for place in range(1, size + 1)]
        else:
            rows.append(replace(left.pop(0), code=str(number), printed_code=str(number)))
    return tuple(rows)


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
    agency_mark = {"merged": None, "ditto": chance.choice(('"', "nt"))}.get(layout.agencies, "")
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
