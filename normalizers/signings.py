"""Who signed: the block below the text, and digital signatures."""

import re
from collections.abc import Iterable, Sequence

from chitieu.identity import Claim, Origin, Signature
from chitieu.model import Line
from normalizers.dates import PrintedDate
from normalizers.issuers import same_issuer, spell_issuer
from normalizers.text import clean_line, fold_marks

# For whom one signs: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `TL.`, `TUQ.`, `Q.` (Nghị định 30/2020/NĐ-CP).
_ON_BEHALF = re.compile(r"^(?:TM|KT|TL|TUQ|T/M|K/T)\s*[./]\s*(?=[^\W\d_])")
_TITLE = re.compile(
    r"^(?:Q\.\s*)?(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|BÍ THƯ"
    r"|CHỦ NHIỆM|TRƯỞNG PHÒNG|THỦ TƯỚNG|TỔNG GIÁM ĐỐC|CHI CỤC TRƯỞNG|THỐNG ĐỐC)\b"
)
_SIGNER_TITLE = re.compile(rf"{_TITLE.pattern}(?:[^\d:;]{{0,40}})?$")
_BLOCK_LINES = 4
# On A4, where the column of signatures begins at the earliest.
_RIGHT_HALF_PT = 260.0


def read_closing(lines: Sequence[Line]) -> tuple[Claim, ...]:
    """The title of whoever signed: `Phó Chủ tịch` of `TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH`."""
    titles = _titles_in_block(lines) or [line for line in lines if _stands_alone(line)]
    if not titles:
        return ()
    own = titles[-1]
    title = _bare(own)
    return (Claim("signer_title", title[:1].upper() + title[1:].lower(), Origin.CLOSING, own.text, (own.region,)),)


def _titles_in_block(lines: Sequence[Line]) -> list[Line]:
    """The titles in the lines that begin with for whom one signs."""
    start = next((at for at, line in enumerate(lines) if _ON_BEHALF.match(clean_line(line.text))), None)
    if start is None:
        return []
    page = lines[start].region.page
    near = [line for line in lines[start:] if line.region.page == page and _is_below(line, lines[start])]
    return [line for line in near[:_BLOCK_LINES] if _SIGNER_TITLE.match(_bare(line))]


def _stands_alone(line: Line) -> bool:
    """Whether a line is a title in the right half of a page: who heads a body signs for nobody else."""
    return _TITLE.fullmatch(_bare(line)) is not None and line.region.box.left >= _RIGHT_HALF_PT


def _bare(line: Line) -> str:
    """The line without for whom it is signed."""
    return _ON_BEHALF.sub("", clean_line(line.text)).strip(" .,")


def _is_below(line: Line, first: Line) -> bool:
    """Whether a line stands in the column of the block, at its first line or below."""
    one, other = first.region.box, line.region.box
    return other.top >= one.top - 1 and min(one.right, other.right) > max(one.left, other.left)


def signature_claims(
    signatures: Iterable[Signature], claims: Sequence[Claim], printed: PrintedDate | None
) -> tuple[Claim, ...]:
    """What digital signatures say: the issuer, and the date where the pages leave it open and speak for it.

    A signature may be months later than the decision, of an office that copies it: it is taken for the date only
    where it is the issuer's own, the first one, and of the very month and year that are printed.
    """
    issuers = [claim.value for claim in claims if claim.field == "issuer" and claim.value]
    own = [one for one in signatures if _names_issuer(one, issuers)]
    found = []
    for one in own[:1]:
        regions = (one.region,) if one.region else ()
        if not issuers:
            found.append(Claim("issuer", spell_issuer(one.signer), Origin.SIGNATURE, one.signer, regions))
        day = one.signed_at.date() if one.signed_at else None
        if day and printed and printed.year == day.year and printed.month in (None, day.month):
            is_sure = printed.month == day.month
            found.append(
                Claim("document_date", day.isoformat(), Origin.SIGNATURE, _signed_text(one), regions, is_sure=is_sure)
            )
    return tuple(found)


def _names_issuer(signature: Signature, issuers: Sequence[str]) -> bool:
    """Whether a certificate names the body that issues; any body, where the pages name none."""
    if not issuers:
        return bool(re.match(r"(?:uy ban|hoi dong|so|ban|van phong|bo|ngan hang)\b", fold_marks(signature.signer)))
    return any(same_issuer(spell_issuer(signature.signer), issuer) for issuer in issuers)


def _signed_text(signature: Signature) -> str:
    at = signature.signed_at.isoformat(sep=" ", timespec="minutes") if signature.signed_at else ""
    return f"{signature.signer}; {at}".strip("; ")
