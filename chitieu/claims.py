"""Files of the inbox, claimed by one process: moved out in one step, taken over by the next one after a crash.

A process holds a folder of its own under `state/claims/` by a lock that ends with it. What lies in a folder that nobody
holds was being worked on when its process died: it is taken over.
"""

import fcntl
import shutil
import time
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from chitieu.exports import is_export
from chitieu.files import copy_file, sync
from chitieu.inbox import HEADER_BYTES, archived_path, ends_whole, fingerprint

LOCK = "lock"
# Names of files that are not there for us, or not whole yet: of editors, browsers, copying programs, Macs.
_PREFIXES, _SUFFIXES = (".", "~$"), (".part", ".tmp", ".temp", ".crdownload", ".partial", ".filepart", ".download")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
# A file that does not end as a PDF and has stood still so long is cut short: nobody writes it any more.
GIVEN_UP_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Inbox:
    """What an inbox holds: files that stood still and are whole, and those that are left for the next time."""

    ready: tuple[Path, ...]
    waiting: tuple[Path, ...]


def look(inbox: Path, settle_seconds: float) -> Inbox:
    """List an inbox twice: a file whose size or time changed between, or that does not end yet, waits."""
    first = {path: _stamp(path) for path in _files(inbox)}
    if first:
        time.sleep(settle_seconds)
    second = {path: _stamp(path) for path in _files(inbox)}
    ready = {path for path, stamp in second.items() if stamp and first.get(path) == stamp and _is_whole(path)}
    return Inbox(tuple(sorted(ready)), tuple(sorted(second.keys() - ready)))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        names = [part.lower() for part in path.relative_to(folder).parts]
        is_ours = not any(name.startswith(_PREFIXES) or name in _SYSTEM_FILES for name in names)
        if is_ours and not names[-1].endswith(_SUFFIXES) and path.is_file() and not path.is_symlink():
            yield path


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _is_whole(path: Path) -> bool:
    """Whether nothing seems to be missing; what is no PDF, or stands still for long, is taken as it is."""
    try:
        if time.time() - path.stat().st_mtime > GIVEN_UP_SECONDS or is_export(path):
            return True
        with path.open("rb") as file:
            if b"%PDF-" not in file.read(HEADER_BYTES):
                return path.stat().st_size > 0 and path.suffix.lower() != ".pdf"
        return ends_whole(path.read_bytes())
    except OSError:
        return True  # whoever reads it says what is wrong


@contextmanager
def claimed(inbox: Path, ready: tuple[Path, ...], claims: Path) -> Iterator[tuple[Path, ...]]:
    """Yield the files in a folder of this process: those that are ready, and those of processes that died.

    What is still there at the end goes back into the inbox.
    """
    own = claims / uuid.uuid4().hex
    own.mkdir(parents=True)
    with (own / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        taken = [*_taken_over(claims, own), *(moved for path in ready if (moved := _move(path, inbox, own)))]
        try:
            yield tuple(sorted(taken))
        finally:
            _give_back(own, inbox)
            shutil.rmtree(own, ignore_errors=True)


def _taken_over(claims: Path, own: Path) -> Iterator[Path]:
    for folder in sorted(claims.iterdir()):
        if folder == own or not folder.is_dir():
            continue
        with suppress(OSError), (folder / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in sorted(entry for entry in folder.rglob("*") if entry.is_file() and entry.name != LOCK):
                if moved := _move(path, folder, own):
                    yield moved
            shutil.rmtree(folder, ignore_errors=True)


def _move(path: Path, root: Path, own: Path) -> Path | None:
    """The file in our folder; None where another process had it first. Names of Macs are composed."""
    target = own / unicodedata.normalize("NFC", str(path.relative_to(root)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _rename(path, target)
    except FileNotFoundError:
        return None
    return target


def _rename(path: Path, target: Path) -> None:
    """Move a file in one step; to another file system: copied, synced, then removed."""
    try:
        path.rename(target)
        sync(target.parent)
    except OSError as error:
        if not path.exists():
            raise FileNotFoundError(path) from error
        copy_file(path, target)
        path.unlink()


def _give_back(own: Path, inbox: Path) -> None:
    for path in sorted(entry for entry in own.rglob("*") if entry.is_file() and entry.name != LOCK):
        target = inbox / path.relative_to(own)
        if target.exists() and fingerprint(target) != fingerprint(path):
            target = target.with_name(f"{target.stem}.{fingerprint(path)[:8]}{target.suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        _rename(path, target)


def settle(path: Path, archive: Path, quarantine: Path) -> bool:
    """Remove a claimed file whose very bytes lie in the archive or in quarantine; False where they lie nowhere else."""
    digest = fingerprint(path)
    places = [archived_path(archive, digest, suffix) for suffix in (".pdf", ".txt")]
    if quarantine.is_dir():
        places += [place for place in quarantine.iterdir() if place.stat().st_size == path.stat().st_size]
    if not any(place.is_file() and fingerprint(place) == digest for place in places):
        return False
    path.unlink()
    return True
