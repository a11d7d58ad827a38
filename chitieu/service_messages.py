"""What `chitieu serve` and its nights say, in Vietnamese and English."""

# key: (Vietnamese, English)
SERVICE: dict[str, tuple[str, str]] = {
    "serving": (
        "Trang duyệt: http://127.0.0.1:{review}/ (chỉ máy này mở được)\n"
        "Lịch sử chạy (Prefect): http://127.0.0.1:{prefect}/\n"
        "{poll}\n"
        "Đêm tới: {night}\n"
        "Nhấn Ctrl+C để dừng.",
        "Review page: http://127.0.0.1:{review}/ (for this machine alone)\n"
        "History of runs (Prefect): http://127.0.0.1:{prefect}/\n"
        "{poll}\n"
        "Next night: {night}\n"
        "Ctrl+C stops it.",
    ),
    "serving_poll": (
        "Hãy bỏ tệp vào {folder}: cứ {seconds:.0f} giây xem một lần",
        "Drop files into {folder}: it is looked at every {seconds:.0f} s",
    ),
    "serving_by_night": (
        "Hãy bỏ tệp vào {folder}: chỉ đọc ban đêm",
        "Drop files into {folder}: they are read at night alone",
    ),
    "serving_ready": ("Đã sẵn sàng.", "Ready."),
    "serving_without_prefect": (
        "Prefect chưa chạy được, xem {log}. Tệp trong inbox vẫn được đọc; lịch đêm thì chưa.",
        "Prefect does not run yet, see {log}. The inbox is read all the same; the nights are not scheduled yet.",
    ),
    "serving_stopped": ("Đã dừng. Không mất gì.", "Stopped. Nothing is lost."),
    "already_served": (
        "chitieu serve đang chạy cho {home}. Mỗi thư mục chỉ chạy một lần.",
        "chitieu serve is running for {home} already. A home has one.",
    ),
    "poll_trouble": (
        "Chưa lấy được tệp trong inbox: {detail}. Sẽ thử lại.",
        "The inbox could not be taken in: {detail}. It will be tried again.",
    ),
    "report_title": ("Báo cáo ngày {date}", "Report of {date}"),
    "remarks": ("Ghi chú", "Remarks"),
    "report_none": ("Không có văn bản nào được đọc trong ngày.", "No document was read on this day."),
    "report_received": ("Mới nhận", "Received"),
    "report_read": ("Đã đọc", "Read"),
    "report_slowest": ("Chậm nhất", "Slowest"),
    "night_subject": (
        "chitieu {date}: đọc {read} văn bản, cách ly {quarantined}",
        "chitieu {date}: {read} documents read, {quarantined} quarantined",
    ),
    "night_failed_subject": ("chitieu: lượt đêm bị dừng", "chitieu: the night ended early"),
    "night_failed": (
        "Lượt chạy đêm bị dừng: {detail}. Không mất gì; lượt sau sẽ làm tiếp. Xem {log}.",
        "The night ended early: {detail}. Nothing is lost; the next run goes on. See {log}.",
    ),
    "backed_up": (
        "Đã sao lưu {files} tệp ({size:.1f} MiB) vào {path}. Không gồm inbox và output.",
        "{files} files ({size:.1f} MiB) are in {path}. The inbox and the output are not.",
    ),
    "restored": (
        "Đã khôi phục {files} tệp vào {home} và ghi lại bộ dữ liệu.",
        "{files} files are back in {home}, and the dataset is written anew.",
    ),
    "backup_needs_sqlite": (
        "Cơ sở dữ liệu không phải là SQLite: hãy sao lưu bằng pg_dump, và sao chép thư mục archive.",
        "The store is not SQLite: back it up with pg_dump, and copy the folder archive.",
    ),
    "backup_store_damaged": (
        "Cơ sở dữ liệu bị hỏng. Hãy khôi phục từ bản sao lưu trước đó.",
        "The database is damaged. Restore an earlier backup.",
    ),
    "backup_damaged": (
        "Tệp sao lưu không nguyên vẹn ({detail}). Chưa có gì bị thay đổi; hãy dùng bản khác.",
        "The backup is not whole ({detail}). Nothing was changed; use another one.",
    ),
    "backup_unknown_format": (
        "Tệp sao lưu của một phiên bản mới hơn. Hãy cập nhật phần mềm.",
        "The backup is of a newer version. Update the software.",
    ),
    "restore_not_empty": (
        "{detail} đã có dữ liệu. Hãy chọn thư mục trống, hoặc dùng --force (cơ sở dữ liệu cũ được giữ lại bên cạnh).",
        "{detail} holds something already. Choose an empty folder, or --force (the old store is kept beside).",
    ),
    "restore_while_served": (
        "chitieu serve đang chạy cho {detail}. Hãy dừng trước khi khôi phục.",
        "chitieu serve is at work on {detail}. Stop it before you restore.",
    ),
    "superseded": ("thay bằng {by}", "superseded by {by}"),
    "preferred": (
        "{document} được dùng thay cho {other}. Bộ dữ liệu đã được ghi lại.",
        "{document} counts in the place of {other}. The dataset is written anew.",
    ),
    "preferred_alone": (
        "{document} không có bản quét nào khác; đã ghi nhớ lựa chọn.",
        "{document} has no other scan; the choice is kept.",
    ),
    "several_documents": (
        "Nhiều văn bản cùng tên {document}. Hãy dùng mã: {ids}.",
        "Several documents are called {document}. Use an id: {ids}.",
    ),
}  # fmt: skip
