"""What places of a document say of its identity, in words for people."""

from chitieu.dataset.schema import DOCUMENT_COLUMNS
from chitieu.identity import Claim
from chitieu.messages import explain_flag, text
from chitieu.model import FlagKind
from chitieu.settings import Language


def field_titles(language: Language) -> dict[str, str]:
    """What the fields of claims are called."""
    is_vietnamese = language is Language.VI
    titles = {column.name: column.title_vi if is_vietnamese else column.title_en for column in DOCUMENT_COLUMNS}
    return {**titles, "draft": explain_flag(FlagKind.DRAFT, language)}


def said_by(claim: Claim, language: Language) -> str:
    """What a place says, with its doubt."""
    if claim.is_handwritten:
        return text("identity_written", language)
    if not claim.value:
        return text("identity_blank", language)
    return claim.value if claim.is_sure else text("identity_unsure", language, value=claim.value)


def place_of(claim: Claim, language: Language) -> str:
    """Where it says so."""
    origin = text(f"origin_{claim.origin}", language)
    if not claim.regions:
        return origin
    return text("identity_page", language, origin=origin, page=claim.regions[0].page)
