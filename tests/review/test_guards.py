"""Who is turned away: other hosts, other sites, paths out of the house; and texts that stay texts."""

from dataclasses import replace
from pathlib import Path

import pytest

from chitieu.review.assets import ASSETS
from tests.builders import DOCUMENT_ID
from tests.review.conftest import HOST, Page, fill, row

WISH = {"document_id": DOCUMENT_ID, "position": 0, "version": "0" * 16, "texts": {}, "verdict": "accepted"}
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Whoever is turned away comes to no store: one kind is enough."""
    return f"sqlite:///{tmp_path}/state/chitieu.sqlite"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "localhost", ""])
def test_a_name_that_merely_points_here_is_not_answered(page: Page, host: str):
    assert page.client.get("/review", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8765.evil.example"])
def test_another_site_changes_nothing(page: Page, origin: str):
    headers = {"Origin": origin, "X-Chitieu-Token": page.token}
    assert page.client.post("/api/corrections", json=WISH, headers=headers).status_code == 403
    assert page.stored()[0].status == "unreviewed"


@pytest.mark.parametrize("token", ["", "x", "WyJ0b2tlbiIsIiJd.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_a_change_without_the_pages_token_is_refused(page: Page, token: str):
    answer = page.client.post("/api/corrections", json=WISH, headers={"X-Chitieu-Token": token})
    assert answer.status_code == 403


def test_our_own_origin_is_welcome(page: Page):
    seen = page.row(0)["version"]
    headers = {"Origin": f"http://{HOST}", "X-Chitieu-Token": page.token}
    assert page.client.post("/api/corrections", json={**WISH, "version": seen}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/x/../server.py",
        "/static/x/%2e%2e/server.py",
        "/static/x/..%2fserver.py",
        "/static/x/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/api/pages/..%2f..%2fetc/1.jpg",
        "/api/pages/../../state/review.key/1.jpg",
        f"/api/crops/{DOCUMENT_ID}/0/..%2f..%2freview.jpg",
        "/documents/..%2f..%2fstate/original",
        "/documents/%00/original",
    ],
)
def test_no_path_leads_out_of_the_house(page: Page, path: str):
    assert page.client.get(path).status_code in (404, 405, 422)


def test_what_was_read_is_never_markup(page: Page):
    hostile = replace(row(1, agency=HOSTILE), indicator=HOSTILE, section=HOSTILE)
    fill(page.store, page.home, (hostile,))
    for path in ("/review", "/documents", f"/documents/{DOCUMENT_ID}", "/data", "/overview"):
        text = page.client.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>.pdf" not in text


def test_every_answer_forbids_foreign_scripts_and_frames(page: Page):
    for path in ("/review", "/api/queue", ASSETS.address("review.js"), "/nothing"):
        headers = page.client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [
        {"texts": {"record_id": "x"}},
        {"texts": {"value_text": "x" * 5000}},
        {"verdict": "published"},
        {"position": -1},
        {"position": 2**40},
        {"document_id": "../../etc"},
        {"surprise": 1},
        {"texts": {"value_text": "a\u0000b"}},
    ],
)
def test_what_the_api_does_not_know_is_refused(page: Page, body: dict):
    headers = {"X-Chitieu-Token": page.token}
    assert page.client.post("/api/corrections", json={**WISH, **body}, headers=headers).status_code == 422


def test_a_body_without_length_or_too_long_is_not_read(page: Page):
    headers = {"X-Chitieu-Token": page.token, "Content-Type": "application/json"}
    assert page.client.post("/api/corrections", content=b"x" * 300_000, headers=headers).status_code == 413
    assert page.client.post("/api/corrections", content=iter([b"{}"]), headers=headers).status_code == 413


def test_the_key_is_for_its_owner_alone(page: Page):
    assert (page.home / "state" / "review.key").stat().st_mode & 0o077 == 0
