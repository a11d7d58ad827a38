"""Quarantine: what could not be read, with a note beside it that says what is wrong and what to do."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from chitieu.errors import ChitieuError, TooLarge
from chitieu.files import copy_file, fingerprint, replace_text, shortened

NOTE = ".reason.txt"


def quarantine_copy(path: Path | None, name: str, error: ChitieuError, quarantine: Path) -> Path:
    """Copy a file of the archive into quarantine with its note; where there is None, the note alone.

    One that is too large is not copied but linked, where the file system can.
    """
    quarantine.mkdir(parents=True, exist_ok=True)
    target = quarantine / shortened(name, NOTE)
    if path is not None:
        target = _free_place(quarantine, target.name, path)
        if not target.exists():
            _put(path, target, error)
    replace_text(target.with_name(f"{target.name}{NOTE}"), reason_note(name, error))
    return target


def reason_note(name: str, error: ChitieuError) -> str:
    """What a person finds beside a file in quarantine, Vietnamese first."""
    detail = f"\n({error.reason}: {error.detail})" if error.detail else f"\n({error.reason})"
    return f"{name}\n\n{error.vi}\n\n{error.en}\n{detail}\n"


def release(original: Path, quarantine: Path) -> None:
    """Take a file out of quarantine that has been read after all; `original` is the same in the archive."""
    size = original.stat().st_size
    for place in files_in(quarantine):
        if place.stat().st_size == size and fingerprint(place) == fingerprint(original):
            release_file(place)


def release_file(place: Path) -> None:
    """Take a file and its note out of quarantine; its bytes must lie in the archive."""
    place.unlink()
    place.with_name(f"{place.name}{NOTE}").unlink(missing_ok=True)


def files_in(quarantine: Path) -> Iterator[Path]:
    """The files in quarantine, without their notes and what a killed run left half-written."""
    for path in sorted(quarantine.iterdir()) if quarantine.is_dir() else []:
        if path.is_file() and not path.name.endswith(NOTE) and not path.name.startswith("."):
            yield path


def _put(path: Path, target: Path, error: ChitieuError) -> None:
    if isinstance(error, TooLarge):
        with suppress(OSError):  # the note says where the file is
            os.link(path, target)
        return
    copy_file(path, target)


def _free_place(quarantine: Path, name: str, path: Path) -> Path:
    """The place of a name in quarantine; beside another file of the same name, one with a piece of the fingerprint."""
    place = quarantine / name
    sha256 = fingerprint(path)
    if not place.exists() or fingerprint(place) == sha256:
        return place
    piece = f".{sha256[:8]}"
    short = Path(shortened(name, f"{piece}{NOTE}"))
    return quarantine / f"{short.stem}{piece}{short.suffix}"
