"""Misreadings mended or flagged; print left alone; numbers never touched."""

import pytest

from chitieu.model import Cell
from normalizers.columns import label_columns
from normalizers.evidence import weigh
from normalizers.mended import Mended
from normalizers.repair import agree_columns, mend_cell
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì"]


def agencies(*names: str) -> list[Mended]:
    table = way.table([HEADER, *([str(i + 1), "Tỷ lệ", "%", "5", name] for i, name in enumerate(names))])
    mended = agree_columns(read_rows(table, label_columns(table)))
    return [mended[0, row, 4] for row in range(1, len(names) + 1)]


@pytest.mark.parametrize(
    ("read", "became"),
    [
        ("Phân đấu ≥ 2", "Phấn đấu ≥ 2"),
        ("Phần đầu ≥ 3", "Phấn đấu ≥ 3"),
        ("' ≥ 80", "≥ 80"),
        ("≥ 80 _", "≥ 80"),
        ("Đạt mức khá_", "Đạt mức khá"),
        ('"Đạt mức khá', "Đạt mức khá"),
        ('Đạt mức "khá"', 'Đạt mức "khá"'),
        ("|00", "|00"),
    ],
)
def test_specks_and_set_phrases(read: str, became: str) -> None:
    assert mend_cell("value_text", way.cell(1, 1, read)).text == became


def test_a_bar_beside_a_number_may_be_a_one() -> None:
    assert [str(f) for f in mend_cell("value_text", way.cell(1, 1, "| 80")).flags] == ["uncertain_repair:value_text"]


def test_print_of_text_layers_is_left_alone() -> None:
    cell = way.cell(1, 1, "x", readings=(way.reading("Phân đấu ≥ 2", "text layer", 1.0),))
    assert mend_cell("value_text", cell).text == "Phân đấu ≥ 2"


def test_outliers_of_a_column_are_mended() -> None:
    name = "Phòng Bưu chính - Viễn thông"
    found = agencies(name, name, name, "Phòng Bựu chính - Viễn thông")
    assert found[3].text == name
    assert found[3].repairs[0].read == "Phòng Bựu chính - Viễn thông"
    assert found[0].is_consensus


def test_a_name_that_the_column_has_with_more_words_is_doubted() -> None:
    whole = "Văn phòng điều phối nông thôn mới"
    found = agencies(whole, whole, "Văn phòng")
    assert [str(flag) for flag in found[2].flags] == ["uncertain_repair:agency"]
    assert found[2].text == "Văn phòng"
    assert agencies("Sở Y tế thành phố", "Sở Y tế thành phố", "Sở Y tế")[2].flags == ()
    assert agencies(whole, "Văn phòng", "Văn phòng")[2].flags == ()


def test_other_numbers_and_known_agencies_are_no_outliers() -> None:
    bank = "Ngân hàng Nhà nước khu vực 5"
    assert agencies(bank, bank, bank, "Ngân hàng Nhà nước khu vực 6")[3].repairs == ()
    assert agencies(*["Sở Ngoại vụ"] * 3, "Sở Nội vụ")[3].repairs == ()


def test_two_vietnamese_names_one_letter_apart_are_only_flagged() -> None:
    found = agencies(*["Phòng Kinh tế đối ngoại"] * 3, "Phòng Kinh tế đối nội")[3]
    assert found.text == "Phòng Kinh tế đối nội"


def test_a_wrong_mark_is_mended_only_where_the_reader_was_unsure() -> None:
    text = "Tỷ lệ doanh nghiệp có hoạt động đổi mời sáng tạo"
    assert mend_cell("indicator", way.cell(1, 1, text, confidence=0.99)).text == text
    doubted = mend_cell("indicator", way.cell(1, 1, text, confidence=0.7))
    mended = mend_cell("indicator", way.cell(1, 1, text, confidence=0.4))
    assert (doubted.text, [str(f) for f in doubted.flags]) == (text, ["uncertain_repair:indicator"])
    assert mended.text.endswith("đổi mới sáng tạo")


def test_odd_but_printed_spellings_stay_quiet() -> None:
    mended = mend_cell("value_text", way.cell(1, 1, "Doanh nghiệp có thể mạnh dạn đầu tư"))
    assert (mended.repairs, mended.flags) == ((), ())


def two(first: str, second: str, confidence: float = 0.995) -> Cell:
    return way.cell(
        1, 1, first, readings=(way.reading(first, confidence=confidence), way.reading(second, "tesseract", 0.8))
    )


def doubts(first: str, second: str, is_exact: bool, confidence: float = 0.995, field: str = "value_text") -> list[str]:
    return [str(f) for f in weigh(field, two(first, second, confidence), Mended(first), is_exact=is_exact)]


@pytest.mark.parametrize(
    ("first", "second", "confidence", "expected"),
    [
        ("≥ 80", "> 80", 0.99, []),
        ("≥ 80", "2 80", 0.995, []),
        ("≥ 80", "280", 0.995, []),
        ("≥ 80", "280", 0.9, ["readers_disagree:value_text"]),
        ("≥ 80", "> 90", 0.999, ["readers_disagree:value_text"]),
        ("80", "30", 0.999, ["readers_disagree:value_text"]),
        ("100", "100", 0.65, []),
        ("100", "100", 0.4, ["low_confidence:value_text"]),
        ("≥ 80", "> 80", 0.6, ["low_confidence:value_text"]),
    ],
)
def test_numbers_count_character_by_character(first: str, second: str, confidence: float, expected: list[str]) -> None:
    assert doubts(first, second, True, confidence) == expected


def test_numbers_read_by_one_reader_need_to_be_sure() -> None:
    cell = way.cell(1, 1, "80", confidence=0.9)
    assert [str(f) for f in weigh("value_text", cell, Mended("80"), is_exact=True)] == ["low_confidence:value_text"]


def test_words_are_doubted_only_where_the_rival_is_vietnamese() -> None:
    assert doubts("Tăng dần theo mỗi năm", "Tảng dấn theo mỗi năm", False) == []
    assert doubts("Tăng dần theo mỗi năm", "Tăng dần theo từng năm", False, 0.7) == ["readers_disagree:value_text"]


def test_one_of_two_known_units_is_wrong() -> None:
    assert doubts("% GDP", "% GRDP", False, 0.95, "unit") == ["readers_disagree:unit"]
    assert doubts("Người/vạn dân", "Người/tạn dân", False, 0.7, "unit") == []


def test_ink_that_was_not_read_is_flagged() -> None:
    cell = way.cell(1, 1, "Tỷ lệ hộ nghèo", quality=0.5)
    assert [str(f) for f in weigh("indicator", cell, Mended("Tỷ lệ hộ nghèo"), is_exact=False)] == [
        "low_confidence:indicator"
    ]


@pytest.mark.parametrize(
    ("read", "became", "flag"),
    [
        ("Sở Văn hóa, Thể thao và Du ịch", "", "Du lịch"),
        ("Sở Giáo dục và Đàò lạo", "", "Đào tạo"),
        ("Lo Khoa học và Công nghệ", "Lo Khoa học và Công nghệ", ""),
        ("Sở Nông nghiệp", "Sở Nông nghiệp", ""),
    ],
)
def test_a_long_name_with_one_letter_off_is_mended_or_flagged(read: str, became: str, flag: str) -> None:
    (mended,) = agencies(read)
    assert mended.text == (became or mended.text)
    assert (flag in mended.text or any(flag in found.detail for found in mended.flags)) if flag else not mended.flags
