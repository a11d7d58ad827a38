"""What a night tells, and to whom."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chitieu.dataset import publish
from chitieu.errors import Encrypted
from chitieu.journal import read_entries
from chitieu.looking import Left, LeftReason
from chitieu.model import Flag, FlagKind
from chitieu.night_report import tell_of_failure, tell_of_night
from chitieu.settings import Language, Settings
from chitieu.store import Store, open_store
from tests.builders import DOCUMENT_ID, extraction
from tests.smtp_server import Mailbox, mail_server


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    return Settings(
        home=tmp_path, smtp_host="127.0.0.1", smtp_port=mailbox.port, smtp_security="none",
        mail_from="may@so.gov.vn", mail_to="thu@so.gov.vn, truong.phong@so.gov.vn",
    )  # fmt: skip


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings.store_url) as store:
        store.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
        store.save_extraction(extraction(), "1", 1.5)
        store.record_received("f" * 16, "ff" * 32, "khóa.pdf")
        store.record_failure("f" * 16, Encrypted("khóa.pdf"), "1", 0.1)
        yield store


def events(settings: Settings) -> list[object]:
    return [entry["event"] for entry in read_entries(settings.logs)]


def test_all_who_are_named_get_the_figures_and_what_was_set_aside(settings, store, mailbox) -> None:
    now = datetime.now(UTC)
    left = (Left(Path("ghi chú.docx"), LeftReason.UNKNOWN), Left(Path(".DS_Store"), LeftReason.HIDDEN))
    tell_of_night(settings, store, now - timedelta(hours=1), now + timedelta(seconds=1), left)
    assert mailbox.receivers == ["<thu@so.gov.vn>", "<truong.phong@so.gov.vn>"]
    (message,) = mailbox.messages
    assert message["From"] == "may@so.gov.vn"
    assert message["Subject"].endswith(": đọc 1 văn bản, cách ly 1")
    plain = message.get_body(("plain",)).get_content()
    assert "Đã đọc: 1" in plain
    assert "Read: 1" in plain
    assert f"- khóa.pdf: {Encrypted('').vi} / {Encrypted('').en}" in plain
    assert "Để lại trong inbox / Left in the inbox:\n- ghi chú.docx: không phải PDF" in plain
    assert ".DS_Store" not in plain
    html = message.get_body(("html",)).get_content()
    assert "<li>ghi chú.docx: không phải PDF" in html
    assert "cao-bang.pdf" in html
    assert Encrypted.vi in html
    assert events(settings) == ["mail_sent"]


def test_what_was_not_there_to_be_read_is_told_with_what_to_do(settings, store, mailbox) -> None:
    read = extraction("a" * 16, "danh mục.pdf")
    flags = (*read.document.flags, Flag(FlagKind.ATTACHED_FILES, detail="Phụ lục.pdf"))
    store.record_received("a" * 16, "aa" * 32, "danh mục.pdf")
    store.save_extraction(replace(read, document=replace(read.document, flags=flags)), "1", 1.0)
    tell_of_night(settings, store, None, datetime.now(UTC) + timedelta(seconds=1))
    plain = mailbox.messages[0].get_body(("plain",)).get_content()
    assert "- danh mục.pdf: Trong tệp có tệp đính kèm chưa được đọc; hãy lưu chúng ra rồi bỏ vào inbox" in plain
    assert "- cao-bang.pdf" not in plain


def test_a_night_tells_what_was_read_since_the_night_before_and_no_more(settings, store, mailbox) -> None:
    later = datetime.now(UTC) + timedelta(seconds=5)
    tell_of_night(settings, store, later, later + timedelta(days=1))
    plain = mailbox.messages[0].get_body(("plain",)).get_content()
    assert "Đã đọc: 0" in plain
    assert "khóa.pdf" not in plain


def test_who_has_a_password_signs_in(settings, store, mailbox) -> None:
    signing = settings.model_copy(update={"smtp_user": "may", "smtp_password": type(settings.smtp_password)("geheim")})
    tell_of_night(signing, store, None, datetime.now(UTC))
    assert mailbox.signed_in == [b"\0may\0geheim"]
    assert "geheim" not in repr(signing)


def test_a_server_that_refuses_costs_the_mail_and_not_the_night(settings, store, mailbox) -> None:
    mailbox.refuses = True
    tell_of_night(settings, store, None, datetime.now(UTC))
    tell_of_night(settings.model_copy(update={"smtp_port": 1}), store, None, datetime.now(UTC))
    unsayable = {"smtp_user": "máy", "smtp_password": type(settings.smtp_password)("mật")}
    tell_of_night(settings.model_copy(update=unsayable), store, None, datetime.now(UTC))
    assert events(settings) == ["mail_failed"] * 3


def test_a_night_that_failed_says_so(settings, mailbox) -> None:
    tell_of_failure(settings, "No space left on device")
    plain = mailbox.messages[0].get_body(("plain",)).get_content()
    assert plain.count("No space left on device") == len(Language)


def test_nothing_is_sent_where_no_server_is_named(store, mailbox, tmp_path) -> None:
    tell_of_night(Settings(home=tmp_path), store, None, datetime.now(UTC))
    assert mailbox.messages == []


def test_the_report_of_the_day_has_what_a_program_asks_for(settings, store) -> None:
    publish(store, settings.output)
    (path,) = (settings.output / "reports").glob("*.json")
    report = json.loads(path.read_text("utf-8"))
    assert {name: report[name] for name in ("received", "documents", "flagged", "quarantined", "no_indicators")} == {
        "received": 2, "documents": 1, "flagged": 1, "quarantined": 1, "no_indicators": 0,
    }  # fmt: skip
    assert [one["source_file"] for one in report["slowest"]] == ["cao-bang.pdf", "khóa.pdf"]
    assert report["disk_free_gib"] > 0
    assert "+" in report["code_version"]
    html = path.with_suffix(".html").read_text("utf-8")
    assert "Chậm nhất" in html
    assert "Slowest" in html
