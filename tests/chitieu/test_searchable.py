"""The searchable copy: pages as they were, words found where they stand."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from chitieu.archive import archive_copy
from chitieu.dataset.searchable import searchable_path, write_searchable
from chitieu.dataset.text_layer import PageWords, write_text_layer
from chitieu.files import fingerprint
from chitieu.geometry import Box, PlacedText
from chitieu.layers import LayerKind, Legibility
from chitieu.model import PageKind, PageSummary
from chitieu.store import open_store
from tests.builders import extraction, reading
from tests.extractors.drawing import Print, paper, print_lines
from tests.extractors.layered import HEIGHT, WIDTH, Layered, Picture, write_pdf

PLACE = Box(100, 200, 180, 215)
CELL = Box(100, 300, 190, 345)
LONG = "Tỉ lệ dân số được cung cấp nước sạch qua hệ thống tập trung"


def found_by_pdfium(path: Path, words: str) -> list[Box]:
    """Where a viewer's search finds words, on the page as displayed."""
    with pypdfium2.PdfDocument(path) as document, closing(document[0]) as page, closing(page.get_textpage()) as text:
        width, height = page.get_size()
        turns = page.get_rotation() // 90
        boxes = []
        search = text.search(words)
        while (match := search.get_next()) is not None:
            rects = [text.get_rect(at) for at in range(text.count_rects(*match))]
            corners = [_displayed(x, y, turns, width, height) for r in rects for x, y in ((r[0], r[1]), (r[2], r[3]))]
            xs, ys = zip(*corners, strict=True)
            boxes.append(Box(min(xs), min(ys), max(xs), max(ys)))
        return boxes


def _displayed(x: float, y: float, turns: int, width: float, height: float) -> tuple[float, float]:
    return ((x, height - y), (y, x), (width - x, y), (width - y, height - x))[turns]


def lies_in(inner: Box, outer: Box, slack: float = 4) -> bool:
    return (
        outer.left - slack <= inner.left < inner.right <= outer.right + slack
        and outer.top - slack <= inner.top < inner.bottom <= outer.bottom + slack
    )


def layered(tmp_path: Path, rotate: int = 0, quarter_turns: int = 0, text: str = "Tỉ lệ", box: Box = PLACE) -> Path:
    page = print_lines(paper(WIDTH, HEIGHT), Print("Tỉ lệ", 100, 212))
    source = write_pdf(tmp_path / "scan.pdf", (Picture(page),), rotate=rotate)
    write_text_layer(source, tmp_path / "out.pdf", [PageWords(1, quarter_turns, (PlacedText(text, box),))])
    return tmp_path / "out.pdf"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_search_finds_words_at_their_place_however_the_page_is_turned(tmp_path, rotate):
    path = layered(tmp_path, rotate)
    (found,) = found_by_pdfium(path, "Tỉ lệ")
    assert lies_in(found, PLACE)
    with pdfplumber.open(path) as pdf:
        boxes = [Box(char["x0"], char["top"], char["x1"], char["bottom"]) for char in pdf.pages[0].chars]
        assert sorted(char["text"] for char in pdf.pages[0].chars) == sorted("Tỉ lệ")
    assert all(lies_in(box, PLACE) for box in boxes)


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_print_that_lies_on_its_side_is_followed(tmp_path, quarter_turns):
    tall = Box(100, 200, 115, 280) if quarter_turns % 2 else PLACE
    (found,) = found_by_pdfium(layered(tmp_path, 0, quarter_turns, box=tall), "Tỉ lệ")
    assert lies_in(found, tall)
    assert (found.height > found.width) == bool(quarter_turns % 2)


def test_a_long_text_is_broken_into_the_lines_of_its_cell(tmp_path):
    path = layered(tmp_path, text=LONG, box=CELL)
    with pdfplumber.open(path) as pdf:
        words = pdf.pages[0].extract_words()
    assert " ".join(word["text"] for word in words) == LONG
    assert len({round(word["top"]) for word in words}) >= 3
    assert all(lies_in(Box(w["x0"], w["top"], w["x1"], w["bottom"]), CELL) for w in words)


def test_the_page_looks_as_before(tmp_path):
    path = layered(tmp_path)
    pictures = []
    for name in (tmp_path / "scan.pdf", path):
        with pypdfium2.PdfDocument(name) as document:
            pictures.append(document[0].render(scale=1).to_numpy().copy())
    assert np.array_equal(*pictures)
    with pikepdf.open(tmp_path / "scan.pdf") as before, pikepdf.open(path) as after:
        old, new = (next(iter(pdf.pages[0].get_images().values())).read_raw_bytes() for pdf in (before, after))
    assert old == new


def test_what_was_read_from_a_picture_is_found_and_sound_words_are_not_doubled(tmp_path):
    source = write_pdf(tmp_path / "two.pdf", (Picture(paper(WIDTH, HEIGHT)),), (Layered("Words of its own"),))
    sha256 = fingerprint(source)
    archive_copy(source, sha256, tmp_path / "archive")
    read = extraction(sha256[:16], "two.pdf")
    kinds = ((1, PageKind.SCANNED, LayerKind.NONE), (2, PageKind.DIGITAL, LayerKind.SOUND))
    pages = tuple(
        PageSummary(number, kind, WIDTH, HEIGHT, legibility=Legibility(layer), lines=(PlacedText("Phụ lục I", PLACE),))
        for number, kind, layer in kinds
    )
    with open_store(f"sqlite:///{tmp_path}/store.sqlite") as store:
        store.record_received(sha256[:16], sha256, "two.pdf")
        store.save_extraction(replace(read, pages=pages), "1", 1.0)
        write_searchable(store, tmp_path / "archive", tmp_path / "output", [])
    with pdfplumber.open(searchable_path(tmp_path / "output", sha256[:16])) as pdf:
        first, second = (page.extract_text() for page in pdf.pages)
    assert "Phụ lục I" in first
    assert second == "Words of its own"


def test_cells_say_what_holds_after_repairs(tmp_path):
    source = write_pdf(tmp_path / "scan.pdf", (Picture(paper(WIDTH, HEIGHT)),), (Picture(paper(WIDTH, HEIGHT)),))
    sha256 = fingerprint(source)
    archive_copy(source, sha256, tmp_path / "archive")
    read = extraction(sha256[:16], "scan.pdf")
    row = next(one for one in read.indicators if one.sources)
    field = row.sources[0]
    table = read.tables[0]
    cell = next(cell for cell in table.cells if (cell.row, cell.col) == (field.row, field.col))
    cells = (replace(cell, readings=(reading("9S"),)),)
    page = PageSummary(field.regions[0].page, PageKind.SCANNED, WIDTH, HEIGHT, legibility=Legibility(LayerKind.NONE))
    with open_store(f"sqlite:///{tmp_path}/store.sqlite") as store:
        store.record_received(sha256[:16], sha256, "scan.pdf")
        store.save_extraction(replace(read, pages=(page,), tables=(replace(table, cells=cells),)), "1", 1.0)
        write_searchable(store, tmp_path / "archive", tmp_path / "output", [])
    with pdfplumber.open(searchable_path(tmp_path / "output", sha256[:16])) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert text == row.value_text == "≥ 90"
