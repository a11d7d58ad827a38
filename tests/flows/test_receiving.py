"""The inbox: taken when whole, once, and never lost, whenever a run dies; archives and pictures as they come."""

import os
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from chitieu import claiming
from chitieu.settings import Settings
from chitieu.store import DocumentState, Store, open_store
from flows.receiving import Received, receive_inbox, receive_named

TAKER = """
import sys
from pathlib import Path
from chitieu.settings import Settings
from chitieu.store import open_store
from flows.receiving import receive_inbox
settings = Settings(home=Path(sys.argv[1]), settle_seconds=0.05)
with open_store(settings.store_url) as store:
    received = receive_inbox(settings, store)
print(len(received.intakes), len(received.duplicates), flush=True)
"""


def pdf(number: int = 1, *, pages: int = 1) -> bytes:
    buffer = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(100, 100 + number))
        document.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def drop(inbox: Path, name: str, data: bytes) -> None:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", settle_seconds=0.05, max_file_mib=1)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings.store_url) as opened:
        yield opened


def hurried(settings: Settings) -> Settings:
    return settings.model_copy(update={"unfinished_seconds": 0.0})


def archived(settings: Settings) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in settings.archive.rglob("*") if path.is_file()}


def in_inbox(settings: Settings) -> list[str]:
    return sorted(str(path.relative_to(settings.inbox)) for path in settings.inbox.rglob("*") if path.is_file())


def left(received: Received) -> dict[str, str]:
    return {str(one.path): one.reason.value for one in received.left}


def test_whatever_is_dropped_is_taken_set_aside_or_left_and_named(settings: Settings, store: Store) -> None:
    dropped = {
        "Quyết định.pdf": b"PK\x03\x04 a text of an office program",
        "kho.zip": b"Rar!\x1a\x07\x01\0 an archive of another kind",
        "rỗng.pdf": b"",
        "tên\ndòng.pdf": pdf(1),
        "😀 chỉ tiêu.pdf": pdf(2),
        "\u202efdp.exe.pdf": b"written from right to left",
        "thư mục.pdf/trong.pdf": pdf(3),
        "IMG_0001.heic": b"\0\0\0\x18ftypheic",
        "ảnh.webp": b"RIFF\0\0\0\0WEBPVP8 ",
        "kho.7z": b"7z\xbc\xaf\x27\x1c",
    }
    for name, data in dropped.items():
        drop(settings.inbox, name, data)
    (settings.inbox / "gãy.pdf").symlink_to("/nowhere/a.pdf")
    received = receive_inbox(hurried(settings), store)
    assert sorted(one.source_file for one in received.intakes) == ["trong.pdf", "tên?dòng.pdf", "😀 chỉ tiêu.pdf"]
    assert {one.name: one.error.reason for one in received.quarantined} == {
        "Quyết định.pdf": "not_a_pdf", "kho.zip": "not_a_pdf", "rỗng.pdf": "empty", "?fdp.exe.pdf": "not_a_pdf",
    }  # fmt: skip
    assert left(received) == {"IMG_0001.heic": "unknown", "ảnh.webp": "unknown", "kho.7z": "unknown", "gãy.pdf": "link"}
    stays = {name: data for name, data in dropped.items() if name in left(received)}
    assert sorted(in_inbox(settings)) == sorted(stays)
    kept = {sha256(data).hexdigest(): data for name, data in dropped.items() if name not in stays}
    assert archived(settings) == kept


