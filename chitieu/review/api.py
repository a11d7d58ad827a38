"""The API that the page uses: rows, what is said of them, what texts mean, pictures."""

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import JSONResponse

from chitieu.additions import addition
from chitieu.corrections import replay
from chitieu.review.desk import now
from chitieu.review.guards import AtDesk, Reviewer, Tongue, require_token
from chitieu.review.meanings import meaning_of
from chitieu.review.pictures import shape_of
from chitieu.review.saving import save, take_back
from chitieu.review.shapes import (
    AdditionShape,
    ConflictShape,
    DecisionShape,
    DocumentId,
    DocumentPages,
    DocumentShape,
    FieldName,
    MeaningShape,
    MeaningWish,
    Position,
    RowShape,
    SameDecision,
    SameSaved,
    SameShape,
    SavedShape,
    UndoShape,
)
from chitieu.review.shaping import cell_on_page, document_shape, page_shape, row_on_page, row_shape, same_row
from chitieu.reviewed import Decision
from chitieu.settings import Language
from chitieu.store import DocumentRecord, ReviewRow, RowChanged, Snapshot
from normalizers.corrected import with_text

router = APIRouter(prefix="/api")
Changing = [Depends(require_token)]
MAX_SAME = 200
CROP_MARGIN_PT = 4.0
CONFLICT: dict[int | str, dict[str, object]] = {409: {"model": ConflictShape}}
PAGE_CACHE = "private, max-age=86400, immutable"


@router.get("/rows/{document_id}/{position}")
def row(
    document_id: DocumentId,
    position: Position,
    desk: AtDesk,
    reviewer: Reviewer,
    language: Tongue,
    *,
    claim: bool = False,
) -> RowShape:
    """One row; `claim`: others are told that this reviewer has it on the screen."""
    holder = desk.claims.take((document_id, position), reviewer) if claim else reviewer
    with desk.store.snapshot() as snapshot:
        record, found = found_row(snapshot, document_id, position)
        return row_shape(snapshot, record, found, language, holder if holder != reviewer else "")


@router.post("/corrections", dependencies=Changing, responses=CONFLICT)
def correct(said: DecisionShape, desk: AtDesk, reviewer: Reviewer, language: Tongue) -> SavedShape:
    """Keep a decision. 409 with the row as it is now where somebody changed it meanwhile."""
    with desk.store.snapshot() as snapshot:
        _, found = found_row(snapshot, said.document_id, said.position)
    decided = Decision(said.texts, said.verdict, reviewer, said.reason, now())
    try:
        save(desk.store, said.document_id, found, decided, said.version)
    except RowChanged as changed:
        raise Conflict(said.document_id, said.position) from changed
    return _saved(desk, said.document_id, said.position, language)


@router.post("/additions", dependencies=Changing)
def add(said: AdditionShape, desk: AtDesk, reviewer: Reviewer, language: Tongue) -> SavedShape:
    """Add a row that was missed; gives the added row. 422 without a name or a value."""
    if not (said.texts.get("indicator", "").strip() and said.texts.get("value_text", "").strip()):
        raise HTTPException(422, "a row needs a name and a value")
    with desk.store.snapshot() as snapshot:
        _, beside = found_row(snapshot, said.document_id, said.position)
        before = snapshot.corrections(said.document_id)
    correction = addition(
        said.document_id,
        beside.as_read,
        before,
        is_below=said.is_below,
        texts=said.texts,
        reviewer=reviewer,
        reason=said.reason,
        made_at=now(),
    )
    desk.store.add_corrections(said.document_id, [correction], replay)
    with desk.store.snapshot() as snapshot:
        rows = [row for row in snapshot.review_rows(said.document_id) if row.as_read.sources]
    added = next(row for row in rows if row.as_read.sources[0].regions == correction.regions)
    return _saved(desk, said.document_id, added.position, language)


@router.post("/corrections/undo", dependencies=Changing, responses=CONFLICT)
def undo(said: UndoShape, desk: AtDesk, reviewer: Reviewer, language: Tongue) -> SavedShape:
    """Take back what was said last of a row. 404 where nothing was said of it."""
    with desk.store.snapshot() as snapshot:
        _, found = found_row(snapshot, said.document_id, said.position)
        before = snapshot.corrections(said.document_id)
    try:
        is_undone = take_back(desk.store, said.document_id, found, before, reviewer, said.version)
    except RowChanged as changed:
        raise Conflict(said.document_id, said.position) from changed
    if not is_undone:
        raise HTTPException(404, "nothing was said of this row")
    return _saved(desk, said.document_id, said.position, language)


@router.post("/meaning")
def meaning(wish: MeaningWish, desk: AtDesk, _reviewer: Reviewer, language: Tongue) -> MeaningShape:
    """How a row would be understood with other texts; nothing is kept."""
    with desk.store.snapshot() as snapshot:
        _, found = found_row(snapshot, wish.document_id, wish.position)
    changed = found.indicator
    for name, text in wish.texts.items():
        changed = with_text(changed, name, text)
    # A unit gives its value another meaning.
    names = {*wish.texts, "value_text", "unit"}
    meanings = {name: meaning_of(changed, name, language) for name in names}
    return MeaningShape(
        meanings={name: one.text for name, one in meanings.items()},
        understood={name: one.is_understood for name, one in meanings.items()},
    )


@router.get("/documents")
def documents(desk: AtDesk, _reviewer: Reviewer, language: Tongue) -> tuple[DocumentShape, ...]:
    """All documents with their states."""
    with desk.store.snapshot() as snapshot:
        return tuple(document_shape(record, language) for record in snapshot.documents())


