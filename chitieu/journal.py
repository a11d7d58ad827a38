"""The log of a home: `state/logs/chitieu.jsonl`, a line of JSON for each thing that happened, by whatever process.

It is rotated when it has grown to `ROTATED_BYTES`; `KEPT_FILES` older ones stay: `chitieu.jsonl.1` is the youngest.
What other programs say of themselves, Prefect above all, lies in logs of their own, which are cut back likewise.
"""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

NAME = "chitieu.jsonl"
ROTATED_BYTES = 5 * 2**20
KEPT_FILES = 5


def write_entry(logs: Path, event: str, **fields: object) -> None:
    """Add a line. Raises OSError where the disk does not take it."""
    entry = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "process": os.getpid(), "event": event}
    line = json.dumps({**entry, **fields}, ensure_ascii=False, default=str) + "\n"
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f".{NAME}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        path = logs / NAME
        if path.exists() and path.stat().st_size > ROTATED_BYTES:
            rotate(path)
        with path.open("ab") as file:
            file.write(line.encode("utf-8", "replace"))


def rotate(path: Path) -> None:
    """Move the log and its predecessors on by one; the oldest goes."""
    make_room(path)
    path.replace(path.with_name(f"{path.name}.1"))


def make_room(path: Path) -> None:
    """Move the predecessors of a log on by one; the oldest goes."""
    for number in range(KEPT_FILES - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))


def cut_back(path: Path) -> None:
    """Put what a log of other programs holds into `.1`, where it has grown large, and leave the log empty.

    They have it open to add to its end, whatever that is, and go on so. Raises OSError where the disk does not take the
    copy; then the log stays as it is.
    """
    if not path.exists() or path.stat().st_size <= ROTATED_BYTES:
        return
    copy = path.with_name(f"{path.name}.new")
    shutil.copyfile(path, copy)
    make_room(path)
    copy.replace(path.with_name(f"{path.name}.1"))
    os.truncate(path, 0)


def read_entries(logs: Path, about: str = "") -> Iterator[dict[str, object]]:
    """All entries that are kept, the oldest first; a line that a power cut left unfinished is passed over.

    `about`: those alone whose event begins so.
    """
    names = [*(f"{NAME}.{number}" for number in range(KEPT_FILES, 0, -1)), NAME]
    for path in (logs / name for name in names):
        if path.exists():
            for line in path.read_text("utf-8", "replace").splitlines():
                entry = _parsed(line) if f'"event": "{about}' in line else None
                if entry is not None:
                    yield entry


def _parsed(line: str) -> dict[str, object] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
