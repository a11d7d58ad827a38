"""What `--help` says of commands and options, in Vietnamese and English."""

# key: (Vietnamese, English)
HELP: dict[str, tuple[str, str]] = {
    "help_app": (
        "Biến văn bản quét của các tỉnh thành bộ dữ liệu chỉ tiêu.",
        "Turns scanned provincial decisions into indicator datasets.",
    ),
    "help_ingest": (
        "Đọc các tệp PDF, hoặc văn bản có bảng (.txt, .tsv, .md), hay cả thư mục, rồi xuất bản bộ dữ liệu.",
        "Read PDF files, texts with tables (.txt, .tsv, .md) or whole folders, then publish the dataset.",
    ),
    "help_serve": (
        "Chạy mãi: nhận tệp trong inbox, đọc và báo cáo mỗi đêm, mở trang duyệt.",
        "Run for ever: take what is dropped into the inbox, read and report every night, serve the review page.",
    ),
    "help_backup": (
        "Sao lưu cơ sở dữ liệu, kho lưu và cấu hình vào một tệp, cả khi dịch vụ đang chạy.",
        "Back up store, archive and settings into one file, also while the service runs.",
    ),
    "help_restore": ("Khôi phục từ tệp sao lưu.", "Bring a home back from a backup."),
    "help_backup_file": ("Tệp sao lưu (.tar)", "Backup file (.tar)"),
    "help_restore_force": (
        "Cả khi thư mục đã có dữ liệu; cơ sở dữ liệu cũ được giữ lại bên cạnh",
        "Also where the home holds something; its store is kept beside the new one",
    ),
    "help_publish": ("Ghi lại bộ dữ liệu từ những gì đã đọc.", "Write the dataset again from what has been read."),
    "help_status": ("Cho biết tình trạng của từng văn bản.", "Say how every document stands."),
    "help_status_all": ("Liệt kê mọi văn bản, dù nhiều đến đâu", "List all documents, however many"),
    "help_status_pages": (
        "Cho biết từng trang của một văn bản (tệp, tên tệp hoặc mã) được đọc từ đâu và vì sao",
        "Say of every page of a document (a file, its name or id) what it was read from, and why",
    ),
    "help_review": (
        "Mở trang duyệt: sửa các dòng bị nghi ngờ, có ảnh quét bên cạnh.",
        "Open the review page: correct doubtful rows beside their scan.",
    ),
    "help_corrections": (
        "Ghi ra và nhận vào những gì người duyệt đã sửa.",
        "Write out and take in what reviewers corrected.",
    ),
    "help_corrections_export": ("Ghi mọi lần sửa ra một tệp CSV.", "Write all corrections to a CSV file."),
    "help_corrections_import": (
        "Nhận tệp đã ghi, hoặc review.csv, review.xlsx đã sửa trong bảng tính; dòng đã đổi sau đó thì không nhận.",
        "Take such a file, or review.csv, review.xlsx edited in a spreadsheet; rows that changed since are refused.",
    ),
    "help_correction_file": ("Tệp CSV hoặc XLSX", "CSV or XLSX file"),
    "help_reviewer": ("Tên người duyệt (mặc định: người dùng của máy)", "Reviewer's name (default: the user)"),
    "help_user": ("Tài khoản của trang duyệt.", "Accounts of the review page."),
    "help_user_add": (
        "Tạo tài khoản, hoặc đổi mật khẩu; từ đó trang duyệt đòi đăng nhập.",
        "Make an account, or change its password; from then on the review page asks people to sign in.",
    ),
    "help_user_remove": ("Xóa tài khoản.", "Remove an account."),
    "help_user_list": ("Các tài khoản.", "The accounts."),
    "help_user_name": ("Tên đăng nhập", "Name to sign in with"),
    "help_user_role": ("Vai trò", "Role"),
    "help_host": (
        "Địa chỉ để mở (mặc định: chỉ máy này); địa chỉ khác đòi có tài khoản",
        "Address to open (default: this machine alone); any other demands accounts",
    ),
    "help_host_name": ("Tên máy mà trình duyệt gọi, có thể ghi nhiều lần", "Name that browsers call, may be repeated"),
    "help_cert": ("Tệp chứng chỉ TLS", "TLS certificate file"),
    "help_key": ("Tệp khóa TLS", "TLS key file"),
    "help_port": ("Cổng của trang duyệt (0: cổng trống bất kỳ)", "Port of the review page (0: any that is free)"),
    "help_open_browser": ("Mở luôn trình duyệt", "Open the browser too"),
    "help_logs": ("Đọc nhật ký.", "Read the log."),
    "help_logs_last": ("Số dòng cuối", "So many of the last lines"),
    "help_logs_follow": ("Tiếp tục in những dòng mới (Ctrl+C để dừng)", "Go on with what is new (Ctrl+C stops it)"),
    "help_doctor": ("Kiểm tra máy đã đủ những gì cần chưa.", "Check that the machine has what is needed."),
    "help_tables": (
        "Lấy mọi bảng của một tệp PDF bất kỳ, hoặc của văn bản đã đọc (ghi vào output/tables).",
        "Take every table out of any PDF, or of a document that was read before (into output/tables).",
    ),
    "help_table_source": (
        "Tệp PDF, hoặc mã văn bản đã đọc; để trống: mọi văn bản đã đọc",
        "PDF file, or id of a document that was read; none: all documents that were read",
    ),
    "help_table_pages": (
        "Chỉ đọc các trang này: 3, 3-5, 1,3-5 (mặc định: mọi trang)",
        "Read these pages alone: 3, 3-5, 1,3-5 (default: all)",
    ),
    "help_table_format": (
        "Định dạng (mặc định: theo đuôi tệp của --out, nếu không thì json); xlsx cần --out hoặc ghi cạnh tệp PDF",
        "Format (default: by the ending of --out, else json); xlsx without --out is written beside the PDF",
    ),
    "help_table_out": (
        "Tệp hoặc thư mục để ghi; với csv và thư mục: mỗi bảng một tệp (mặc định: in ra màn hình)",
        "File or folder to write; csv into a folder: a file for each table (default: standard output)",
    ),
    "help_paths": (
        "Tệp PDF hoặc thư mục; để trống: thư mục inbox, các tệp đã đọc xong được chuyển vào archive",
        "PDF files or folders; none: the inbox, whose files move into the archive once they are read",
    ),
    "help_quarantine": ("Những tệp bị cách ly.", "Files in quarantine."),
    "help_quarantine_list": ("Liệt kê các tệp bị cách ly và lý do.", "List what is in quarantine, and why."),
    "help_retry": (
        "Đọc lại những tệp bị cách ly: tất cả, hoặc các tệp hay mã được nêu.",
        "Read again what is in quarantine: all of it, or the files or ids that are named.",
    ),
    "help_retry_names": ("Tên tệp trong quarantine, hoặc mã văn bản", "Names of files in quarantine, or document ids"),
    "help_withdraw": (
        "Rút một văn bản khỏi bộ dữ liệu (không bao giờ khỏi archive).",
        "Take a document out of the dataset (never out of the archive).",
    ),
    "help_prefer": (
        "Chọn bản quét này khi một văn bản có nhiều bản quét.",
        "Have this scan count where a decision was scanned several times.",
    ),
    "help_withdraw_document": ("Mã văn bản hoặc tên tệp", "Document id or name of the file"),
    "help_why": ("Lý do", "Reason"),
    "help_home": (
        "Thư mục làm việc: inbox, archive, quarantine, output, state (mặc định: thư mục hiện tại)",
        "Folder of inbox, archive, quarantine, output, state (default: the current folder)",
    ),
    "help_direct": ("Không dùng Prefect", "Without Prefect"),
    "help_force": (
        "Đọc lại cả những văn bản đã đọc; ý kiến của người duyệt được giữ nguyên",
        "Read again what was read before; what reviewers said is kept",
    ),
    "help_searchable": (
        "Ghi thêm output/searchable/…pdf: trang gốc kèm lớp chữ tìm kiếm được",
        "Write output/searchable/…pdf too: the original pages with text that can be searched",
    ),
    "help_language": ("Ngôn ngữ: vi hoặc en", "Language: vi or en"),
}  # fmt: skip

