"""Columns whose titles no list of phrases knows: what stands below decides; other tables are never taken for indicators."""

import pytest

from chitieu.model import ColumnRoles
from normalizers.columns import label_columns
from normalizers.data import read_csv
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from normalizers.text import match_key
from tests.normalizers import way

BODY = {
    "c": ("1", "2", "3", "3.1", "4", "5"),
    "b": ("I", "1", "2", "II", "1", "2"),
    "i": (
        "Tỷ lệ hộ nghèo đa chiều giảm", "Thu ngân sách nhà nước trên địa bàn", "Số giường bệnh trên một vạn dân",
        "Diện tích rừng trồng mới", "Chuyển giao công nghệ cho hợp tác xã", "Tốc độ tăng trưởng GRDP",
    ),
    # texts that begin with none of the words of indicators
    "p": (
        "Người dân dùng nước sạch", "Xã đạt chuẩn nông thôn mới", "Trẻ em được tiêm chủng đầy đủ",
        "Lao động có việc làm mới", "Chuyển giao công nghệ", "Hộ gia đình có internet",
    ),
    "u": ("%", "Tỷ đồng", "Giường", "Ha", "Hợp tác xã", "%"),
    "v": ("≥ 5", "1.250", "32,5", "Trên 400", "12", "8 - 8,5"),
    "w": ("95%", "1.250 tỷ đồng", "12 bác sĩ/vạn dân", "Trên 400 ha", "30 hợp tác xã", "≥ 8,5%"),
    "q": ("Đạt", "Hoàn thành", "Tiếp tục duy trì", "Đạt chuẩn", "Cơ bản hoàn thành", "Đạt"),
    "a": ("Sở Y tế", "Thuế tỉnh", "Sở Y tế", "Chi cục Kiểm lâm vùng", "Liên minh Hợp tác xã tỉnh", "Sở Tài chính"),
}  # fmt: skip
LETTERS = {"code": "c", "indicator": "i", "unit": "u", "value": "v", "agency": "a", "coagency": "o", "note": "n",
           "ignored": "-", "unknown": "?"}  # fmt: skip
ROLE_OF = {"b": "c", "p": "i", "w": "v", "q": "v"}

