"""A home in one file, and back: a tar of the store, the archive and the settings, with the fingerprint of every part.

The store is copied first, as it is at one moment; the archive, of which nothing is ever deleted, after it. So the copy
is whole whatever runs meanwhile. The list of what is in it stands at the end: a file that was cut short has none.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy import make_url

from chitieu.files import replaced, sync
from chitieu.locks import NIGHT, READING, SERVING, held_if_free
from chitieu.settings import Settings, load_settings
from chitieu.store import open_store
from chitieu.versions import code_version

MANIFEST = "manifest.json"
STORE = "state/chitieu.sqlite"
FORMAT = 1
# Folders and files of a home that nothing else can bring back. What is published is made anew.
KEPT_FOLDERS = ("archive", "quarantine", "state/claims")
KEPT_FILES = ("chitieu.toml", "passwords.txt", "state/review.key", "state/last-night")
BLOCK_BYTES = 2**20


class BackupRefused(Exception):
    """It cannot be done; `key` is that of the message that says why."""

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(key)
        self.key, self.detail = key, detail


@dataclass(frozen=True, slots=True)
class Counted:
    """How much a backup holds."""

    files: int
    bytes: int


def back_up(settings: Settings, target: Path) -> Counted:
    """Write a home into a file, which is whole or not there; a store of PostgreSQL stands in it as one of SQLite."""
    listed: dict[str, str] = {}
    size = 0
    with replaced(target) as draft, tarfile.open(draft, "w") as tar, TemporaryDirectory(dir=settings.state) as folder:
        store = Path(folder) / "store"
        copy_store(settings.store_url, store)
        for name, path in [(STORE, store), *kept_files(settings.home)]:
            with path.open("rb") as file:
                size += path.stat().st_size
                listed[name] = add_file(tar, name, file)
        add_manifest(tar, listed)
    return Counted(len(listed), size)


def copy_store(url: str, target: Path) -> None:
    """Copy a store as it is at one moment, while others write."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        copy_database(Path(address.database), target)
    else:
        with open_store(url) as live, open_store(f"sqlite:///{target}") as copy:
            live.copy_to(copy)


def copy_database(source: Path, target: Path) -> None:
    """Copy an SQLite database: https://sqlite.org/backup.html."""
    # Opened to be written: a database in WAL mode that nobody has open can not be read otherwise.
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupRefused("backup_store_damaged")


def kept_files(home: Path) -> Iterator[tuple[str, Path]]:
    """The files of a home that are kept, by their names within it."""
    found = [path for folder in KEPT_FOLDERS for path in sorted((home / folder).rglob("*"))]
    for path in [*(home / name for name in KEPT_FILES), *found]:
        if path.is_file() and not path.is_symlink() and ".drafts" not in path.parts:
            yield path.relative_to(home).as_posix(), path