# What typer (with its own copy of click) calls things in its help: the names of its constants, in Vietnamese.
PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Đối số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "DEFAULT_STRING": "[mặc định: {}]",
    "ENVVAR_STRING": "[biến môi trường: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
}

# What typer says of words that were typed: English as a regular expression, and Vietnamese with the same groups.
TYPER_WORDS = {
    r"Usage: ": "Cách dùng: ",
    r"\[OPTIONS\]": "[TÙY CHỌN]",
    r"COMMAND \[ARGS\]\.\.\.": "LỆNH [ĐỐI SỐ]...",
    r"Show this message and exit\.": "Hiện hướng dẫn này rồi dừng.",
    r"Try '(.+)' for help\.": r"Xem hướng dẫn: \1",
    r"No such command (.+?)\.": r"Không có lệnh \1.",
    r"No such option: (\S+)": r"Không có tùy chọn \1",
    r"Did you mean (.+?)\?": r"Có phải là \1 không?",
    r"\(Possible options: (.+)\)": r"(có thể là: \1)",
    r"Missing command\.": "Thiếu lệnh.",
    r"Missing argument\b": "Thiếu đối số",
    r"Missing option\b": "Thiếu tùy chọn",
    r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)": r"Thừa đối số: \1",
    r"Option (.+) requires an argument\.": r"Tùy chọn \1 cần một giá trị.",
    r"Option (.+) does not take a value\.": r"Tùy chọn \1 không nhận giá trị.",
    r"Invalid value for (.+?):": r"Giá trị của \1 không đúng:",
    r"Invalid value:": "Giá trị không đúng:",
    r"Value error, ": "",
    r"('.*?') is not one of (.+)\.": r"\1 không phải là một trong \2.",
    r"Input should be a valid integer\b.*": "phải là số nguyên.",
    r"Input should be less than or equal to (\S+)": r"phải không quá \1.",
    r"Input should be greater than or equal to (\S+)": r"phải ít nhất là \1.",
}
