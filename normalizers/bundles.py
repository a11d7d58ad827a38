"""Several decisions in one file: the pages on which a document of its own begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chitieu.identity import Claim
from chitieu.model import Line
from normalizers.attachments import read_caption
from normalizers.heads import is_head, read_head
from normalizers.text import clean_line

# Forms that a decision prescribes have the head of what is to be written on them.
_FORM = re.compile(r"^\W*(?:mẫu|biểu mẫu|phụ lục)\b", re.IGNORECASE)
_NUMBER, _DATE = "document_number", "document_date"


@dataclass(frozen=True, slots=True)
class Start:
    """How far a page begins a document of its own: `number` is what its head says, which may be blank."""

    number: str
    is_certain: bool


def find_start(lines: Sequence[Line], numbers: Sequence[str]) -> Start | None:
    """Whether the lines above a page's tables begin another document than those with these numbers.

    None where they do not, or are the head of a form, or of a plan that an earlier one of these decisions issues.
    Certain is what has number and date in full, read for sure, and its type.
    """
    if not is_head(lines) or any(_FORM.match(clean_line(line.text)) for line in lines):
        return None
    claims = read_head(lines).claims
    number = _claim(claims, _NUMBER)
    attached = {claim.value for claim in read_caption(lines) if claim.field == _NUMBER}
    if number is None or number.value in numbers or attached & set(numbers):
        return None
    date, type_name = _claim(claims, _DATE), _claim(claims, "document_type")
    is_whole = number.value[:1].isdigit() and date is not None and bool(date.value) and type_name is not None
    return Start(number.value, is_whole and number.is_sure and date is not None and date.is_sure)


def _claim(claims: Sequence[Claim], field: str) -> Claim | None:
    return next((claim for claim in claims if claim.field == field), None)
