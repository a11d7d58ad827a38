"""Titles without number between numbered rows: sections where the numbers go on over them, and more than one does."""

from chitieu.model import Indicator, Table
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả năm 2030", "Cơ quan chủ trì"]
FIRST, SECOND = "Phát triển bền vững khu vực nông thôn", "Đầu tư cho nghiên cứu và ứng dụng"


def read(*rows: list[str]) -> tuple[Indicator, ...]:
    built: Table = way.table([HEADER, *rows])
    roles = label_columns(built)
    return read_indicators(read_rows(built, roles), roles, "abc")


def record(number: int, name: str = "Số xã đạt chuẩn") -> list[str]:
    return [str(number), name, "Xã", str(20 + number), "Sở Tài chính"]


def title(text: str) -> list[str]:
    return ["", text, "", "", ""]


def flags(found: tuple[Indicator, ...]) -> list[str]:
    return [str(flag) for one in found for flag in one.flags]


def test_titles_over_which_the_numbers_go_on_are_sections_without_a_doubt() -> None:
    found = read(record(1), title(FIRST), record(2), record(3), title(SECOND), record(4))
    assert [one.section for one in found] == ["", FIRST, FIRST, SECOND]
    assert flags(found) == []


def test_one_alone_may_be_the_rest_of_the_row_above() -> None:
    found = read(record(1), title(FIRST), record(2), record(3))
    assert "uncertain_join" in flags(found)


def test_a_text_after_which_a_number_is_lost_may_be_a_row_half_read() -> None:
    found = read(record(1), title(FIRST), record(3), title(SECOND), record(5))
    assert "uncertain_join" in flags(found)


def test_what_goes_on_with_the_text_above_is_no_title() -> None:
    cut = record(1, "Tỷ lệ hộ nghèo ở các")
    found = read(
        cut, title("Vùng miền núi"), [*record(2)[:1], "Số dự án (kể cả", *record(2)[2:]], title(SECOND), record(3)
    )
    assert flags(found).count("uncertain_join") == 2
    found = read(record(1), title("vùng miền núi"), record(2), title("vùng cao"), record(3))
    assert flags(found).count("uncertain_join") == 2
