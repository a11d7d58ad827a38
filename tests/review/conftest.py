"""A home with a scanned decision in it, and the review page over it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chitieu.archive import archived_path
from chitieu.corrections import replay
from chitieu.model import Box, FieldSource, Flag, FlagKind, Indicator, PageKind, PageSummary, Region
from chitieu.review.desk import open_desk
from chitieu.review.server import create_app
from chitieu.settings import load_settings
from chitieu.store import ReviewRow, Store, open_store
from tests.builders import DOCUMENT_ID, extraction, indicator, reading

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "office" / "cao-bang-1139.pdf"
HOST = "127.0.0.1:8765"
AGENCY_PLACE = (Region(2, Box(440, 100, 520, 300)),)


def row(number: int, value: str = "> 90", agency: str = "Sở Bru chính") -> Indicator:
    """A row whose two readers differ about the sign, with a body that it shares with the others."""
    read = indicator(DOCUMENT_ID, str(number), "Tỷ lệ hộ nghèo", "90")
    place = (Region(2, Box(350, 100.0 * number, 430, 100.0 * number + 20)),)
    readings = (reading(value), reading(value.replace(">", "≥"), "tesseract", 0.9))
    return replace(
        read,
        value_text=value,
        comparator=">",
        agency=agency,
        confidence=0.1 * number,
        flags=(Flag(FlagKind.READERS_DISAGREE, "value_text"), Flag(FlagKind.NOT_VIETNAMESE, "agency")),
        sources=(
            FieldSource("value_text", 0, number, 3, place, readings),
            FieldSource("agency", 0, 1, 4, AGENCY_PLACE, (reading(agency),)),
        ),
    )


def sound(number: int) -> Indicator:
    read = row(number, "≥ 90", "Sở Tư pháp")
    return replace(read, flags=(), comparator=">=", confidence=1.0, sources=read.sources[:1])


@dataclass
class Page:
    """The page as a browser on this machine sees it."""

    client: TestClient
    store: Store
    home: Path
    token: str

    def get(self, path: str) -> dict:
        answer = self.client.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.json()

    def post(self, path: str, body: dict, status: int = 200) -> dict:
        answer = self.client.post(path, json=body, headers={"X-Chitieu-Token": self.token})
        assert answer.status_code == status, (answer.status_code, answer.text)
        return answer.json()

    def row(self, position: int) -> dict:
        return self.get(f"/api/rows/{DOCUMENT_ID}/{position}")

    def decide(self, position: int, verdict: str = "accepted", status: int = 200, **texts: str) -> dict:
        seen = self.row(position)
        wish = {"document_id": DOCUMENT_ID, "position": position, "version": seen["version"]}
        return self.post("/api/corrections", {**wish, "texts": texts, "verdict": verdict}, status)

    def stored(self) -> tuple[ReviewRow, ...]:
        with self.store.snapshot() as snapshot:
            return snapshot.review_rows(DOCUMENT_ID)


def fill(store: Store, home: Path, rows: tuple[Indicator, ...]) -> None:
    """A document with these rows, and the pages of a sample."""
    data = SAMPLE.read_bytes()
    digest = sha256(data).hexdigest()
    path = archived_path(home / "archive", digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    read = replace(
        extraction(),
        indicators=rows,
        pages=tuple(PageSummary(number, PageKind.SCANNED, 595.0, 842.0, tables=1) for number in (1, 2, 3)),
    )
    store.record_received(DOCUMENT_ID, digest, "cao-bang <b>.pdf")
    store.save_extraction(read, "1", 1.0, replay)


@pytest.fixture
def page(tmp_path: Path, store_url: str) -> Iterator[Page]:
    settings = load_settings(tmp_path).model_copy(update={"database_url": store_url})
    with open_store(settings.store_url) as store:
        fill(store, tmp_path, (row(1), row(2), row(3), sound(4)))
        app = create_app(open_desk(settings, store, frozenset({HOST})))
        with TestClient(app, base_url=f"http://{HOST}") as client:
            yield Page(client, store, tmp_path, token_of(client))


def token_of(client: TestClient) -> str:
    text = client.get("/review").text
    return text.split('name="chitieu-token" content="', 1)[1].split('"', 1)[0]
