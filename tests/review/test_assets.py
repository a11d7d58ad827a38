"""Scripts and style: browsers keep them, and never past a change."""

from pathlib import Path

import pytest

from chitieu.review.assets import ASSETS, Assets
from tests.review.conftest import Page


def test_the_page_names_files_that_browsers_may_keep(page: Page):
    address = ASSETS.address("review.js")
    assert f'src="{address}"' in page.client.get("/review").text
    answer = page.client.get(address)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "// The row view" in answer.text


def test_an_older_page_gets_the_present_file_and_keeps_it_not(page: Page):
    answer = page.client.get("/static/0123456789ab/review.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_a_change_of_one_file_gives_all_another_address(tmp_path: Path):
    (tmp_path / "a.js").write_text("one")
    (tmp_path / "b.css").write_text("two")
    before = Assets(tmp_path)
    (tmp_path / "b.css").write_text("three")
    assert Assets(tmp_path).address("a.js") != before.address("a.js")
    with pytest.raises(KeyError):
        before.address("c.js")