def add_file(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> str:
    """Add a file; returns the SHA-256 of what was added."""
    entry = tarfile.TarInfo(name)
    entry.size = file.seek(0, io.SEEK_END)
    entry.mtime = int(datetime.now(UTC).timestamp())
    file.seek(0)
    reader = Hashed(file)
    tar.addfile(entry, reader)
    return reader.digest


def add_manifest(tar: tarfile.TarFile, listed: dict[str, str]) -> None:
    """Add the list of what is in the file."""
    said = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
    data = json.dumps({**said, "code_version": code_version(), "files": listed}, indent=1).encode()
    add_file(tar, MANIFEST, io.BytesIO(data))


class Hashed(io.RawIOBase):
    """A file that remembers the fingerprint of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._hash = file, hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        return data


def restore(source: Path, settings: Settings, *, replaces: bool) -> Counted:
    """Bring a home back from a file; every byte is checked before anything is put in its place.

    `replaces`: also where the home has a store, which is then kept beside the new one. Raises BackupRefused where it
    has one otherwise, where somebody works on it, or where the file is not whole. Where the settings that come back
    name another store, such as PostgreSQL, that one is filled, and must be empty.
    """
    home = settings.home
    if has_content(home) and not replaces:
        raise BackupRefused("restore_not_empty", str(home))
    home.mkdir(parents=True, exist_ok=True)
    with nobody_at_work(settings), TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        unpacked = Path(folder)
        counted = unpack(source, unpacked)
        url = load_settings(unpacked).database_url
        if url:
            fill_store(unpacked / STORE, url)
        put_aside(home / STORE)
        for path in sorted(path for path in unpacked.rglob("*") if path.is_file()):
            put(path, home / path.relative_to(unpacked))
    return counted


def fill_store(copy: Path, url: str) -> None:
    """Put a store out of a backup into the database of an address, which must be empty."""
    with open_store(f"sqlite:///{copy}") as source, open_store(url) as target:
        try:
            source.copy_to(target)
        except ValueError as error:
            raise BackupRefused("restore_database_not_empty", str(error)) from error
    copy.unlink()


def has_content(home: Path) -> bool:
    """Whether a home has anything that a restored one could be mixed up with."""
    places = [home / STORE, *(home / folder for folder in KEPT_FOLDERS), *(home / name for name in KEPT_FILES)]
    return any(place.is_file() or (place.is_dir() and any(place.iterdir())) for place in places)


@contextmanager
def nobody_at_work(settings: Settings) -> Iterator[None]:
    """Hold a home against the service and its runs. Raises BackupRefused where one is at work."""
    with ExitStack() as stack:
        for name in (SERVING, NIGHT, READING):
            if stack.enter_context(held_if_free(settings.state / name)) is None:
                raise BackupRefused("restore_while_served", str(settings.home))
        yield


def unpack(source: Path, folder: Path) -> Counted:
    """Unpack a backup and check it against its own list. Raises BackupRefused where it is not what it says."""
    found: dict[str, str] = {}
    size = 0
    try:
        with tarfile.open(source, "r:") as tar:
            for entry in tar:
                target = folder / safe_name(entry)
                target.parent.mkdir(parents=True, exist_ok=True)
                content = tar.extractfile(entry)
                assert content is not None
                reader = Hashed(content)
                with target.open("wb") as file:
                    shutil.copyfileobj(reader, file, BLOCK_BYTES)
                found[entry.name] = reader.digest
                size += entry.size
    except tarfile.TarError as error:
        raise BackupRefused("backup_damaged", str(error)) from error
    check_against_list(folder, found)
    (folder / MANIFEST).unlink()
    return Counted(len(found) - 1, size)


def safe_name(entry: tarfile.TarInfo) -> PurePosixPath:
    """The place of an entry within a home. Raises BackupRefused for what no backup of ours holds."""
    name = PurePosixPath(entry.name)
    is_ours = entry.name in (MANIFEST, STORE, *KEPT_FILES) or any(name.is_relative_to(one) for one in KEPT_FOLDERS)
    if not entry.isreg() or ".." in name.parts or not is_ours:
        raise BackupRefused("backup_damaged", entry.name)
    return name


def check_against_list(folder: Path, found: dict[str, str]) -> None:
    """Raise BackupRefused unless what was unpacked is what the list says, byte for byte."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        listed = {**said["files"]}
        is_known = said["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupRefused("backup_damaged", MANIFEST) from error
    if not is_known:
        raise BackupRefused("backup_unknown_format")
    found = {name: digest for name, digest in found.items() if name != MANIFEST}
    wrong = sorted(name for name in {*found, *listed} if found.get(name) != listed.get(name))
    if wrong:
        raise BackupRefused("backup_damaged", ", ".join(wrong[:5]))


def put_aside(store: Path) -> None:
    """Keep a store that is to be replaced, beside its place."""
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    for suffix in ("", "-wal", "-shm"):
        place = store.with_name(f"{store.name}{suffix}")
        if place.exists():
            place.rename(store.with_name(f"before-restore-{moment}.sqlite{suffix}"))


def put(path: Path, target: Path) -> None:
    """Move an unpacked file into its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    sync(path)
    path.replace(target)
