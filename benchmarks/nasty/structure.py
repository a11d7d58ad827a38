"""Whole files whose structure is wrong: tables of objects, trees of pages, boxes, encryption."""

from io import BytesIO
from typing import Literal

import pikepdf

from benchmarks.nasty.raw import (
    DAMAGED,
    ENCRYPTED,
    READ,
    STOPPED,
    TEXT,
    TOO_LARGE,
    UNREADABLE,
    Case,
    assemble,
    document,
    file_of,
    objects,
    stream,
)

Revision = Literal[2, 3, 4, 6]
REVISIONS: tuple[Revision, ...] = (2, 3, 4, 6)
ANY_READ = READ | UNREADABLE | DAMAGED


def encrypted(revision: Revision, user: str, owner: str = "owner") -> bytes:
    """The document with a password, in one of the ways of the standard."""
    new = revision >= 4
    buffer = BytesIO()
    with pikepdf.open(BytesIO(document())) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(user=user, owner=owner, R=revision, aes=new, metadata=new))
    return buffer.getvalue()


def foreign_lock() -> bytes:
    """Encrypted for the holders of certificates: there is no password for it."""
    lock = b"<< /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 2 /Length 128 /Recipients [<3082>] >>"
    return assemble(objects(more=[lock]), trailer=b"/Root 1 0 R /Encrypt 6 0 R /ID [<00> <00>]")


def broken_lock() -> bytes:
    """It says that it is encrypted and not how."""
    trailer = b"/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 >> /ID [<00> <00>]"
    return assemble(objects(), trailer=trailer)


def with_box(box: bytes, extra: bytes = b"") -> bytes:
    return assemble(objects(page=b"/MediaBox [%s] %s" % (box, extra)))