@router.get("/documents/{document_id}")
def document(document_id: DocumentId, desk: AtDesk, _reviewer: Reviewer, language: Tongue) -> DocumentPages:
    """A document with its pages and the places of its rows. 404 where it is unknown."""
    with desk.store.snapshot() as snapshot:
        record = snapshot.document(document_id)
        if record is None:
            raise HTTPException(404, "no such document")
        pages, rows = snapshot.pages(document_id), snapshot.review_rows(document_id)
        tables = snapshot.tables(document_id)
    shapes = {page.page: shape_of(page) for page in pages}
    return DocumentPages(
        document=document_shape(record, language),
        pages=tuple(page_shape(shapes[page.page], record, page.failure) for page in pages),
        rows=tuple(row_on_page(row, shapes) for row in rows),
        cells=tuple(cell_on_page(cell, shapes) for table in tables for cell in table.cells),
    )


@router.get("/pages/{document_id}/{page}.jpg", response_class=Response)
def page_picture(document_id: DocumentId, page: Position, desk: AtDesk, _reviewer: Reviewer) -> Response:
    """A page as scanned, upright. 404 where there is none."""
    with desk.store.snapshot() as snapshot:
        record = snapshot.document(document_id)
        pages = {one.page: one for one in snapshot.pages(document_id)}
    picture = desk.pictures.jpeg(record.sha256, pages[page]) if record and page in pages else None
    if picture is None:
        raise HTTPException(404, "no such page")
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": PAGE_CACHE})


@router.get("/crops/{document_id}/{position}/{field}.jpg", response_class=Response)
def crop(document_id: DocumentId, position: Position, field: FieldName, desk: AtDesk, _reviewer: Reviewer) -> Response:
    """The cell of one field. 404 where it has none."""
    with desk.store.snapshot() as snapshot:
        record, found = found_row(snapshot, document_id, position)
        pages = {one.page: one for one in snapshot.pages(document_id)}
    regions = [r for source in found.indicator.sources if source.field == field for r in source.regions]
    regions = [region for region in regions if region.page in pages]
    picture = desk.pictures.jpeg(record.sha256, pages[regions[0].page]) if regions else None
    if picture is None:
        raise HTTPException(404, "no such cell")
    boxes = [region.box for region in regions if region.page == regions[0].page]
    piece = desk.pictures.crop(picture, shape_of(pages[regions[0].page]), boxes, CROP_MARGIN_PT)
    return Response(piece, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


@router.get("/same/{document_id}/{position}/{field}")
def same(document_id: DocumentId, position: Position, field: FieldName, desk: AtDesk, _reviewer: Reviewer) -> SameShape:
    """The other rows that say the very same in a field, open or not."""
    with desk.store.snapshot() as snapshot:
        _, found = found_row(snapshot, document_id, position)
        text = str(getattr(found.as_read, field))
        places = [place for place in snapshot.same_text(field, text) if place != (document_id, position)]
        records = snapshot.documents_called(other for other, _ in places[:MAX_SAME])
        pages = {other: snapshot.pages(other) for other in records}
        found_there = snapshot.review_rows_at(places[:MAX_SAME])
        rows = [same_row(records[one[0]], found_there[one], field, pages[one[0]]) for one in places[:MAX_SAME]]
        return SameShape(field=field, text=text, rows=tuple(rows))


@router.post("/same", dependencies=Changing)
def correct_same(said: SameDecision, desk: AtDesk, reviewer: Reviewer) -> SameSaved:
    """Give a field of many rows the same text, each a correction of its own."""
    changed: list[tuple[str, int]] = []
    for place in said.rows:
        with desk.store.snapshot() as snapshot:
            _, found = found_row(snapshot, place.document_id, place.position)
        decided = Decision({said.field: said.text}, "", reviewer, said.reason, now())
        try:
            save(desk.store, place.document_id, found, decided, place.version)
        except RowChanged as raised:
            # A merged cell is corrected with the first of its rows.
            if any(getattr(row.indicator, said.field) != said.text for row in raised.rows):
                changed.append((place.document_id, place.position))
    return SameSaved(saved=len(said.rows) - len(changed), changed=tuple(changed))


class Conflict(Exception):
    """Somebody changed the row meanwhile."""

    def __init__(self, document_id: str, position: int) -> None:
        super().__init__(f"{document_id} {position}")
        self.document_id, self.position = document_id, position


def conflict_answer(desk: AtDesk, conflict: Conflict, language: Language) -> JSONResponse:
    """409 with the row as it is now."""
    with desk.store.snapshot() as snapshot:
        record, found = found_row(snapshot, conflict.document_id, conflict.position)
        shape = row_shape(snapshot, record, found, language)
    return JSONResponse(ConflictShape(row=shape).model_dump(mode="json"), status_code=409)


def _saved(desk: AtDesk, document_id: str, position: int, language: Language) -> SavedShape:
    with desk.store.snapshot() as snapshot:
        record, found = found_row(snapshot, document_id, position)
        progress = snapshot.progress()
        return SavedShape(
            row=row_shape(snapshot, record, found, language), open=progress.open, decided=progress.decided
        )


def found_row(snapshot: Snapshot, document_id: str, position: int) -> tuple[DocumentRecord, ReviewRow]:
    """A document and one of its rows. Raises HTTPException 404."""
    record, found = snapshot.document(document_id), snapshot.review_row(document_id, position)
    if record is None or found is None:
        raise HTTPException(404, "no such row")
    return record, found
