"""The row that the page begins with comes with the page itself."""

import json
import re
from pathlib import Path

import pytest

from chitieu.review import pages
from tests.builders import DOCUMENT_ID
from tests.review.conftest import Page

STATIC = Path(pages.__file__).parent / "static"


def first_of(page: Page, path: str = "/review") -> dict | None:
    text = page.client.get(path).text
    return json.loads(text.split('id="first">', 1)[1].split("</script>", 1)[0])


def test_the_page_begins_with_the_worst_row_as_the_api_gives_it(page: Page):
    assert first_of(page) == page.row(0)
    page.decide(0)
    assert first_of(page) == page.row(1)


def test_a_row_that_is_asked_for_comes_first(page: Page):
    shown = first_of(page, f"/review?row={DOCUMENT_ID}:2")
    assert shown is not None
    assert shown["position"] == 2


def lan_takes(page: Page, position: int) -> None:
    """Another reviewer has a row on the screen, which this one has left."""
    claims = page.client.app.state.desk.claims
    claims.leave(claims.take((DOCUMENT_ID, position), "Lan"))
    claims.take((DOCUMENT_ID, position), "Lan")


@pytest.mark.parametrize(
    "path",
    [
        "/review?flag=not_vietnamese", "/review?order=document", f"/review?row={DOCUMENT_ID}:77", "/review?row=ff:1",
        f"/review?row=ff:1&document={DOCUMENT_ID}", "/review?document=",
    ],
)  # fmt: skip
def test_a_choice_of_rows_and_a_row_that_is_none_are_left_to_the_queue(page: Page, path: str):
    assert first_of(page, path) is None


def test_a_row_that_another_has_on_the_screen_is_passed_over(page: Page):
    lan_takes(page, 0)
    shown = first_of(page)
    assert shown is not None
    assert (shown["position"], shown["holder"]) == (1, "")
    asked = first_of(page, f"/review?row={DOCUMENT_ID}:0")
    assert asked is not None
    assert asked["holder"] == "Lan"


def test_no_row_no_first_row(page: Page):
    for position in (0, 1, 2):
        page.decide(position)
    assert first_of(page) is None


def test_no_text_ends_the_script_that_holds_the_row(page: Page):
    text = page.client.get("/review").text
    assert "cao-bang <b>" not in text
    assert first_of(page)["document"].startswith("1139/QĐ-UBND")


def test_every_script_of_the_row_view_is_fetched_at_once():
    imported = {name for path in STATIC.glob("*.js") if path.name in {"review.js", *pages.MODULES}
                for name in re.findall(r'from "\./(\w+\.js)"', path.read_text(encoding="utf-8"))}  # fmt: skip
    assert imported == {"shell.js", *pages.MODULES}