# Titles by columns, what stands below each, with the period that the title gives to values.
STRANGE = [
    ("STT|Nội dung phấn đấu|ĐVT|Năm 2030", "c i u v2030"),
    ("STT|Chỉ báo theo dõi|Đơn vị tính|Kế hoạch 2026|Cơ quan chủ trì", "c i u v2026 a"),
    ("Ký hiệu|Thước đo|Đo bằng|Cần có vào năm 2030|Nơi lo việc", "c i u v2030 a"),
    ("TT|Các mặt công tác|Đơn vị tính|Năm 2026|Năm 2030", "c i u v2026 v2030"),
    ("Mục|Kết quả chủ yếu|Đơn vị tính|Năm 2026|Năm 2030", "c i u v2026 v2030"),
    ("STT|Kết quả cần đạt|ĐVT|Tạm giao|Người theo sát", "c i u v a"),
    ("STT|Đích đến|Thước tính|Con số", "c i u v"),
    ("STT|Phấn đấu|ĐVT|Mục tiêu|Đơn vị chủ trì", "c i u v a"),
    ("STT|Yêu cầu cần đạt|ĐVT|Mức cần có 2028|Đơn vị chủ trì", "c i u v2028 a"),
    ("STT|Lĩnh vực, chỉ tiêu|ĐVT|Kế hoạch năm 2027", "c i u v2027"),
    ("STT|Nhóm chỉ tiêu, chỉ tiêu|ĐVT|Kế hoạch năm 2027", "c i u v2027"),
    ("STT|Giá trị|ĐVT|Kế hoạch năm 2027", "c i u v2027"),
    ("STT|Nội dung|ĐVT|Chỉ tiêu 2026|Nơi chủ trì", "c i u v2026 a"),
    ("STT|Thông số|Đơn vị tính|Lộ trình đến năm 2030", "c i u v2030"),
    ("Thứ hạng dòng|Đại lượng|Đơn vị đếm|Ngưỡng|Bên nhận", "c i u v a"),
    ("№|Tên gọi|Tính theo|Số liệu cần đạt năm 2029", "c i u v2029"),
    ("Dòng|Tên mục|Tính theo|2026|2027|2028", "c i u v2026 v2027 v2028"),
    ("STT|Việc đo|ĐVT|Mốc 2026|Mốc 2030|Mốc 2045", "c i u v2026 v2030 v2045"),
    ("STT|Nội dung và yêu cầu|Thực trạng 2025|Cần đạt 2030", "c i w2025 w2030"),
    ("STT|Đầu ra chính|Năm 2030|Cơ quan chủ trì", "c i w2030 a"),
    ("STT|Đầu ra chính|Đích 2030|Cơ quan chủ trì", "c i w2030 a"),
    ("Số hiệu|Đầu ra chính|Đích 2030", "c i w2030"),
    ("Đầu ra chính|Đích 2030|Bên làm", "i w2030 a"),
    ("Đầu ra chính|Đo bằng|Đích 2030|Bên làm", "i u w2030 a"),
    ("Bên làm|Đầu ra chính|Đo bằng|Đích 2030", "a i u v2030"),
    ("STT|Đo bằng|Đầu ra chính|Đích 2030", "c u i v2030"),
    ("STT|Đo bằng|Đích 2030|Đầu ra chính", "c u v2030 i"),
    ("STT|Các nội dung phấn đấu|ĐVT|Năm 2030", "b i u v2030"),
    ("STT|Các nội dung phấn đấu|ĐVT|Năm 2030", "c p u v2030"),
    ("STT|Kết quả mong đợi|ĐVT|Năm 2030", "c p u v2030"),
    ("TT|Kết quả đầu ra|Đơn vị tính|Đến 2030|Đơn vị chủ trì", "c p u v2030 a"),
    ("STT|Nội dung thước đo|ĐVT|Kết quả|Sở, ngành lo", "c i u q a"),
    ("STT|Mô tả|ĐVT|Kế hoạch 2030", "c i u q2030"),
    ("STT|Tên các tiêu chuẩn|ĐVT|Thực hiện|Phấn đấu", "c i u v v"),
    ("STT|Hạng mục đo lường|Đơn vị tính|Kế hoạch 2026", "c i u v2026"),
    ("STT|Chỉ tỉêu|Bơn vị đo|Ưóc thực hiện năm 2025|Kế hoạh 2026", "c i u v2025 v2026"),
    ("SIT|Chí tiéu|Đon vi tinh|Muc tiêu nam 2030|Co quan chu tri", "c i u v2030 a"),
    ("S'I'T|Chi ti@u chu y3u|Đvn vj tính|Nãm 2030|Cơ qnan chù trì", "c i u v2030 a"),
    ("STT|Tiêu đích|Đơn vị|2030|Đơn vị", "c i u v2030 a"),
    ("STT|Mục đích hướng tới|Đơn vị|Cuối kỳ 2030|Giao cho", "c i u v2030 a"),
    ("STT|Đầu việc đo được|Đơn vị|Cuối kỳ|Giao cho", "c i u v a"),
    ("STT|Nhiệm vụ/chỉ tiêu|ĐVT|Năm 2030", "c p u v2030"),
    ("STT|Lĩnh vực, chỉ tiêu|ĐVT|Năm 2030", "c p u v2030"),
    ("STT|Khung đánh giá|Đơn vị|Số cần đạt|Giao cho", "c i u v a"),
]  # fmt: skip


def table_of(titles: str, columns: str):
    letters = [column[0] for column in columns.split()]
    body = [[BODY[letter][row] for letter in letters] for row in range(6)]
    return way.table([titles.split("|"), *body])


def shown(roles: ColumnRoles) -> str:
    return " ".join(LETTERS[column.role.value] + column.period for column in roles.columns)


