"""Signing in: who may, who may not, and how long guessing takes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from chitieu.review.accounts import hashed
from chitieu.review.desk import Tries, open_desk
from chitieu.review.server import create_app, hosts_of, is_local
from chitieu.settings import load_settings
from chitieu.store import Store, User, UserRole, open_store
from tests.builders import DOCUMENT_ID
from tests.review.conftest import HOST, fill, row

PASSWORD = "mật khẩu đủ dài"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(load_settings(tmp_path).store_url) as opened:
        fill(opened, tmp_path, (row(1), row(2)))
        opened.put_user(User("lan", hashed(PASSWORD), UserRole.REVIEWER, "2026-11-27"))
        yield opened


@pytest.fixture
def client(store: Store, tmp_path: Path) -> Iterator[TestClient]:
    desk = open_desk(load_settings(tmp_path), store, frozenset({HOST}), needs_account=True)
    with TestClient(create_app(desk), base_url=f"http://{HOST}") as opened:
        yield opened


def token(client: TestClient, path: str = "/login") -> dict[str, str]:
    text = client.get(path).text
    return {"X-Chitieu-Token": text.split('name="chitieu-token" content="', 1)[1].split('"', 1)[0]}


def sign_in(client: TestClient, name: str = "lan", password: str = PASSWORD) -> int:
    return client.post("/api/login", json={"name": name, "password": password}, headers=token(client)).status_code


def test_nothing_is_shown_to_who_has_not_signed_in(client: TestClient):
    for path in ("/api/queue", f"/api/rows/{DOCUMENT_ID}/0", f"/api/pages/{DOCUMENT_ID}/1.jpg", "/api/check"):
        assert client.get(path).status_code == 401
    for path in ("/review", "/documents", "/data", "/overview", "/check", f"/documents/{DOCUMENT_ID}/original"):
        answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login")


def test_a_link_keeps_its_filters_on_the_way_to_the_queue(client: TestClient):
    link = "/review?flag=uncertain_join&province=L%C3%A0o+Cai"
    answer = client.get(link, headers={"Accept": "text/html"}, follow_redirects=False)
    assert parse_qs(urlsplit(answer.headers["location"]).query)["next"] == [link]
    sign_in(client)
    assert client.get(link.replace("/review", "/"), follow_redirects=False).headers["location"] == link
    assert client.get("/", follow_redirects=False).headers["location"] == "/review"


def test_who_signs_in_corrects_under_their_name_and_who_leaves_no_more(client: TestClient, store: Store):
    assert sign_in(client) == 204
    version = client.get(f"/api/rows/{DOCUMENT_ID}/0").json()["version"]
    wish = {"document_id": DOCUMENT_ID, "position": 0, "version": version, "verdict": "accepted"}
    before = token(client, "/review")
    assert client.post("/api/corrections", json=wish, headers=before).status_code == 200
    with store.snapshot() as snapshot:
        assert {one.reviewer for one in snapshot.corrections(DOCUMENT_ID)} == {"lan"}
    assert client.post("/api/leave", json={}, headers=before).status_code == 204
    assert client.get("/api/queue").status_code == 401


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient):
    answer = client.post("/api/login", json={"name": "lan", "password": PASSWORD}, headers=token(client))
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert PASSWORD not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "cookie", ["x", "eyJuYW1lIjoibGFuIn0.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "eyJuYW1lIjoibGFuIn0"]
)
def test_a_forged_cookie_signs_nobody_in(client: TestClient, cookie: str):
    client.cookies.set("chitieu_session", cookie)
    assert client.get("/api/queue").status_code == 401


def test_a_token_of_before_signing_in_changes_nothing_after(client: TestClient):
    before = token(client)
    assert sign_in(client) == 204
    wish = {"document_id": DOCUMENT_ID, "position": 0, "version": "0" * 16, "verdict": "accepted"}
    assert client.post("/api/corrections", json=wish, headers=before).status_code == 403


def test_an_account_that_was_removed_ends_its_sessions(client: TestClient, store: Store):
    assert sign_in(client) == 204
    store.remove_user("lan")
    assert client.get("/api/queue").status_code == 401


def test_guessing_is_slowed_down_for_the_name_and_for_the_place(client: TestClient):
    assert [sign_in(client, password=f"guess number {at}") for at in range(6)] == [403] * 5 + [429]
    assert sign_in(client) == 429
    assert sign_in(client, name="nobody") == 429


def test_after_the_wait_the_right_password_is_right():
    now = [0.0]
    tries = Tries(lambda: now[0])
    for _ in range(5):
        tries.note_wrong("lan")
    assert not tries.may_try("lan")
    now[0] = 61.0
    assert tries.may_try("lan")


def test_passwords_are_kept_as_hashes_and_short_ones_refused(store: Store):
    with store.snapshot() as snapshot:
        assert snapshot.users()[0].password.startswith("$argon2id$")
    with pytest.raises(ValueError, match="10"):
        hashed("too short")


@pytest.mark.parametrize(
    ("address", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.5", False)],
)
def test_which_addresses_only_this_machine_reaches(address: str, local: bool):
    assert is_local(address) is local


def test_browsers_may_call_the_server_by_its_names_alone():
    assert hosts_of("127.0.0.1", 8765) == {"127.0.0.1:8765", "localhost:8765"}
    assert {"192.168.1.5:80", "duyet.tinh.vn:80", "duyet.tinh.vn"} <= hosts_of("192.168.1.5", 80, ["duyet.tinh.vn"])


def run(*words: object, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chitieu.cli", *map(str, words)]
    return subprocess.run(command, input=said, capture_output=True, text=True, timeout=300, check=False)


def test_an_address_that_others_reach_demands_accounts(tmp_path: Path):
    refused = run("review", "--home", tmp_path, "--host", "0.0.0.0", "--port", 0)
    assert refused.returncode == 2
    assert "chitieu user add" in refused.stderr


def test_accounts_are_made_listed_and_removed(tmp_path: Path):
    made = run("user", "add", "lan", "--role", "admin", "--home", tmp_path, said=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert "lan\tadmin" in run("user", "list", "--home", tmp_path).stdout
    assert run("user", "remove", "lan", "--home", tmp_path).returncode == 0
    assert run("user", "remove", "lan", "--home", tmp_path).returncode == 2
    assert run("user", "add", "lan", "--home", tmp_path, said="short\nshort\n").returncode == 2
