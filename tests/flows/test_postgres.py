"""Whole runs over a store in PostgreSQL: the same dataset, and two runs at once share the work."""

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from chitieu.store import DocumentState, open_store

SCRIPT = """
import sys
from pathlib import Path
from chitieu.settings import load_settings
from flows.ingestion import ingest, workplace
from flows.runners import run_direct

with workplace(load_settings(Path(sys.argv[1])), "tests.flows.child_cases:by_name", lambda _: None) as place:
    ingest([Path(sys.argv[2])], place, run_direct)
"""
COMPARED = ("indicators.csv", "comparison.csv", "documents.csv", "review.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(("good", "crash", "Ơn", "ô", "z", "Z", "unreadable"), start=1):
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(100 + number, 100))
            document.save(folder / f"{name}.pdf", deterministic_id=True)
    return folder


def start(home: Path, folder: Path, url: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": ".", "CHITIEU_DATABASE_URL": url}
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(home), str(folder)], env=environment)


def dataset(home: Path) -> dict[str, bytes]:
    return {name: (home / "output" / name).read_bytes() for name in COMPARED}


@pytest.mark.postgres
def test_the_dataset_is_that_of_an_sqlite_store_and_two_runs_share_the_work(folder, tmp_path, postgres_url) -> None:
    assert start(tmp_path / "one", folder, "").wait(600) == 0
    both = [start(tmp_path / "two", folder, postgres_url) for _ in range(2)]
    assert [run.wait(600) for run in both] == [0, 0]
    assert start(tmp_path / "two", folder, postgres_url).wait(600) == 0  # publishes what both read
    expected = dataset(tmp_path / "one")
    assert b"good.pdf" in expected["documents.csv"]
    assert dataset(tmp_path / "two") == expected
    with open_store(postgres_url) as store, store.snapshot() as snapshot:
        records = list(snapshot.documents())
    # What is in quarantine is tried again by whoever names it again.
    assert [one.attempts for one in records if one.state is DocumentState.PUBLISHED] == [1] * 5
