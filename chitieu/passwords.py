"""PDFs that ask for a password, opened with those that the archivist wrote down: one a line in `passwords.txt`."""

from contextlib import suppress
from pathlib import Path

import pikepdf

from chitieu.files import replaced


def read_passwords(path: Path) -> tuple[str, ...]:
    """The passwords of a file, as they stand on its lines; none where there is no such file."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(dict.fromkeys(filter(None, lines)))


def unlocked(path: Path, passwords: tuple[str, ...], kept: Path) -> Path:
    """The PDF itself where it opens without a password, or none of these opens it; else a copy without, at `kept`.

    To be called in a child process: a hostile file can take any memory and time.
    """
    if kept.is_file():
        return kept
    if not passwords or not is_locked(path):
        return path
    for password in passwords:
        with suppress(pikepdf.PasswordError):
            save_unlocked(path, password, kept)
            return kept
    return path


def is_locked(path: Path) -> bool:
    """Whether a PDF asks for a password; one with a password for changes alone does not."""
    try:
        pikepdf.open(path, suppress_warnings=True).close()
    except pikepdf.PasswordError:
        return True
    except (pikepdf.PdfError, RuntimeError, ValueError):  # whoever reads it says what is wrong
        return False
    return False


def save_unlocked(path: Path, password: str, kept: Path) -> None:
    """Write a copy of a PDF that asks for nothing. Raises pikepdf.PasswordError where the password is another."""
    with pikepdf.open(path, password=password, suppress_warnings=True) as pdf, replaced(kept) as draft:
        pdf.save(draft, encryption=False)
