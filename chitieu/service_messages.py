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
    "night_read": (
        "đã đọc {read} văn bản, cách ly {quarantined}",
        "{read} documents read, {quarantined} quarantined",
    ),
    "night_skipped": ("đêm trước còn đang chạy", "the night before is still at work"),
    "run_was_ended": (
        "dịch vụ đã dừng; lần chạy sau đọc tiếp phần còn lại",
        "the service stopped; the next run reads what was left unread",
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
    "restore_database_not_empty": (
        "Cơ sở dữ liệu {detail} đã có dữ liệu. Hãy tạo một cơ sở dữ liệu trống cùng tên rồi chạy lại.",
        "The database {detail} holds something already. Make an empty one of that name, then run this again.",
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
    "doctor_model": ("Mô hình đọc chữ", "Reader model"),
    "doctor_folder": ("Thư mục", "Folder"),
    "doctor_clock": ("Đồng hồ", "Clock"),
    "doctor_service": ("Dịch vụ (chitieu serve)", "Service (chitieu serve)"),
    "doctor_service_off": ("không chạy", "not running"),
    "doctor_last_night": ("Đêm gần nhất", "Last night"),
    "doctor_next_night": ("Đêm tới", "Next night"),
    "doctor_mail": ("Gửi báo cáo", "Reports by e-mail"),
    "doctor_model_missing": (
        "Thiếu tệp mô hình. Hãy cài lại phần mềm.",
        "The model file is missing. Install the software again.",
    ),
    "doctor_not_writable": (
        "Không đọc hoặc ghi được thư mục này. Hãy sửa quyền cho người dùng chạy chitieu.",
        "The folder can not be read or written. Change its permissions for the user who runs chitieu.",
    ),
    "doctor_clock_behind": (
        "Đồng hồ chậm hơn lần ghi gần nhất. Hãy chỉnh lại giờ của máy.",
        "The clock is behind what was last written. Set it right.",
    ),
    "doctor_disk_full": ("Sắp hết đĩa. Hãy dọn bớt.", "The disk is nearly full. Make room."),
    "doctor_start": (
        "Đã từng chạy, nay đã dừng. Hãy chạy chitieu serve (hoặc systemctl start chitieu).",
        "It ran before and does not now. Start chitieu serve (or systemctl start chitieu).",
    ),
    "doctor_prefect_down": (
        "Prefect không trả lời; lịch đêm chưa chạy. Xem state/prefect.log.",
        "Prefect does not answer; nights are not scheduled. See state/prefect.log.",
    ),
    "doctor_night_missed": (
        "Lượt đêm bị lỡ. Xem chitieu logs.",
        "A night was missed. See chitieu logs.",
    ),
    "no_log": ("Chưa có nhật ký.", "There is no log yet."),
    "event_service_started": ("dịch vụ bắt đầu", "the service started"),
    "event_service_stopped": ("dịch vụ dừng", "the service stopped"),
    "event_child_ended": ("một phần của dịch vụ dừng, được chạy lại", "a part of the service is started again"),
    "event_inbox_taken": ("nhận tệp từ inbox", "files were taken from the inbox"),
    "event_poll_failed": ("chưa lấy được tệp trong inbox", "the inbox could not be taken in"),
    "event_document_started": ("bắt đầu đọc", "a document is being read"),
    "event_document_finished": ("đọc xong", "a document is done"),
    "event_prefect_started": ("Prefect chạy", "Prefect is up"),
    "event_run_finished": ("xong một lượt", "a run ended"),
    "event_run_failed": ("một lượt bị dừng", "a run ended early"),
    "event_run_ended_as_crashed": ("lượt dở dang được đóng lại", "a run that had been cut off was closed"),
    "event_night_began": ("lượt đêm bắt đầu", "the night began"),
    "event_night_ended": ("lượt đêm kết thúc", "the night ended"),
    "event_night_failed": ("lượt đêm bị dừng", "the night ended early"),
    "event_night_missed": ("lượt đêm bị lỡ, chạy ngay", "a night was missed and runs now"),
    "event_mail_sent": ("đã gửi báo cáo", "the report was sent"),
    "event_mail_failed": ("không gửi được báo cáo", "the report could not be sent"),
}  # fmt: skip
