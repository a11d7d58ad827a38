"""Decisions damaged in memory as scans damage them: what is lost by it is said on rows, whatever it was."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from benchmarks.score import count
from benchmarks.truth import read_truth
from chitieu.model import Cell, Indicator, Reading, Run
from extractors.page_content import PageContent, PageTable
from extractors.tables import join_tables
from flows.stages import _label, _lost_places, _read_indicators, _with_rests
from normalizers.accounting import doubt_places
from tests.extractors.built import SAMPLES, read_sample

Pages = tuple[PageContent, ...]
NAMES = ("digital/cao-bang-1139", "composed/digital/d03-seed5")


def extract(pages: Pages) -> tuple[Indicator, ...]:
    labelled = _with_rests([_label(table, list(pages)) for table in join_tables("abc", pages)])
    return doubt_places(_read_indicators(labelled, "abc"), _lost_places(labelled, list(pages)))


def is_said(name: str, found: Sequence[Indicator]) -> bool:
    """Whether every row that is wrong has a flag; and some row, where one is missing (what is left may fit no other)."""
    fields = ("section", "code", "indicator", "period", "unit", "agency", "value_text", "comparator")
    rows = [
        {field: str(getattr(one, field)) for field in fields}
        | {bound: "" if (v := getattr(one, bound)) is None else str(v) for bound in ("value_low", "value_high")}
        | {"flags": "; ".join(map(str, one.flags)), "document_number": "", "document_date": "", "province": ""}
        for one in found
    ]
    tally = count(read_truth(SAMPLES / "truth" / f"{name.rpartition('/')[2]}.json"), rows)
    return tally["silent"] == tally["unannounced"] and bool(not tally["unannounced"] or tally["flagged"] or not found)


def on_tables(pages: Pages, page: int, change: Callable[[PageTable], PageTable | None]) -> Pages:
    """The pages, the tables of one of those that have tables changed (None: lost)."""
    number = [one.facts.number for one in pages if one.tables][page]
    return tuple(
        replace(one, tables=tuple(t for t in map(change, one.tables) if t)) if one.facts.number == number else one
        for one in pages
    )


def on_cells(table: PageTable, change: Callable[[Cell], Cell | None]) -> PageTable:
    """The table with its cells changed (None: the frame of the cell is lost with its print)."""
    brinks = table.brinks or (None,) * len(table.cells)
    kept = [(new, brink) for cell, brink in zip(table.cells, brinks, strict=True) if (new := change(cell))]
    return replace(table, cells=tuple(cell for cell, _ in kept), brinks=tuple(brink for _, brink in kept))


def printed(cell: Cell, text: str) -> Cell:
    return replace(cell, readings=(Reading((Run(text),), "reader", 0.99),) if text else ())


def without_column(table: PageTable, col: int) -> PageTable:
    """The rules of a column lost: the table has one column less, its print is gone."""
    grid = table.grid
    xs = grid.xs[:col] + grid.xs[col + 1 :] if col + 1 < len(grid.xs) - 1 else grid.xs[:-1]
    moved = on_cells(table, lambda c: None if c.col == col and c.col_span == 1 else _moved(c, col))
    return replace(moved, grid=replace(grid, xs=xs, box=replace(grid.box, right=xs[-1])))


def _moved(cell: Cell, col: int) -> Cell:
    if cell.col > col:
        return replace(cell, col=cell.col - 1)
    return replace(cell, col_span=cell.col_span - (cell.col + cell.col_span > col > cell.col))


def garbled(text: str) -> str:
    return "".join("#" if at % 2 else char for at, char in enumerate(text))


@pytest.mark.parametrize("name", NAMES)
def test_an_undamaged_decision_flags_nothing(name: str) -> None:
    found = extract(read_sample(name))
    assert [one.flags for one in found if one.flags] == []
    assert is_said(name, found)


@pytest.mark.parametrize(("name", "page"), [(NAMES[0], 0), (NAMES[1], -1)])
def test_a_page_read_as_nonsense_in_columns_of_its_own_is_said(name: str, page: int) -> None:
    def apart(table: PageTable) -> PageTable:
        xs = table.grid.xs
        wide = tuple(x + 30 * (0 < at < len(xs) - 1) * (-1) ** at for at, x in enumerate(xs))
        nonsense = on_cells(table, lambda cell: printed(cell, garbled(cell.text)))
        return replace(nonsense, grid=replace(table.grid, xs=wide))

    assert is_said(name, extract(on_tables(read_sample(name), page, apart)))


@pytest.mark.parametrize(("name", "col"), [(NAMES[0], 2), (NAMES[1], 0), (NAMES[1], 4)])
def test_a_column_lost_on_the_first_page_is_said(name: str, col: int) -> None:
    assert is_said(name, extract(on_tables(read_sample(name), 0, lambda table: without_column(table, col))))


@pytest.mark.parametrize(("name", "col"), [(NAMES[0], 3), (NAMES[1], 2)])
def test_a_column_of_which_no_print_was_found_on_a_page_is_said(name: str, col: int) -> None:
    def blank(table: PageTable) -> PageTable:
        return on_cells(table, lambda cell: printed(cell, "") if cell.col == col and cell.row else cell)

    assert is_said(name, extract(on_tables(read_sample(name), 0, blank)))


@pytest.mark.parametrize(("name", "col"), [(NAMES[0], 1), (NAMES[1], 3)])
def test_a_title_in_the_header_garbled_is_said(name: str, col: int) -> None:
    def garble(table: PageTable) -> PageTable:
        return on_cells(
            table, lambda cell: printed(cell, garbled(cell.text)) if (cell.row, cell.col) == (0, col) else cell
        )

    assert is_said(name, extract(on_tables(read_sample(name), 0, garble)))


@pytest.mark.parametrize("name", NAMES)
def test_the_cells_of_a_row_lost_are_said(name: str) -> None:
    found = extract(on_tables(read_sample(name), 0, lambda t: on_cells(t, lambda c: None if c.row == 5 else c)))
    assert is_said(name, found)
