"""Seeded documents: the same seed gives the same decision, letter by letter."""

import random
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.maker.cuts import cut_row, stretch_note
from benchmarks.maker.fonts import fonts_of
from benchmarks.maker.layouts import ALL_TEMPLATES, FURTHER_KINDS, TEMPLATES, make_layout
from benchmarks.maker.looks import make_look
from benchmarks.maker.model import (
    Appendix,
    Decision,
    Field,
    Layout,
    Look,
    MarginTexts,
    Prose,
    Rules,
    Section,
    Table,
    TaskTable,
    ValueColumn,
)
from benchmarks.maker.sections import make_sections
from benchmarks.maker.stock import Stock, lines, pick_weighted, provinces, tasks, words

_TYPES = {"Quyết định": "QĐ-UBND", "Kế hoạch": "KH-UBND", "Nghị quyết": "NQ-HĐND"}
_FIRST_DAY = date(2025, 7, 1)
_ROMAN = ("I", "II", "III", "IV")
# About so many records has a document of the frozen set by its columns of targets: 60 of them hold 5,000.
_RECORDS = {1: 64, 2: 88, 3: 105}
_MOST_RECORDS = 125


def make_decision(
    seed: int, index: int, rules: tuple[Rules, ...], kind: str = "", stock: Stock = Stock.DEVELOPMENT
) -> Decision:
    """The document with this number of the set with this seed; of the kind named, else each kind in turn."""
    prefix = "" if stock is Stock.DEVELOPMENT else f"{stock} "
    chance = random.Random(f"{prefix}decision {seed} {index}")  # noqa: S311 - no secret, the same again is wanted
    kind = kind or list(TEMPLATES)[index % len(TEMPLATES)]
    layout = make_layout(chance, stock, kind)
    look = make_look(chance, fonts_of(stock, seed), layout, rules)
    unit = chance.choice(("tỷ đồng", "%", "%")) if layout.units in ("caption", "header") else ""
    sections = make_sections(chance, stock, layout, unit, _row_count(chance, stock, layout, kind))
    letter = "m" if stock is Stock.DEVELOPMENT else "e"
    decision = _dress(chance, stock, f"{letter}{seed:02d}-{index:02d}-{kind}", layout, unit, sections, look)
    # drawn apart: what was added to the maker later leaves the older sets as they are
    return _compose(random.Random(f"{prefix}compose {seed} {index}"), decision, kind)  # noqa: S311


def _row_count(chance: random.Random, stock: Stock, layout: Layout, kind: str) -> int:
    if stock is Stock.DEVELOPMENT:
        return chance.randint(18, 26) if layout.is_landscape else chance.randint(24, 44)
    records = _RECORDS.get(len(layout.value_columns), _MOST_RECORDS)
    share = 0.6 if ALL_TEMPLATES[kind].composition in ("appendices", "two_tables") else 1.0
    return max(14, round(chance.uniform(0.8, 1.2) * share * records / len(layout.value_columns)))


def _dress(
    chance: random.Random, stock: Stock, identity: str, layout: Layout, unit: str, sections: tuple[Section, ...],
    look: Look,
) -> Decision:  # fmt: skip
    """The table with a province, an issuer, a number and a date."""
    province = chance.choice(provinces())
    type_name = pick_weighted(chance, {"Quyết định": 8, "Kế hoạch": 1, "Nghị quyết": 1})
    body = "Hội đồng nhân dân" if type_name == "Nghị quyết" else "Ủy ban nhân dân"
    day = _FIRST_DAY + timedelta(days=chance.randrange(480))
    number = f"{chance.randint(12, 3900)}/{_TYPES[type_name]}"
    if type_name == "Nghị quyết" and chance.random() < 0.5:
        number = f"{chance.randint(12, 160)}/NQ-HĐND"
    label, title = chance.choice(words(stock, "label")), chance.choice(words(stock, "title"))
    decision = Decision(
        identity=identity,
        stock=stock,
        province=province.short,
        place=province.full,
        issuer=f"{body} {province.full}",
        number=number,
        day=day,
        type_name=type_name,
        look=look,
        appendices=(Appendix(label, title, "", layout.is_landscape, (_table(chance, stock, layout, unit, sections),)),),
        has_body=chance.random() < 0.45,
        signer=chance.choice(lines(stock, "names.txt")),
    )
    caption = _caption(chance, decision)
    return replace(decision, appendices=(replace(decision.appendices[0], caption=caption),))


def _table(chance: random.Random, stock: Stock, layout: Layout, unit: str, sections: tuple[Section, ...]) -> Table:
    is_above = bool(unit) and layout.units == "caption"
    unit_line = f"{chance.choice(words(stock, 'unit_word'))}: {unit}" if is_above else ""
    # EXTRA came later and is drawn only where it is printed, so that the others stay as they were
    fields = [field for field in Field if field is not Field.EXTRA or field in layout.fields]
    headers = {field: chance.choice(words(stock, f"header_{field}")) for field in fields}
    if unit and layout.units == "header":
        layout = _name_unit(chance, stock, layout, unit)
    return Table(headers, layout, unit_line, sections)


