"""Extractions as the reader would give them, built by hand from rows of the first two decisions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from chitieu.layers import Encoding, Evidence, LayerKind, Legibility
from chitieu.model import (
    Box,
    Cell,
    Document,
    Extraction,
    FieldSource,
    Flag,
    FlagKind,
    Indicator,
    PageKind,
    PageSummary,
    Reading,
    Region,
    Repair,
    Run,
    Table,
    ValueKind,
)

DOCUMENT_ID = "0123456789abcdef"
PLACE = (Region(2, Box(70.0, 120.5, 90.0, 140.0)),)


def reading(text: str, engine: str = "reader", confidence: float = 0.98) -> Reading:
    return Reading((Run(text),), engine, confidence)


def cell(row: int, col: int, text: str, row_span: int = 1, col_span: int = 1) -> Cell:
    return Cell(row, col, row_span, col_span, PLACE, (reading(text),) if text else ())


def table(document_id: str = DOCUMENT_ID) -> Table:
    """A header, a section over all columns, and one row."""
    header = [cell(0, at, text) for at, text in enumerate(("STT", "Chỉ tiêu", "Đơn vị", "Kết quả"))]
    section = [cell(1, 0, "I"), cell(1, 1, "Mục tiêu đến năm 2030", col_span=3)]
    row = [cell(2, 0, "7"), cell(2, 1, "=SUM(A1:A9) là chữ"), cell(2, 2, "%"), cell(2, 3, "≥ 40")]
    return Table(document_id, 0, (*header, *section, *row))


def indicator(document_id: str, code: str, name: str, low: str | None, high: str | None = None) -> Indicator:
    """One sound row; numbers as text."""
    return Indicator(
        record_id=f"{document_id}-I-{code}-2030",
        page=2,
        section_code="I",
        section="Mục tiêu đến năm 2030",
        code=code,
        parent_code=code.rpartition(".")[0],
        group="",
        indicator=name,
        indicator_id=f"test.{code}",
        period="2030",
        unit="%",
        unit_code="pct",
        value_text=f"≥ {low}",
        value_kind=ValueKind.NUMBER,
        comparator=">=",
        value_low=None if low is None else Decimal(low),
        value_high=None if high is None else Decimal(high),
        agency="Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh",
        coagency="",
        note="",
        confidence=0.987654,
    )


def doubtful(sound: Indicator) -> Indicator:
    """The same row, on whose value the two readers disagree."""
    readings = (reading("> 90"), reading("≥ 90", "tesseract", 0.91))
    return replace(
        sound,
        confidence=0.41,
        flags=(Flag(FlagKind.READERS_DISAGREE, "value_text"), Flag(FlagKind.LOW_CONFIDENCE)),
        sources=(FieldSource("value_text", 0, 2, 3, PLACE, readings),),
        repairs=(Repair("indicator", "đối", "đổi", "column consensus"),),
    )


def extraction(document_id: str = DOCUMENT_ID, source_file: str = "cao-bang.pdf") -> Extraction:
    """A document of two pages and four rows, one of them doubtful."""
    document = Document(
        document_id=document_id,
        source_file=source_file,
        type="Quyết định",
        number="1139/QĐ-UBND",
        date=date(2025, 7, 9),
        issuer="Ủy ban nhân dân tỉnh Cao Bằng",
        province="Cao Bằng",
        province_code="04",
        title="Danh mục các chỉ tiêu cụ thể",
        appendix="Phụ lục I",
        flags=(Flag(FlagKind.INK_OUTSIDE_CELLS),),
    )
    rows = (
        indicator(document_id, "7", "=SUM(A1:A9) là chữ", "40"),
        indicator(document_id, "8", "Quy mô kinh tế số", "0.6230"),
        indicator(document_id, "9.1", "Tổng vốn, đồng", "1.5E+10", "15000000000"),
        doubtful(indicator(document_id, "9.2", "Tỉ lệ cung cấp “dịch vụ công”, trực tuyến", "90")),
    )
    pages = (
        PageSummary(1, PageKind.DIGITAL, 595.0, 842.0, seconds=0.1),
        PageSummary(
            2,
            PageKind.SCANNED,
            595.0,
            842.0,
            tables=1,
            seconds=0.7,
            legibility=Legibility(
                LayerKind.OCR_GARBAGE, Evidence(90, 0.3125, 0.01, 1.0), (("VNI-Times", Encoding.VNI),)
            ),
        ),
    )
    return Extraction(document, pages, (table(document_id),), rows)
