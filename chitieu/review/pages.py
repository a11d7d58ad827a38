"""The pages that people see; what moves in them speaks to the API."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, select_autoescape

from chitieu.archive import pages_path
from chitieu.messages import FLAGS, decimal_text
from chitieu.review.assets import ASSETS
from chitieu.review.desk import Desk
from chitieu.review.guards import (
    LANGUAGE_COOKIE,
    NAME_COOKIE,
    AtDesk,
    Reviewer,
    Token,
    Tongue,
    require_token,
)
from chitieu.review.shapes import DocumentId, PreferencesShape, RowShape
from chitieu.review.shaping import document_name, document_shape, row_shape
from chitieu.review.words import script_words, word
from chitieu.settings import Language
from chitieu.store import DocumentRecord, DocumentState, Snapshot

router = APIRouter(include_in_schema=False)
DOCUMENTS_ON_PAGE = 100
# What picks the rows of a queue; without any it begins with the worst row.
FILTERS = frozenset({"order", "document", "flag", "agency", "province"})
ASKED_ROW = re.compile(r"([0-9a-f-]{1,80}):(\d{1,9})")
# The scripts of the row view: fetched at once, not one after the other as they name each other.
MODULES = tuple(f"{name}.js" for name in ("scan", "fields", "queue", "same", "identity", "dialogs", "missing"))
YEAR_SECONDS = 365 * 24 * 3600
TEMPLATES = Jinja2Templates(
    env=Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
)
TEMPLATES.env.globals["asset"] = ASSETS.address


def show(request: Request, name: str, language: Language, reviewer: str, token: str, **values: object) -> Response:
    """A page of this name, with what every page has."""

    def say(key: str, **filled: object) -> str:
        return word(key, language, **filled)

    common: Mapping[str, object] = {
        "say": say,
        "language": language.value,
        "reviewer": reviewer,
        "token": token,
        "spoken": _embedded(script_words(language)),
        "needs_account": request.app.state.desk.needs_account,
        "page": name,
        "day": partial(day_of, language=language),
        "decimal": partial(decimal_text, language=language),
    }
    return TEMPLATES.TemplateResponse(request, f"{name}.html", {**common, **values})


@router.get("/")
def home(request: Request) -> Response:
    """The queue, with what was asked of it: the filters of a link."""
    return RedirectResponse(f"/review?{request.url.query}" if request.url.query else "/review")


@router.get("/review")
def review(request: Request, desk: AtDesk, language: Tongue, reviewer: Reviewer, token: Token) -> Response:
    """The queue and the row view, with the row that it begins with: thousands of places need not be there for it."""
    with desk.store.snapshot() as snapshot:
        names = {one.document_id: document_name(one) for one in snapshot.document_names()}
        first = None
        if not FILTERS & request.query_params.keys():
            first = _first_row(snapshot, desk, reviewer, language, request.query_params.get("row", ""))
    flags = {kind.value: words[0 if language is Language.VI else 1] for kind, words in FLAGS.items()}
    shown = {"names": _embedded(names), "flags": _embedded(flags), "first_json": _safe(_row_json(first))}
    return show(
        request, "review", language, reviewer, token,
        has_documents=bool(names), first=first, modules=MODULES, **shown,
    )  # fmt: skip


def _first_row(snapshot: Snapshot, desk: Desk, reviewer: str, language: Language, asked: str) -> RowShape | None:
    """The row that is asked for, else the first open one that nobody else has on the screen; None without."""
    match = ASKED_ROW.fullmatch(asked)
    place = (match[1], int(match[2])) if match else _worst_place(snapshot, desk, reviewer)
    record = snapshot.document(place[0]) if place else None
    row = snapshot.review_row(*place) if place and record else None
    if place is None or record is None or row is None:
        return None
    holder = desk.claims.take(place, reviewer)
    return row_shape(snapshot, record, row, language, holder if holder != reviewer else "")


def _worst_place(snapshot: Snapshot, desk: Desk, reviewer: str) -> tuple[str, int] | None:
    taken = desk.claims.of_others(reviewer)
    rows = snapshot.worst_rows(len(taken) + 1)
    places = ((row.document_id, row.position) for row in rows if row.put_off != "unreadable")
    return next((place for place in places if place not in taken), None)


def _row_json(row: RowShape | None) -> str:
    return "null" if row is None else row.model_dump_json()


def _embedded(values: Mapping[str, str]) -> str:
    return _safe(json.dumps(values, ensure_ascii=False))


def _safe(text: str) -> str:
    """JSON that no text in it can end."""
    return text.replace("<", "\\u003c")


@router.get("/documents")
def documents(
    request: Request,
    desk: AtDesk,
    language: Tongue,
    reviewer: Reviewer,
    token: Token,
    *,
    state: Annotated[str, Query(pattern=f"^({'|'.join(DocumentState)}|)$")] = "",
    number: Annotated[int, Query(ge=1, le=1_000_000, alias="page")] = 1,
) -> Response:
    """Documents by state, a page at a time."""
    wanted = DocumentState(state) if state else None
    with desk.store.snapshot() as snapshot:
        count, records = snapshot.documents_page(wanted, DOCUMENTS_ON_PAGE, (number - 1) * DOCUMENTS_ON_PAGE)
        states = snapshot.count_by_state()
        others = snapshot.documents_called(record.superseded_by for record in records if record.superseded_by)
        asked_elsewhere = snapshot.other_scans()
    return show(
        request,
        "documents",
        language,
        reviewer,
        token,
        documents=[document_shape(record, language) for record in records],
        files={document_id: other.document.source_file for document_id, other in others.items()},
        asked_elsewhere=asked_elsewhere,
        states=states,
        state=state,
        **pager(request, number, -(-count // DOCUMENTS_ON_PAGE)),
    )


def day_of(iso: str, language: Language) -> str:
    """A date as it is written in a language; empty stays empty."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso and language is Language.VI else iso


