"""Chosen cells of scans get one more reading, and no others."""

from dataclasses import replace

import numpy as np
import pytest

from chitieu.model import Box, Cell, Region, Table
from extractors.image import PageImage
from extractors.reading import READER, TESSERACT, TEXT_LAYER
from extractors.second_reading import FIRST_LOOK_DPI, Place, read_surer, reread
from tests.extractors.built import reading
from tests.extractors.drawing import Print, paper, print_lines, rule, upright

BOXES = (Box(20, 20, 120, 60), Box(120, 20, 360, 60), Box(20, 60, 120, 100), Box(120, 60, 360, 100))
PRINTED = ("2030", "Tỷ lệ hộ nghèo", "15", "")


def scan() -> PageImage:
    """Two rows of two cells, ruled; the last one is empty."""
    page = paper()
    lines = (Print(text, box.left + 10, box.bottom - 14) for text, box in zip(PRINTED, BOXES, strict=True))
    for y in (20, 60, 100):
        rule(page, 20, y, 360, y)
    for x in (20, 120, 360):
        rule(page, x, 20, x, 100)
    return upright(print_lines(page, *lines))


def table(engine: str = READER) -> Table:
    cells = [
        Cell(i // 2, i % 2, 1, 1, (Region(1, box),), (reading(f"lần một {i}", engine),) if text else ())
        for i, (box, text) in enumerate(zip(BOXES, PRINTED, strict=True))
    ]
    return Table("abc", 0, tuple(cells))


def second_texts(tables: tuple[Table, ...]) -> list[list[str]]:
    """The further readings of every cell."""
    return [[one.text for one in cell.readings[1:]] for one_table in tables for cell in one_table.cells]


def look(one: Table, *places: Place, picture: PageImage | None) -> tuple[Table, ...]:
    return reread([one], places, lambda _page: picture, FIRST_LOOK_DPI, 2)


@pytest.mark.ocr
def test_chosen_cells_get_a_second_reading_behind_the_first():
    found = look(table(), (0, 0, 0), (0, 0, 1), picture=scan())
    assert second_texts(found) == [["2030"], ["Tỷ lệ hộ nghèo"], [], []]
    assert [one.engine for one in found[0].cells[0].readings] == [READER, TESSERACT]
    assert found[0].cells[0].readings[0] == table().cells[0].readings[0]


@pytest.mark.ocr
def test_readings_go_to_their_cells_in_whatever_order_they_are_chosen():
    found = look(table(), (0, 1, 0), (0, 0, 1), (0, 0, 0), picture=scan())
    assert second_texts(found) == [["2030"], ["Tỷ lệ hộ nghèo"], ["15"], []]


@pytest.mark.ocr
def test_a_closer_look_adds_a_third_reading():
    once = look(table(), (0, 0, 0), picture=scan())[0]
    assert second_texts(look(once, (0, 0, 0), picture=scan()))[0] == ["2030", "2030"]


def test_cells_of_a_born_digital_page_are_left_as_they_are(monkeypatch):
    monkeypatch.setenv("PATH", "")  # no engine may be started either
    digital = table(TEXT_LAYER)
    assert look(digital, (0, 0, 0), (0, 0, 1), picture=None) == (digital,)


def test_no_chosen_cells_start_no_engine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert look(table(), picture=scan()) == (table(),)


def test_a_cell_without_ink_starts_no_engine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert look(table(), (0, 1, 1), picture=scan()) == (table(),)


@pytest.mark.ocr
def test_a_cell_sewn_over_two_pages_is_read_on_both():
    whole = table()
    first = replace(whole.cells[0], regions=(Region(1, BOXES[0]), Region(2, BOXES[2])))
    sewn = replace(whole, cells=(first, *whole.cells[1:]))
    assert second_texts(look(sewn, (0, 0, 0), picture=scan()))[0] == ["2030 15"]


@pytest.mark.ocr
def test_rules_and_specks_are_not_read():
    image = scan()
    speckled = replace(image, ink=image.ink.copy(), clean=image.clean.copy())
    for y, x in np.random.default_rng(3).integers((70, 70), (160, 320), (40, 2)):
        speckled.ink[y, x] = 255
        speckled.clean[y, x] = 0
    assert second_texts(look(table(), (0, 0, 0), picture=speckled))[0] == ["2030"]


@pytest.mark.ocr
def test_the_second_reader_speaks_first_where_the_first_one_is_the_less_sure():
    image, doubtful = scan(), table()
    cells = tuple(
        replace(cell, readings=tuple(replace(one, confidence=(1.0, 0.3)[cell.col]) for one in cell.readings))
        for cell in doubtful.cells
    )
    (read,) = read_surer([replace(doubtful, cells=cells)], {1: image}.get, 1)
    assert [cell.text for cell in read.cells] == ["lần một 0", "Tỷ lệ hộ nghèo", "lần một 2", ""]
    assert [[one.engine for one in cell.readings] for cell in read.cells] == [
        [READER], [TESSERACT, READER], [READER], [],
    ]  # fmt: skip
