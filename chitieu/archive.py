"""The archive: the original of every document, byte for byte, by its fingerprint. Nothing in it is ever deleted."""

import shutil
from pathlib import Path

from chitieu.errors import Damaged
from chitieu.files import fingerprint, replaced
from chitieu.kinds import PICTURE_MAGIC, kind_of

# What the archive calls files, in the order in which they are looked for; a PDF made of a picture lies beside it.
SUFFIXES = (".pdf", ".txt", *dict.fromkeys(PICTURE_MAGIC.values()), ".zip", ".bin")
WRAPPED = ".pdf"
KEPT = 0o444


def archived_path(archive: Path, sha256: str, suffix: str = ".pdf") -> Path:
    """Where a document lies in the archive: `archive/ab/ab….pdf`; text exports as `.txt`, pictures as what they are."""
    return archive / sha256[:2] / f"{sha256}{suffix}"


def find_archived(archive: Path, sha256: str) -> Path | None:
    """The original of these bytes, None where the archive has none."""
    places = (archived_path(archive, sha256, suffix) for suffix in SUFFIXES)
    return next((place for place in places if place.is_file()), None)


def wrapped_path(original: Path) -> Path:
    """Where the PDF that was made of an archived picture, or of a PDF whose password is known, lies."""
    return original.with_name(f"{original.name}{WRAPPED}")


def pages_path(archive: Path, sha256: str) -> Path:
    """The PDF that shows the pages of a document: the original, or what was made of it; it need not exist."""
    original = find_archived(archive, sha256)
    if original is None:
        return archived_path(archive, sha256)
    made = wrapped_path(original)
    return made if original.suffix in PICTURE_MAGIC.values() or made.is_file() else archived_path(archive, sha256)


def archive_copy(path: Path, sha256: str, archive: Path) -> Path:
    """Copy a file into the archive, once; raises Damaged where its bytes are no longer those of the fingerprint."""
    known = find_archived(archive, sha256)
    if known is not None and fingerprint(known) == sha256:
        return known
    target = archived_path(archive, sha256, kind_of(path).suffix)
    drafts_folder(archive).mkdir(parents=True, exist_ok=True)
    with replaced(target, drafts_folder(archive)) as draft:
        shutil.copyfile(path, draft)
        if fingerprint(draft) != sha256:
            raise Damaged("changed while it was read")
    target.chmod(KEPT)
    return target


def drafts_folder(archive: Path) -> Path:
    """Where files on their way into the archive are written; what a killed run left there is of no use."""
    return archive / ".drafts"


def archive_move(path: Path, sha256: str, archive: Path) -> Path:
    """Move a file into the archive that is too large to be copied about; `path` must be ours alone."""
    target = archived_path(archive, sha256, kind_of(path).suffix)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    target.chmod(KEPT)
    return target
