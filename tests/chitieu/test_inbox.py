"""Files as they come: whole, sloppy, cut, locked, empty, not PDF at all."""

from pathlib import Path

import pikepdf
import pytest

from chitieu.archive import archive_copy, archived_path, find_archived, pages_path
from chitieu.errors import Damaged, Empty, Encrypted, NotAPdf, TooLarge
from chitieu.files import fingerprint
from chitieu.inbox import Ignored, Intake, PdfFacts, Rejected, inspect_pdf, list_files
from chitieu.quarantine import quarantine_copy, release


def make_pdf(path: Path, pages: int = 2, password: str | None = None, owner: str = "", **options: bool) -> Path:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
            document.pages[-1].Contents = document.make_stream(b"0 0 m 10 10 l S " * 400)
        encryption = None if password is None else pikepdf.Encryption(user=password, owner=owner)
        document.save(path, encryption=encryption or False, compress_streams=False, **options)
    return path


def inspect(path: Path) -> PdfFacts:
    return inspect_pdf(path, max_file_mib=1, max_pages=3)


@pytest.mark.parametrize("options", [{}, {"linearize": True}])
def test_a_whole_pdf_passes(tmp_path: Path, options: dict[str, bool]) -> None:
    assert inspect(make_pdf(tmp_path / "a.pdf", **options)) == PdfFacts(2, was_repaired=False)


