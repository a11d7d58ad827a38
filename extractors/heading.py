"""Lines above the first table, and of page 1, for the document's identity."""

from collections.abc import Sequence

from chitieu.model import Box, Heading, Line, Region, Table
from extractors.page_content import PageContent

# A caption is no longer; what stands further above belongs to the text.
MAX_CAPTION_LINES = 10
# A line this long is a paragraph's, and one that ends with a full stop ends it; abbreviations end shorter ones.
MIN_SENTENCE_CHARS = 40


def find_heading(pages: Sequence[PageContent], blue: Sequence[Box] = ()) -> Heading:
    """Lines of the first page above any table, those above the first table on its page, and all.

    `blue`: where the first page is written on in blue.
    """
    first = pages[0] if pages else None
    with_table = next((page for page in pages if page.tables), None)
    return Heading(
        above_tables(first) if first else (),
        above_tables(with_table) if with_table else (),
        tuple(line for page in pages for line in page.lines),
        tuple(Region(first.facts.number, box) for box in (*first.written, *blue)) if first else (),
    )


def above_tables(page: PageContent) -> tuple[Line, ...]:
    """The lines of a page above any table."""
    top = min((table.grid.box.top for table in page.tables), default=float("inf"))
    return tuple(line for line in page.lines if line.region.box.bottom <= top + 2)


def find_caption(table: Table, pages: Sequence[PageContent]) -> tuple[Line, ...]:
    """The lines right above a table on the page where it starts: below the table before it, below the text before."""
    start = table.cells[0].regions[0]
    page = next(one for one in pages if one.facts.number == start.page)
    bottoms = [one.grid.box.bottom for one in page.tables if one.grid.box.bottom <= start.box.top]
    ceiling = max(bottoms, default=0.0) - 2
    above = [line for line in page.lines if ceiling <= _middle(line) and _ends_above(line, start.box.top)]
    ends = [index for index, line in enumerate(above) if _ends_sentence(line)]
    # Where a sentence ends right above the table, that is its caption: `… như sau.`
    begin = max((index + 1 for index in ends if index + 1 < len(above)), default=0)
    return tuple(above[begin:][-MAX_CAPTION_LINES:])


def _middle(line: Line) -> float:
    """Where a line stands: its box holds the room for its marks, which may reach into what stands above."""
    return (line.region.box.top + line.region.box.bottom) / 2


def _ends_above(line: Line, top: float) -> bool:
    return line.region.box.bottom <= top + 2


def _ends_sentence(line: Line) -> bool:
    text = line.text.strip()
    return len(text) >= MIN_SENTENCE_CHARS and text.endswith((".", ";"))
