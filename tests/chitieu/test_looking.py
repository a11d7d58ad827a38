"""Looks at an inbox: what is there for us, since when it is as it is, and whether it ends as its kind does."""

import os
import unicodedata
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from chitieu.kinds import FileKind, ends_as, kind_of
from chitieu.looking import LeftReason, look, read_looks, shown_path, stood_still, write_looks


def pdf(path: Path, **options: bool) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as document:
        document.add_blank_page()
        document.pages[-1].Contents = document.make_stream(b"0 0 m 10 10 l S " * 400)
        document.save(path, compress_streams=False, **options)
    return path.read_bytes()


def picture(kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((300, 200), 50).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "A.PDF",
        "Kế hoạch số 12.pdf",
        "một/hai/ba.pdf",
        f"{'dài' * 60}.pdf",
        "no ending",
        "part.pdf",
        "a.b c.pdf",
    ],
)
def test_these_are_there_for_us(tmp_path: Path, name: str) -> None:
    pdf(tmp_path / name)
    looks, left = look(tmp_path, {}, 1.0)
    assert (list(looks), left) == ([name], ())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".a.pdf", LeftReason.HIDDEN),
        ("._a.pdf", LeftReason.TEMPORARY),
        ("a.pdf.part", LeftReason.TEMPORARY),
        ("a.PDF.CrDownload", LeftReason.TEMPORARY),
        ("~$a.pdf", LeftReason.TEMPORARY),
        (".DS_Store", LeftReason.HIDDEN),
        ("Thumbs.db", LeftReason.TEMPORARY),
        ("a.tmp", LeftReason.TEMPORARY),
    ],
)
def test_these_are_left_alone_and_said(tmp_path: Path, name: str, reason: LeftReason) -> None:
    pdf(tmp_path / "sub" / name)
    looks, left = look(tmp_path, {}, 1.0)
    assert looks == {}
    assert [(str(one.path), one.reason) for one in left] == [(f"sub/{name}", reason)]


def test_hidden_folders_links_and_pipes_are_named_and_not_opened(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    pdf(inbox / ".trash" / "a.pdf")
    pdf(tmp_path / "elsewhere" / "b.pdf")
    (inbox / "link.pdf").symlink_to(tmp_path / "elsewhere" / "b.pdf")
    (inbox / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(inbox / "pipe.pdf")
    looks, left = look(inbox, {}, 1.0)
    assert looks == {}
    assert {str(one.path): one.reason.value for one in left} == {
        ".trash": "hidden",
        "link.pdf": "link",
        "folder": "link",
        "pipe.pdf": "special",
    }


def test_a_file_is_as_it_is_since_the_first_look_that_saw_it_so(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf")
    first, _ = look(tmp_path, {}, 100.0)
    second, _ = look(tmp_path, first, 160.0)
    assert second["a.pdf"].since == 100.0
    assert stood_still(second["a.pdf"], 160.0, 60)
    with (tmp_path / "a.pdf").open("ab") as file:
        file.write(b"more")
    third, _ = look(tmp_path, second, 220.0)
    assert third["a.pdf"].since == 220.0


def test_a_write_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    data = pdf(path)
    os.utime(path, (5, 5))
    first, _ = look(tmp_path, {}, 100.0)
    path.write_bytes(data[:-5] + b"other")
    os.utime(path, (5, 5))
    assert look(tmp_path, first, 160.0)[0]["a.pdf"].since == 160.0


def test_a_clock_that_was_set_back_starts_the_wait_anew(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf")
    first, _ = look(tmp_path, {}, 10_000.0)
    assert look(tmp_path, first, 100.0)[0]["a.pdf"].since == 100.0


def test_looks_are_kept_with_every_name_that_a_disk_can_hold(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    names = [os.fsdecode(b"\xff\xfe.pdf"), "dòng\nmới.pdf", unicodedata.normalize("NFD", "Kế hoạch.pdf")]
    for name in names:
        (inbox / name).write_bytes(b"x")
    looks, _ = look(inbox, {}, 5.0)
    write_looks(tmp_path / "looks.json", looks)
    assert read_looks(tmp_path / "looks.json") == looks
    assert set(looks) == set(names)
    assert [shown_path(Path(name)) for name in names] == ["??.pdf", "dòng?mới.pdf", "Kế hoạch.pdf"]


@pytest.mark.parametrize("rubbish", ["", "{", "[1]", '{"a.pdf": 3}', '{"a.pdf": [1, 2]}'])
def test_looks_that_were_lost_are_none(tmp_path: Path, rubbish: str) -> None:
    (tmp_path / "looks.json").write_text(rubbish)
    assert read_looks(tmp_path / "looks.json") == {}


WHOLE = {
    "a.pdf": lambda path: pdf(path),
    "web.pdf": lambda path: pdf(path, linearize=True),
    "a.jpg": lambda _: picture("jpeg"),
    "a.png": lambda _: picture("png"),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_what_is_cut_does_not_end_as_it_should(tmp_path: Path, name: str, share: float) -> None:
    path = tmp_path / name
    data = WHOLE[name](path)
    path.write_bytes(data)
    assert ends_as(path, kind_of(path))
    path.write_bytes(data[: int(len(data) * share)])
    assert not ends_as(path, kind_of(path))


def test_a_file_made_for_the_web_is_not_whole_after_its_first_part(tmp_path: Path) -> None:
    path = tmp_path / "web.pdf"
    data = pdf(path, linearize=True)
    path.write_bytes(data[: data.index(b"%%EOF") + 6])
    assert not ends_as(path, kind_of(path))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.zip", b"PK\x03\x04 %PDF-1.4", FileKind.ZIP),
        ("a.pdf", b"PK\x03\x04 %PDF-1.4", FileKind.PDF),
        ("a.docx", b"PK\x03\x04", FileKind.OTHER),
        ("a.TIF", b"II*\0", FileKind.PICTURE),
        ("logo.bin", b"\x89PNG\r\n\x1a\n", FileKind.OTHER),
        ("a.jpg", b"no picture", FileKind.OTHER),
        ("a.txt", b"a\tb\tc\nd\te\tf\n", FileKind.EXPORT),
        ("a.txt", b"words", FileKind.OTHER),
        ("a.pdf", b"", FileKind.OTHER),
    ],
)
def test_kinds(tmp_path: Path, name: str, data: bytes, kind: FileKind) -> None:
    (tmp_path / name).write_bytes(data)
    assert kind_of(tmp_path / name).kind is kind
