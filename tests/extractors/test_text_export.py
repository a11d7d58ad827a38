"""Text files of other OCR systems, as pages with tables and lines."""

from pathlib import Path

import pytest

from chitieu.errors import Damaged
from chitieu.exports import is_export
from chitieu.model import Table
from extractors.tables import join_tables
from extractors.text_export import in_file, read_export

TABBED = """Phụ lục I

(Kèm theo Kế hoạch số **12/KH-UBND**) *Fax*

STT\tChỉ tiêu\tĐơn vị\tKết quả
1\tQuy mô kinh tế số\t% GRDP\t$> 0,623$
2\tPhát triển vững chắc, góp phần đưa tỉnh trở\tThứ bậc\tĐạt mức khá của vùng, trên

STT\tChỉ tiêu\tĐơn vị\tKết quả
\t\t\tmức trung bình cả nước
3\tTỉ lệ hồ sơ\t%\t100
Nơi nhận: như trên"""
MARKDOWN = r"""# PHỤ LỤC

| TT | Chỉ tiêu | Mức |
|:---|----------|----:|
| 1 | **Tỉ lệ** hồ sơ | $\geq 80\%$ |
| 2 | Kinh phí R\&D \| khác | ~~ |
"""


def tables(tmp_path: Path, text: str, name: str = "a.txt") -> tuple[Table, ...]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return in_file(join_tables("x", read_export(path)))


def rows(table: Table) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def test_tables_are_headed_and_sewn(tmp_path):
    (table,) = tables(tmp_path, TABBED)
    assert rows(table) == [
        ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả"],
        ["1", "Quy mô kinh tế số", "% GRDP", "> 0,623"],
        [
            "2",
            "Phát triển vững chắc, góp phần đưa tỉnh trở",
            "Thứ bậc",
            "Đạt mức khá của vùng, trên mức trung bình cả nước",
        ],
        ["3", "Tỉ lệ hồ sơ", "%", "100"],
    ]


def test_a_cell_stands_in_a_line_and_a_column_of_the_file(tmp_path):
    (table,) = tables(tmp_path, TABBED)
    sewn = next(cell for cell in table.cells if "trung bình" in cell.text)
    places = [(region.page, region.box.top, region.box.left) for region in sewn.regions]
    assert places == [(1, 7, 3), (2, 10, 3)]
    assert TABBED.split("\n")[9] == "\t\t\tmức trung bình cả nước"


def test_what_stands_outside_the_tables_are_lines_without_marks(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TABBED, encoding="utf-8")
    lines = [line.text for page in read_export(path) for line in page.lines]
    assert lines == ["Phụ lục I", "(Kèm theo Kế hoạch số 12/KH-UBND) Fax", "Nơi nhận: như trên"]


def test_markdown(tmp_path):
    (table,) = tables(tmp_path, MARKDOWN, "a.md")
    assert rows(table) == [
        ["TT", "Chỉ tiêu", "Mức"],
        ["1", "Tỉ lệ hồ sơ", "≥ 80%"],
        ["2", "Kinh phí R&D | khác", "~~"],
    ]


def test_a_line_amid_a_table_is_a_row_of_it(tmp_path):
    (table,) = tables(tmp_path, "A\tB\tC\n1\tx\ty\nMục tiêu đến năm 2030\n2\tx\ty\n")
    (title,) = [cell for cell in table.cells if "Mục tiêu" in cell.text]
    assert (title.row, title.col_span) == (2, 3)


def test_the_halves_of_a_head_are_lines(tmp_path):
    text = (
        "UBND TỈNH CAO BẰNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/QĐ-UBND\tCao Bằng, ngày 1/2/2026\n\n" + TABBED
    )
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    pages = read_export(path)
    assert [line.text for line in pages[0].lines][:2] == ["UBND TỈNH CAO BẰNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert len(join_tables("x", pages)) == 1


def test_utf_16_and_line_ends_of_windows(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TABBED.replace("\n", "\r\n").encode("utf-16"))
    assert is_export(path)
    assert rows(join_tables("x", read_export(path))[0])[3] == ["3", "Tỉ lệ hồ sơ", "%", "100"]


def test_other_bytes_are_damaged(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Tỉ lệ\tĐơn vị\tb\n".encode()[:1] + b"\xff\xfe\xfd")
    with pytest.raises(Damaged, match="UTF-8"):
        read_export(path)


@pytest.mark.parametrize(
    ("name", "text", "taken"),
    [
        ("a.txt", TABBED, True),
        ("a.TSV", TABBED, True),
        ("a.md", MARKDOWN, True),
        ("a.csv", TABBED, False),
        ("notes.txt", "Ghi chú\tmột\nhai\n", False),
        ("readme.md", "# Đọc\n\nMột | hai.\n", False),
        ("a.txt", "%PDF-1.4\n" + TABBED, False),
        ("a.txt", "", False),
    ],
)
def test_a_text_is_an_export_by_the_table_in_it(tmp_path, name, text, taken):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert is_export(path) is taken
