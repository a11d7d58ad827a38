"""A page read from its words where they are to be believed, else from its picture."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from chitieu.geometry import PlacedText
from chitieu.layers import LayerKind, Legibility
from chitieu.model import Cell, Line, PageKind, PageSummary, Run, TextLayer
from extractors.grid import Mesh
from extractors.layer import examine_layer
from extractors.page_content import PageContent, PageTable
from extractors.pages import read_page
from extractors.pdf import PageFacts, PdfFile
from normalizers.legacy import decode_runs
from normalizers.legibility import judge, settle
from normalizers.text import clean_line

Judge = Callable[[TextLayer], Legibility]
# Of these the picture is that of the whole page, drawn finely: its own pictures may be coarse.
DRAWN_KINDS = (LayerKind.PARTIAL, LayerKind.UNUSABLE)


def read_legibly(pdf: PdfFile, facts: PageFacts, judge: Judge, *, wants_prose: bool) -> tuple[PageContent, Legibility]:
    """A page's content and the verdict on its layer; `facts.kind` of the content says what it was read from."""
    if facts.kind is PageKind.BLANK:
        return read_page(pdf, facts, wants_prose=wants_prose), Legibility(LayerKind.BLANK)
    layer = examine_layer(pdf, facts.number)
    verdict = judge(layer)
    if verdict.kind is LayerKind.FOREIGN:
        seen = _read(pdf, facts, replace(verdict, kind=LayerKind.UNUSABLE), wants_prose=True)
        verdict = settle(verdict, layer, _texts(seen))
    return _read(pdf, facts, verdict, wants_prose=wants_prose), verdict


def read_rest(pdf: PdfFile, content: PageContent, verdict: Legibility, rest: Mesh) -> PageContent:
    """The page read again, with a mesh of the rows that go on with the table of the page before."""
    return _decoded(read_page(pdf, content.facts, wants_prose=True, rest=rest), verdict)


def summary_of(content: PageContent, verdict: Legibility) -> PageSummary:
    """What became of a page that was read."""
    facts = content.facts
    size = facts.width, facts.height
    turns = content.pose.quarter_turns if content.pose else 0
    tables = len(content.tables)
    return PageSummary(
        facts.number, facts.kind, *size, tables=tables, legibility=verdict, quarter_turns=turns, lines=_placed(content)
    )


def _placed(content: PageContent) -> tuple[PlacedText, ...]:
    """The lines outside the tables, where they stand on the page as displayed."""
    boxes = (content.pose.on_page(line.region.box) if content.pose else line.region.box for line in content.lines)
    texts = (clean_line(line.text) for line in content.lines)
    return tuple(PlacedText(text, box) for text, box in zip(texts, boxes, strict=True) if text)


def export_summaries(contents: Sequence[PageContent]) -> tuple[PageSummary, ...]:
    """What became of the pieces of a text export."""
    layers = [TextLayer(tuple(Run(f"{text} ") for text in _texts(content))) for content in contents]
    verdicts = (replace(judge(layer), kind=LayerKind.EXPORT) for layer in layers)
    return tuple(summary_of(content, verdict) for content, verdict in zip(contents, verdicts, strict=True))


def _read(pdf: PdfFile, facts: PageFacts, verdict: Legibility, *, wants_prose: bool) -> PageContent:
    content = read_page(pdf, _as_judged(facts, verdict), wants_prose=wants_prose)
    return _decoded(content, verdict)


def _as_judged(facts: PageFacts, verdict: Legibility) -> PageFacts:
    """The facts with the kind that says what the page is to be read from."""
    if verdict.is_believed:
        return replace(facts, kind=PageKind.DIGITAL)
    if verdict.kind in DRAWN_KINDS:
        return replace(facts, kind=PageKind.MIXED, scan_dpi=0.0)
    is_layered = verdict.kind in (LayerKind.OCR_SOUND, LayerKind.OCR_GARBAGE)
    return replace(facts, kind=PageKind.MIXED if is_layered else PageKind.SCANNED)


def _texts(content: PageContent) -> Iterator[str]:
    yield from (cell.text for table in content.tables for cell in table.cells)
    yield from (line.text for line in content.lines)


def _decoded(content: PageContent, verdict: Legibility) -> PageContent:
    """The content with what stands in fonts of a legacy encoding in Unicode."""
    if not verdict.encodings:
        return content
    encodings = dict(verdict.encodings)

    def of_cell(cell: Cell) -> Cell:
        return replace(cell, readings=tuple(replace(r, runs=decode_runs(r.runs, encodings)) for r in cell.readings))

    def of_line(line: Line) -> Line:
        return replace(line, reading=replace(line.reading, runs=decode_runs(line.reading.runs, encodings)))

    def of_table(table: PageTable) -> PageTable:
        return replace(table, cells=tuple(map(of_cell, table.cells)))

    return replace(content, tables=tuple(map(of_table, content.tables)), lines=tuple(map(of_line, content.lines)))
