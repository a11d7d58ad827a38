"""An empty unit or body that may be merged with the cell above: what that says is offered, not taken."""

from dataclasses import replace

import pytest

from chitieu.corrections import replay
from chitieu.model import Flag, FlagKind, Indicator
from tests.builders import DOCUMENT_ID, extraction
from tests.review.conftest import Page, row, sound

EMPTY = (Flag(FlagKind.EMPTY_FIELD, "agency"),)


def blank(number: int, section: str = "Về kinh tế") -> Indicator:
    read = row(number)
    return replace(read, agency="", flags=EMPTY, section=section, section_code="I", sources=read.sources[:1])


@pytest.fixture
def offered(page: Page):
    """What the row at a place is offered for its body, where the rows of the document are these."""

    def offer(at: int, *rows: Indicator) -> list[str]:
        pages = page.store
        with pages.snapshot() as snapshot:
            read = replace(extraction(), indicators=rows, pages=snapshot.pages(DOCUMENT_ID))
        pages.save_extraction(read, "2", 1.0, replay)
        (agency,) = [one for one in page.row(at)["fields"] if one["name"] == "agency"]
        return [choice["text"] for choice in agency["choices"]]

    return offer


def test_the_nearest_text_above_in_the_section_is_offered_behind_the_blank(offered):
    first, second = (replace(sound(at), section="Về kinh tế", section_code="I") for at in (1, 2))
    second = replace(second, agency="Sở Y tế")
    assert offered(3, first, second, blank(3), blank(4)) == ["", "Sở Y tế"]
    assert offered(2, first, second, blank(3, "Về y tế")) == [""]


def test_what_a_reviewer_put_in_above_is_offered_below(page: Page, offered):
    assert offered(1, blank(1), blank(2)) == [""]
    page.decide(0, agency="Sở Tài chính")
    (agency,) = [one for one in page.row(1)["fields"] if one["name"] == "agency"]
    assert [(one["text"], one["origins"]) for one in agency["choices"]][1:] == [("Sở Tài chính", ["ô của dòng trên"])]
