"""Headers as planners write them: each column's role and period."""

import pytest

from chitieu.model import ColumnRoles
from normalizers.columns import label_columns
from tests.normalizers import way

# c code, i indicator, u unit, v value (with its period), a agency, o cooperating, n note, - ignored, ? not understood
BODY = {
    "c": ("1", "2", "3"),
    "i": ("Tỷ lệ hộ nghèo đa chiều", "Thu ngân sách trên địa bàn", "Số giường bệnh trên một vạn dân"),
    "u": ("%", "Tỷ đồng", "Giường"),
    "v": ("5", "≥ 1.200", "32,5"),
    "a": ("Sở Tài chính", "Thuế tỉnh", "Sở Y tế"),
    "o": ("Sở Xây dựng", "Các sở, ngành", "UBND các xã"),
    "n": ("", "Nghị quyết số 12", ""),
    "-": ("102,5", "abc", "98"),
    "?": ("x", "y", "z"),
}


def label(header: list[list], expected: str, caption: str = "") -> ColumnRoles:
    letters = [part[0] for part in expected.split()]
    body = [[BODY[letter][row] for letter in letters] for row in range(3)]
    return label_columns(way.table([*header, *body]), way.lines(*caption.split("\n")) if caption else ())


LETTERS = {
    "code": "c", "indicator": "i", "unit": "u", "value": "v", "agency": "a",
    "coagency": "o", "note": "n", "ignored": "-", "unknown": "?",
}  # fmt: skip


def shown(roles: ColumnRoles) -> str:
    return " ".join(LETTERS[column.role.value] + column.period for column in roles.columns)


