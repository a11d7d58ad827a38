"""What the command line says of a document's identity, in Vietnamese and English."""

# key: (Vietnamese, English)
IDENTITY: dict[str, tuple[str, str]] = {
    "identity": ("Thông tin văn bản", "Identity"),
    "identity_field": ("Mục", "Field"),
    "identity_value": ("Đọc được", "Says"),
    "identity_place": ("Ở đâu", "Where"),
    "identity_text": ("Nguyên văn", "As printed"),
    "identity_unsure": ("{value} (chưa chắc)", "{value} (in doubt)"),
    "identity_written": ("viết tay", "handwritten"),
    "identity_blank": ("để trống", "blank"),
    "identity_page": ("{origin}, trang {page}", "{origin}, page {page}"),
    "origin_head": ("đầu trang 1", "head of page 1"),
    "origin_caption": ("trên bảng", "above the table"),
    "origin_closing": ("phần ký", "signature block"),
    "origin_body": ("nội dung", "text"),
    "origin_signature": ("chữ ký số", "digital signature"),
    "origin_metadata": ("thuộc tính tệp", "properties of the file"),
}