@pytest.mark.parametrize("linearize", [False, True])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 0.95])
def test_a_pdf_cut_anywhere_is_damaged(tmp_path: Path, share: float, linearize: bool) -> None:
    path = make_pdf(tmp_path / "a.pdf", linearize=linearize)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged):
        inspect(path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"\r\n" * 3000),
        (b"", b"\0" * 5000),
        (b"", b"<html>sent by a gateway</html>" * 99),
        (b"\xef\xbb\xbf\n", b""),
    ],
)
def test_junk_around_a_whole_pdf_does_no_harm(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    path.write_bytes(before + path.read_bytes() + after)
    assert inspect(path).page_count == 2


def test_a_wrong_cross_reference_is_repaired(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n7"))
    assert inspect(path) == PdfFacts(2, was_repaired=True)


def test_a_count_that_lies_and_an_update_that_did_not_arrive_are_repaired(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    sound = path.read_bytes()
    assert not inspect(path).was_repaired
    path.write_bytes(sound.replace(b"/Count 2", b"/Count 9"))
    assert inspect(path) == PdfFacts(2, was_repaired=True)
    path.write_bytes(sound + b"9 0 obj\n<< /Begun")
    assert inspect(path) == PdfFacts(2, was_repaired=True)


def test_a_password_to_open_is_encrypted(tmp_path: Path) -> None:
    with pytest.raises(Encrypted):
        inspect(make_pdf(tmp_path / "a.pdf", password="secret", owner="other"))


def test_a_password_for_changes_alone_is_no_hindrance(tmp_path: Path) -> None:
    assert inspect(make_pdf(tmp_path / "a.pdf", password="", owner="secret")).page_count == 2


def test_no_bytes_other_bytes_too_many_pages_and_too_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    with pytest.raises(Empty):
        inspect(path)
    path.write_bytes(b"PK\x03\x04 a zip by the name of pdf")
    with pytest.raises(NotAPdf):
        inspect(path)
    with pytest.raises(TooLarge, match="4 pages"):
        inspect(make_pdf(path, pages=4))
    path.write_bytes(path.read_bytes() + b"%" * 2**20)
    with pytest.raises(TooLarge, match="MiB"):
        inspect(path)


def test_a_folder_is_sorted_by_content(tmp_path: Path) -> None:
    make_pdf(tmp_path / "a.pdf")
    make_pdf(tmp_path / "scan.bin", pages=1)
    (tmp_path / "b.PDF").write_text("no pdf")
    (tmp_path / "notes.txt").write_text("no pdf")
    (tmp_path / "deep").mkdir()
    make_pdf(tmp_path / "deep" / "c.pdf", pages=3)
    found = {type(file): [] for file in (Intake(tmp_path, ""), Rejected(tmp_path, Empty()), Ignored(tmp_path))}
    for file in list_files([tmp_path, tmp_path / "a.pdf"], 1):
        found[type(file)].append(file.path.name)
    assert found == {Intake: ["a.pdf", "c.pdf", "scan.bin"], Rejected: ["b.PDF"], Ignored: ["notes.txt"]}


def test_a_named_file_that_is_no_pdf_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no pdf")
    (file,) = list_files([tmp_path / "notes.txt"], 1)
    assert isinstance(file, Rejected)
    assert isinstance(file.error, NotAPdf)


def test_the_archive_holds_the_bytes_under_their_fingerprint(tmp_path: Path) -> None:
    path, archive = make_pdf(tmp_path / "a.pdf"), tmp_path / "archive"
    sha256 = fingerprint(path)
    assert find_archived(archive, sha256) is None
    copy = archive_copy(path, sha256, archive)
    assert (
        copy == archived_path(archive, sha256) == archive_copy(path, sha256, archive) == find_archived(archive, sha256)
    )
    assert copy.read_bytes() == path.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o444
    assert len(Intake(path, sha256).document_id) == 16


def test_a_file_that_changes_while_it_is_taken_in_is_not_archived(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    sha256 = fingerprint(path)
    path.write_bytes(b"%PDF- other")
    with pytest.raises(Damaged):
        archive_copy(path, sha256, tmp_path / "archive")
    assert [entry for entry in (tmp_path / "archive").rglob("*") if entry.is_file()] == []


def test_bytes_that_rotted_in_the_archive_are_put_right_when_the_file_comes_again(tmp_path: Path) -> None:
    path, archive = make_pdf(tmp_path / "a.pdf"), tmp_path / "archive"
    sha256 = fingerprint(path)
    copy = archive_copy(path, sha256, archive)
    copy.chmod(0o644)
    copy.write_bytes(b"rotten")
    assert archive_copy(path, sha256, archive).read_bytes() == path.read_bytes()


def test_pages_of_a_picture_are_those_of_the_pdf_made_of_it(tmp_path: Path) -> None:
    scan = tmp_path / "scan.TIF"
    scan.write_bytes(b"II*\0 and so on")
    original = archive_copy(scan, fingerprint(scan), tmp_path / "archive")
    assert original.suffix == ".tif"
    assert pages_path(tmp_path / "archive", fingerprint(scan)).name == f"{original.name}.pdf"


def test_quarantine_keeps_both_of_two_files_of_a_name_and_says_why(tmp_path: Path) -> None:
    quarantine = tmp_path / "quarantine"
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_text("one")
    second.write_text("two")
    places = [quarantine_copy(path, "a.pdf", NotAPdf("x"), quarantine) for path in (first, second, first, second)]
    assert [place.read_text() for place in places] == ["one", "two", "one", "two"]
    assert places[0] == places[2] != places[1] == places[3]
    note = Path(f"{places[0]}.reason.txt").read_text(encoding="utf-8")
    assert NotAPdf.vi in note
    assert NotAPdf.en in note
    assert len(list(quarantine.iterdir())) == 4


def test_what_was_read_after_all_leaves_quarantine(tmp_path: Path) -> None:
    path = tmp_path / "a [1].pdf"
    path.write_text("one")
    quarantine_copy(path, path.name, Damaged(), tmp_path / "quarantine")
    release(path, tmp_path / "quarantine")
    assert list((tmp_path / "quarantine").iterdir()) == []


def test_a_name_of_255_bytes_finds_room_for_its_note(tmp_path: Path) -> None:
    names = ["ậ" * 83 + "a.pdf", "ậ" * 83 + "b.pdf"]
    path = tmp_path / "one"
    path.write_text("one")
    places = []
    for name in names:
        path.write_text(name)
        places.append(quarantine_copy(path, name, Damaged(), tmp_path / "quarantine"))
    assert [place.read_text() for place in places] == names
    assert all(place.suffix == ".pdf" and Path(f"{place}.reason.txt").exists() for place in places)