ONE_LEVEL = [
    ("STT|Chỉ tiêu|Đơn vị tính|Kế hoạch 2026|Cơ quan chủ trì", "c i u v2026 a"),
    ("TT|Chỉ tiêu chủ yếu|ĐVT|Kế hoạch năm 2026|Cơ quan chủ trì theo dõi, đánh giá", "c i u v2026 a"),
    ("Số TT|Tên chỉ tiêu|ĐVT|Mục tiêu đến năm 2030|Đơn vị chủ trì", "c i u v2030 a"),
    ("STT|Nội dung chỉ tiêu|Đơn vị|Mục tiêu 2030|Cơ quan theo dõi, đánh giá|Cơ quan phối hợp", "c i u v2030 a o"),
    ("TT|Chỉ tiêu|Đơn vị tính|Thực hiện 2025|Kế hoạch 2026|Ghi chú", "c i u v2025 v2026 n"),
    ("STT|Chỉ tiêu|ĐVT|Ước TH 2025|KH 2026|Đơn vị thực hiện", "c i u v2025 v2026 a"),
    ("STT|Chỉ tiêu|ĐVT|TH năm 2024|ƯTH năm 2025|KH năm 2026", "c i u v2024 v2025 v2026"),
    ("STT|Chỉ tiêu|ĐVT|Ước thực hiện năm 2025|Kế hoạch năm 2026|So sánh (%)", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|ĐVT|Thực hiện năm 2025|Kế hoạch năm 2026|KH 2026/TH 2025 (%)", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|ĐVT|Thực hiện năm 2025|Kế hoạch năm 2026|Tăng/giảm", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|ĐVT|Thực hiện năm 2025|Kế hoạch năm 2026|Tăng, giảm so với năm 2025", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|ĐVT|TH 2025|KH 2026|So với cùng kỳ (%)", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|ĐVT|Kế hoạch 2026|Thực hiện|% thực hiện", "c i u v2026 v -"),
    ("STT|Chỉ tiêu|ĐVT|Kế hoạch 2026|% so với năm 2025|Ghi chú", "c i u v2026 - n"),
    ("STT|Chỉ tiêu|ĐVT|TH 2025|KH 2026|Tốc độ tăng (%)", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|ĐVT|TH 2025|KH 2026|Tỷ lệ (%) KH 2026/TH 2025", "c i u v2025 v2026 -"),
    ("STT|Chỉ tiêu|Đến hết năm 2026|Đến năm 2030|Tầm nhìn 2045|Cơ quan chủ trì", "c i v2026 v2030 v2045 a"),
    ("STT|Chỉ tiêu|ĐVT|Đến năm 2030|Tầm nhìn đến năm 2045|Căn cứ", "c i u v2030 v2045 n"),
    ("STT|Chỉ tiêu|ĐVT|2026|2027|2028|2029|2030", "c i u v2026 v2027 v2028 v2029 v2030"),
    (
        "TT|Chỉ tiêu|ĐVT|Năm 2026|Năm 2027|Năm 2028|Năm 2029|Năm 2030|Đơn vị chủ trì",
        "c i u v2026 v2027 v2028 v2029 v2030 a",
    ),
    ("STT|Chỉ tiêu|ĐVT|Giai đoạn 2021 - 2025|Giai đoạn 2026 - 2030", "c i u v2021-2025 v2026-2030"),
    (
        "STT|Chỉ tiêu|ĐVT|Kết quả giai đoạn 2021-2025|Mục tiêu giai đoạn 2026-2030|Cơ quan chủ trì",
        "c i u v2021-2025 v2026-2030 a",
    ),
    ("STT|Chỉ tiêu|Đơn vị|Kết quả|Cơ quan chủ trì", "c i u v a"),
    ("STT|Chỉ tiêu|Đơn vị tính|Kết quả cần đạt|Cơ quan chủ trì|Thời gian hoàn thành", "c i u v a -"),
    ("STT|Chỉ tiêu|Đơn vị tính|Kết quả cần đạt|Cơ quan chủ trì|Lộ trình", "c i u v a -"),
    ("STT|Chỉ tiêu|Mục tiêu|Cơ quan chủ trì|Cơ quan phối hợp|Thời hạn hoàn thành", "c i v a o -"),
    ("TT|Mục tiêu, chỉ tiêu|ĐVT|Chỉ tiêu năm 2026|Cơ quan chủ trì", "c i u v2026 a"),
    ("TT|Nội dung|ĐVT|Chỉ tiêu năm 2026|Cơ quan chủ trì", "c i u v2026 a"),
    ("TT|Nội dung|Đơn vị tính|Mục tiêu đến 2030|Đơn vị chịu trách nhiệm", "c i u v2030 a"),
    ("TT|Tiêu chí|ĐVT|Mục tiêu năm 2030|Đơn vị phụ trách", "c i u v2030 a"),
    ("STT|Chỉ tiêu|Kế hoạch 2030 (%)|Cơ quan chủ trì", "c i v2030 a"),
    ("Chỉ tiêu|Đơn vị tính|Kế hoạch 2026", "i u v2026"),
    ("Chỉ tiêu|ĐVT|Thực hiện 2025|Kế hoạch 2026|Ghi chú", "i u v2025 v2026 n"),
    ("STT|Cơ quan chủ trì|Chỉ tiêu|ĐVT|Mục tiêu 2030", "c a i u v2030"),
    ("STT|Đơn vị chủ trì|Đơn vị tính|Chỉ tiêu|Kế hoạch 2026", "c a u i v2026"),
    ("TT|Chỉ tiêu|Mục tiêu 2030|ĐVT|Cơ quan chủ trì thực hiện|Cơ quan phối hợp thực hiện", "c i v2030 u a o"),
    ("STT|Các chỉ tiêu chủ yếu|Đơn vị tính|Nghị quyết Đại hội giao đến năm 2030|Cơ quan chủ trì", "c i u v2030 a"),
    ("STT|Chỉ tiêu|ĐVT|Chỉ tiêu Trung ương giao|Chỉ tiêu tỉnh giao|Cơ quan chủ trì", "c i u v v a"),
    ("STT|Chỉ tiêu|ĐVT|Chỉ tiêu HĐND tỉnh giao năm 2026|Cơ quan chủ trì", "c i u v2026 a"),
    ("STT|Tên chỉ tiêu|Đơn vị tính|Số liệu năm 2025|Mục tiêu năm 2030|Nguồn số liệu", "c i u v2025 v2030 -"),
    ("STT|Chỉ tiêu|ĐVT|Năm gốc 2025|Mục tiêu 2030|Phương pháp tính", "c i u v2025 v2030 -"),
    ("STT|Mã số|Tên chỉ tiêu|Đơn vị tính|Năm 2030|Đơn vị theo dõi", "c - i u v2030 a"),
    ("STT|Lĩnh vực|Chỉ tiêu|ĐVT|Năm 2030|Đơn vị theo dõi", "c - i u v2030 a"),
    ("STT|Chỉ tiêu|Đơn vị tính|Dự kiến năm 2026|Dự kiến năm 2030|Ghi chú", "c i u v2026 v2030 n"),
    ("STT|Chỉ tiêu|Đơn vị tính|Ước năm 2025|Dự báo năm 2030|Cơ quan, đơn vị chủ trì", "c i u v2025 v2030 a"),
    ("STT|Chỉ tiêu|ĐVT|Quý I/2026|Quý II/2026|Cả năm 2026", "c i u - - v2026"),
    ("STT|Chỉ tiêu|ĐVT|6 tháng đầu năm 2026|Cả năm 2026|Cơ quan chủ trì", "c i u - v2026 a"),
    ("STT|Chỉ tiêu|Đơn vị\ntính|Kế hoạch\nnăm\n2026|Cơ quan\nchủ trì", "c i u v2026 a"),
    ("STT|Chỉ tiêu|ĐVT|Năm 20\n26|Năm 20\n30|Cơ quan chủ trì", "c i u v2026 v2030 a"),
    ("STT|Chỉ tiêu|ĐVT|Mục tiêu 2026 -\n2030|Cơ quan chủ trì", "c i u v2026-2030 a"),
    ("STT|CHỈ TIÊU|ĐVT|KẾ HOẠCH 2026|CƠ QUAN CHỦ TRÌ", "c i u v2026 a"),
    (
        "STT|Chỉ tiêu|Đơn vị tính|Kết quả thực hiện năm 2025|Mục tiêu, chỉ tiêu năm 2026|Đơn vị chủ trì tham mưu",
        "c i u v2025 v2026 a",
    ),
    ("STT|Chỉ tiêu|ĐVT|Giá trị năm 2030|Sở, ngành chủ trì|Sở, ngành phối hợp", "c i u v2030 a o"),
    ("STT|Chỉ tiêu|ĐVT|Kế hoạch 2026|Cơ quan chủ trì|Người phụ trách", "c i u v2026 a ?"),
    ("STT|Chỉ tiêu|ĐVT|Chỉ tiêu phấn đấu đến năm 2030|Cơ quan theo dõi, báo cáo", "c i u v2030 a"),
    ("STT|Chỉ tiêu|ĐVT|Kế hoạch 5 năm 2026-2030|Kế hoạch năm 2026|Cơ quan chủ trì", "c i u v2026-2030 v2026 a"),
    ("STT|Chỉ tiêu|Đơn vị tính|Bình quân giai đoạn 2026-2030|Năm 2030", "c i u v2026-2030 v2030"),
    ("STT|Chỉ tiêu|ĐVT|Mục tiêu|Kết quả thực hiện|Đánh giá", "c i u v v -"),
]


@pytest.mark.parametrize(("titles", "expected"), ONE_LEVEL)
def test_a_header_of_one_level(titles: str, expected: str) -> None:
    roles = label([titles.split("|")], expected, "CHỈ TIÊU PHÁT TRIỂN KINH TẾ - XÃ HỘI")
    assert shown(roles) == expected
    assert roles.header_rows == 1
    assert bool(roles.flags) == ("?" in expected)


def levels(text: str) -> list[list]:
    """Rows by lines, cells by `|`: `>` goes on with the cell at its left, `^` with the one above."""
    rows = [line.strip().split("|") for line in text.strip().splitlines()]
    table: list[list] = [[None] * len(rows[0]) for _ in rows]
    for y, row in enumerate(rows):
        for x, entry in enumerate(row):
            if entry not in (">", "^"):
                across = next((k for k in range(x + 1, len(row)) if row[k] != ">"), len(row)) - x
                down = next((k for k in range(y + 1, len(rows)) if rows[k][x] != "^"), len(rows)) - y
                table[y][x] = (entry, down, across)
    return table


MANY_LEVELS = [
    ("""STT|Chỉ tiêu|ĐVT|Mục tiêu giai đoạn 2026 - 2030|>|>|>|>
        ^|^|^|Năm 2026|Năm 2027|Năm 2028|Năm 2029|Năm 2030""", "c i u v2026 v2027 v2028 v2029 v2030"),
    ("""STT|Chỉ tiêu|ĐVT|Ước TH 2025|Mục tiêu|>|>|Cơ quan chủ trì
        ^|^|^|^|2026|2030|2045|^""", "c i u v2025 v2026 v2030 v2045 a"),
    ("""STT|Chỉ tiêu|ĐVT|Kế hoạch|>|Đơn vị|>
        ^|^|^|Năm 2026|Năm 2030|Chủ trì|Phối hợp""", "c i u v2026 v2030 a o"),
    ("""STT|Chỉ tiêu|ĐVT|Năm 2025|>|Kế hoạch 2026|So sánh (%)|>
        ^|^|^|Kế hoạch|Ước thực hiện|^|KH 2025|ƯTH 2025""", "c i u v2025 v2025 v2026 - -"),
    ("""STT|Chỉ tiêu|ĐVT|Giai đoạn 2021-2025|>|Giai đoạn 2026-2030|>
        ^|^|^|Mục tiêu|Thực hiện|Mục tiêu|Bình quân""", "c i u v2021-2025 v2021-2025 v2026-2030 v2026-2030"),
    ("""STT|Chỉ tiêu|ĐVT|Mục tiêu|>|>|>
        ^|^|^|Giai đoạn 2026-2030|>|Tầm nhìn|>
        ^|^|^|Năm 2026|Năm 2030|Năm 2035|Năm 2045""", "c i u v2026 v2030 v2035 v2045"),
    ("""STT|Chỉ tiêu|ĐVT|Lộ trình thực hiện|>|>|Cơ quan chủ trì
        ^|^|^|Năm 2026|Năm 2028|Năm 2030|^""", "c i u v2026 v2028 v2030 a"),
    ("""STT|Chỉ tiêu|ĐVT|Phân kỳ thực hiện|>|>
        ^|^|^|2026|2027|2028""", "c i u v2026 v2027 v2028"),
    ("""STT|Chỉ tiêu|ĐVT|Trong đó|>|Cơ quan|>|Ghi chú
        ^|^|^|Năm 2026|Năm 2027|chủ trì|phối hợp|^""", "c i u v2026 v2027 a o n"),
    ("""STT|Chỉ tiêu|>|ĐVT|Kế hoạch 2026
        (1)|(2)|(3)|(4)|(5)""", "c i ? u v2026"),
    ("""STT|Chỉ tiêu|ĐVT|Thực hiện|>|Kế hoạch|>
        ^|^|^|2024|2025|2026|2030
        A|B|C|1|2|3|4""", "c i u v2024 v2025 v2026 v2030"),
    ("""TT|Nội dung chỉ tiêu|Đơn vị tính|Mục tiêu cụ thể|>|Phân công thực hiện|>
        ^|^|^|Đến năm 2026|Đến năm 2030|Cơ quan chủ trì|Cơ quan phối hợp""", "c i u v2026 v2030 a o"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MANY_LEVELS[:9] + MANY_LEVELS[10:])
def test_a_header_of_several_levels(text: str, expected: str) -> None:
    header = levels(text)
    roles = label(header, expected, "CHỈ TIÊU PHÁT TRIỂN KINH TẾ - XÃ HỘI")
    assert shown(roles) == expected
    assert roles.header_rows == len(header)
    assert bool(roles.flags) == ("?" in expected)
