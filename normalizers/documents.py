"""The identity of a document: what its places say of type, number, date, issuer and the rest, weighed.

Two places tell most of it, the head of page 1 and the caption over the table; a digital signature tells who signed
when. Where they contradict each other that is flagged.
"""

import datetime
import re
from collections.abc import Iterable, Sequence

from chitieu.identity import Claim, Origin, Signature
from chitieu.model import Document, Flag, FlagKind, Heading
from normalizers.attachments import find_appendix, read_caption
from normalizers.heads import Head, read_head
from normalizers.issuers import ends_at_level, is_central, same_issuer, spell_issuer
from normalizers.provinces import Province, find_province
from normalizers.relations import read_relations
from normalizers.signings import read_closing, signature_claims
from normalizers.text import clean_line, tokens, unknown_words

__all__ = ["find_appendix", "identify"]

# Of what says the same thing, these are believed in this order.
_ORDER = (Origin.CAPTION, Origin.HEAD, Origin.CLOSING, Origin.BODY, Origin.SIGNATURE, Origin.METADATA)
# The head names the body that issues; a caption may name the man who signs for it.
_ORDER_OF = {"issuer": (Origin.HEAD, Origin.CAPTION, Origin.SIGNATURE)}
_NUMBER, _DATE = "document_number", "document_date"
# `Microsoft Word - QD` and `Document1` are no titles.
LEAST_TITLE_WORDS = 4


def identify(
    heading: Heading,
    document_id: str,
    source_file: str,
    body_text: str = "",
    signatures: Sequence[Signature] = (),
    file_title: str = "",
) -> Document:
    """The identity that all places of a document give together, with what each of them says.

    `body_text` serves for one thing: the province, where no other place names one and it names one only. `file_title`
    is what the file's own properties call it.
    """
    head = read_head(heading.first_page, heading.handwritten)
    claims = (*head.claims, *read_caption(heading.caption), *read_closing(heading.text))
    claims = (*claims, *signature_claims(signatures, claims, head.date), *read_relations(heading.text, head.claims))
    claims = (*claims, *_metadata_claims(file_title))
    issuer = _best(claims, "issuer")
    province = _province(issuer, head, heading, body_text)
    issuer = spell_issuer(issuer, province, head.place) if issuer else ""
    number, date = _best(claims, _NUMBER), _best(claims, _DATE)
    return Document(
        document_id=document_id,
        source_file=source_file,
        type=_best(claims, "document_type"),
        number=number,
        date=datetime.date.fromisoformat(date) if date else None,
        issuer=issuer,
        province=province.name if province else "",
        province_code=province.code if province else "",
        title=_best(claims, "title"),
        appendix=_best(claims, "appendix"),
        parent_document=_best(claims, "parent_document"),
        amends=_all(claims, "amends"),
        replaces=_all(claims, "replaces"),
        signer_title=_best(claims, "signer_title"),
        flags=(*_flags(claims, number, date), *_body_flags(issuer, province)),
        claims=claims,
    )


def _metadata_claims(title: str) -> Iterable[Claim]:
    """The title of the file's properties, where it is one: most are names of files and of programs."""
    text = clean_line(title)
    if len(tokens(text)) >= LEAST_TITLE_WORDS and not unknown_words(text):
        yield Claim("title", text, Origin.METADATA, text, is_sure=False)


def _best(claims: Iterable[Claim], field: str) -> str:
    """What is taken for a field: of what is said in full the surest, then the place that is believed first."""
    order = _ORDER_OF.get(field, _ORDER)
    said = [claim for claim in claims if claim.field == field and claim.value and claim.origin in order]
    ranked = sorted(said, key=lambda one: (not _is_whole(one), not one.is_sure, order.index(one.origin)))
    return ranked[0].value if ranked else ""


def _all(claims: Iterable[Claim], field: str) -> str:
    return "; ".join(claim.value for claim in claims if claim.field == field)


def _is_whole(claim: Claim) -> bool:
    """Whether nothing was left blank: `/QĐ-UBND` waits for its number."""
    return claim.field != _NUMBER or claim.value[:1].isdigit()


def _province(issuer: str, head: Head, heading: Heading, body_text: str) -> Province | None:
    """The province of the first place that names one; else the only one that the body names."""
    if is_central(issuer):
        return None
    texts = (issuer, *_issuer_texts(head), head.place, *(clean_line(line.text) for line in heading.caption))
    lines = (clean_line(line.text) for line in heading.first_page)
    found = (find_province(text) for text in (*texts, *lines) if text)
    return next((province for province in found if province), None) or _only_province(body_text)


def _issuer_texts(head: Head) -> tuple[str, ...]:
    return tuple(claim.text for claim in head.claims if claim.field == "issuer")


def _only_province(text: str) -> Province | None:
    provinces = {province for part in re.split(r"[\n.;]", text) if (province := find_province(part))}
    return provinces.pop() if len(provinces) == 1 else None


def _flags(claims: Sequence[Claim], number: str, date: str) -> Iterable[Flag]:
    written = [claim for claim in claims if claim.is_handwritten]
    yield from (Flag(FlagKind.HANDWRITTEN, claim.field, claim.text) for claim in written)
    is_blank = {_NUMBER: not number[:1].isdigit(), _DATE: not date}
    kinds = {_NUMBER: FlagKind.BLANK_NUMBER, _DATE: FlagKind.BLANK_DATE}
    for field, kind in kinds.items():
        if is_blank[field] and field not in {claim.field for claim in written}:
            yield Flag(kind, field)
    yield from (flag for field in (_NUMBER, _DATE, "issuer") if (flag := _conflict(claims, field)))
    for field, value in ((_NUMBER, number), (_DATE, date)):
        if not is_blank[field] and not _is_vouched(claims, field, value):
            yield Flag(FlagKind.LOW_CONFIDENCE, field, value)
    if any(claim.field == "draft" for claim in claims):
        yield Flag(FlagKind.DRAFT)


def _body_flags(issuer: str, province: Province | None) -> Iterable[Flag]:
    """A flag where no body is named, one with words that are none, or one of a province that is not told."""
    if not issuer:
        yield Flag(FlagKind.EMPTY_FIELD, "issuer")
    if ends_at_level(issuer) or unknown_words(issuer):
        yield Flag(FlagKind.LOW_CONFIDENCE, "issuer", issuer)
    if not province and not is_central(issuer):
        yield Flag(FlagKind.EMPTY_FIELD, "province")


def _conflict(claims: Sequence[Claim], field: str) -> Flag | None:
    """A flag where two places say different things in full."""
    said = {claim.value for claim in claims if _counts(claim, field)}
    first = _best(claims, field)
    others = sorted(value for value in said if value != first and not _is_same(field, value, first))
    return Flag(FlagKind.IDENTITY_CONFLICT, field, " / ".join((first, *others))) if others else None


def _counts(claim: Claim, field: str) -> bool:
    """Whether a claim may contradict others: a signature may be later than the date, and of another body."""
    return claim.field == field and bool(claim.value) and _is_whole(claim) and claim.origin is not Origin.SIGNATURE


def _is_same(field: str, one: str, other: str) -> bool:
    return field == "issuer" and same_issuer(one, other)


def _is_vouched(claims: Sequence[Claim], field: str, value: str) -> bool:
    """Whether a place says it for sure, or two places say it."""
    said = [claim for claim in claims if claim.field == field and claim.value == value]
    return any(claim.is_sure for claim in said) or len({claim.origin for claim in said}) > 1