def _name_unit(chance: random.Random, stock: Stock, layout: Layout, unit: str) -> Layout:
    """The layout with the unit in the header of each column of targets."""
    form = chance.choice(words(stock, "header_with_unit"))
    columns = tuple(
        ValueColumn((*column.path[:-1], form.format(text=column.path[-1], unit=unit)), column.period)
        for column in layout.value_columns
    )
    return replace(layout, value_columns=columns)


def _caption(chance: random.Random, decision: Decision) -> str:
    brief = decision.issuer.replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND")
    forms = words(decision.stock, "caption")
    fitting = [form for form in forms if decision.type_name == "Quyết định" or "ban hành tại" not in form]
    return chance.choice(fitting).format(
        type=decision.type_name,
        number=decision.number,
        long=long_date(decision.day),
        short=short_date(decision.day),
        issuer=decision.issuer,
        brief=brief,
    )


def _compose(chance: random.Random, decision: Decision, kind: str) -> Decision:
    """The document with what else it holds: further tables, prose, texts in the margin, rows cut on purpose."""
    composed = _appendices_of(chance, decision, ALL_TEMPLATES[kind].composition)
    whole = replace(decision, appendices=composed, margin_texts=_margin_texts(chance, decision, kind))
    if kind == "prose":
        return replace(whole, has_body=True)
    if kind == "renumbered":
        return cut_row(chance, whole)
    return stretch_note(chance, whole) if kind == "three-pages" else whole


def _appendices_of(chance: random.Random, decision: Decision, composition: str) -> tuple[Appendix, ...]:
    first = decision.appendices[0]
    match composition:
        case "single":
            return (first,)
        case "tasks_after" | "tasks_before":
            return (_with_tasks(chance, decision, first, is_first=composition == "tasks_before"),)
        case "two_tables":
            return (_with_second_table(chance, decision, first),)
        case "appendices":
            return _appendices(chance, decision, first)
        case "prose":
            return (_in_prose(decision, first),)
        case _:
            raise ValueError(f"no such composition: {composition}")


def _margin_texts(chance: random.Random, decision: Decision, kind: str) -> MarginTexts:
    if decision.stock is Stock.DEVELOPMENT and kind in TEMPLATES:
        return MarginTexts()
    foot = chance.choice(words(decision.stock, "running_foot")) if chance.random() < 0.3 else ""
    return MarginTexts(foot, chance.choice(words(decision.stock, "side_note")) if chance.random() < 0.2 else "")


def _with_tasks(chance: random.Random, decision: Decision, appendix: Appendix, *, is_first: bool) -> Appendix:
    known = tasks(decision.stock)
    table = TaskTable(words(decision.stock, "task_header"), tuple(chance.sample(known, min(len(known), 6))))
    between = Prose(words(decision.stock, "between_tables" if is_first else "between"))
    blocks = (table, between, *appendix.blocks) if is_first else (*appendix.blocks, between, table)
    return replace(appendix, blocks=blocks)


def _with_second_table(chance: random.Random, decision: Decision, appendix: Appendix) -> Appendix:
    second = _further_table(chance, decision, chance.choice(("letters", "no-number", "seed5-year", "inline-unit")), 1)
    return replace(appendix, blocks=(*appendix.blocks, Prose(words(decision.stock, "between_tables")), second))


def _appendices(chance: random.Random, decision: Decision, first: Appendix) -> tuple[Appendix, ...]:
    """Two or three, numbered, each with its own columns and on paper the way they need it."""
    kinds = chance.sample(FURTHER_KINDS, chance.choice((1, 1, 2)))
    style = chance.choice(("Phụ lục {}", "PHỤ LỤC {}", "Phụ lục số {}"))
    numbers = _ROMAN if "số" not in style else ("01", "02", "03", "04")
    titles = chance.sample(words(decision.stock, "title"), len(kinds))
    further = [
        Appendix(style.format(numbers[place]), title, first.caption, table.layout.is_landscape, (table,))
        for place, (kind, title) in enumerate(zip(kinds, titles, strict=True), start=1)
        for table in (_further_table(chance, decision, kind, place),)
    ]
    return (replace(first, label=style.format(numbers[0])), *further)


def _further_table(chance: random.Random, decision: Decision, kind: str, place: int) -> Table:
    """A table with columns of its own; its sections go by the number of the table too, `2/I`."""
    stock = decision.stock
    layout = make_layout(chance, stock, kind)
    unit = chance.choice(("tỷ đồng", "%")) if layout.units == "caption" else ""
    rows = max(8, round(36 / len(layout.value_columns)))
    table = _table(chance, stock, layout, unit, make_sections(chance, stock, layout, unit, rows))
    named = tuple(replace(section, key=f"{place + 1}/{section.key}") for section in table.sections)
    return replace(table, sections=named)


def _in_prose(decision: Decision, appendix: Appendix) -> Appendix:
    """The table in the middle of a plan's text: no label, no caption."""
    before, after = (Prose(words(decision.stock, use)) for use in ("prose_before", "prose_after"))
    return Appendix("", "", "", appendix.is_landscape, (before, *appendix.blocks, after))


def long_date(day: date) -> str:
    """`09 tháng 7 năm 2025`: days below 10 and the months 1 and 2 have a leading zero (Nghị định 30/2020/NĐ-CP).

    >>> long_date(date(2026, 2, 9))
    '09 tháng 02 năm 2026'
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
