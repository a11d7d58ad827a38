"""One class per remedy: each says in Vietnamese and English what happened and what to do next."""


class ChitieuError(Exception):
    """Something that a person must mend. `reason` is the machine's name for it, kept in the store."""

    reason = "error"
    vi = "Có lỗi khi xử lý tệp. Xem nhật ký rồi chạy lại."
    en = "The file could not be processed. See the log, then run again."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.en)
        self.detail = detail


class NotAPdf(ChitieuError):
    reason = "not_a_pdf"
    vi = "Tệp không phải là PDF. Hãy xuất lại thành PDF (tệp nén: nén lại thành ZIP) rồi bỏ lại vào thư mục."
    en = "The file is not a PDF. Export it as PDF (an archive: pack it as ZIP) and drop it again."


class Empty(ChitieuError):
    reason = "empty"
    vi = "Tệp rỗng (0 byte). Hãy sao chép lại từ nguồn."
    en = "The file is empty (0 bytes). Copy it again from its source."


class Damaged(ChitieuError):
    reason = "damaged"
    vi = "Tệp bị hỏng hoặc bị cắt cụt. Hãy quét hoặc tải lại."
    en = "The file is damaged or cut short. Scan or download it again."


class Encrypted(ChitieuError):
    reason = "encrypted"
    vi = (
        "Tệp có mật khẩu. Hãy ghi mật khẩu vào passwords.txt (mỗi dòng một mật khẩu) rồi chạy chitieu retry, "
        "hoặc lưu một bản không có mật khẩu rồi bỏ lại vào thư mục."
    )
    en = (
        "The file has a password. Write it into passwords.txt (one a line) and run chitieu retry, "
        "or save a copy without one and drop that."
    )


class TooLarge(ChitieuError):
    reason = "too_large"
    vi = "Tệp quá lớn. Hãy chia thành nhiều tệp nhỏ hơn hoặc tăng giới hạn trong cấu hình."
    en = "The file is too large. Split it, or raise the limit in the settings."


class OutOfTime(ChitieuError):
    reason = "out_of_time"
    vi = "Xử lý tệp quá thời gian cho phép. Hãy chia nhỏ tệp hoặc tăng giới hạn thời gian."
    en = "The file took longer than allowed. Split it, or raise the time limit."


class OutOfMemory(ChitieuError):
    reason = "out_of_memory"
    vi = "Xử lý tệp cần nhiều bộ nhớ hơn mức cho phép. Hãy chia nhỏ tệp hoặc tăng giới hạn bộ nhớ."
    en = "The file needed more memory than allowed. Split it, or raise the memory limit."


class Unreadable(ChitieuError):
    reason = "unreadable"
    vi = "Không trang nào của tệp đọc được. Hãy kiểm tra bản quét."
    en = "No page of the file could be read. Check the scan."


class NothingInside(ChitieuError):
    reason = "nothing_inside"
    vi = "Tệp nén không chứa văn bản nào (PDF, ảnh quét, văn bản có bảng). Hãy kiểm tra lại tệp nén."
    en = "The archive holds no document (PDF, scan, text with a table). Check what is in it."


class NoSuchPages(ChitieuError):
    reason = "no_such_pages"
    vi = "Tệp không có nhiều trang như vậy. Hãy sửa lại --pages."
    en = "The file does not have so many pages. Change --pages."


class NotAccessible(ChitieuError):
    reason = "not_accessible"
    vi = "Không mở được tệp. Hãy kiểm tra quyền đọc tệp rồi chạy lại."
    en = "The file cannot be opened. Check that you may read it, then run again."


class LostOriginal(ChitieuError):
    reason = "lost_original"
    vi = "Tệp gốc không còn trong kho lưu (archive). Hãy khôi phục từ bản sao lưu, hoặc bỏ lại tệp vào thư mục."
    en = "The original is no longer in the archive. Restore it from a backup, or drop the file again."


class Crashed(ChitieuError):
    reason = "crashed"
    vi = "Chương trình đọc dừng đột ngột ở tệp này. Hãy quét lại, hoặc gửi tệp cho người phụ trách phần mềm."
    en = "The reader stopped abruptly on this file. Scan it again, or send it to whoever looks after the software."


def error_of_reason(reason: str) -> type[ChitieuError]:
    """The class that bears the machine's name `reason`; ChitieuError itself where none does."""
    return next((error for error in ChitieuError.__subclasses__() if error.reason == reason), ChitieuError)


class Stopped(Exception):
    """A person stopped the run; the document stays as it was and is taken up by the next run."""


class ServerFailed(Exception):
    """Prefect's server did not start; its own words stand in the log, which this names."""


class OtherVersion(Exception):
    """A machine that was to read a document has other software, models or word lists than the one that asked."""


class SchedulerFailed(Exception):
    """Dask's scheduler does not answer at the address of the settings."""
