"""The list of documents and the page of one: what counts in whose place, and what is in doubt."""

from dataclasses import replace

from chitieu.corrections import replay
from chitieu.model import Flag, FlagKind
from chitieu.review.pages import day_of
from chitieu.settings import Language
from tests.builders import DOCUMENT_ID, extraction
from tests.review.conftest import Page, row

OTHER = "f" * 16


def put_other_scan(page: Page) -> None:
    """A second scan of the decision, all of whose rows are doubtful: the first one counts."""
    page.store.record_received(OTHER, OTHER * 4, "bản kém.pdf")
    read = replace(extraction(OTHER, "bản kém.pdf"), indicators=tuple(row(number) for number in (1, 2, 3, 4)))
    page.store.save_extraction(read, "1", 1.0, replay)
    page.store.settle_versions()


def test_a_scan_that_another_stands_for_says_so_and_asks_nobody(page: Page):
    put_other_scan(page)
    text = page.client.get("/documents").text
    assert f'<a href="/documents/{DOCUMENT_ID}">cao-bang &lt;b&gt;.pdf</a></div>' in text
    assert f"/review?document={DOCUMENT_ID}" in text
    assert f"/review?document={OTHER}" not in text
    own = page.client.get(f"/documents/{OTHER}").text
    assert f'<a href="/documents/{DOCUMENT_ID}">cao-bang &lt;b&gt;.pdf</a></p>' in own
    assert f"/review?document={OTHER}" not in own
    assert f"/review?document={DOCUMENT_ID}" in page.client.get(f"/documents/{DOCUMENT_ID}").text


def test_the_load_is_of_the_rows_that_count(page: Page):
    before = page.client.get("/overview").text
    put_other_scan(page)
    assert "3 dòng cần duyệt trong 4 dòng" in before
    assert "3 dòng cần duyệt trong 4 dòng" in page.client.get("/overview").text


def test_a_place_on_a_page_is_told_in_the_readers_language(page: Page):
    lost = Flag(FlagKind.MISSING_ROW_BEFORE, detail="9, page 2, y=105")
    page.store.save_extraction(replace(extraction(), indicators=(replace(row(1), flags=(lost,)),)), "2", 1.0, replay)
    assert page.row(0)["doubts"] == ["Có thể thiếu dòng ở ngay trước: 9, trang 2"]


def test_days_are_written_as_the_reader_writes_them():
    assert day_of("2025-07-09", Language.VI) == "09/07/2025"
    assert day_of("2025-07-09", Language.EN) == "2025-07-09"
    assert day_of("", Language.VI) == ""
