"""The pages of a document, read several at once; a page that fails leaves the others standing."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from chitieu.errors import ChitieuError, Unreadable
from chitieu.model import Cell, Flag, FlagKind, PageKind, PageSummary, Region, Table
from extractors.grid import Mesh
from extractors.image import PageImage, prepare_image
from extractors.page_content import PageContent
from extractors.pdf import PageFacts, PdfFile, describe_page, render_page
from extractors.rests import find_rest
from flows.layer_reading import Judge, read_legibly, read_rest, summary_of

# Pages whose pictures are kept for the second reader; of longer documents they are drawn again.
MAX_KEPT_PICTURES = 24
# So much print is no dirt; a letter with its mark is one or two pieces, letters that touch are one.
LEAST_LETTERS, LEAST_READ_SHARE = 60, 0.4

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page's summary and, unless it failed, its content."""

    summary: PageSummary
    content: PageContent | None


def read_pages(
    pdf: PdfFile, numbers: Sequence[int], judge: Judge, *, prose_pages: Sequence[int], threads: int, report: Report
) -> list[ReadPage]:
    """The pages of these numbers, their text layers taken or not as `judge` says.

    `report(pages done, pages in all)` is called as pages are finished.

    Raises Unreadable where no page gave anything.
    """
    pages: list[ReadPage] = []
    report(0, len(numbers))
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for page in pool.map(lambda at: _read_one(pdf, at, judge, wants_prose=at in prose_pages), numbers):
            pages.append(_without_old_picture(page, pages))
            report(len(pages), len(numbers))
    if not any(page.content for page in pages):
        raise Unreadable("; ".join(sorted({page.summary.failure for page in pages})))
    return _with_rests(pdf, pages)


def _read_one(pdf: PdfFile, number: int, judge: Judge, *, wants_prose: bool) -> ReadPage:
    """A page's content; whatever goes wrong on it is its own failure, not the document's."""
    began = time.perf_counter()
    try:
        content, verdict = read_legibly(pdf, describe_page(pdf, number), judge, wants_prose=wants_prose)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a page breaks on, the other pages stand
        reason = error.reason if isinstance(error, ChitieuError) else "page_failed"
        return ReadPage(PageSummary(number, PageKind.SCANNED, 0.0, 0.0, failure=f"{reason}: {error}"), None)
    seconds = round(time.perf_counter() - began, 3)
    return ReadPage(replace(summary_of(content, verdict), seconds=seconds), content)


def _with_rests(pdf: PdfFile, pages: Sequence[ReadPage]) -> list[ReadPage]:
    """The pages, those read again that hold rows of the table before them which they alone do not tell as such."""
    settled: list[ReadPage] = list(pages[:1])
    for page in pages[1:]:
        before = settled[-1].content
        rest = _rest_of(before, page.content) if before and page.content else None
        settled.append(page if rest is None else _with_rest(pdf, page, rest))
    return settled


def _rest_of(before: PageContent, content: PageContent) -> Mesh | None:
    if not before.tables or content.printed is None:
        return None
    upper, first = before.tables[-1].grid, content.tables[0].grid if content.tables else None
    if first is not None and (first.is_ruled or len(first.xs) == len(upper.xs)):
        return None
    return find_rest(upper, content.printed, first)


def _with_rest(pdf: PdfFile, page: ReadPage, rest: Mesh) -> ReadPage:
    """The page with the rows of the mesh; as it was where it cannot be read again."""
    verdict = page.summary.legibility
    if page.content is None or verdict is None:
        return page
    try:
        content = read_rest(pdf, page.content, verdict, rest)
    except ChitieuError:
        return page
    summary = replace(summary_of(content, verdict), seconds=page.summary.seconds)
    return ReadPage(summary, content)


def _without_old_picture(page: ReadPage, before: list[ReadPage]) -> ReadPage:
    """The page, its picture dropped where enough are kept or it has nothing to read again."""
    if page.content is None or page.content.image is None:
        return page
    kept = sum(1 for one in before if one.content and one.content.image)
    if page.content.tables and kept < MAX_KEPT_PICTURES:
        return page
    return replace(page, content=replace(page.content, image=None))


def page_flags(pages: Sequence[ReadPage]) -> tuple[Flag, ...]:
    """A flag for every page that failed, that gave less than it shows, or has print that belongs to no single cell.

    One for all of them where nothing is printed on any.
    """
    failed = [page.summary for page in pages if page.summary.failure]
    failures = tuple(Flag(FlagKind.PAGE_FAILED, detail=f"{one.page}: {one.failure}") for one in failed)
    strays = tuple(
        Flag(FlagKind.INK_OUTSIDE_CELLS, detail=f"{page.summary.page}: {len(page.content.strays)}")
        for page in pages
        if page.content and page.content.strays
    )
    unread = tuple(
        Flag(FlagKind.UNREAD_PRINT, detail=f"{page.summary.page}: {page.content.char_count} < {page.content.letters}")
        for page in pages
        if page.content and _shows_more(page.content)
    )
    if all(page.content and _is_blank(page.content) for page in pages):
        return (Flag(FlagKind.BLANK_PAGES),)
    return failures + unread + strays


def _is_blank(content: PageContent) -> bool:
    """Whether a page shows nothing, or no more than dirt."""
    return not content.char_count and content.letters < LEAST_LETTERS


def _shows_more(content: PageContent) -> bool:
    """Whether a scan shows much more print than was read of it."""
    return content.letters >= LEAST_LETTERS and content.char_count < LEAST_READ_SHARE * content.letters


def on_pages(tables: tuple[Table, ...], contents: Sequence[PageContent]) -> tuple[Table, ...]:
    """The tables with their cells where they are on the pages as displayed: so far these lay upright and level."""
    poses = {content.facts.number: content.pose for content in contents if content.pose}

    def displayed(region: Region) -> Region:
        pose = poses.get(region.page)
        return replace(region, box=pose.on_page(region.box)) if pose else region

    def placed(cell: Cell) -> Cell:
        return replace(cell, regions=tuple(displayed(region) for region in cell.regions))

    return tuple(replace(table, cells=tuple(placed(cell) for cell in table.cells)) for table in tables)


def page_pictures(pdf: PdfFile, contents: Sequence[PageContent]) -> Callable[[int], PageImage | None]:
    """The picture of a scanned page by its number, drawn again where it was not kept; None of a born-digital one."""
    pictures = {content.facts.number: content.image for content in contents if content.image}
    facts = {content.facts.number: content.facts for content in contents}
    drawn: dict[int, PageImage] = {}

    def picture(number: int) -> PageImage | None:
        if number in pictures:
            return pictures[number]
        if facts[number].kind is PageKind.DIGITAL:
            return None
        if number not in drawn:
            drawn.clear()
            drawn[number] = _draw(pdf, facts[number])
        return drawn[number]

    return picture


def _draw(pdf: PdfFile, facts: PageFacts) -> PageImage:
    raw, dpi = render_page(pdf, facts)
    return prepare_image(facts.number, raw, dpi)
