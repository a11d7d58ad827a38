"""The heading is what stands above the first table, on page 1 and on the table's page."""

from dataclasses import replace

import pytest

from chitieu.model import Box
from extractors.heading import find_caption, find_heading
from extractors.page_content import PageContent
from extractors.tables import join_tables
from tests.extractors.built import HEADER, above, page, read_sample
from tests.extractors.drawing import facts

CAPTION = ("Phụ lục I", "DANH MỤC CÁC CHỈ TIÊU CỤ THỂ")


def test_a_table_on_page_1_has_its_caption_there():
    heading = find_heading([page(1, HEADER, head=CAPTION)])
    assert [line.text for line in heading.first_page] == list(CAPTION)
    assert heading.first_page == heading.caption


def test_a_table_on_a_later_page_has_page_1_and_its_own_caption():
    first = PageContent(facts(1), (), above(1, "QUYẾT ĐỊNH", "Căn cứ Luật"), None)
    heading = find_heading([first, page(2, HEADER, head=CAPTION), page(3, HEADER, head=("Phụ lục II",))])
    assert [line.text for line in heading.first_page] == ["QUYẾT ĐỊNH", "Căn cứ Luật"]
    assert [line.text for line in heading.caption] == list(CAPTION)


def test_lines_below_the_table_are_no_heading():
    content = page(1, HEADER, head=("Phụ lục I", "a", "b", "c", "d", "chữ ký"))
    # the sixth line stands 95 to 105 points down the page, beside the table
    assert [line.text for line in find_heading([content]).caption] == ["Phụ lục I", "a", "b", "c", "d"]


@pytest.mark.parametrize("pages", [[], [PageContent(facts(1), (), (), None)]])
def test_a_document_without_lines_has_no_heading(pages):
    heading = find_heading(pages)
    assert (heading.first_page, heading.caption) == ((), ())


def captioned(*head: str, rows=(HEADER,)) -> list[str]:
    contents = [page(1, *rows, head=head)]
    (table,) = join_tables("abc", contents)
    return [line.text for line in find_caption(table, contents)]


def test_a_caption_begins_below_the_sentence_before_it():
    prose = "Ủy ban nhân dân tỉnh giao các sở, ngành căn cứ Kế hoạch năm 2026 thực hiện."
    assert captioned(prose, "Biểu số 1. Chỉ tiêu", "Đơn vị tính: %") == ["Biểu số 1. Chỉ tiêu", "Đơn vị tính: %"]


def test_a_sentence_right_above_the_table_is_its_caption():
    sentence = "Các chỉ tiêu chủ yếu đến năm 2030 được giao như trong bảng sau đây."
    assert captioned("a", sentence) == ["a", sentence]


@pytest.mark.parametrize("line_top", [200.0, 116.0])  # the first table ends at 120: marks have room above a line
def test_lines_between_two_tables_are_the_caption_of_the_second(line_top):
    first, second = page(1, HEADER, head=CAPTION), page(1, HEADER, top=300.0)
    between = tuple(
        replace(line, region=replace(line.region, box=Box(60, line_top, 300, line_top + 18)))
        for line in above(1, "Phụ lục II")
    )
    both = replace(first, tables=first.tables + second.tables, lines=first.lines + between)
    tables = join_tables("abc", [both])
    assert [[line.text for line in find_caption(table, [both])] for table in tables] == [list(CAPTION), ["Phụ lục II"]]


@pytest.mark.ocr
@pytest.mark.parametrize("quality", ["digital", "composed/office"])
def test_the_heading_of_a_sample_is_its_appendix_and_title(quality):
    name = "d03-seed5" if "composed" in quality else "cao-bang-1139"
    lines = find_heading(read_sample(f"{quality}/{name}")).caption
    assert lines[0].text.startswith("Phụ lục")
    assert lines[1].text.isupper()