@pytest.mark.parametrize(("titles", "columns"), STRANGE)
def test_a_strange_title_loses_no_column(titles: str, columns: str) -> None:
    table = table_of(titles, columns)
    roles = label_columns(table)
    assert shown(roles) == " ".join(ROLE_OF.get(column[0], column[0]) + column[1:] for column in columns.split())
    values = sum(column[0] in "vwq" for column in columns.split())
    assert len(read_indicators(read_rows(table, roles), roles, "abc")) >= 5 * values


def test_most_of_these_titles_are_in_no_list() -> None:
    known = {match_key(row["phrase"].removesuffix(" *")) for row in read_csv("columns.csv")}
    assert sum(any(match_key(title) not in known for title in titles.split("|")) for titles, _ in STRANGE) >= 40


@pytest.mark.parametrize(("titles", "columns"), STRANGE[:4] + STRANGE[28:31])
def test_a_strange_title_over_texts_beside_all_else_raises_no_doubt(titles: str, columns: str) -> None:
    assert label_columns(table_of(titles, columns)).flags == ()


def test_a_title_of_tasks_over_indicators_is_kept_in_doubt() -> None:
    roles = label_columns(table_of("STT|Nội dung thực hiện|ĐVT|Năm 2030", "c i u v2030"))
    assert roles.is_indicator_table
    assert [str(flag) for flag in roles.flags] == ["header_not_understood"]


def test_numbers_of_columns_prove_the_header_above_them_even_misread() -> None:
    table = table_of("(1)|(t2)|(3)|(4)", "c i u v")
    titled = way.table([["Dòng", "Đích đến", "Đo bằng", "Năm 2030"], *_texts(table)])
    roles = label_columns(titled)
    assert roles.header_rows == 2
    assert shown(roles) == "c i u v2030"


def _texts(table) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]


