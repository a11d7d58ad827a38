"""The shapes of tables that provinces print: columns, their order, header levels, numbering."""

import random
from dataclasses import dataclass

from benchmarks.maker.model import Field, Layout, ValueColumn
from benchmarks.maker.stock import Stock, Wording, wordings, words

_CODE, _NAME, _UNIT, _VALUE = Field.CODE, Field.INDICATOR, Field.UNIT, Field.VALUE
_AGENCY, _COAGENCY, _NOTE, _EXTRA = Field.AGENCY, Field.COAGENCY, Field.NOTE, Field.EXTRA
_FIVE = (_CODE, _NAME, _UNIT, _VALUE, _AGENCY)


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of layout; of each tuple of names one is drawn for a document."""

    fields: tuple[tuple[Field, ...], ...]
    heads: tuple[str, ...]
    sections: tuple[str, ...] = ("themes",)
    codes: tuple[str, ...] = ("numbers", "continued", "dotted")
    units: str = "column"
    agencies: tuple[str, ...] = ("cells",)
    is_landscape: tuple[bool, ...] = (False,)
    name: str = ""
    composition: str = "single"


TEMPLATES = {
    "seed5": Template((_FIVE,), ("plain",), ("years",)),
    "seed5-year": Template((_FIVE, (*_FIVE, _NOTE)), ("one_year",), ("themes", "none", "capitals")),
    "rowspan": Template((_FIVE,), ("plain",), ("years",), agencies=("merged",)),
    "rowspan-year": Template((_FIVE,), ("one_year",), ("themes", "none"), agencies=("merged",), name="rowspan"),
    "nested": Template((_FIVE,), ("plain",), ("years",), ("nested",)),
    "nested-year": Template(((*_FIVE[:-1], _AGENCY), _FIVE[:-1]), ("one_year",), ("themes", "none"), ("nested",)),
    "letters": Template((_FIVE,), ("one_year",), ("themes", "none"), ("letters", "bullets")),
    "horizons": Template(
        ((_CODE, _NAME, _UNIT, _VALUE, _AGENCY), (_CODE, _NAME, _UNIT, _VALUE), (_CODE, _NAME, _UNIT, _VALUE, _NOTE)),
        ("horizons",),
        ("themes", "capitals", "none"),
        ("numbers", "nested"),
        is_landscape=(False, True),
    ),
    "years1": Template(
        ((_CODE, _NAME, _UNIT, _VALUE), (_CODE, _NAME, _UNIT, _VALUE, _AGENCY)), ("years1",), is_landscape=(True,)
    ),
    "years": Template((_FIVE, (_CODE, _NAME, _UNIT, _VALUE, _NOTE)), ("years2",), is_landscape=(True,)),
    "years3": Template((_FIVE, (_CODE, _NAME, _UNIT, _VALUE)), ("years3",), is_landscape=(True,)),
    "inline-unit": Template(
        ((_CODE, _NAME, _VALUE, _AGENCY), (_CODE, _NAME, _VALUE, _AGENCY, _COAGENCY)),
        ("one_year", "plain"),
        ("years",),
        units="inline",
        name="inline-unit",
    ),
    "inline-horizons": Template(
        ((_CODE, _NAME, _VALUE, _AGENCY),),
        ("horizons",),
        units="inline",
        name="inline-unit",
        is_landscape=(True, False),
    ),
    "coagency": Template(
        ((*_FIVE, _COAGENCY, _NOTE), (*_FIVE, _COAGENCY)), ("plain",), ("years",), is_landscape=(True,)
    ),
    "reordered": Template(
        (
            (_CODE, _NAME, _AGENCY, _UNIT, _VALUE),
            (_CODE, _UNIT, _NAME, _VALUE, _AGENCY),
            (_NAME, _CODE, _VALUE, _UNIT, _AGENCY),
            (_CODE, _AGENCY, _NAME, _VALUE, _UNIT),
        ),
        ("one_year",),
        ("themes", "none"),
    ),
    "no-number": Template(
        ((_NAME, _UNIT, _VALUE, _AGENCY), (_NAME, _UNIT, _VALUE)), ("one_year", "horizons"), codes=("absent",)
    ),
    "ditto": Template((_FIVE,), ("one_year", "plain"), ("years",), units="ditto", agencies=("ditto",)),
    "caption-unit": Template(
        ((_CODE, _NAME, _VALUE, _AGENCY), (_CODE, _NAME, _VALUE)),
        ("horizons", "years2"),
        units="caption",
        is_landscape=(True,),
    ),
    "merged-unit": Template(
        (_FIVE,), ("horizons",), units="merged", agencies=("merged",), is_landscape=(True,), name="rowspan"
    ),
}  # fmt: skip

# Whole documents and rarer shapes; the numbers of the older sets count through TEMPLATES alone.
MORE_TEMPLATES = {
    "two-level": Template((_FIVE, _FIVE[:-1]), ("one_year",), ("two_level",), ("numbers", "nested")),
    "two-level-years": Template((_FIVE[:-1],), ("years2",), ("two_level",), ("numbers",), is_landscape=(True,)),
    "plus": Template((_FIVE,), ("one_year",), ("themes", "none"), ("plus",)),
    "plain-groups": Template((_FIVE, (*_FIVE, _NOTE)), ("one_year", "plain"), ("years", "none"), ("plain_groups",)),
    "section-unit": Template(
        ((_CODE, _NAME, _VALUE, _AGENCY), (_CODE, _NAME, _VALUE)),
        ("horizons", "one_year"),
        codes=("numbers", "continued"),
        units="section",
    ),
    "header-unit": Template(
        ((_CODE, _NAME, _VALUE, _AGENCY), (_CODE, _NAME, _VALUE, _NOTE)), ("horizons", "one_year"), units="header"
    ),
    "long-merged": Template((_FIVE,), ("one_year",), ("themes", "none"), agencies=("whole",), name="rowspan"),
    "long-merged-years": Template(
        (_FIVE,), ("plain",), ("years",), codes=("numbers", "dotted"), agencies=("whole",), name="rowspan"
    ),
    "extra-column": Template(
        ((_CODE, _NAME, _UNIT, _VALUE, _EXTRA, _AGENCY), (*_FIVE, _EXTRA)), ("one_year", "horizons"),
        is_landscape=(True, False),
    ),
    "renumbered": Template((_FIVE,), ("one_year",), ("themes", "none"), ("numbers", "dotted")),
    "three-pages": Template(((*_FIVE, _NOTE),), ("one_year",), ("themes",), ("numbers",)),
    "tasks-after": Template((_FIVE, _FIVE[:-1]), ("one_year",), ("themes", "none"), composition="tasks_after"),
    "tasks-before": Template((_FIVE,), ("horizons",), ("themes", "none"), composition="tasks_before"),
    "two-tables": Template((_FIVE, _FIVE[:-1]), ("one_year", "horizons"), ("none",), composition="two_tables"),
    "appendices": Template((_FIVE,), ("one_year",), ("themes", "none"), composition="appendices"),
    "appendices-wide": Template(
        (_FIVE[:-1],), ("years2", "years1"), ("themes", "none"), is_landscape=(True,), composition="appendices"
    ),
    "prose": Template((_FIVE, _FIVE[:-1]), ("one_year", "horizons"), ("none", "themes"), composition="prose"),
}  # fmt: skip
# Shapes that only the frozen set has.
UNSEEN_TEMPLATES = {
    "unit-last-years": Template(((_CODE, _NAME, _VALUE, _UNIT),), ("years2", "horizons"), is_landscape=(True,)),
    "agency-second": Template(
        ((_CODE, _AGENCY, _NAME, _UNIT, _VALUE),), ("horizons",), ("none", "capitals"), ("numbers",),
        is_landscape=(True,),
    ),
    "note-in-middle": Template(((_CODE, _NAME, _NOTE, _UNIT, _VALUE, _AGENCY),), ("one_year",), ("themes", "none")),
    "plain-groups-years": Template((_FIVE[:-1],), ("years2",), ("none",), ("plain_groups",), is_landscape=(True,)),
    "partners-first": Template(
        ((_CODE, _NAME, _UNIT, _VALUE, _COAGENCY, _AGENCY),), ("one_year",), is_landscape=(True,)
    ),
    "two-level-inline": Template(
        ((_CODE, _NAME, _VALUE, _AGENCY),), ("one_year",), ("two_level",), ("numbers",), units="inline",
        name="inline-unit",
    ),
}  # fmt: skip
OPEN_TEMPLATES = TEMPLATES | MORE_TEMPLATES
ALL_TEMPLATES = OPEN_TEMPLATES | UNSEEN_TEMPLATES
# What a second table or a further appendix may be.
FURTHER_KINDS = ("seed5-year", "horizons", "years1", "letters", "caption-unit", "no-number", "inline-unit", "nested")


def make_layout(chance: random.Random, stock: Stock, kind: str) -> Layout:
    """A layout of a kind; a table whose header names no year is divided by years."""
    template = ALL_TEMPLATES[kind]
    head = chance.choice(template.heads)
    has_years = head != "plain"
    sections = [name for name in template.sections if (name == "years") != has_years] or ["themes"]
    return Layout(
        name=template.name or kind,
        fields=chance.choice(template.fields),
        value_columns=_value_columns(chance, stock, head),
        sections=chance.choice(sections),
        codes=chance.choice(template.codes),
        units=template.units,
        agencies=chance.choice(template.agencies),
        is_landscape=chance.choice(template.is_landscape),
    )


def _value_columns(chance: random.Random, stock: Stock, head: str) -> tuple[ValueColumn, ...]:
    if head == "plain":
        return (ValueColumn((chance.choice(words(stock, "plain")),), ""),)
    if head == "one_year":
        drawn = chance.choice(wordings(stock, "one_year"))
        return (ValueColumn((drawn.text.format(drawn.period),), drawn.period),)
    if head == "horizons":
        return _side_by_side(chance.choice(wordings(stock, "horizons")))
    if head == "years1":
        return _years(chance.choice(words(stock, "year_alone")), ())
    if head == "years2":
        before = chance.choice(wordings(stock, "before"))
        below = _years(chance.choice(words(stock, "year_below")), (chance.choice(words(stock, "span")),))
        return (ValueColumn((before.text,), before.period), *below)
    if head == "years3":
        return _three_levels(chance, stock)
    raise ValueError(f"no such header: {head}")


def _side_by_side(wording: Wording) -> tuple[ValueColumn, ...]:
    pairs = zip(wording.text.split(";"), wording.period.split(";"), strict=True)
    return tuple(ValueColumn((text,), period) for text, period in pairs)


def _years(form: str, above: tuple[str, ...]) -> tuple[ValueColumn, ...]:
    return tuple(ValueColumn((*above, form.format(year)), str(year)) for year in range(2026, 2031))


def _three_levels(chance: random.Random, stock: Stock) -> tuple[ValueColumn, ...]:
    """Plan over phases over years; the years of the first phase only as many as fit."""
    top = chance.choice(words(stock, "top"))
    # a list with a single text draws nothing: the older sets stay as they are
    phase, outlook, lowest = (_draw(chance, words(stock, use)) for use in ("phase", "outlook", "year_lowest"))
    later = ValueColumn((top, outlook, lowest.format(2035)), "2035")
    last = ValueColumn((top, outlook, lowest.format(2045)), "2045")
    first = (column for column in _years(lowest, (top, phase)) if column.period in ("2026", "2028", "2030"))
    return (*first, later, last)


def _draw(chance: random.Random, texts: tuple[str, ...]) -> str:
    return texts[0] if len(texts) == 1 else chance.choice(texts)
