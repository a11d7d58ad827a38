"""The columns of the dataset, said once: CSV, Parquet, XLSX and the data package all derive from them.

The contract is `docs/DATASET.md`; a column that is added here needs a line there.
"""

from dataclasses import dataclass
from enum import StrEnum

from chitieu.model import FlagKind, ValueKind
from chitieu.store import DocumentState

FLAG_PATTERN = r"({kinds})(:\w+)?(; ({kinds})(:\w+)?)*".format(kinds="|".join(FlagKind))
REVIEW_STATUSES = ("unreviewed", "accepted", "corrected", "rejected")
COMPARATORS = ("=", ">=", ">", "<=", "<", "~")


class ColumnType(StrEnum):
    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"  # a float
    DECIMAL = "decimal"  # an exact number
    DATE = "date"
    LIST = "list"  # strings, `; ` between them where the file knows no lists


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table. `width` is in characters, for sheets; `note_*` say what the title cannot."""

    name: str
    type: ColumnType
    title_vi: str
    title_en: str
    width: int
    is_required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    bounds: tuple[float, float] | None = None
    note_vi: str = ""
    note_en: str = ""


TEXT, COUNT, EXACT = ColumnType.STRING, ColumnType.INTEGER, ColumnType.DECIMAL
DAY, LIST = ColumnType.DATE, ColumnType.LIST

DOCUMENT_ID = Column(
    "document_id", TEXT, "Mã văn bản", "Document id", 19, is_required=True, pattern=r"[0-9a-f]{16}(-\d+)?",
    note_vi="16 chữ số đầu của SHA-256 của tệp gốc; văn bản tiếp theo trong cùng tệp có đuôi -2, -3",
    note_en="First 16 hex digits of the SHA-256 of the original bytes; further decisions in one file get -2, -3",
)  # fmt: skip
SOURCE_FILE = Column("source_file", TEXT, "Tên tệp", "Source file", 28, is_required=True)
DOCUMENT_TYPE = Column("document_type", TEXT, "Loại văn bản", "Document type", 14)
DOCUMENT_NUMBER = Column("document_number", TEXT, "Số, ký hiệu", "Document number", 18)
DOCUMENT_DATE = Column("document_date", DAY, "Ngày ban hành", "Document date", 13)
ISSUER = Column("issuer", TEXT, "Cơ quan ban hành", "Issuer", 30)
PROVINCE = Column("province", TEXT, "Tỉnh, thành phố", "Province", 16)
PROVINCE_CODE = Column(
    "province_code", TEXT, "Mã tỉnh", "Province code", 9,
    note_vi="Mã hiện hành của ngành thống kê", note_en="Current code of the statistics office",
)  # fmt: skip
APPENDIX = Column("appendix", TEXT, "Phụ lục", "Appendix", 12)
INDICATOR_ID = Column(
    "indicator_id", TEXT, "Mã chỉ tiêu chuẩn", "Canonical indicator id", 26,
    note_vi="Trống nếu không chắc chắn", note_en="Empty where none is certain",
)  # fmt: skip
PERIOD = Column(
    "period", TEXT, "Năm hoặc giai đoạn", "Period", 12,
    note_vi="Năm hoặc giai đoạn của mục tiêu: 2030, 2026-2030", note_en="Target year or period: 2030, 2026-2030",
)  # fmt: skip
UNIT_CODE = Column("unit_code", TEXT, "Mã đơn vị chuẩn", "Canonical unit code", 16)
VALUE_TEXT = Column(
    "value_text",
    TEXT,
    "Mục tiêu",
    "Value as printed",
    34,
    note_vi="Nguyên văn, đã làm sạch",
    note_en="Clean, as printed",
)
COMPARATOR = Column(
    "comparator", TEXT, "So sánh", "Comparator", 9, values=COMPARATORS,
    note_vi="Trống nếu là khoảng hoặc không có số", note_en="Empty for ranges and where there is no number",
)  # fmt: skip
VALUE_LOW = Column(
    "value_low", EXACT, "Giá trị từ", "Lower value", 12,
    note_vi="Theo đơn vị của dòng; ≥ 80 là 80 và trống", note_en="In the unit of the row; ≥ 80 is 80 and empty",
)  # fmt: skip
VALUE_HIGH = Column(
    "value_high", EXACT, "Giá trị đến", "Upper value", 12,
    note_vi="Theo đơn vị của dòng; ≤ 30 là trống và 30", note_en="In the unit of the row; ≤ 30 is empty and 30",
)  # fmt: skip
RECORD_ID = Column(
    "record_id", TEXT, "Mã dòng", "Record id", 30, is_required=True,
    note_vi="Không đổi khi trích xuất lại", note_en="Stable over re-extraction",
)  # fmt: skip

FLAGS = Column("flags", LIST, "Lý do nghi ngờ", "Reasons for doubt", 32, pattern=FLAG_PATTERN,
    note_vi="Trống: hệ thống bảo đảm dòng này", note_en="Empty: the system vouches for the row")  # fmt: skip

INDICATOR_COLUMNS = (
    RECORD_ID,
    DOCUMENT_ID,
    SOURCE_FILE,
    DOCUMENT_TYPE,
    DOCUMENT_NUMBER,
    DOCUMENT_DATE,
    ISSUER,
    PROVINCE,
    PROVINCE_CODE,
    APPENDIX,
    Column("page", COUNT, "Trang", "Page", 7, is_required=True, bounds=(1, 1_000_000),
           note_vi="Trang PDF nơi dòng bắt đầu, đếm từ 1", note_en="PDF page where the row starts, from 1"),
    Column("section_code", TEXT, "Mã phần", "Section code", 8),
    Column("section", TEXT, "Phần", "Section", 24),
    Column("code", TEXT, "STT", "Code", 8),
    Column("parent_code", TEXT, "STT cấp trên", "Parent code", 9),
    Column("group", TEXT, "Nhóm", "Group", 30, note_vi="Tên dòng cấp trên không có giá trị riêng",
           note_en="Text of the parent row, where that has no value of its own"),
    Column("indicator", TEXT, "Chỉ tiêu", "Indicator", 48),
    INDICATOR_ID,
    PERIOD,
    Column("unit", TEXT, "Đơn vị tính", "Unit as printed", 16),
    UNIT_CODE,
    VALUE_TEXT,
    Column("value_kind", TEXT, "Kiểu giá trị", "Kind of value", 12, is_required=True, values=tuple(ValueKind)),
    COMPARATOR,
    VALUE_LOW,
    VALUE_HIGH,
    Column("agency", LIST, "Cơ quan chủ trì", "Responsible agencies", 32),
    Column("coagency", LIST, "Cơ quan phối hợp", "Cooperating agencies", 32),
    Column("note", TEXT, "Ghi chú", "Note", 24),
    Column("confidence", ColumnType.NUMBER, "Độ tin cậy", "Confidence", 9, is_required=True, bounds=(0, 1)),
    FLAGS,
    Column("review_status", TEXT, "Duyệt", "Review status", 12, is_required=True, values=REVIEW_STATUSES),
)  # fmt: skip

DOCUMENT_COLUMNS = (
    DOCUMENT_ID,
    SOURCE_FILE,
    Column("state", TEXT, "Trạng thái", "State", 14, is_required=True, values=tuple(DocumentState)),
    Column("reason", TEXT, "Lý do cách ly", "Reason of quarantine", 16),
    Column("flags", LIST, "Điều cần lưu ý", "Flags", 28, pattern=FLAG_PATTERN),
    DOCUMENT_TYPE,
    DOCUMENT_NUMBER,
    DOCUMENT_DATE,
    ISSUER,
    PROVINCE,
    PROVINCE_CODE,
    Column("title", TEXT, "Trích yếu", "Title", 48),
    APPENDIX,
    Column("parent_document", TEXT, "Kèm theo văn bản", "Parent document", 24),
    Column("amends", TEXT, "Sửa đổi văn bản", "Amends", 20),
    Column("replaces", TEXT, "Thay thế văn bản", "Replaces", 20),
    Column("superseded_by", TEXT, "Bị thay thế bởi", "Superseded by", 20),
    Column("signer_title", TEXT, "Chức vụ người ký", "Title of who signed", 18),
    Column("pages", COUNT, "Số trang", "Pages", 8, is_required=True, bounds=(0, 1_000_000)),
    Column("pages_digital", COUNT, "Trang có chữ", "Digital pages", 8, is_required=True, bounds=(0, 1_000_000)),
    Column("pages_scanned", COUNT, "Trang quét", "Scanned pages", 8, is_required=True, bounds=(0, 1_000_000),
           note_en="Scanned in whole or in part"),
    Column("rows", COUNT, "Số dòng", "Rows", 8, is_required=True, bounds=(0, 10_000_000)),
    Column("rows_flagged", COUNT, "Dòng nghi ngờ", "Flagged rows", 8, is_required=True, bounds=(0, 10_000_000)),
)  # fmt: skip

COMPARISON_COLUMNS = (
    Column("indicator_id", TEXT, "Mã chỉ tiêu chuẩn", "Canonical indicator id", 26, is_required=True),
    Column("indicator_name", TEXT, "Chỉ tiêu", "Indicator", 48),
    PERIOD,
    UNIT_CODE,
    PROVINCE,
    COMPARATOR,
    VALUE_LOW,
    VALUE_HIGH,
    VALUE_TEXT,
    Column("national_target", TEXT, "Mục tiêu quốc gia", "National target", 30,
           note_vi="Phụ lục I, Nghị quyết 03/NQ-CP", note_en="Appendix I of Resolution 03/NQ-CP"),
    DOCUMENT_NUMBER,
    DOCUMENT_DATE,
    Column("in_place_of", LIST, "Thay cho văn bản", "In place of", 24,
           note_vi="Các văn bản trước cùng tỉnh, cùng chỉ tiêu, không còn tính",
           note_en="Earlier decisions of the province on the same indicator, which no longer count"),
    RECORD_ID,
    FLAGS,
)  # fmt: skip

REVIEW_COLUMNS = (
    *INDICATOR_COLUMNS,
    Column("readings", TEXT, "Các lần đọc", "Readings", 48, note_vi="Của các ô nghi ngờ, theo từng bộ đọc",
           note_en="Of the doubtful cells, by engine"),
    Column("suggestion", TEXT, "Gợi ý", "Suggestion", 32, note_vi="Cách đọc khác của ô nghi ngờ",
           note_en="The other reading of the doubtful cell"),
    Column("version", TEXT, "Phiên bản", "Version", 18, note_vi="Không sửa: dòng đã đổi sau đó thì không nhận",
           note_en="Leave it: a row that has changed since is refused"),
)  # fmt: skip
