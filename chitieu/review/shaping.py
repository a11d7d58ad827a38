"""Rows of the store → what the API gives."""

from collections.abc import Iterable

from chitieu.claim_words import field_titles, place_of, said_by
from chitieu.dataset.remarks import document_doubts
from chitieu.errors import error_of_reason
from chitieu.identity import Claim
from chitieu.model import Cell, Document, PageSummary, Region
from chitieu.printed.shape import clean_text
from chitieu.review.pictures import PageShape, shape_of
from chitieu.review.shapes import (
    BoxShape,
    CellOnPage,
    ChoiceShape,
    ClaimShape,
    DocumentShape,
    FieldShape,
    PageShapeShape,
    RowOnPage,
    RowShape,
    SaidShape,
    SameRow,
)
from chitieu.review.views import FieldView, about_row, bands_of, doubtful_fields, left_blank, row_view, text_above
from chitieu.review.words import word
from chitieu.reviewed import UNDONE, WITHDRAWN, ReviewStatus
from chitieu.settings import Language
from chitieu.store import DocumentName, DocumentRecord, ReviewRow, Snapshot

# Cells are seldom merged over more rows; a row with many periods is as many.
ROWS_ABOVE = 60


def document_name(document: Document | DocumentName) -> str:
    """How people call a document: number and issuer, else the file."""
    named = " · ".join(part for part in (document.number, document.province or document.issuer) if part)
    return named or document.source_file


def document_shape(record: DocumentRecord, language: Language) -> DocumentShape:
    document = record.document
    remedy = error_of_reason(record.reason) if record.reason else None
    return DocumentShape(
        document_id=document.document_id,
        source_file=document.source_file,
        state=record.state,
        reason=record.reason,
        remedy=getattr(remedy, language.value) if remedy else "",
        type=document.type,
        number=document.number,
        date=document.date.isoformat() if document.date else "",
        issuer=document.issuer,
        province=document.province,
        title=document.title,
        pages=record.pages,
        rows=record.rows,
        rows_flagged=record.rows_flagged,
        superseded_by=record.superseded_by,
        doubts=tuple(document_doubts(document, language)),
        claims=tuple(claim_shape(claim, language) for claim in document.claims),
    )


def claim_shape(claim: Claim, language: Language) -> ClaimShape:
    """What one place says, in words."""
    return ClaimShape(
        field=field_titles(language)[claim.field],
        says=said_by(claim, language),
        place=place_of(claim, language),
        text=claim.text,
        page=claim.regions[0].page if claim.regions else 0,
    )


def row_shape(
    snapshot: Snapshot, record: DocumentRecord, row: ReviewRow, language: Language, holder: str = ""
) -> RowShape:
    """A row with its pages, what was said of it, and what people made of its doubtful texts elsewhere."""
    document_id = record.document.document_id
    said = about_row(row.as_read, snapshot.corrections(document_id))
    doubtful = doubtful_fields(row.indicator)
    # What people put into one blank says nothing of another.
    texts = {name: text for name in doubtful if (text := str(getattr(row.as_read, name)))}
    before = {name: snapshot.said_of_text(name, text) for name, text in texts.items()}
    scans = snapshot.reviewed_on_other_scans(record.document)
    view = row_view(row, said, before, language, scans, _cells_above(snapshot, document_id, row))
    shapes = {page.page: shape_of(page) for page in snapshot.pages(document_id)}
    # A doubtful cell that is merged over many rows may begin on an earlier page.
    seen = (*view.regions, *(region for one in view.fields if one.doubts for region in one.regions))
    return RowShape(
        document_id=document_id,
        position=row.position,
        version=row.version,
        record_id=view.record_id,
        document=document_name(record.document),
        province=record.document.province,
        path=view.path,
        page=view.page,
        status=view.status,
        put_off=view.put_off,
        is_open=view.is_open,
        doubts=view.doubts,
        fields=tuple(_field_shape(one, shapes) for one in view.fields),
        boxes=boxes_of(view.regions, shapes),
        pages=tuple(page_shape(shapes[number], record) for number in sorted(_pages(seen, shapes, view.page))),
        said=tuple(
            SaidShape(
                field=one.field,
                seen=one.seen,
                text=one.text,
                reviewer=one.reviewer,
                reason=word("undone", language) if one.reason == UNDONE else one.reason,
                made_at=one.made_at,
            )
            for one in view.said
            if one.reason != WITHDRAWN
        ),
        holder=holder,
    )


