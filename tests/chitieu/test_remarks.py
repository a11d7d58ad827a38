"""What people are told of a document beside its figures."""

from dataclasses import replace

from chitieu.dataset.remarks import document_doubts, remarks_of, rows_counted, things_to_do
from chitieu.errors import Encrypted
from chitieu.model import Flag, FlagKind
from chitieu.settings import Language
from chitieu.store import DocumentRecord, Store, open_store
from tests.builders import DOCUMENT_ID, extraction

OTHER = "f" * 16


def records(store: Store) -> dict[str, DocumentRecord]:
    with store.snapshot() as snapshot:
        return {one.document.document_id: one for one in snapshot.documents()}


def test_a_doubt_says_what_it_is_about_and_says_it_once() -> None:
    flags = (
        Flag(FlagKind.EMPTY_FIELD, "issuer"),
        Flag(FlagKind.BLANK_NUMBER, "document_number"),
        Flag(FlagKind.MISSING_PAGES, detail="3, 4"),
    )
    document = replace(extraction().document, flags=flags)
    assert document_doubts(document, Language.VI) == [
        "Cơ quan ban hành: Ô cần có nội dung lại trống",
        "Số văn bản để trống",
        "Tệp có ít trang hơn số trang ghi trong tệp (3, 4)",
    ]
    assert document_doubts(document, Language.EN)[0] == "Issuer: A field that should be filled is empty"


def test_what_was_not_there_to_be_read_says_what_to_do() -> None:
    flags = (Flag(FlagKind.BLANK_NUMBER, "document_number"), Flag(FlagKind.ATTACHED_FILES, detail="Phụ lục.pdf"))
    said = things_to_do(replace(extraction().document, flags=flags), Language.VI)
    assert said == "Trong tệp có tệp đính kèm chưa được đọc; hãy lưu chúng ra rồi bỏ vào inbox (Phụ lục.pdf)"
    assert things_to_do(replace(extraction().document, flags=flags[:1]), Language.VI) == ""


def test_what_was_set_aside_says_why_and_what_counts_elsewhere_says_where(tmp_path) -> None:
    with open_store(f"sqlite:///{tmp_path}/chitieu.sqlite") as store:
        for document_id in (DOCUMENT_ID, OTHER):
            store.record_received(document_id, document_id * 4, f"{document_id[0]}.pdf")
            store.save_extraction(extraction(document_id, f"{document_id[0]}.pdf"), "1", 1.0)
        store.settle_versions()
        kept, other = records(store)[DOCUMENT_ID], records(store)[OTHER]
        assert remarks_of(other, {DOCUMENT_ID: "a.pdf"}).startswith("thay bằng a.pdf")
        assert "thay bằng" not in remarks_of(kept, {OTHER: "f.pdf"})
        store.record_failure(OTHER, Encrypted("f.pdf"), "1", 1.0)
        assert remarks_of(records(store)[OTHER], {}) == f"{Encrypted.vi} / {Encrypted.en}"
        assert rows_counted([kept], Language.VI) == "4, trong đó 1 dòng cần xem lại"
        assert rows_counted([replace(kept, rows_flagged=0)], Language.VI) == "4"
