"""Everything that people read on the screen and in reports, in Vietnamese and English."""

from collections.abc import Iterator

from chitieu.help_messages import HELP
from chitieu.identity_messages import IDENTITY
from chitieu.model import FlagKind
from chitieu.service_messages import SERVICE
from chitieu.settings import Language

# key: (Vietnamese, English); braces are filled in by `text`.
TEXTS: dict[str, tuple[str, str]] = {
    "documents": ("Văn bản", "Documents"),
    "documents_counted": ("{new} mới đọc, {known} đã đọc từ trước", "{new} read now, {known} read before"),
    "pages": ("Trang", "Pages"),
    "pages_counted": (
        "{total} ({digital} có sẵn chữ, {scanned} quét)",
        "{total} ({digital} digital, {scanned} scanned)",
    ),
    "page": ("Trang", "Page"),
    "layer": ("Lớp chữ", "Text layer"),
    "read_from": ("Đọc từ", "Read from"),
    "read_from_words": ("chữ có sẵn", "its words"),
    "read_from_picture": ("ảnh", "its picture"),
    "evidence": ("Căn cứ", "Evidence"),
    "layer_unknown": ("chưa xét (đọc bằng bản cũ)", "not judged (read by an older version)"),
    "layer_sound": ("văn bản số, Unicode", "born digital, Unicode"),
    "layer_tcvn3": ("văn bản số, bảng mã TCVN3", "born digital, TCVN3"),
    "layer_vni": ("văn bản số, bảng mã VNI", "born digital, VNI"),
    "layer_foreign": ("văn bản số, không phải tiếng Việt", "born digital, not Vietnamese"),
    "layer_unusable": ("phông chữ không có Unicode dùng được", "a font without usable Unicode"),
    "layer_partial": ("một phần là chữ, một phần là ảnh", "partly words, partly a picture"),
    "layer_ocr_sound": ("bản quét có chữ nhận dạng", "a scan with recognised words"),
    "layer_ocr_garbage": ("bản quét có chữ nhận dạng sai", "a scan with wrongly recognised words"),
    "layer_stamp": ("bản quét, chỉ có chữ của dấu hoặc chữ ký", "a scan, words of a stamp or signature alone"),
    "layer_none": ("không có chữ", "none"),
    "layer_export": ("tệp văn bản của phần mềm khác", "a text file of another program"),
    "layer_blank": ("trang trắng", "blank page"),
    "evidence_words": (
        "{words} từ, {syllables:.0%} tiếng Việt, {marks:.0%} chữ có dấu",
        "{words} words, {syllables:.0%} Vietnamese, {marks:.0%} of letters marked",
    ),
    "evidence_picture": ("ảnh phủ {share:.0%}", "pictures cover {share:.0%}"),
    "evidence_unlayered": ("{share:.0%} nét in không có chữ", "{share:.0%} of the print has no words"),
    "evidence_unmapped": ("{share:.0%} ký tự không có Unicode", "{share:.0%} of characters without Unicode"),
    "evidence_agreement": ("{share:.0%} từ đọc trên ảnh khớp", "{share:.0%} of words read in the picture agree"),
    "rows": ("Dòng chỉ tiêu", "Indicator rows"),
    "rows_counted": ("{rows}, trong đó {flagged} dòng cần xem lại", "{rows}, of which {flagged} to be checked"),
    "no_indicators": ("Không có bảng chỉ tiêu", "No indicator table"),
    "quarantined": ("Cách ly", "Quarantined"),
    "ignored": ("Bỏ qua (không phải PDF)", "Ignored (no PDF)"),
    "and_more": ("… và {count} tệp nữa", "… and {count} more"),
    "results_in": ("Kết quả ở", "Results in"),
    "quarantine_in": ("Tệp cách ly và lý do ở", "Quarantined files and reasons in"),
    "seconds": ("{seconds:.1f} giây", "{seconds:.1f} s"),
    "time": ("Thời gian", "Time"),
    "page_of": ("{name}: trang {page}/{pages}", "{name}: page {page}/{pages}"),
    "started": ("{name}: bắt đầu đọc", "{name}: started"),
    "done": (
        "{name}: xong, {rows} dòng, {flagged} cần xem lại ({seconds:.1f} giây)",
        "{name}: done, {rows} rows, {flagged} to be checked ({seconds:.1f} s)",
    ),
    "done_without": (
        "{name}: xong, không có bảng chỉ tiêu ({seconds:.1f} giây)",
        "{name}: done, no indicator table ({seconds:.1f} s)",
    ),
    "server_starting": ("Đang khởi động Prefect…", "Starting Prefect…"),
    "server_started": ("Prefect khởi động trong {seconds:.1f} giây", "Prefect started in {seconds:.1f} s"),
    "server_found": ("Dùng máy chủ Prefect đang chạy", "Using the Prefect server that is running"),
    "no_such_path": (
        "Không tìm thấy {path}. Hãy kiểm tra lại đường dẫn.",
        "{path} does not exist. Check the path.",
    ),
    "left_in_inbox": ("Để lại trong inbox", "Left in the inbox"),
    "left_hidden": ("tệp ẩn", "hidden"),
    "left_temporary": ("tệp tạm của chương trình khác", "a temporary file of another program"),
    "left_link": ("đường dẫn tắt; hãy sao chép chính tệp đó", "a link; copy the file itself"),
    "left_special": (
        "không phải tệp thường; hãy bỏ đi và sao chép chính văn bản vào",
        "no ordinary file; take it away, and copy the document itself",
    ),
    "left_unknown": (
        "không phải PDF, ảnh quét (TIFF, JPEG, PNG), văn bản có bảng hay tệp ZIP; "
        "hãy lưu thành PDF (tệp nén khác: giải nén ra) rồi bỏ lại vào inbox",
        "no PDF, scan (TIFF, JPEG, PNG), text with a table or ZIP archive; "
        "save it as PDF (other archives: unpack them) and drop that",
    ),
    "left_growing": ("còn đang được ghi; để lần sau", "is still being written; left for the next time"),
    "left_unfinished": (
        "chưa đủ đến cuối tệp; để lần sau, nếu không thay đổi nữa thì sẽ cách ly",
        "is not whole yet; left for the next time, and quarantined once it changes no more",
    ),
    "left_closed": (
        "không đọc hoặc không chuyển đi được; hãy kiểm tra quyền của tệp và thư mục",
        "can not be read or moved; check the permissions of the file and its folder",
    ),
    "duplicates": ("Trùng", "Duplicates"),
    "duplicate_of": ("{name}: trùng từng byte với {known_as}", "{name}: byte for byte the same as {known_as}"),
    "busy": ("Lượt chạy khác đang đọc", "Another run is reading"),
    "inbox_at": ("Hãy bỏ tệp vào {folder}", "Drop files into {folder}"),
    "nothing_yet": ("Chưa đọc tệp nào; lý do nêu ở trên.", "No file was read yet; the reasons are above."),
    "nothing_to_do": ("Không có tệp PDF nào để đọc.", "There is no PDF to read."),
    "stopped": (
        "Đã dừng. Không mất gì: chạy lại lệnh để tiếp tục.",
        "Stopped. Nothing is lost: run the command again to go on.",
    ),
    "bad_settings": ("Cấu hình sai: {detail}", "Bad settings: {detail}"),
    "disk_problem": (
        "Không ghi được: {detail}. Hãy kiểm tra dung lượng và quyền ghi, rồi chạy lại.",
        "Could not write: {detail}. Check free space and permissions, then run again.",
    ),
    "store_problem": (
        "Không mở được cơ sở dữ liệu: {detail}. Hãy kiểm tra CHITIEU_DATABASE_URL.",
        "The database cannot be used: {detail}. Check CHITIEU_DATABASE_URL.",
    ),
    "dask_problem": (
        "Bộ điều phối Dask không trả lời ({detail}). Hãy chạy nó, sửa dask_scheduler, hoặc chạy với --direct.",
        "Dask's scheduler does not answer ({detail}). Start it, mend dask_scheduler, or run with --direct.",
    ),
    "other_version": (
        "Máy đọc có phiên bản phần mềm, bộ đọc hay từ điển khác máy này ({detail}). Hãy cài cùng một phiên bản trên "
        "mọi máy rồi chạy lại; văn bản vẫn chờ, không mất gì.",
        "A machine that reads has other software, models or word lists than this one ({detail}). Install the same "
        "version on all machines and run again; the documents wait, nothing is lost.",
    ),
    "prefect_problem": (
        "Prefect không chạy được. Xem {log}; có thể chạy với --direct.",
        "Prefect failed. See {log}; --direct works without it.",
    ),
    "published": (
        "Đã ghi {rows} dòng của {documents} văn bản vào {folder}",
        "Wrote {rows} rows of {documents} documents to {folder}",
    ),
    "no_documents": (
        "Chưa có văn bản nào. Hãy chạy: chitieu ingest TỆP.pdf",
        "There are no documents yet. Run: chitieu ingest FILE.pdf",
    ),
    "status_shortened": (
        "{shown} văn bản gần đây nhất trong {count} văn bản (xem tất cả: chitieu status --all). Theo trạng thái:",
        "The latest {shown} of {count} documents (all of them: chitieu status --all). By state:",
    ),
    "unknown_document": ("Không có văn bản {document}.", "There is no document {document}."),
    "tables_of": ("{document}: {count} bảng → {path}", "{document}: {count} tables → {path}"),
    "bad_pages": (
        "Không hiểu --pages {pages}. Hãy viết như 3, 3-5 hoặc 1,3-5.",
        "--pages {pages} names no pages. Write 3, 3-5 or 1,3-5.",
    ),
    "one_file_only": (
        "{path} không phải là một tệp. Hãy chỉ ra một tệp PDF.",
        "{path} is no file. Name one PDF file.",
    ),
    "needs_file": (
        "--pages, --format và --out cần một tệp PDF (hoặc một mã văn bản cho --format, --out). Hãy ghi thêm.",
        "--pages, --format and --out need one PDF file (or one document id for --format, --out). Name it.",
    ),
    "out_is_source": (
        "--out trùng với tệp gốc {path}. Hãy chọn tên khác.",
        "--out is the source {path} itself. Choose another name.",
    ),
    "no_tables": ("{name}: không tìm thấy bảng nào.", "{name}: no table was found."),
    "tables_written": ("Đã ghi {path}", "Wrote {path}"),
    "tables_counted": ("Số bảng: {count}.", "Tables: {count}."),
    "table_on": ("Bảng {number}, trang {pages}", "Table {number}, page {pages}"),
    "sheet_of_table": ("Bảng {number} (trang {pages})", "Table {number} (page {pages})"),
    "doubtful_cells": ("Ô tô màu: đọc chưa chắc, cần xem lại.", "Coloured cells were read with doubt: look at them."),
    "state": ("Trạng thái", "State"),
    "state_received": ("chờ đọc", "waiting"),
    "state_claimed": ("đang đọc", "being read"),
    "state_read": ("đã đọc hết trang", "pages read"),
    "state_extracted": ("đã đọc", "read"),
    "state_published": ("đã xuất bản", "published"),
    "state_quarantined": ("cách ly", "quarantined"),
    "state_no_indicators": ("không có bảng chỉ tiêu", "no indicator table"),
    "state_withdrawn": ("đã rút", "withdrawn"),
    "withdrawn": (
        "Đã rút {document}: không còn trong bộ dữ liệu; tệp gốc vẫn ở archive. Đọc lại: chitieu ingest --force TỆP.",
        "{document} is withdrawn: out of the dataset; the original stays in the archive. "
        "To read it again: chitieu ingest --force FILE.",
    ),
    "quarantine_empty": ("Không có tệp nào bị cách ly.", "There is nothing in quarantine."),
    "quarantine_note_only": ("(chỉ có ghi chú)", "(the note alone)"),
    "ok": ("tốt", "ok"),
    "missing": ("thiếu", "missing"),
    "doctor_tesseract": ("Tesseract", "Tesseract"),
    "doctor_vietnamese": ("Dữ liệu tiếng Việt (vie)", "Vietnamese data (vie)"),
    "doctor_store": ("Cơ sở dữ liệu", "Database"),
    "doctor_disk": ("Đĩa còn trống", "Free disk"),
    "doctor_version": ("Phiên bản", "Version"),
    "doctor_install": (
        "Hãy cài: sudo apt-get install tesseract-ocr tesseract-ocr-vie",
        "Install: sudo apt-get install tesseract-ocr tesseract-ocr-vie",
    ),
    "review_at": (
        "Trang duyệt ở {address} (chỉ máy này mở được). Nhấn Ctrl+C để dừng.",
        "The review page is at {address} (for this machine alone). Ctrl+C stops it.",
    ),
    "port_taken": (
        "Không mở được cổng {port}: {detail}. Trang duyệt có thể đang chạy; nếu không, hãy chọn --port khác.",
        "Port {port} can not be opened: {detail}. The review page may be running; else choose another --port.",
    ),
    "corrections_written": ("Đã ghi {count} lần sửa vào {path}", "Wrote {count} corrections to {path}"),
    "corrections_taken": (
        "Đã nhận {saved} dòng; {unchanged} dòng không có gì mới; {refused} dòng không nhận.",
        "{saved} lines taken; {unchanged} said nothing new; {refused} refused.",
    ),
    "refused_changed": (
        "dòng {line} ({name}): đã bị sửa sau khi danh sách được ghi",
        "line {line} ({name}): changed since the list was written",
    ),
    "refused_unknown": ("dòng {line} ({name}): không có dòng này", "line {line} ({name}): there is no such row"),
    "refused_broken": ("dòng {line} ({name}): không đọc được", "line {line} ({name}): not understood"),
    "publish_next": ("Chạy chitieu publish để ghi lại bộ dữ liệu.", "Run chitieu publish to write the dataset anew."),
    "review_for_all": (
        "Trang duyệt ở {address}; phải đăng nhập. Nhấn Ctrl+C để dừng.",
        "The review page is at {address}; people sign in. Ctrl+C stops it.",
    ),
    "needs_accounts": (
        "Mở ra {address} thì máy khác cũng vào được: trước hết hãy tạo tài khoản bằng chitieu user add TÊN.",
        "Others would reach {address}: first make accounts with chitieu user add NAME.",
    ),
    "cert_and_key": ("--cert và --key phải đi cùng nhau.", "--cert and --key go together."),
    "ask_password": ("Mật khẩu", "Password"),
    "short_password": (
        "Mật khẩu quá ngắn: ít nhất {least} ký tự.",
        "The password is too short: at least {least} characters.",
    ),
    "user_added": ("Đã tạo tài khoản {name} ({role}).", "Account {name} ({role}) is made."),
    "user_removed": ("Đã xóa tài khoản {name}.", "Account {name} is removed."),
    "no_such_user": ("Không có tài khoản {name}.", "There is no account {name}."),
    **IDENTITY,
    **SERVICE,
    **HELP,
}  # fmt: skip

