"""The digital signatures of a PDF: whom their certificates name, and when they say that they were made; its own title.

What they say is read, not proven: a viewer tells whether a signature holds.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from chitieu.identity import Signature
from chitieu.model import Box, Region

_DATE = re.compile(
    r"D:(?P<digits>\d{8}(?:\d{2}){0,3})(?:(?P<sign>[+\-Z])(?:(?P<hours>\d\d)'?(?:(?P<minutes>\d\d)'?)?)?)?"
)
_FORMATS = {8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
# The sequence tag of DER, and how the length of what follows is written in more than one byte.
_SEQUENCE, _LONG_LENGTH = 0x30, 0x80


def read_signatures(path: Path) -> tuple[Signature, ...]:
    """The signatures of a file, the earliest first; none where it has none, or cannot be opened."""
    try:
        with pikepdf.open(path) as pdf:
            found = list(_signatures(pdf))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return ()
    return tuple(sorted(found, key=lambda one: one.signed_at or datetime.max.replace(tzinfo=UTC)))


def read_file_title(path: Path) -> str:
    """The title that the program noted which wrote the file; empty without."""
    try:
        with pikepdf.open(path) as pdf:
            return str(pdf.docinfo.get("/Title", "")).strip()
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return ""


def parse_pdf_date(text: str) -> datetime | None:
    """A date as PDF writes it; UTC where it names no zone, None where it is none.

    >>> parse_pdf_date("D:20250203104725+07'00'").isoformat()
    '2025-02-03T10:47:25+07:00'
    """
    match = _DATE.match(text)
    if match is None:
        return None
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    zone = timezone(-offset if match["sign"] == "-" else offset)
    try:
        return datetime.strptime(match["digits"], _FORMATS[len(match["digits"])]).replace(tzinfo=zone)
    except ValueError:
        return None


def _signatures(pdf: pikepdf.Pdf) -> Iterator[Signature]:
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get("/Annots")
        for field in annotations if isinstance(annotations, pikepdf.Array) else ():
            if not isinstance(field, pikepdf.Dictionary):
                continue
            value = field.get("/V")
            if isinstance(value, pikepdf.Dictionary) and "/Contents" in value:
                yield _signature(value, _region(number, page, field))


def _signature(value: pikepdf.Dictionary, region: Region | None) -> Signature:
    names = _subject(bytes(value["/Contents"]))
    signer = names.get(NameOID.COMMON_NAME, "") or str(value.get("/Name", ""))
    at = parse_pdf_date(str(value.get("/M", "")))
    return Signature(signer, names.get(NameOID.ORGANIZATION_NAME, ""), names.get(NameOID.LOCALITY_NAME, ""), at, region)


def _subject(padded: bytes) -> dict[x509.ObjectIdentifier, str]:
    """Whom the signer's certificate names, by kind of name; nothing of what is no certificate."""
    try:
        certificates = pkcs7.load_der_pkcs7_certificates(padded[: _der_length(padded)])
    except (ValueError, TypeError):
        return {}
    issuers = {certificate.issuer for certificate in certificates}
    # The signer's certificate comes with those of the offices that vouch for it.
    own = next((one for one in certificates if one.subject not in issuers), None)
    return {name.oid: str(name.value) for name in own.subject} if own else {}


def _der_length(padded: bytes) -> int:
    """Bytes of the DER structure at the start of a field that is filled up with zeros."""
    if len(padded) < 2 or padded[0] != _SEQUENCE:
        return len(padded)
    first = padded[1]
    if first < _LONG_LENGTH:
        return 2 + first
    count = first - _LONG_LENGTH
    return 2 + count + int.from_bytes(padded[2 : 2 + count], "big")


def _region(number: int, page: pikepdf.Page, field: pikepdf.Dictionary) -> Region | None:
    """Where a signature shows on an upright page; None where it shows nowhere, or the page is turned."""
    corners = field.get("/Rect")
    if not isinstance(corners, pikepdf.Array) or int(page.obj.get("/Rotate", 0)) % 360:
        return None
    x0, y0, x1, y1 = (float(value) for value in corners)
    left, _, _, top = (float(value) for value in page.cropbox)
    box = Box(min(x0, x1) - left, top - max(y0, y1), max(x0, x1) - left, top - min(y0, y1))
    return Region(number, box) if box.width > 0 and box.height > 0 else None