OTHERS = [
    ("TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian hoàn thành",
     [("1", "Xây dựng kế hoạch chuyển đổi số", "Sở Tài chính", "Quý I/2026"),
      ("2", "Tổng kết mô hình điểm", "Sở Y tế", "Năm 2027"), ("3", "Số hóa hồ sơ", "Công an tỉnh", "2028")]),
    ("TT|Nội dung công việc|Đơn vị thực hiện|Sản phẩm|Thời hạn",
     [("1", "Rà soát quy hoạch", "Sở Xây dựng", "Báo cáo", "2026"), ("2", "Số hóa hồ sơ", "Sở Y tế", "Hệ thống", "2027"),
      ("3", "Mở lớp tập huấn", "Sở Nội vụ", "Lớp học", "2028")]),
    ("TT|Tên dự án|Địa điểm|Tổng mức đầu tư|Kế hoạch năm 2026",
     [("1", "Đường tỉnh 521", "Xã A", "120.000", "20.000"), ("2", "Cầu số 5", "Xã B", "80.000", "10.000"),
      ("3", "Trường học xã C", "Xã C", "14.000", "4.000")]),
    ("TT|Công trình|Địa điểm|Chủ đầu tư|Vốn năm 2026",
     [("1", "Đường tỉnh 521", "Xã A", "Sở Xây dựng", "20"), ("2", "Cầu số 5", "Xã B", "Sở Xây dựng", "10"),
      ("3", "Trường học xã C", "Xã C", "UBND xã C", "4")]),
    ("TT|Nội dung chi|ĐVT|Số lượng|Đơn giá|Thành tiền",
     [("1", "In tài liệu", "Bộ", "100", "50", "5.000"), ("2", "Thuê hội trường", "Ngày", "2", "700", "1.400"),
      ("3", "Nước uống", "Người", "100", "20", "2.000")]),
    ("TT|Khoản mục|Năm 2025|Năm 2026",
     [("1", "Chi thường xuyên", "1.200", "1.300"), ("2", "Chi đầu tư", "900", "950"), ("3", "Dự phòng", "50", "60")]),
    ("TT|Tên đơn vị|Biên chế giao năm 2026|Hợp đồng",
     [("1", "Trường THPT Lê Lợi", "45", "3"), ("2", "Trường THPT Quang Trung", "51", "2"), ("3", "Trạm Thú y", "9", "1")]),
    ("TT|Đơn vị|Số lượng người làm việc|Ghi chú",
     [("1", "Phòng Hành chính", "12", ""), ("2", "Phòng Kế hoạch", "8", ""), ("3", "Phòng Tổ chức", "5", "")]),
    ("TT|Họ và tên|Chức vụ|Đơn vị|Số điện thoại",
     [("1", "Nguyễn Văn An", "Giám đốc", "Sở Y tế", "0912000001"), ("2", "Trần Thị Bình", "Phó Giám đốc", "Sở Xây dựng",
       "0912000002"), ("3", "Lê Văn Cường", "Chuyên viên", "Sở Nội vụ", "0912000003")]),
    ("TT|Thành viên|Vai trò trong Ban|Cơ quan",
     [("1", "Nguyễn Văn An", "Trưởng ban", "Sở Y tế"), ("2", "Trần Thị Bình", "Phó ban", "Sở Xây dựng"),
      ("3", "Lê Văn Cường", "Thành viên", "Sở Nội vụ")]),
    ("TT|Tên thủ tục|Thời hạn giải quyết|Lệ phí",
     [("1", "Cấp giấy phép xây dựng", "15 ngày", "75.000 đồng"), ("2", "Đăng ký kết hôn", "3 ngày", "30.000 đồng"),
      ("3", "Cấp đổi thẻ", "5 ngày", "20.000 đồng")]),
    ("TT|Xã, phường|Dân số|Diện tích",
     [("1", "Phường Trung tâm", "12.000", "15,2"), ("2", "Xã Tân Lập", "8.500", "33,1"), ("3", "Xã Yên Bình", "7.300", "41")]),
    ("TT|Loại đất|Mã|Hiện trạng 2025|Kế hoạch 2026",
     [("1", "Đất trồng lúa", "LUA", "120,5", "118"), ("2", "Đất rừng sản xuất", "RSX", "900", "950"),
      ("3", "Đất ở nông thôn", "ONT", "80", "85")]),
    ("TT|Văn bản|Số, ngày ban hành|Cơ quan ban hành",
     [("1", "Kế hoạch triển khai đề án", "12/KH-UBND", "UBND tỉnh"), ("2", "Quy chế phối hợp", "13/QĐ-UBND", "UBND tỉnh"),
      ("3", "Chương trình hành động", "14/CTr-UBND", "UBND tỉnh")]),
    ("TT|Nhiệm vụ, giải pháp|ĐVT|Khối lượng|Kinh phí",
     [("1", "Số hóa hồ sơ lưu trữ", "Hồ sơ", "100", "50"), ("2", "Tập huấn cán bộ", "Lớp", "2", "700"),
      ("3", "Mua máy chủ", "Máy", "4", "2.000")]),
]  # fmt: skip


@pytest.mark.parametrize(("titles", "rows"), OTHERS)
def test_tables_of_other_kinds_give_no_indicator(titles: str, rows: list) -> None:
    assert not label_columns(way.table([titles.split("|"), *map(list, rows)])).is_indicator_table


def test_years_alone_are_a_header_whose_upper_level_was_lost() -> None:
    years = ["", "", "", "Năm 2026", "Năm 2028", "Năm 2030"]
    units = ("%", "Km", "Người", "%", "Tỷ đồng")
    rows = [[str(n), f"Tỷ lệ hộ nghèo thứ {n}", unit, "5", "6", "7"] for n, unit in enumerate(units, 1)]
    roles = label_columns(way.table([years, *rows]))
    assert [column.role.value for column in roles.columns] == ["code", "indicator", "unit", "value", "value", "value"]
    assert [column.period for column in roles.columns[3:]] == ["2026", "2028", "2030"]


def test_years_read_as_one_text_over_their_columns_are_parted() -> None:
    header = ["TT", "Tên chỉ tiêu", "Đơn vị tính", "2027", ("Chỉ tiêu phấn đấu 2028 2029", 1, 2), None]
    rows = [[str(n), f"Tỷ lệ hộ nghèo thứ {n}", "%", "1", "2", "3"] for n in range(1, 6)]
    roles = label_columns(way.table([header, *rows]))
    assert [column.period for column in roles.columns] == ["", "", "", "2027", "2028", "2029"]
