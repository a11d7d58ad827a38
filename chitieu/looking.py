"""Looks at the inbox: a full listing every time, and of every file how long it has been as it is.

Only our own clock and our own looks are trusted: copies keep the time of their original, and the clock of a network
share may be hours off.
"""

import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from pathlib import Path

from chitieu.files import replace_text

# Written by browsers, mail programs, office programs, download tools and file managers while they work.
TEMPORARY_NAMES = re.compile(
    r"^~|^\._|\.(part|partial|crdownload|download|filepart|tmp|temp|opdownload|!ut|swp|lock|aria2)$"
    r"|^(thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx)$",
    re.IGNORECASE,
)


class LeftReason(StrEnum):
    """Why a file stays in the inbox."""

    HIDDEN = "hidden"
    TEMPORARY = "temporary"
    LINK = "link"
    SPECIAL = "special"
    UNKNOWN = "unknown"
    GROWING = "growing"
    UNFINISHED = "unfinished"
    CLOSED = "closed"


# These are taken later by themselves, and these are none of ours; the others stay until somebody does something.
PASSING = (LeftReason.GROWING, LeftReason.UNFINISHED)
FOREIGN = (LeftReason.HIDDEN, LeftReason.TEMPORARY)


@dataclass(frozen=True, slots=True)
class Left:
    """A file or folder that stays where it is; `path` is within the inbox."""

    path: Path
    reason: LeftReason


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was seen, and since when: seconds of our clock."""

    size: int
    modified_ns: int
    changed_ns: int
    since: float

    def is_same(self, other: "Look") -> bool:
        """Whether two looks saw the same file state."""
        return (self.size, self.modified_ns, self.changed_ns) == (other.size, other.modified_ns, other.changed_ns)


Looks = dict[str, Look]


def look(inbox: Path, before: Mapping[str, Look], now: float) -> tuple[Looks, tuple[Left, ...]]:
    """Everything that may be taken, by its path within the inbox; and what is left alone for what it is."""
    looks: Looks = {}
    left = []
    for path in list_entries(inbox):
        name = path.relative_to(inbox)
        try:
            reason, seen = see(path, name, now)
        except FileNotFoundError:  # taken away between the listing and the look
            continue
        if seen is None:
            left.append(Left(name, reason))
        else:
            known = before.get(str(name))
            looks[str(name)] = known if known and known.is_same(seen) and known.since <= now else seen
    return looks, tuple(left)


def list_entries(inbox: Path) -> Iterator[Path]:
    """All files below the inbox, in order, and the folders that are no business of ours or can not be opened."""
    closed: list[Path] = []
    for folder, folders, files in os.walk(inbox, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(folder)
        skipped = [name for name in folders if not is_folder_for_us(here / name)]
        folders[:] = sorted(set(folders) - set(skipped))
        yield from (here / name for name in sorted([*files, *skipped]))
    yield from closed


def is_folder_for_us(path: Path) -> bool:
    """Whether documents may lie in a folder: no link, nothing hidden."""
    return not path.is_symlink() and left_by_name(path.name) is None


def see(path: Path, name: Path, now: float) -> tuple[LeftReason, Look | None]:
    """One entry: why it is left, or how it looks."""
    status = path.lstat()
    by_name = left_by_name(name.name) if name.name else None
    if by_name:
        return by_name, None
    if stat.S_ISLNK(status.st_mode):
        return LeftReason.LINK, None
    if stat.S_ISDIR(status.st_mode):
        return LeftReason.CLOSED, None
    if not stat.S_ISREG(status.st_mode):
        return LeftReason.SPECIAL, None
    return LeftReason.GROWING, Look(status.st_size, status.st_mtime_ns, status.st_ctime_ns, now)


def left_by_name(name: str) -> LeftReason | None:
    """Why a name is never taken; None where it may be.

    >>> left_by_name(".~lock.a.pdf#"), left_by_name("a.pdf.part"), left_by_name("Quyết định.PDF")
    (<LeftReason.HIDDEN: 'hidden'>, <LeftReason.TEMPORARY: 'temporary'>, None)
    """
    if TEMPORARY_NAMES.search(name):
        return LeftReason.TEMPORARY
    return LeftReason.HIDDEN if name.startswith(".") else None


def stood_still(seen: Look, now: float, seconds: float) -> bool:
    """Whether a file has been as it is for so long."""
    return now - seen.since >= seconds


def read_looks(path: Path) -> Looks:
    """What earlier looks saw; nothing where that is lost."""
    try:
        # By hand: names that are no UTF-8 are strings that pydantic refuses.
        return {name: Look(*seen) for name, seen in json.loads(path.read_text("utf-8")).items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def write_looks(path: Path, looks: Looks) -> None:
    """Keep what was seen for the next run."""
    replace_text(path, json.dumps({name: astuple(seen) for name, seen in looks.items()}))


def shown_path(path: Path) -> str:
    """A path for people: composed letters, nothing that is no UTF-8, no control characters."""
    whole = str(path).encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "?" for sign in unicodedata.normalize("NFC", whole))
