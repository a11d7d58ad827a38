"""PDFs written by hand, object by object, so that each can be wrong in just one way."""

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

TEXT = b"BT /F1 14 Tf 72 700 Td (Nothing to be counted stands here.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

# Outcomes: a state of the store, or the reason of quarantine.
READ = frozenset({"no_indicators"})
DAMAGED = frozenset({"damaged"})
NOT_A_PDF = frozenset({"not_a_pdf"})
ENCRYPTED = frozenset({"encrypted"})
TOO_LARGE = frozenset({"too_large"})
UNREADABLE = frozenset({"unreadable"})
STOPPED = frozenset({"out_of_memory", "out_of_time"})


@dataclass(frozen=True, slots=True)
class Case:
    """A file, how it may end, and whether it is too much work for every run of the tests."""

    name: str
    write: Callable[[Path], None]
    outcomes: frozenset[str]
    is_heavy: bool = False


def file_of(name: str, data: bytes | Callable[[], bytes], outcomes: Iterable[str], *, is_heavy: bool = False) -> Case:
    """A case of bytes, made only when they are written where they are many."""

    def write(path: Path) -> None:
        path.write_bytes(data if isinstance(data, bytes) else data())

    return Case(name, write, frozenset(outcomes), is_heavy)


def stream(data: bytes, extra: bytes = b"", length: bytes = b"") -> bytes:
    """A stream object; `length`: what it says of its length, where that is not so."""
    return b"<< /Length %s %s >>\nstream\n%s\nendstream" % (length or b"%d" % len(data), extra, data)


def flate(data: bytes, extra: bytes = b"", length: bytes = b"") -> bytes:
    """A compressed stream."""
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + extra, length)


def zeros(size: int, byte: bytes = b"\0") -> bytes:
    """So many equal bytes, compressed piece by piece."""
    packer = zlib.compressobj(9)
    block = byte * 2**20
    pieces = [packer.compress(block) for _ in range(size // 2**20)]
    return b"".join([*pieces, packer.compress(byte * (size % 2**20)), packer.flush()])


def objects(
    content: bytes = stream(TEXT),  # bytes do not change
    *,
    page: bytes = b"/MediaBox [0 0 595 842]",
    resources: bytes = b"",
    pages: bytes = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    catalog: bytes = b"",
    more: Iterable[bytes] = (),
) -> list[bytes]:
    """The objects of a document of one page: 1 catalog, 2 pages, 3 page, 4 content, 5 font, then `more`."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        pages,
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>"
        % (page, resources),
        content,
        FONT,
        *more,
    ]


def assemble(
    bodies: list[bytes], *, trailer: bytes = b"/Root 1 0 R", startxref: int | None = None, header: bytes = b"%PDF-1.7\n"
) -> bytes:
    """A file of objects, with a table of where they are; `startxref`: where it says that the table is."""
    parts, offsets, at = [header + b"%\xe2\xe3\xcf\xd3\n"], [], len(header) + 6
    for number, body in enumerate(bodies, start=1):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        offsets.append(at)
        parts.append(part)
        at += len(part)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, entries)
    said = at if startxref is None else startxref
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, said)
    return b"".join([*parts, table, end])


def document(content: bytes = TEXT) -> bytes:
    """A sound document of one page with a line of print."""
    return assemble(objects(stream(content)))
