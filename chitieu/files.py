"""Files that are either whole or not there: written beside their place, synced, then moved into it."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

TEMPORARY_FILES = ".*.part*"
MAX_NAME_BYTES = 255  # ext4, NTFS, SMB
MAX_SUFFIX_BYTES = 16


@contextmanager
def replaced(path: Path, drafts: Path | None = None) -> Iterator[Path]:
    """Yield a temporary path, which takes the place of `path` when the block ends well.

    It lies in the same folder, or in `drafts`, which must be on the same file system.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(dir=drafts or path.parent, prefix=".", suffix=f".part{path.suffix}")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        sync(temporary)
        temporary.chmod(0o644)  # mkstemp makes it private
        temporary.replace(path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file at once."""
    with replaced(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def shortened(name: str, ending: str) -> str:
    """A file name that still fits into a folder with `ending` after it; its suffix stays.

    >>> shortened("a.pdf", ".reason.txt")
    'a.pdf'
    """
    spare = MAX_NAME_BYTES - len(os.fsencode(ending))
    if len(os.fsencode(name)) <= spare:
        return name
    path = Path(name)
    suffix = path.suffix if len(os.fsencode(path.suffix)) < MAX_SUFFIX_BYTES else ""
    stem = os.fsencode(name.removesuffix(suffix))[: spare - len(os.fsencode(suffix))]
    return stem.decode("utf-8", "ignore") + suffix


def fingerprint(path: Path) -> str:
    """SHA-256 of the bytes, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_file(source: Path, target: Path) -> None:
    """Copy a file so that the copy is whole or not there."""
    with replaced(target) as temporary:
        shutil.copyfile(source, temporary)


def sync(path: Path) -> None:
    """Have a file or folder written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def python_environment() -> dict[str, str]:
    """This process's environment for a child that finds the same modules."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
