"""Titles of sections and groups in their mended spelling: one misread letter there stands in all rows below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chitieu.model import Flag, Repair, Role
from normalizers.cells import text_of
from normalizers.consensus import Place
from normalizers.mended import Mended, without_settled
from normalizers.placed import PlacedRow, RowKind
from normalizers.repair import is_text_layer, place_of
from normalizers.rows import field_cell
from normalizers.section_titles import usual_start, with_usual_start
from normalizers.text import clean_line
from normalizers.years import with_usual_years


@dataclass(frozen=True, slots=True)
class _Title:
    """What became of a title; `doubts` are said once, on the first record below it."""

    text: str
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Flag, ...] = ()


def mend_titles(
    rows: tuple[PlacedRow, ...], mended: Mapping[Place, Mended]
) -> tuple[tuple[PlacedRow, ...], dict[int, tuple[Flag, ...]]]:
    """The rows with the section and group they stand in as mended, why among the repairs of each; and the doubts.

    The doubts about a title that is no record by itself are under its place among the rows.
    """
    titles: dict[tuple[str, int, str], _Title] = {}
    doubts: dict[int, tuple[Flag, ...]] = {}
    for index, field, row in _title_rows(rows):
        title = _mended_title(field, row, mended)
        if title:
            shown = row.section if field == "section" else clean_line(row.title)
            titles[field, row.section_index, shown] = title
            if row.kind in (RowKind.SECTION, RowKind.GROUP):
                doubts[index] = title.doubts
    return tuple(_under(row, titles) for row in rows), doubts


def _title_rows(rows: tuple[PlacedRow, ...]) -> Iterator[tuple[int, str, PlacedRow]]:
    section = 0
    for index, row in enumerate(rows):
        if row.section_index > section:
            section = row.section_index
            yield index, "section", row
        elif row.kind is RowKind.GROUP:
            yield index, "group", row


def _mended_title(field: str, row: PlacedRow, mended: Mapping[Place, Mended]) -> _Title | None:
    cell = field_cell(row.raw, Role.INDICATOR)
    if cell is None:
        return None
    found = mended[place_of(row.raw, cell)]
    before, title = clean_line(text_of(cell)), clean_line(row.title)
    number = before.removesuffix(title)
    text = clean_line(found.text)
    if not title or not before.endswith(title) or not text.startswith(number):
        return None
    text = text.removeprefix(number)
    start: tuple[Repair, ...] = ()
    if field == "section":
        text = with_usual_years(text, cell)
        became = text if is_text_layer(cell) else with_usual_start(text)
        start = (Repair(field, text, became, "how titles of sections begin"),) if became != text else ()
        text = became
    # The repair of a record's own number is none of the rows below it.
    numbers = tuple(one for one in row.repairs if one.field == "section_code")
    repairs = (*numbers, *(replace(one, field=field) for one in found.repairs), *start)
    return _Title(text, repairs, tuple(replace(flag, field=field) for flag in _open_doubts(field, text, found.flags)))


def _open_doubts(field: str, text: str, flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """The doubts that are left: not about words that have given way, nor those with which titles of sections begin."""
    usual = usual_start(text) if field == "section" else frozenset()
    left = without_settled(Mended(text, flags=flags)).flags
    return tuple(flag for flag in left if flag.detail.partition(" → ")[0] not in usual)


def _under(row: PlacedRow, titles: Mapping[tuple[str, int, str], _Title]) -> PlacedRow:
    section = titles.get(("section", row.section_index, row.section), _Title(row.section))
    group = titles.get(("group", row.section_index, row.group), _Title(row.group))
    repairs = (*row.repairs, *section.repairs, *group.repairs)
    return replace(row, section=section.text, group=group.text, repairs=repairs)