def test_files_leave_the_inbox_for_the_archive_and_the_store(settings: Settings, store: Store) -> None:
    files = {
        unicodedata.normalize("NFD", "Kế hoạch.pdf"): pdf(1),
        "sub/A B.PDF": pdf(2),
        "ậ" * 83 + "a.pdf": pdf(3),
        "chỉ tiêu.txt": b"a\tb\tc\nd\te\tf\n",
        "again.pdf": pdf(1),
    }
    for name, data in files.items():
        drop(settings.inbox, name, data)
    received = receive_inbox(settings, store)
    assert {one.source_file for one in received.intakes} == {
        "A B.PDF",
        "Kế hoạch.pdf",
        "ậ" * 83 + "a.pdf",
        "chỉ tiêu.txt",
    }
    assert [(one.name, one.known_as) for one in received.duplicates] == [("again.pdf", "Kế hoạch.pdf")]
    assert in_inbox(settings) == []
    assert archived(settings) == {sha256(data).hexdigest(): data for data in files.values()}
    assert all(one.path.is_relative_to(settings.archive) for one in received.intakes)
    assert {one.source_file for one in store.waiting()} == {one.source_file for one in received.intakes}
    assert list(settings.claims.iterdir()) == []
    assert (settings.inbox / "sub").is_dir()  # folders are people's


def test_what_is_not_for_us_stays_and_is_said(settings: Settings, store: Store) -> None:
    for name in ("a.docx", "b.pdf.part", ".c.pdf", "~$d.pdf"):
        drop(settings.inbox, name, pdf())
    drop(settings.inbox, "a.docx", b"PK\x03\x04 words")
    received = receive_inbox(settings, store)
    assert left(received) == {
        "a.docx": "unknown",
        "b.pdf.part": "temporary",
        ".c.pdf": "hidden",
        "~$d.pdf": "temporary",
    }
    assert len(in_inbox(settings)) == 4


def test_what_is_not_whole_stays_until_it_has_not_changed_for_long(settings: Settings, store: Store) -> None:
    whole = pdf(pages=3)
    cut = {"cut.pdf": whole[:-30], "empty.pdf": b"", "words.pdf": b"words", "cut.zip": b"PK\x03\x04 cut"}
    for name, data in cut.items():
        drop(settings.inbox, name, data)
    assert left(receive_inbox(settings, store)) == dict.fromkeys(cut, "unfinished")
    received = receive_inbox(hurried(settings), store)
    # What a PDF lacks the reading finds; the others are told from their bytes.
    assert [one.source_file for one in received.intakes] == ["cut.pdf"]
    assert {one.name: one.error.reason for one in received.quarantined} == {
        "empty.pdf": "empty", "words.pdf": "not_a_pdf", "cut.zip": "damaged",
    }  # fmt: skip
    assert in_inbox(settings) == []
    assert set(archived(settings)) == {sha256(data).hexdigest() for data in cut.values()}


def test_a_pdf_that_ends_well_and_does_not_parse_may_still_be_written(settings: Settings, store: Store) -> None:
    whole = pdf(pages=3)
    drop(settings.inbox, "holes.pdf", b"%PDF-1.7\n" + bytes(len(whole)) + b"startxref\n0\n%%EOF\n")
    assert left(receive_inbox(settings, store)) == {"holes.pdf": "unfinished"}
    drop(settings.inbox, "holes.pdf", whole)
    assert len(receive_inbox(settings, store).intakes) == 1


