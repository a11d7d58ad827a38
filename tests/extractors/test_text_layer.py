"""Words of the text layer become lines and readings, their fonts kept."""

from itertools import pairwise
from pathlib import Path

import pikepdf

from chitieu.model import Box, Run
from extractors.pdf import open_pdf, plumber_page
from extractors.text_layer import Word, find_words, lines_of, read_lines
from tests.extractors.built import read_sample


def word(text: str, left: float, top: float, font: str = "Times", width: float | None = None) -> Word:
    return Word(text, font, 13.0, Box(left, top, left + (width or 6.0 * len(text)), top + 13))


def line_texts(*words: Word) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in lines_of(words)]


def test_words_of_one_height_are_a_line_from_left_to_right():
    assert line_texts(word("nghèo", 60, 100), word("hộ", 40, 100), word("Tỷ lệ", 0, 100)) == ["Tỷ lệ hộ nghèo"]


def test_lines_come_from_top_to_bottom():
    assert line_texts(word("hai", 0, 120), word("một", 0, 100)) == ["một", "hai"]


def test_a_raised_word_stays_in_its_line():
    assert line_texts(word("10", 0, 100), word("m2", 20, 97)) == ["10 m2"]


def test_a_soft_wrap_is_a_space_and_a_hard_break_a_newline():
    lines = lines_of([word("Sở Tài chính", 0, 100), word("Thuế", 0, 115), word("tỉnh", 0, 130)])
    assert read_lines(lines, (True, False)).text == "Sở Tài chính\nThuế tỉnh"


def test_no_words_are_no_reading():
    assert read_lines((), ()) is None


def test_runs_keep_their_fonts():
    lines = lines_of([word("Tỷ", 0, 100, ".VnTime"), word("lệ", 20, 100, ".VnTime"), word("GRDP", 40, 100, "Arial")])
    assert read_lines(lines, ()).runs == (Run("Tỷ lệ", ".VnTime"), Run(" GRDP", "Arial"))


def test_a_word_in_two_fonts_is_not_parted():
    assert read_lines(lines_of([word("≥", 0, 100, "Symbol", 7), word("80", 7.2, 100)]), ()).text == "≥80"


def test_a_text_layer_is_certain():
    assert read_lines(lines_of([word("80", 0, 100)]), ()).confidence == 1.0


def test_every_word_of_a_page_is_in_a_cell_or_a_line():
    content = read_sample("digital/cao-bang-1139")[0]
    cells = " ".join(cell.text for cell in content.tables[0].cells)
    outside = " ".join(line.text for line in content.lines)
    for words in ("Tiềm lực đáp ứng các hoạt động nghiên cứu", "Sở Khoa học và Công nghệ", "Mục tiêu đến năm 2030"):
        assert words in " ".join(cells.split())
    assert outside.split()[:2] == ["Phụ", "lục"]


def test_lines_outside_the_table_are_in_reading_order():
    tops = [line.region.box.top for line in read_sample("digital/cao-bang-1139")[0].lines]
    assert all(a <= b for a, b in pairwise(tops))


def test_small_marks_are_read_where_they_stand_beside_larger_print():
    mark = Word("1)", "Times", 6.0, Box(24, 98, 30, 105))
    assert line_texts(word("ghi", 0, 100), mark, word("chú", 32, 100)) == ["ghi 1) chú"]


def test_small_print_below_a_line_stays_a_line():
    small = Word("(đồng)", "Times", 8.0, Box(0, 111, 30, 120))
    assert line_texts(word("Phí", 0, 100), small) == ["Phí", "(đồng)"]


def test_a_line_may_end_at_the_hyphen_of_a_word_but_a_dash_keeps_its_space():
    lines = lines_of([word("QĐ-", 0, 100), word("TTg", 0, 115), word("số -", 0, 130), word("hai", 0, 145)])
    assert read_lines(lines, (False, False, False)).text == "QĐ-TTg số - hai"


def test_print_that_runs_up_or_down_is_read_along_its_lines():
    up = (Word("Tên", "Times", 13.0, Box(0, 80, 13, 100), 1), Word("gọi", "Times", 13.0, Box(0, 50, 13, 75), 1))
    second = Word("đủ", "Times", 13.0, Box(15, 80, 28, 100), 1)
    down = (Word("Ghi", "Times", 13.0, Box(50, 0, 63, 20), 3), Word("chú", "Times", 13.0, Box(50, 25, 63, 40), 3))
    assert line_texts(second, *reversed(up)) == ["Tên gọi", "đủ"]
    assert line_texts(*reversed(down)) == ["Ghi chú"]


def test_words_of_turned_print_are_whole(tmp_path: Path) -> None:
    page = """BT /F 12 Tf 0 1 -1 0 100 500 Tm (Running upwards) Tj ET BT /F 12 Tf 0 -1 1 0 200 700 Tm (and down) Tj ET
    BT /F 12 Tf 1 0 0 1 300 600 Tm (level) Tj ET"""
    with pikepdf.new() as document:
        document.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        document.pages[0].Contents = document.make_stream(page.encode())
        document.save(tmp_path / "a.pdf")
    with open_pdf(tmp_path / "a.pdf") as pdf, plumber_page(pdf, 1) as plumber:
        words = find_words(plumber)
    assert [(word.text, word.turns) for word in words] == [
        ("level", 0), ("Running", 1), ("upwards", 1), ("and", 3), ("down", 3),
    ]  # fmt: skip
    assert line_texts(*words) == ["level", "Running upwards", "and down"]
    running = next(word.box for word in words if word.text == "Running")
    assert 85 < running.left < 100 < running.right < 105