def _cells_above(snapshot: Snapshot, document_id: str, row: ReviewRow) -> dict[str, str]:
    blank = left_blank(row.indicator)
    if not blank:
        return {}
    places = [(document_id, at) for at in range(max(0, row.position - ROWS_ABOVE), row.position)]
    found = snapshot.review_rows_at(places)
    rows = [found[place].indicator for place in places if place in found]
    return {name: text for name in blank if (text := text_above(row.indicator, name, rows))}


def _pages(regions: Iterable[Region], shapes: dict[int, PageShape], page: int) -> set[int]:
    return {region.page for region in regions if region.page in shapes} | ({page} & shapes.keys())


def page_shape(shape: PageShape, record: DocumentRecord, failure: str = "") -> PageShapeShape:
    is_text = record.document.source_file.lower().endswith((".txt", ".tsv", ".md"))
    return PageShapeShape(
        page=shape.page, width=shape.width, height=shape.height, has_picture=not is_text, failure=failure
    )


def boxes_of(regions: Iterable[Region], shapes: dict[int, PageShape]) -> tuple[BoxShape, ...]:
    """Places as shares of their upright pages."""
    return tuple(_box_shape(region, shapes[region.page]) for region in regions if region.page in shapes)


def _box_shape(region: Region, shape: PageShape) -> BoxShape:
    box = shape.upright(region.box)
    return BoxShape(
        page=region.page,
        left=box.left / shape.width,
        top=box.top / shape.height,
        right=box.right / shape.width,
        bottom=box.bottom / shape.height,
    )


def _field_shape(one: FieldView, shapes: dict[int, PageShape]) -> FieldShape:
    return FieldShape(
        name=one.name,
        label=one.label,
        text=one.text,
        read=one.read,
        doubts=one.doubts,
        choices=tuple(
            ChoiceShape(
                text=choice.text,
                origins=choice.origins,
                is_suggested=choice.is_suggested,
                replaced=choice.replaced,
                by=choice.by,
            )
            for choice in one.choices
        ),
        meaning=one.meaning.text,
        is_understood=one.meaning.is_understood,
        boxes=boxes_of(one.regions, shapes),
        is_folded=one.is_folded,
    )


def same_row(record: DocumentRecord, row: ReviewRow, name: str, pages: tuple[PageSummary, ...]) -> SameRow:
    """A row that says the same, with the place of the field."""
    one = row.indicator
    shapes = {page.page: shape_of(page) for page in pages}
    regions = [region for source in one.sources if source.field == name for region in source.regions]
    return SameRow(
        document_id=record.document.document_id,
        position=row.position,
        version=row.version,
        document=document_name(record.document),
        page=one.page,
        code=one.code,
        indicator=one.indicator,
        is_open=bool(one.flags) and row.status not in ("accepted", "rejected"),
        boxes=boxes_of(regions, shapes),
    )


def row_on_page(row: ReviewRow, shapes: dict[int, PageShape]) -> RowOnPage:
    """A row as it is drawn over its pages."""
    one = row.indicator
    text = " | ".join(part for part in (one.code, one.indicator, one.period, one.value_text, one.unit) if part)
    return RowOnPage(position=row.position, look=look_of(row), text=text, boxes=boxes_of(bands_of(one), shapes))


def cell_on_page(cell: Cell, shapes: dict[int, PageShape]) -> CellOnPage:
    """A cell as it is drawn over its pages."""
    return CellOnPage(text=clean_text(cell), boxes=boxes_of(cell.regions, shapes))


def look_of(row: ReviewRow) -> str:
    """How a row stands, in one word."""
    if row.status in (ReviewStatus.ACCEPTED, ReviewStatus.REJECTED):
        return row.status
    if row.indicator.flags:
        return "open"
    return "corrected" if row.status is ReviewStatus.CORRECTED else "sound"