def deep_tree(levels: int) -> bytes:
    """A tree of pages so many levels deep, with one page at its end."""
    first = 6
    nodes = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>"
        % (first + at - 1 if at else 2, first + at + 1 if at + 1 < levels else 3)
        for at in range(levels)
    ]
    return assemble(objects(pages=b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", more=nodes))


def many_pages(count: int) -> bytes:
    """So many pages with nothing on them."""
    kids = b" ".join(b"%d 0 R" % (number + 6) for number in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return assemble(objects(pages=b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), more=[page] * count))


def nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    """A catalogue with a value that holds itself in itself so many times."""
    return assemble(objects(catalog=b"/PieceInfo " + opening * depth + closing * depth))


def pages_of(body: bytes) -> bytes:
    return assemble(objects(pages=body))


def chained_tables() -> bytes:
    """The table of objects names itself as the one before it."""
    plain = assemble(objects())
    return assemble(objects(), trailer=b"/Root 1 0 R /Prev %d" % plain.rindex(b"xref\n0"))


def xref_stream(index: bytes, widths: bytes = b"[1 4 2]") -> bytes:
    """A table of objects that is a stream, and claims to be about so many."""
    table = stream(bytes(70), b"/Type /XRef /Size 10 /W %s /Index %s /Root 1 0 R" % (widths, index))
    body = assemble([*objects(), table])
    at = body.index(b"6 0 obj")
    return body[: body.rindex(b"xref\n0")] + b"startxref\n%d\n%%%%EOF\n" % at


CASES: list[Case] = [
    *(file_of(f"locked-revision-{number}", encrypted(number, "secret"), ENCRYPTED) for number in REVISIONS),
    *(file_of(f"empty-password-revision-{number}", encrypted(number, ""), READ) for number in REVISIONS),
    file_of("locked-by-certificates", foreign_lock, ENCRYPTED),
    file_of("locked-and-not-said-how", broken_lock, ENCRYPTED),
    file_of("no-table", lambda: document().replace(b"\nxref\n", b"\n\n\n\n\n\n"), READ),
    file_of("table-elsewhere", lambda: assemble(objects(), startxref=7), READ),
    file_of("table-beyond-the-end", lambda: assemble(objects(), startxref=10**9), READ),
    file_of("table-before-itself", chained_tables, READ | DAMAGED),
    file_of("table-of-billions", lambda: xref_stream(b"[0 2147483647]"), ANY_READ),
    file_of("table-of-wide-entries", lambda: xref_stream(b"[0 7]", b"[900000 900000 2]"), ANY_READ),
    file_of("table-of-negative-entries", lambda: xref_stream(b"[-5 7]", b"[1 -4 2]"), ANY_READ),
    file_of("no-root", lambda: assemble(objects(), trailer=b""), DAMAGED | READ),
    file_of("root-is-a-number", lambda: assemble([b"42", *objects()[1:]]), DAMAGED | READ),
    file_of("no-pages", lambda: pages_of(b"null"), DAMAGED | READ),
    file_of("zero-pages", lambda: pages_of(b"<< /Type /Pages /Kids [] /Count 0 >>"), DAMAGED),
    file_of("pages-are-a-string", lambda: pages_of(b"(pages)"), DAMAGED | READ),
    file_of("page-is-missing", lambda: pages_of(b"<< /Type /Pages /Kids [99 0 R] /Count 1 >>"), ANY_READ),
    file_of("page-tree-holds-itself", lambda: pages_of(b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"), ANY_READ),
    file_of(
        "page-named-fifty-times", lambda: pages_of(b"<< /Type /Pages /Kids [%s] /Count 50 >>" % (b"3 0 R " * 50)), READ
    ),
    file_of(
        "count-of-a-million", lambda: pages_of(b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>"), READ | TOO_LARGE
    ),
    file_of("count-below-nothing", lambda: pages_of(b"<< /Type /Pages /Kids [3 0 R] /Count -7 >>"), ANY_READ),
    file_of("page-tree-100-deep", lambda: deep_tree(100), READ | DAMAGED),
    file_of("page-tree-20000-deep", lambda: deep_tree(20_000), ANY_READ | {"crashed"} | STOPPED),
    file_of("20000-pages-of-nothing", lambda: many_pages(20_000), TOO_LARGE),
    file_of("2000-pages-of-nothing", lambda: many_pages(2000), READ, is_heavy=True),
    file_of("arrays-in-arrays", lambda: nested(b"[", b"]", 100_000), ANY_READ | {"crashed"}),
    file_of("dictionaries-in-dictionaries", lambda: nested(b"<< /A ", b" >>", 100_000), ANY_READ | {"crashed"}),
    file_of("name-of-a-million-letters", lambda: nested(b"/" + b"A" * 10**6, b"", 1), READ),
    file_of("box-of-a-kilometre", lambda: with_box(b"0 0 2834645 2834645"), UNREADABLE | TOO_LARGE),
    file_of("box-of-five-metres", lambda: with_box(b"0 0 14400 14400"), UNREADABLE | TOO_LARGE),
    file_of("box-beyond-numbers", lambda: with_box(b"0 0 1e308 9" + b"9" * 400), ANY_READ | TOO_LARGE),
    file_of("box-upside-down", lambda: with_box(b"595 842 0 0"), READ),
    file_of("box-below-nothing", lambda: with_box(b"-595 -842 0 0"), READ),
    file_of("box-of-nothing", lambda: with_box(b"0 0 0 0"), ANY_READ),
    file_of("box-a-hair-wide", lambda: with_box(b"0 0 0.001 842"), ANY_READ),
    file_of("box-of-words", lambda: with_box(b"/a (b) null true"), ANY_READ),
    file_of("box-missing", lambda: assemble(objects(page=b"")), READ | UNREADABLE),
    file_of("crop-outside-the-page", lambda: with_box(b"0 0 595 842", b"/CropBox [9000 9000 9100 9100]"), ANY_READ),
    file_of("turned-by-45", lambda: with_box(b"0 0 595 842", b"/Rotate 45"), READ),
    file_of("turned-a-billion-times", lambda: with_box(b"0 0 595 842", b"/Rotate 1000000000"), READ),
    file_of("unit-of-a-million", lambda: with_box(b"0 0 595 842", b"/UserUnit 1000000"), ANY_READ | TOO_LARGE),
    file_of("length-too-long", lambda: assemble(objects(stream(TEXT, length=b"999999"))), READ),
    file_of("length-below-nothing", lambda: assemble(objects(stream(TEXT, length=b"-9"))), READ),
    file_of("length-is-itself", lambda: assemble(objects(stream(TEXT, length=b"4 0 R"))), ANY_READ),
]
