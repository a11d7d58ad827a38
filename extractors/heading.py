"""Lines above the first table, and of page 1, for the document's identity."""

from collections.abc import Sequence

from chitieu.model import Heading, Line
from extractors.pages import PageContent


def find_heading(pages: Sequence[PageContent]) -> Heading:
    """Lines of the first page above any table, and those above the first table on its page."""
    first = pages[0] if pages else None
    with_table = next((page for page in pages if page.tables), None)
    return Heading(
        _above_tables(first) if first else (),
        _above_tables(with_table) if with_table else (),
    )


def _above_tables(page: PageContent) -> tuple[Line, ...]:
    top = min((table.grid.box.top for table in page.tables), default=float("inf"))
    return tuple(line for line in page.lines if line.region.box.bottom <= top + 2)
