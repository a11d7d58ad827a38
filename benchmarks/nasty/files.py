"""Files that are no PDF, not whole, or were spoilt on their way."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from benchmarks.nasty.raw import (
    DAMAGED,
    NOT_A_PDF,
    READ,
    TEXT,
    TOO_LARGE,
    Case,
    assemble,
    document,
    file_of,
    flate,
    objects,
)

LINEARIZED = b"%PDF-1.7\n9 0 obj\n<< /Linearized 1 /L 999999 /N 1 >>\nendobj\n"
PREVIEW = b"\xff\xd8\xff\xe0" + b"JFIF" * 50 + b"\xff\xd9"


def sparse(mib: int) -> Case:
    """A file that claims so much and holds nothing but a header."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(b"%PDF-1.7\n")
            file.truncate(mib * 2**20)

    return Case(f"sparse-{mib}-mib", write, TOO_LARGE, is_heavy=mib > 1000)


def zipped() -> bytes:
    """A ZIP archive, as office programs write them."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


def compressed() -> bytes:
    """A sound document whose content has all kinds of bytes."""
    return assemble(objects(flate(TEXT + b" % " + bytes(range(1, 256)) * 40)))


def cut(share: float) -> bytes:
    data = document() + b"" if share > 1 else document()
    return data[: int(len(data) * share)]


def with_hole(start: bytes, size: int) -> bytes:
    """The document with a hole of zeros, as a failing disk leaves them, from a word on."""
    data = compressed()
    at = data.index(start)
    return data[:at] + bytes(size) + data[at + size :]


def half_copied() -> bytes:
    """A copy that was made at its full size and filled half."""
    data = compressed()
    return data[: len(data) // 2] + bytes(len(data) - len(data) // 2)


def updated(broken: bytes) -> bytes:
    """A sound document with an update at its end that is none."""
    return document() + broken


CASES = [
    file_of("no-bytes", b"", {"empty"}),
    file_of("one-byte", b"%", NOT_A_PDF),
    file_of("plain-text", "Danh mục chỉ tiêu\n".encode() * 50, NOT_A_PDF),
    file_of("web-page", b"<!doctype html><html><title>404</title></html>" * 40, NOT_A_PDF),
    file_of("picture-named-pdf", PREVIEW, NOT_A_PDF),
    file_of("office-file-named-pdf", zipped, NOT_A_PDF),
    file_of("zeros-alone", bytes(100_000), NOT_A_PDF),
    file_of("header-alone", b"%PDF-1.7\n", DAMAGED),
    file_of("header-and-noise", b"%PDF-1.7\n" + bytes(range(256)) * 300, DAMAGED),
    file_of("header-and-end-alone", b"%PDF-1.7\nstartxref\n0\n%%EOF\n", DAMAGED),
    file_of("header-late", b"\n" * 900 + document(), READ),
    file_of("header-too-late", b"\n" * 2000 + document(), NOT_A_PDF),
    file_of("version-of-the-future", assemble(objects(), header=b"%PDF-9.9\n"), READ),
    file_of("cut-at-a-fifth", cut(0.2), DAMAGED),
    file_of("cut-in-the-middle", cut(0.5), DAMAGED),
    file_of("cut-near-the-end", cut(0.9), DAMAGED),
    file_of("cut-in-the-last-word", document()[:-4], READ),
    file_of("half-copied", half_copied, DAMAGED),
    file_of("hole-in-the-content", lambda: with_hole(b"stream\n", 2000), READ | {"damaged", "unreadable"}),
    file_of("hole-in-the-table", lambda: with_hole(b"0000000000 65535", 100), READ),
    file_of("line-ends-from-windows", lambda: compressed().replace(b"\n", b"\r\n"), READ),
    file_of("line-ends-from-unix", lambda: compressed().replace(b"\r", b"\n"), READ),
    file_of("line-ends-of-a-mac", lambda: compressed().replace(b"\n", b"\r"), READ | DAMAGED),
    file_of("seven-bits", lambda: bytes(byte & 0x7F for byte in compressed()), READ | {"unreadable"}),
    file_of("spaces-at-line-ends-lost", lambda: re.sub(rb" \n", b"\n", compressed()), READ),
    file_of("twice-in-one-file", document() * 2, READ),
    file_of("update-that-did-not-arrive", updated(b"9 0 obj\n<< /Broken" + b"\x01" * 500), READ),
    file_of("update-without-objects", updated(b"\nstartxref\n0\n%%EOF\n"), READ),
    file_of("for-the-web-and-shorter-than-it-says", LINEARIZED + document()[9:], READ | DAMAGED),
    file_of("mail-gateway-s-junk", document() + b"<div>scanned for viruses</div>" * 200, READ),
    sparse(501),
    sparse(2048),
]
