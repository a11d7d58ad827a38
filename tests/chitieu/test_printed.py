"""Tables as JSON, CSV, HTML and XLSX, opened again by programs that people have."""

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from chitieu.model import Box, Cell, Region, Table
from chitieu.printed import csv_text, html_text, json_text, write_table_sheets
from chitieu.settings import Language
from tests.builders import reading

NASTY = "<b>&\"'=1+1</b>"


def cell(row: int, col: int, text: str, row_span: int = 1, col_span: int = 1, page: int = 2) -> Cell:
    region = Region(page, Box(70.0 + 50 * col, 100.0 + 20 * row, 70.0 + 50 * (col + col_span), 120.004 + 20 * row))
    return Cell(row, col, row_span, col_span, (region,), (reading(text),) if text else ())


def spanned() -> Table:
    """Two header levels, the first cell over both; the last row goes on overleaf; one cell was read with doubt."""
    header = [cell(0, 0, "TT", row_span=2), cell(0, 1, "Mục  tiêu", col_span=2), cell(1, 1, "2026"), cell(1, 2, "2030")]
    cut = replace(cell(2, 1, "-5,2"), regions=(*cell(2, 1, "").regions, Region(3, Box(120, 50, 170, 70))))
    doubtful = replace(cell(2, 2, "1 234.5"), readings=(reading("1 234.5", confidence=0.4),))
    return Table("x", 0, (*header, cell(2, 0, NASTY), cut, doubtful))


def other() -> Table:
    return Table("x", 1, (cell(0, 0, "a\n b", page=5), cell(0, 1, "", page=5)))


def test_json_gives_rows_cells_and_places() -> None:
    first, second = json.loads(json_text([spanned(), other()]))["tables"]
    assert (first["page"], first["pages"], first["box"]) == (2, [2, 3], [70.0, 100.0, 220.0, 160.0])
    assert first["rows"] == [["TT", "Mục tiêu", ""], ["", "2026", "2030"], [NASTY, "-5,2", "1 234.5"]]
    assert first["cells"][1] == {
        "row": 0, "col": 1, "row_span": 1, "col_span": 2,
        "page": 2, "box": [120.0, 100.0, 220.0, 120.0], "text": "Mục tiêu", "confidence": 0.98,
    }  # fmt: skip
    assert [cell["confidence"] for cell in first["cells"]][-1] == 0.4
    assert [region["page"] for region in first["cells"][-2]["regions"]] == [2, 3]
    assert second["rows"] == [["a\nb", ""]]


def test_no_table_is_an_empty_list() -> None:
    assert json.loads(json_text([])) == {"tables": []}
    assert csv_text([]) == ""


def test_csv_parts_tables_by_an_empty_line_and_guards_formulas_but_no_number() -> None:
    rows = list(csv.reader(io.StringIO(csv_text([spanned(), other()]))))
    assert rows == [["TT", "Mục tiêu", ""], ["", "2026", "2030"], [NASTY, "-5,2", "1 234.5"], [], ["a\nb", ""]]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+HYPERLINK()", "@SUM(A1)", "- Luật"])
def test_text_like_a_formula_is_guarded(text: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text([Table("x", 0, (cell(0, 0, text),))])))) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ["-5,2", "+3", "-", "-1.234,5 %"])
def test_a_signed_number_stays_one(text: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text([Table("x", 0, (cell(0, 0, text),))])))) == [[text]]


class Page(HTMLParser):
    """Rows of cells (text, attributes), captions, and what else was said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, dict[str, str | None]]]] = []
        self.language, self.captions, self.tags = "", [], set()
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"td", "caption", "tr", "html"}:
            self._inside = tag
        if tag == "html":
            self.language = dict(attrs)["lang"]
        elif tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append(("", dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "caption"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "td":
            self.rows[-1][-1] = (self.rows[-1][-1][0] + data, self.rows[-1][-1][1])
        elif self._inside == "caption":
            self.captions.append(data)


def test_html_has_real_spans_captions_and_marks() -> None:
    page = Page(html_text([spanned(), other()], NASTY, Language.EN))
    assert page.language == "en"
    assert page.captions == ["Table 1, page 2–3", "Table 2, page 5"]
    assert page.rows[0] == [("TT", {"rowspan": "2"}), ("Mục tiêu", {"colspan": "2"})]
    assert page.rows[2][0] == (NASTY, {})
    assert page.rows[2][2] == ("1 234.5", {"class": "doubtful", "title": "0.40"})
    assert not page.tags & {"b", "script", "link", "img"}


def test_a_row_that_was_joined_with_doubt_is_marked() -> None:
    assert '<tr class="doubtful">' in html_text([replace(spanned(), doubtful_rows=(2,))], "a.pdf", Language.VI)


def test_xlsx_keeps_spans_pages_and_text_as_text(tmp_path: Path) -> None:
    write_table_sheets(tmp_path / "a.xlsx", [spanned(), other()], Language.VI)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Bảng 1 (trang 2–3)", "Bảng 2 (trang 5)"]
    sheet = book.worksheets[0]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:A2", "B1:C1"}
    assert [[one.value for one in row] for row in sheet.iter_rows()][2] == [NASTY, "-5,2", "1 234.5"]
    assert {one.data_type for one in sheet[3]} == {"s"}
    assert sheet["C3"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["B3"].alignment.wrap_text


def test_xlsx_without_tables_opens(tmp_path: Path) -> None:
    write_table_sheets(tmp_path / "a.xlsx", [], Language.VI)
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == 1
