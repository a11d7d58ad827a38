"""What reviewers said of a document's own data (number, date, issuer), laid over what was read of them.

As of rows: a correction holds where the software still reads what the reviewer saw; else both are shown.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chitieu.model import Correction, Document, Flag, FlagKind
from chitieu.reviewed import IDENTITY_FIELDS, UNDONE, WITHDRAWN, standing
from normalizers.dates import find_printed_date
from normalizers.issuers import is_central
from normalizers.provinces import find_province
from normalizers.text import clean_line

DATE = "document_date"


def replay_identity(read: Document, corrections: Sequence[Correction]) -> Document:
    """The document's own data as they hold; `corrections` are oldest first."""
    changed, answered, stale = read, set(), []
    for field in IDENTITY_FIELDS:
        correction = last_said_of(field, corrections)
        if correction is None:
            continue
        if identity_text(read, field) not in (correction.seen, correction.text):
            stale.append(Flag(FlagKind.STALE_CORRECTION, field, f"{correction.seen} → {correction.text}"))
            continue
        answered.add(field)
        changed = _with_text(changed, field, correction.text)
    flags = tuple(flag for flag in read.flags if flag.field not in answered)
    return replace(changed, flags=(*flags, *stale))


def identity_text(document: Document, field: str) -> str:
    """What a document says in a field of its identity, a date as ISO has it; empty where it is left blank."""
    value = getattr(document, IDENTITY_FIELDS[field])
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


def canonical_text(field: str, text: str) -> str | None:
    """What a person wrote as the field holds it; None where a date is not understood.

    >>> canonical_text("document_date", "9/7/2025")
    '2025-07-09'
    >>> canonical_text("document_date", "30/2/2025") is None
    True
    """
    line = clean_line(text)
    if field != DATE or not line:
        return line
    date = _date_of(line)
    return date.isoformat() if date else None


def last_said_of(field: str, corrections: Sequence[Correction]) -> Correction | None:
    """The newest correction of a field of the identity; None where there is none, or it was taken back."""
    newest = next((one for one in reversed(corrections) if one.field == field), None)
    return None if newest is None or newest.reason == WITHDRAWN else newest


def identity_corrections(
    read: Document, held: Document, texts: Mapping[str, str], reviewer: str, reason: str, made_at: str
) -> list[Correction]:
    """The corrections that texts of fields come to: of those that change, and of doubtful ones that are right."""
    doubtful = {flag.field for flag in held.flags}
    return [
        Correction(read.document_id, (), field, identity_text(read, field), text, reviewer, reason, made_at)
        for field, text in texts.items()
        if text != identity_text(held, field) or field in doubtful
    ]


def identity_undone(read: Document, corrections: Sequence[Correction], reviewer: str, made_at: str) -> list[Correction]:
    """What takes back what was said last of a document's identity; empty where nothing was."""
    by_field = {name: standing([one for one in corrections if one.field == name]) for name in IDENTITY_FIELDS}
    latest = max((stands[-1].made_at for stands in by_field.values() if stands), default="")
    undone = []
    for name, stands in by_field.items():
        if not stands or stands[-1].made_at != latest:
            continue
        seen = identity_text(read, name)
        text, reason = (stands[-2].text, UNDONE) if len(stands) > 1 else (seen, WITHDRAWN)
        undone.append(Correction(read.document_id, (), name, seen, text, reviewer, reason, made_at))
    return undone


def _with_text(document: Document, field: str, text: str) -> Document:
    """The document with a person's text in a field, and what follows from it."""
    if field == DATE:
        return replace(document, date=_date_of(text))
    if field == "issuer":
        return _with_issuer(document, text)
    if field == "document_number":
        return replace(document, number=text)
    return replace(document, type=text) if field == "document_type" else replace(document, title=text)


def _with_issuer(document: Document, issuer: str) -> Document:
    """A central body is of no province; a body that names no province is of the one that was read."""
    province = None if is_central(issuer) else find_province(issuer)
    if province is None and not is_central(issuer):
        return replace(document, issuer=issuer)
    name, code = (province.name, province.code) if province else ("", "")
    return replace(document, issuer=issuer, province=name, province_code=code)


def _date_of(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        found = find_printed_date(text) or find_printed_date(f"ngày {text}")
    return found.date if found else None
