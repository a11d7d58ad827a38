"""A page is read from its text layer or its picture, whole, and alike whatever is read beside it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chitieu.model import PageKind
from extractors.page_content import PageContent
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from tests.extractors.built import SAMPLES, read_sample


def cell_texts(content: PageContent) -> list[str]:
    return [cell.text for table in content.tables for cell in table.cells]


def test_a_born_digital_page_keeps_no_picture():
    content = read_sample("digital/cao-bang-1139")[0]
    assert content.image is None
    assert {reading.engine for table in content.tables for cell in table.cells for reading in cell.readings} == {
        "text layer"
    }


def test_cells_of_a_born_digital_page_are_whole():
    assert {cell.quality for table in read_sample("digital/cao-bang-1139")[0].tables for cell in table.cells} == {1.0}


def test_pages_read_by_several_threads_are_as_read_by_one():
    name = "composed/digital/d03-seed5"
    alone = [cell_texts(content) for content in read_sample(name)]
    for _ in range(8):
        with open_pdf(SAMPLES / f"{name}.pdf") as pdf, ThreadPoolExecutor(2) as pool:
            facts = [describe_page(pdf, number) for number in range(1, pdf.page_count + 1)]
            contents = list(pool.map(lambda one: read_page(pdf, one, wants_prose=True), facts))
        assert [cell_texts(content) for content in contents] == alone


@pytest.mark.ocr
def test_a_scanned_page_is_read_from_its_picture():
    first, *_ = read_sample("composed/office/d03-seed5")
    assert first.facts.kind is PageKind.SCANNED
    assert first.image is not None
    engines = {reading.engine for table in first.tables for cell in table.cells for reading in cell.readings}
    assert engines == {"reader"}


@pytest.mark.ocr
def test_hardly_any_ink_of_a_scanned_cell_is_left_unread():
    qualities = [cell.quality for c in read_sample("composed/office/d03-seed5") for t in c.tables for cell in t.cells]
    assert min(qualities) > 0.97
