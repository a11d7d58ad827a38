"""PDFs with passwords: read where the password is empty or written down, set aside with a way out where not."""

from pathlib import Path

import pikepdf
import pytest

from chitieu.archive import pages_path
from chitieu.files import fingerprint
from chitieu.passwords import read_passwords
from chitieu.quarantine import files_in
from chitieu.settings import Settings
from flows.events import Summary
from flows.ingestion import ingest, workplace
from flows.runners import run_direct


def make_pdf(path: Path, user: str, owner: str = "owner", revision: int = 6) -> Path:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100 + revision, 100 + len(user)))
        new = revision >= 4
        document.save(path, encryption=pikepdf.Encryption(user=user, owner=owner, R=revision, aes=new, metadata=new))
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", workers=2)


def run(settings: Settings, *paths: Path) -> Summary:
    with workplace(settings, "tests.flows.child_cases:opened", lambda _event: None) as place:
        return ingest(paths, place, run_direct)


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_an_empty_password_is_none(tmp_path: Path, settings: Settings, revision: int) -> None:
    summary = run(settings, make_pdf(tmp_path / "a.pdf", "", revision=revision))
    assert summary.quarantined == ()
    assert len(summary.documents) == 1


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_password_that_is_written_down_opens_and_the_original_stays(tmp_path, settings, revision) -> None:
    path = make_pdf(tmp_path / "a.pdf", "Mat khau 2026", revision=revision)
    settings.home.mkdir()
    settings.passwords.write_text("another\n\nMat khau 2026\n", "utf-8")
    summary = run(settings, path)
    assert summary.quarantined == ()
    shown = pages_path(settings.archive, fingerprint(path))
    with pikepdf.open(shown) as pdf:
        assert not pdf.is_encrypted
    originals = [one for one in settings.archive.rglob("*.pdf") if fingerprint(one) == fingerprint(path)]
    assert len(originals) == 1


def test_vietnamese_letters_and_the_owner_s_password_open_too(tmp_path: Path, settings: Settings) -> None:
    settings.home.mkdir()
    settings.passwords.write_text("mật khẩu của Sở\nchủ\n", "utf-8-sig")
    summary = run(settings, make_pdf(tmp_path / "a.pdf", "mật khẩu của Sở"), make_pdf(tmp_path / "b.pdf", "?", "chủ"))
    assert summary.quarantined == ()
    assert len(summary.documents) == 2


def test_without_the_password_it_is_set_aside_until_it_is_written_down(tmp_path: Path, settings: Settings) -> None:
    path = make_pdf(tmp_path / "a.pdf", "secret")
    (aside,) = run(settings, path).quarantined
    assert aside.error.reason == "encrypted"
    (kept,) = files_in(settings.quarantine)
    assert "passwords.txt" in kept.with_name(f"{kept.name}.reason.txt").read_text("utf-8")
    settings.passwords.write_text("secret", "utf-8")
    assert run(settings, kept).quarantined == ()
    assert list(files_in(settings.quarantine)) == []


def test_spaces_belong_to_a_password_and_a_missing_file_holds_none(tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").write_text(" a b \n#c\n\n#c\n", "utf-8")
    assert read_passwords(tmp_path / "passwords.txt") == (" a b ", "#c")
    assert read_passwords(tmp_path / "none.txt") == ()
