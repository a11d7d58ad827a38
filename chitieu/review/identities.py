"""A document's own data on the review page: number, date, type, issuer and title, corrected beside the scan."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse

from chitieu.claim_words import field_titles
from chitieu.corrections import replay
from chitieu.identity_corrections import DATE, canonical_text, identity_corrections, identity_text, identity_undone
from chitieu.model import Correction, Document, PageSummary
from chitieu.review.api import Changing
from chitieu.review.desk import Desk, now
from chitieu.review.guards import AtDesk, Reviewer, Tongue
from chitieu.review.identity_shapes import IdentityDecision, IdentityFieldShape, IdentityShape, IdentityUndo
from chitieu.review.pages import known
from chitieu.review.pictures import shape_of
from chitieu.review.shapes import DocumentId, SaidShape
from chitieu.review.shaping import boxes_of, document_name, page_shape
from chitieu.review.views import doubts_said
from chitieu.review.words import word
from chitieu.reviewed import IDENTITY_FIELDS, UNDONE, WITHDRAWN
from chitieu.settings import Language
from chitieu.store import DocumentRecord, IdentityChanged, identity_version

router = APIRouter(prefix="/api/documents")
CHANGED: dict[int | str, dict[str, object]] = {409: {"model": IdentityShape}}


@router.get("/{document_id}/identity")
def identity(document_id: DocumentId, desk: AtDesk, _reviewer: Reviewer, language: Tongue) -> IdentityShape:
    """What a document says of itself, and what people said of that. 404 where it is unknown."""
    return _shown(desk, document_id, language)


@router.post("/{document_id}/identity", dependencies=Changing, responses=CHANGED, response_model=IdentityShape)
def correct_identity(
    document_id: DocumentId, said: IdentityDecision, desk: AtDesk, reviewer: Reviewer, language: Tongue
) -> IdentityShape | JSONResponse:
    """Keep what a reviewer says. 409 where somebody changed it meanwhile, 422 where a date is not understood."""
    texts = {name: canonical_text(name, text) for name, text in said.texts.items()}
    if None in texts.values():
        raise HTTPException(422, "no date")
    record, _, _ = _found(desk, document_id)
    plain = {name: text for name, text in texts.items() if text is not None}
    corrections = identity_corrections(record.read, record.document, plain, reviewer, said.reason, now())
    return _kept(desk, document_id, corrections, said.version, language)


@router.post("/{document_id}/identity/undo", dependencies=Changing, responses=CHANGED, response_model=IdentityShape)
def undo_identity(
    document_id: DocumentId, said: IdentityUndo, desk: AtDesk, reviewer: Reviewer, language: Tongue
) -> IdentityShape | JSONResponse:
    """Take back what was said last. 404 where nothing was."""
    record, before, _ = _found(desk, document_id)
    undone = identity_undone(record.read, before, reviewer, now())
    if not undone:
        raise HTTPException(404, "nothing was said of this document")
    return _kept(desk, document_id, undone, said.version, language)


def _kept(
    desk: Desk, document_id: str, said: list[Correction], version: str, language: Language
) -> IdentityShape | JSONResponse:
    try:
        if said:
            desk.store.add_to_identity(document_id, said, replay, version)
    except IdentityChanged:
        return JSONResponse(_shown(desk, document_id, language).model_dump(mode="json"), status_code=409)
    return _shown(desk, document_id, language)


def _found(desk: Desk, document_id: str) -> tuple[DocumentRecord, tuple[Correction, ...], tuple[PageSummary, ...]]:
    with desk.store.snapshot() as snapshot:
        return known(snapshot, document_id), snapshot.corrections(document_id), snapshot.pages(document_id)


def _shown(desk: Desk, document_id: str, language: Language) -> IdentityShape:
    record, corrections, pages = _found(desk, document_id)
    return IdentityShape(
        document_id=document_id,
        version=identity_version(record.document),
        name=document_name(record.document),
        fields=tuple(_field(record.document, record.read, name, pages, language) for name in IDENTITY_FIELDS),
        pages=tuple(page_shape(shape_of(page), record, page.failure) for page in pages),
        said=tuple(
            SaidShape(
                field=field_titles(language)[one.field],
                seen=one.seen,
                text=one.text,
                reviewer=one.reviewer,
                reason=word("undone", language) if one.reason == UNDONE else one.reason,
                made_at=one.made_at,
            )
            for one in corrections
            if one.field in IDENTITY_FIELDS and one.reason != WITHDRAWN
        ),
    )


def _field(
    held: Document, read: Document, name: str, pages: tuple[PageSummary, ...], language: Language
) -> IdentityFieldShape:
    claims = [claim for claim in held.claims if claim.field == name]
    shapes = {page.page: shape_of(page) for page in pages}
    text = _as_people_write(name, identity_text(held, name))
    said = (identity_text(read, name), *(claim.value for claim in claims))
    others = dict.fromkeys(_as_people_write(name, one) for one in said)
    return IdentityFieldShape(
        name=name,
        label=field_titles(language)[name],
        text=text,
        read=_as_people_write(name, identity_text(read, name)),
        doubts=doubts_said([flag for flag in held.flags if flag.field == name], language),
        choices=tuple(other for other in others if other and other != text),
        boxes=boxes_of((region for claim in claims for region in claim.regions), shapes),
    )


def _as_people_write(name: str, text: str) -> str:
    """A date of ISO with its day first."""
    return "/".join(reversed(text.split("-"))) if name == DATE else text