FLAGS: dict[FlagKind, tuple[str, str]] = {
    FlagKind.READERS_DISAGREE: ("Hai lần đọc khác nhau", "The two readers disagree"),
    FlagKind.LOW_CONFIDENCE: ("Chữ mờ hoặc đọc không chắc chắn", "The print is poor, or the reading uncertain"),
    FlagKind.UNKNOWN_UNIT: ("Đơn vị tính chưa có trong danh mục", "The unit is not in the catalogue"),
    FlagKind.UNPARSED_VALUE: ("Không hiểu giá trị mục tiêu", "The target value is not understood"),
    FlagKind.UNIT_VALUE_MISMATCH: ("Giá trị không hợp với đơn vị tính", "The unit does not allow this number"),
    FlagKind.NOT_VIETNAMESE: ("Có chữ không phải tiếng Việt", "Some word is no Vietnamese"),
    FlagKind.UNCERTAIN_REPAIR: ("Có thể đọc sai, hãy so với bản gốc", "Perhaps misread: compare it with the original"),
    FlagKind.UNCERTAIN_JOIN: (
        "Dòng bị ngắt qua trang, ghép lại chưa chắc chắn",
        "The row was cut by a page end and joined, not for certain",
    ),
    FlagKind.UNCERTAIN_GRID: (
        "Có thể mất một đường kẻ: ô này có thể là hai ô, hoặc thuộc dòng khác",
        "A rule may have been lost: this cell may be two cells, or belong to another row",
    ),
    FlagKind.MISSING_ROW_BEFORE: ("Có thể thiếu dòng ở ngay trước", "A row may be missing right before"),
    FlagKind.MISSING_ROW_AFTER: ("Có thể thiếu dòng ở ngay sau", "A row may be missing right after"),
    FlagKind.DUPLICATE_CODE: ("Số thứ tự bị trùng", "The code stands twice"),
    FlagKind.SEQUENCE_BROKEN: ("Số thứ tự không liên tục", "The sequence of codes is broken"),
    FlagKind.HEADER_NOT_UNDERSTOOD: ("Không hiểu tiêu đề cột", "The column header is not understood"),
    FlagKind.EMPTY_FIELD: ("Ô cần có nội dung lại trống", "A field that should be filled is empty"),
    FlagKind.NO_PERIOD: ("Không rõ năm hoặc giai đoạn của mục tiêu", "The target year or period is not known"),
    FlagKind.STALE_CORRECTION: (
        "Lần đọc mới khác với lúc người duyệt đã sửa",
        "The reading has changed since a reviewer corrected it",
    ),
    FlagKind.UNREADABLE: (
        "Người duyệt cũng không đọc được trên bản quét",
        "A reviewer could not read it on the scan either",
    ),
    FlagKind.BLANK_NUMBER: ("Số văn bản để trống", "The document number is blank"),
    FlagKind.BLANK_DATE: ("Ngày văn bản để trống", "The document date is blank"),
    FlagKind.HANDWRITTEN: ("Có phần viết tay", "Some of it is handwritten"),
    FlagKind.DRAFT: ("Bản dự thảo, chưa ban hành", "A draft that was not issued"),
    FlagKind.IDENTITY_CONFLICT: (
        "Số, ngày ở các chỗ trong văn bản không khớp nhau",
        "Number or date differ between places of the document",
    ),
    FlagKind.PAGE_FAILED: ("Có trang không đọc được", "Some page could not be read"),
    FlagKind.BUNDLE: ("Tệp có thể gồm nhiều văn bản", "The file may hold several documents"),
    FlagKind.MISSING_PAGES: ("Tệp có ít trang hơn số trang ghi trong tệp", "The file has fewer pages than it says"),
    FlagKind.UNREAD_PRINT: ("Có trang in nhiều chữ hơn đọc được", "Some page shows more print than was read"),
    FlagKind.REPAIRED_PDF: ("Tệp PDF có lỗi cấu trúc, đã dựng lại", "The PDF had faults of structure and was rebuilt"),
    FlagKind.ATTACHED_FILES: (
        "Trong tệp có tệp đính kèm chưa được đọc; hãy lưu chúng ra rồi bỏ vào inbox",
        "Files are attached inside that were not read: save them and drop them into the inbox",
    ),
    FlagKind.DYNAMIC_FORM: (
        "Biểu mẫu XFA, chỉ Adobe Reader hiện đúng; hãy mở bằng Adobe Reader, in ra PDF rồi bỏ vào inbox",
        "An XFA form that only Adobe Reader shows: print it from there to PDF and drop that into the inbox",
    ),
    FlagKind.BLANK_PAGES: (
        "Mọi trang đều trắng; hãy xem có quét nhầm mặt giấy không",
        "All pages are blank: see whether the wrong side of the paper was scanned",
    ),
    FlagKind.INK_OUTSIDE_CELLS: ("Có chữ nằm ngoài các ô của bảng", "Some print lies outside the cells of the table"),
}


def text(key: str, language: Language, **values: object) -> str:
    """The text of a key in a language, filled in."""
    filled = {name: _Number(value) if isinstance(value, float) else value for name, value in values.items()}
    said = TEXTS[key][_place(language)]
    return said.format(**(filled if language is Language.VI else values))


class _Number(float):
    """A number that is written as Vietnamese does, with a comma before the decimals."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(".", ",")


def decimal_text(number: float, digits: int, language: Language) -> str:
    """A number with so many decimals, as a language writes it.

    >>> decimal_text(2.75, 1, Language.VI), decimal_text(2.75, 1, Language.EN)
    ('2,8', '2.8')
    """
    return format(_Number(number) if language is Language.VI else number, f".{digits}f")


def explain_flag(kind: FlagKind, language: Language) -> str:
    """What a reason for doubt means."""
    return FLAGS[kind][_place(language)]


def flag_explanations() -> Iterator[tuple[str, str, str]]:
    """All reasons for doubt: name, Vietnamese, English."""
    for kind, (vi, en) in FLAGS.items():
        yield kind.value, vi, en


def _place(language: Language) -> int:
    return 0 if language is Language.VI else 1
