"""Pages that give less than they show are flagged with their numbers."""

import pytest

from chitieu.model import Box, Line, PageKind, PageSummary, Reading, Region, Run
from extractors.page_content import PageContent
from flows.page_reading import ReadPage, page_flags
from tests.extractors.drawing import facts


def page(number: int, text: str, letters: int) -> ReadPage:
    line = Line(Region(number, Box(60, 60, 500, 75)), Reading((Run(text),), "reader", 0.9))
    content = PageContent(facts(number, PageKind.SCANNED), (), (line,), None, letters=letters)
    return ReadPage(PageSummary(number, PageKind.SCANNED, 595.0, 842.0), content)


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        ("a b c d", 200, ["unread_print"]),
        (90 * "ab ", 200, []),
        ("a", 20, []),  # dirt of an empty page
        ("words of a text layer", 0, []),
    ],
)
def test_print_that_gave_no_words(text, letters, expected):
    assert [str(flag) for flag in page_flags([page(1, text, letters)])] == expected


def test_the_page_and_how_much_of_it_was_read_are_named():
    pages = [page(1, 90 * "ab ", 200), page(2, "a b c d", 200)]
    assert [flag.detail for flag in page_flags(pages)] == ["2: 4 < 200"]


def test_pages_are_blank_where_nothing_is_printed_on_any():
    assert [str(flag) for flag in page_flags([page(1, "", 0), page(2, " ", 20)])] == ["blank_pages"]
    assert page_flags([page(1, "", 0), page(2, "Trang 2", 6)]) == ()
