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
}  # fmt: skip