def pager(request: Request, number: int, pages: int) -> dict[str, object]:
    """What the links between pages of a list need."""
    of = max(1, pages)
    before, after = (f"?{request.url.include_query_params(page=to).query}" for to in (number - 1, number + 1))
    return {"number": number, "of": of, "before": before if number > 1 else "", "after": after if number < of else ""}


@router.get("/documents/{document_id}")
def document(
    document_id: DocumentId, request: Request, desk: AtDesk, language: Tongue, reviewer: Reviewer, token: Token
) -> Response:
    """The pages of a document with what was found on them."""
    with desk.store.snapshot() as snapshot:
        record = known(snapshot, document_id)
        pages = snapshot.pages(document_id)
        other = snapshot.document(record.superseded_by) if record.superseded_by else None
        is_asked_elsewhere = document_id in snapshot.other_scans()
    return show(
        request,
        "document",
        language,
        reviewer,
        token,
        document=document_shape(record, language),
        pages=pages,
        other=other.document if other else None,
        is_asked_elsewhere=is_asked_elsewhere,
    )


@router.get("/documents/{document_id}/original")
def original(document_id: DocumentId, desk: AtDesk, _reviewer: Reviewer) -> Response:
    """The file as it was dropped. 404 where it is none that a browser shows."""
    with desk.store.snapshot() as snapshot:
        record = known(snapshot, document_id)
    path = pages_path(desk.settings.archive, record.sha256)
    if not path.is_file():
        raise HTTPException(404, "no such file")
    return FileResponse(
        path, media_type="application/pdf", filename=f"{document_id}.pdf", content_disposition_type="inline"
    )


def known(snapshot: Snapshot, document_id: str) -> DocumentRecord:
    """A document. Raises HTTPException 404."""
    record = snapshot.document(document_id)
    if record is None:
        raise HTTPException(404, "no such document")
    return record


@router.post("/api/preferences", dependencies=[Depends(require_token)], status_code=204)
def preferences(said: PreferencesShape, desk: AtDesk, reviewer: Reviewer) -> Response:
    """Language and name of whoever sits at this machine, kept in the browser."""
    answer = Response(status_code=204)
    if said.language:
        answer.set_cookie(LANGUAGE_COOKIE, said.language, max_age=YEAR_SECONDS, samesite="strict", httponly=True)
    if said.name.strip():
        desk.claims.leave(reviewer)
        signed = desk.signer.dumps(" ".join(said.name.split()))
        answer.set_cookie(NAME_COOKIE, signed, max_age=YEAR_SECONDS, samesite="strict", httponly=True)
    return answer
