"""What a dropped file is, told from its name and its first bytes, and whether it ends as such files do."""

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chitieu.exports import is_export

HEADER_BYTES = 1024  # a reader accepts the header anywhere in here: ISO 32000-1, annex H, note 13
TAIL_BYTES = 2**18  # junk that gateways and scanners append is shorter
PICTURE_SUFFIXES = (".tif", ".tiff", ".jpg", ".jpeg", ".png")
PICTURE_MAGIC = {
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG\r\n\x1a\n": ".png",
}
PICTURE_ENDS = {".jpg": b"\xff\xd9", ".png": b"IEND"}
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_END = b"PK\x05\x06"
LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")


class FileKind(StrEnum):
    PDF = "pdf"
    EXPORT = "export"
    PICTURE = "picture"
    ZIP = "zip"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file and the ending that it has in the archive, whatever it was called."""

    kind: FileKind
    suffix: str

    @property
    def has_known_end(self) -> bool:
        """Whether a file of this kind shows by its end that nothing is missing."""
        return self.kind is not FileKind.EXPORT


def kind_of(path: Path) -> Kind:
    """What a file is. Pictures and archives must be called so: a picture by another name is no scan for us."""
    with path.open("rb") as file:
        head = file.read(HEADER_BYTES)
    suffix = path.suffix.lower()
    if suffix == ".zip" and head.startswith(ZIP_MAGIC):
        return Kind(FileKind.ZIP, ".zip")
    if suffix in PICTURE_SUFFIXES:
        for magic, ending in PICTURE_MAGIC.items():
            if head.startswith(magic):
                return Kind(FileKind.PICTURE, ending)
    if b"%PDF-" in head:
        return Kind(FileKind.PDF, ".pdf")
    if is_export(path):
        return Kind(FileKind.EXPORT, ".txt")
    return Kind(FileKind.OTHER, ".bin")


def claims_to_be_document(path: Path) -> bool:
    """Whether the name says that here is something for us, whatever the bytes are."""
    return path.suffix.lower() in (".pdf", ".zip", *PICTURE_SUFFIXES)


def ends_as(path: Path, kind: Kind) -> bool:
    """Whether a file ends as its kind does; read from its last bytes alone."""
    if kind.kind is FileKind.PDF:
        return ends_as_pdf(path)
    if kind.kind is FileKind.ZIP:
        return ZIP_END in _tail(path)
    if kind.suffix in PICTURE_ENDS:
        return PICTURE_ENDS[kind.suffix] in _tail(path)
    return kind.kind is not FileKind.OTHER  # a TIFF's directory may stand anywhere: its parts are looked up


def ends_as_pdf(path: Path) -> bool:
    """Whether a PDF is as long as it says (where it is laid out for the web) and ends with its end marker."""
    with path.open("rb") as file:
        promised = LINEARIZED.search(file.read(HEADER_BYTES))
    if promised and path.stat().st_size < int(promised[1]):
        return False
    return ends_whole(_tail(path))


def ends_whole(data: bytes) -> bool:
    r"""Whether nothing of the PDF can be missing at its end: after its last `%%EOF` no object begins.

    The first part of a linearized or updated file has an `%%EOF` too; what follows it are objects. Junk that a
    mail gateway or a scanner appended has none.

    >>> ends_whole(b"%PDF-1.4 1 0 obj 1 endobj startxref 9 %%EOF\n\0\0 junk")
    True
    >>> ends_whole(b"%PDF-1.4 1 0 obj 1 endobj startxref 9 %%EOF 2 0 obj <<")
    False
    """
    body, marker, rest = data.rpartition(b"%%EOF")
    return bool(marker) and b"startxref" in body and b" obj" not in rest


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        return file.read()
