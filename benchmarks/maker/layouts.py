"""The shapes of tables that provinces print: columns, their order, header levels, numbering."""

import random
from dataclasses import dataclass

from benchmarks.maker.model import Field, Layout, ValueColumn

_CODE, _NAME, _UNIT, _VALUE = Field.CODE, Field.INDICATOR, Field.UNIT, Field.VALUE
_AGENCY, _COAGENCY, _NOTE = Field.AGENCY, Field.COAGENCY, Field.NOTE
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

_PLAIN = ("Kết quả", "Kết quả phải đạt", "Mức phấn đấu", "Kết quả cần đạt", "Chỉ tiêu phấn đấu", "Giá trị mục tiêu")
_ONE_YEAR = (
    ("Mục tiêu đến năm {}", 2030), ("Kế hoạch năm {}", 2026), ("Chỉ tiêu năm {}", 2027),
    ("Phấn đấu đến năm {}", 2030), ("Mức phấn đấu đến hết năm {}", 2028), ("Chỉ tiêu kế hoạch năm {}", 2026),
)  # fmt: skip
_HORIZONS = (
    (("Đến hết năm 2026", "2026"), ("Đến năm 2030", "2030"), ("Tầm nhìn 2045", "2045")),
    (("Đến hết năm 2026", "2026"), ("Đến năm 2030", "2030"), ("Tầm nhìn đến năm 2045", "2045")),
    (("Đến năm 2028", "2028"), ("Đến năm 2030", "2030"), ("Định hướng đến năm 2035", "2035")),
    (("Ước thực hiện năm 2025", "2025"), ("Mục tiêu đến năm 2030", "2030")),
    (("Thực hiện năm 2025", "2025"), ("Kế hoạch năm 2026", "2026")),
    (("Giai đoạn 2026 - 2030", "2026-2030"), ("Tầm nhìn đến năm 2045", "2045")),
)
_SPANS = ("Mục tiêu giai đoạn 2026 - 2030", "Kế hoạch giai đoạn 2026 - 2030", "Lộ trình thực hiện", "Chỉ tiêu phấn đấu")


def make_layout(chance: random.Random, kind: str) -> Layout:
    """A layout of a kind; a table whose header names no year is divided by years."""
    template = TEMPLATES[kind]
    head = chance.choice(template.heads)
    has_years = head != "plain"
    sections = [name for name in template.sections if (name == "years") != has_years] or ["themes"]
    return Layout(
        name=template.name or kind,
        fields=chance.choice(template.fields),
        value_columns=_value_columns(chance, head),
        sections=chance.choice(sections),
        codes=chance.choice(template.codes),
        units=template.units,
        agencies=chance.choice(template.agencies),
        is_landscape=chance.choice(template.is_landscape),
    )


def _value_columns(chance: random.Random, head: str) -> tuple[ValueColumn, ...]:
    if head == "plain":
        return (ValueColumn((chance.choice(_PLAIN),), ""),)
    if head == "one_year":
        form, year = chance.choice(_ONE_YEAR)
        return (ValueColumn((form.format(year),), str(year)),)
    if head == "horizons":
        return tuple(ValueColumn((text,), period) for text, period in chance.choice(_HORIZONS))
    if head == "years1":
        form = chance.choice(("Năm {}", "Kế hoạch năm {}", "KH năm {}"))
        return _years(form, ())
    if head == "years2":
        before = ValueColumn(
            (chance.choice(("Ước thực hiện năm 2025", "Thực hiện 2025", "Hiện trạng năm 2025")),), "2025"
        )
        return (before, *_years(chance.choice(("Năm {}", "{}")), (chance.choice(_SPANS),)))
    if head == "years3":
        return _three_levels(chance)
    raise ValueError(f"no such header: {head}")


def _years(form: str, above: tuple[str, ...]) -> tuple[ValueColumn, ...]:
    return tuple(ValueColumn((*above, form.format(year)), str(year)) for year in range(2026, 2031))


def _three_levels(chance: random.Random) -> tuple[ValueColumn, ...]:
    """Plan over phases over years; the years of the first phase only as many as fit."""
    top = chance.choice(("Kế hoạch thực hiện", "Mục tiêu phấn đấu", "Chỉ tiêu theo giai đoạn"))
    phase = (top, "Giai đoạn 2026 - 2030")
    later = ValueColumn((top, "Định hướng", "Năm 2035"), "2035")
    last = ValueColumn((top, "Định hướng", "Năm 2045"), "2045")
    return (*(column for column in _years("Năm {}", phase) if column.period in ("2026", "2028", "2030")), later, last)