class SlowWriter:
    """A writer in pieces, with not quite three looks from one to the next, and the clock of its receiver."""

    def __init__(self, path: Path, data: bytes, look_seconds: float) -> None:
        self.path, self.now, self.rest = path, 0.0, data
        self.piece, self.pause = len(data) // 12, 2.9 * look_seconds

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        while self.rest and self.path.stat().st_size < self.piece * self.now / self.pause:
            with self.path.open("ab") as file:
                file.write(self.rest[: self.piece])
            self.rest = self.rest[self.piece :]

    def time(self) -> float:
        return self.now


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_a_writer_that_pauses_over_two_looks_is_waited_for(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    data = {"pdf": pdf(pages=3), "txt": b"".join(f"{n}\tChỉ tiêu\t%\t{n}\n".encode() for n in range(9))}[ending]
    drop(settings.inbox, f"slow.{ending}", b"")
    writer = SlowWriter(settings.inbox / f"slow.{ending}", data, settings.settle_seconds)
    monkeypatch.setattr("flows.receiving.time", writer)
    while not (received := receive_inbox(settings, store)).intakes:
        assert received.quarantined == ()
        writer.sleep(settings.settle_seconds)  # until the next poll
        assert writer.rest or writer.now < 60 * settings.settle_seconds
    assert list(archived(settings).values()) == [data]


def test_a_thousand_files_dropped_at_once_are_all_taken_once(settings: Settings) -> None:
    files = {f"{number % 7}/{number}.pdf": pdf(number) for number in range(1000)}
    for name, data in files.items():
        drop(settings.inbox, name, data)
    takers = [
        subprocess.Popen([sys.executable, "-c", TAKER, str(settings.home)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    counts = [[int(word) for word in taker.communicate(timeout=300)[0].split()] for taker in takers]
    assert sorted(counts) == [[0, 0], [1000, 0]]
    assert in_inbox(settings) == []
    assert archived(settings) == {sha256(data).hexdigest(): data for data in files.values()}


def test_a_run_that_dies_anywhere_loses_nothing(settings: Settings, store: Store) -> None:
    files = {f"{number}.pdf": pdf(number) for number in range(40)}
    for name, data in files.items():
        drop(settings.inbox, name, data)
    for moment in (0.9, 1.0, 1.1, 1.2, 1.3):
        taker = subprocess.Popen([sys.executable, "-c", TAKER, str(settings.home)], stdout=subprocess.DEVNULL)
        time.sleep(moment)
        os.kill(taker.pid, signal.SIGKILL)
        taker.wait()
    receive_inbox(settings, store)
    assert in_inbox(settings) == []
    assert list(settings.claims.iterdir()) == []
    assert archived(settings) == {sha256(data).hexdigest(): data for data in files.values()}
    assert len(store.waiting()) == 40


def test_what_a_dead_run_had_taken_is_taken_up(settings: Settings, store: Store) -> None:
    drop(settings.inbox, "sub/a.pdf", pdf())
    claiming.claim_file(settings.inbox, Path("sub/a.pdf"), settings.claims)
    assert in_inbox(settings) == []
    assert [one.source_file for one in receive_inbox(settings, store).intakes] == ["a.pdf"]


def test_a_file_moves_over_to_another_file_system_whole_or_not_at_all(tmp_path: Path) -> None:
    source, target = Path("/dev/shm") / f"chitieu-{os.getpid()}.pdf", tmp_path / "claims"
    if not source.parent.is_dir() or source.parent.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is one file system only")
    source.write_bytes(pdf())
    claim = claiming.claim_file(source.parent, Path(source.name), target)
    assert claim.path.read_bytes() == pdf()
    assert not source.exists()


def archive_of(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_documents_in_an_archive_are_documents(settings: Settings, store: Store) -> None:
    members = {
        "năm 2025/a.pdf": pdf(1),
        "../../../../tmp/escaped.pdf": pdf(2),
        "C:\\windows\\b.pdf": pdf(3),
        "thư/a.pdf": pdf(4),
        "notes.docx": b"words",
        "__MACOSX/._a.pdf": pdf(5),
        "inner.zip": archive_of({"c.pdf": pdf(6)}),
    }
    data = archive_of(members)
    drop(settings.inbox, "kho.zip", data)
    received = receive_inbox(settings, store)
    assert sorted(one.source_file for one in received.intakes) == ["a.pdf", "a.pdf", "b.pdf", "escaped.pdf"]
    assert sorted(str(path) for path in received.ignored) == [
        "kho.zip/__MACOSX/._a.pdf", "kho.zip/inner.zip", "kho.zip/notes.docx",
    ]  # fmt: skip
    assert data in archived(settings).values()
    assert len(archived(settings)) == 5
    assert list(settings.claims.iterdir()) == []
    assert not Path("/tmp/escaped.pdf").exists()
    assert receive_inbox(settings, store).intakes == ()


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"bomb.pdf": b"%PDF-1.4" + bytes(3 * 2**20)}, "too_large"),
        ({f"{number}.pdf": b"%PDF-1.4" + bytes([number]) * 2**20 for number in range(9)}, "too_large"),
        ({f"{number}": b"" for number in range(2001)}, "too_large"),
        ({"a.docx": b"words"}, "nothing_inside"),
        ({}, "nothing_inside"),
    ],
)
def test_an_archive_that_is_a_bomb_or_holds_nothing_is_set_aside_whole(
    settings: Settings, store: Store, members: dict[str, bytes], reason: str
) -> None:
    data = archive_of(members)
    drop(settings.inbox, "kho.zip", data)
    received = receive_inbox(settings, store)
    assert [(one.name, one.error.reason) for one in received.quarantined] == [("kho.zip", reason)]
    assert received.intakes == ()
    assert list(archived(settings).values()) == [data]
    assert (settings.quarantine / "kho.zip").read_bytes() == data
    assert list(settings.claims.iterdir()) == []


def test_a_locked_archive_says_so(settings: Settings, store: Store) -> None:
    data = bytearray(archive_of({"a.pdf": pdf()}))
    data[6] |= 1  # the flag of encryption, in the member's header and in the list at the end
    data[data.index(b"PK\x01\x02") + 8] |= 1
    drop(settings.inbox, "kho.zip", bytes(data))
    assert [one.error.reason for one in receive_inbox(settings, store).quarantined] == ["encrypted"]


def test_scans_that_come_as_pictures_are_documents(settings: Settings, store: Store) -> None:
    for kind, name in (("tiff", "a.tif"), ("jpeg", "b.JPG"), ("png", "c.png")):
        buffer = BytesIO()
        Image.effect_noise((300, 200), 50).save(buffer, kind)
        drop(settings.inbox, name, buffer.getvalue())
        drop(settings.inbox, f"cut {name}", buffer.getvalue()[:-3000])
    received = receive_inbox(settings, store)
    assert [one.source_file for one in received.intakes] == ["a.tif", "b.JPG", "c.png"]
    assert [one.path.suffix for one in received.intakes] == [".tif", ".jpg", ".png"]
    assert set(left(received).values()) == {"unfinished"}
    assert len(received.left) == 3


def test_a_file_that_is_too_large_is_kept_once_and_said(settings: Settings, store: Store) -> None:
    drop(settings.inbox, "large.pdf", pdf() + b"%" * 2**21 + b"startxref 9 %%EOF")
    received = receive_inbox(hurried(settings), store)
    assert [one.error.reason for one in received.quarantined] == ["too_large"]
    (original,) = (path for path in settings.archive.rglob("*") if path.is_file())
    assert original.stat().st_ino == (settings.quarantine / "large.pdf").stat().st_ino
    assert in_inbox(settings) == []


def test_named_files_stay_where_they_are(settings: Settings, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    drop(folder, "a.pdf", pdf(1))
    drop(folder, "kho.zip", archive_of({"b.pdf": pdf(2)}))
    drop(folder, "bad.pdf", b"words")
    drop(folder, "notes.docx", b"words")
    received = receive_named([folder], settings, store)
    assert [one.source_file for one in received.intakes] == ["a.pdf", "b.pdf"]
    assert [one.name for one in received.quarantined] == ["bad.pdf"]
    assert [path.name for path in received.ignored] == ["notes.docx"]
    assert len(list(folder.iterdir())) == 4
    assert len(archived(settings)) == 4
    assert store.state_of(received.intakes[0].document_id) is DocumentState.RECEIVED


def test_a_crash_between_store_and_inbox_makes_no_duplicate(settings: Settings, store: Store) -> None:
    drop(settings.inbox, "a.pdf", pdf())
    claim = claiming.claim_file(settings.inbox, Path("a.pdf"), settings.claims)
    finish, claiming_path = claim.path.read_bytes(), claim.path
    first = receive_inbox(settings, store)
    # As it was when the run died right before its last step.
    claiming_path.parent.mkdir()
    claiming_path.write_bytes(finish)
    second = receive_inbox(settings, store)
    assert (len(first.intakes), first.duplicates) == (len(second.intakes), second.duplicates) == (1, ())
    drop(settings.inbox, "b.pdf", pdf())
    assert [one.name for one in receive_inbox(settings, store).duplicates] == ["b.pdf"]
