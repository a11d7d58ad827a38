"""How the documents stand, in an instant: also where they are many."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chitieu import status_command
from chitieu.cli import app
from chitieu.errors import NotAPdf
from chitieu.settings import Settings
from chitieu.store import open_store
from tests.builders import extraction

# What reads PDFs, recognises print, writes spreadsheets, serves pages or keeps Prefect's history.
HEAVY = (
    "alembic", "camelot", "cv2", "extractors", "fastapi", "flows", "numpy", "onnxruntime", "openpyxl", "pandas",
    "pdfplumber", "pikepdf", "prefect", "pyarrow", "pypdfium2", "uvicorn", "xlsxwriter", "normalizers",
)  # fmt: skip
LOADED = """
import sys
from chitieu.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code
found = {name.partition(".")[0] for name in sys.modules}
print(*found, file=sys.stderr)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def fill(settings: Settings, count: int) -> None:
    """Documents that were read, the first of them quarantined."""
    with open_store(settings.store_url) as store:
        for number in range(count):
            document_id = f"{number:016x}"
            store.record_received(document_id, document_id * 4, f"{number}.pdf")
            if number:
                store.save_extraction(extraction(document_id, f"{number}.pdf"), "1", 1.0)
        store.record_failure("0" * 16, NotAPdf("no"), "1", 1.0)


@pytest.mark.parametrize("words", [["--help"], ["status", "--home", "{home}"], ["status", "--help"]])
def test_neither_help_nor_status_loads_what_only_work_needs(settings: Settings, words: list[str]) -> None:
    fill(settings, 2)
    command = [sys.executable, "-c", LOADED, *(word.format(home=settings.home) for word in words)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stderr.split())
    assert "chitieu" in loaded
    assert loaded & set(HEAVY) == set()


def status(settings: Settings, *words: str) -> str:
    run = CliRunner().invoke(app, ["status", "--home", str(settings.home), "--language", "en", *words])
    assert run.exit_code == 0, run.output
    return run.output


def test_of_many_documents_the_latest_are_shown_and_the_others_counted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(settings, 4)
    assert "The latest" not in status(settings)
    for limit in ("MANY_DOCUMENTS", "SHOWN_OF_MANY"):
        monkeypatch.setattr(status_command, limit, 3)
    shown = status(settings)
    assert "The latest 3 of 4 documents" in shown
    assert "quarantined: 1" in shown
    assert sum(f"{number}.pdf" in shown for number in range(4)) == 3
    everything = status(settings, "--all")
    assert all(f"{number}.pdf" in everything for number in range(4))
    assert "The latest" not in everything


def test_what_is_counted_of_some_documents_is_what_is_counted_of_all(store_url: str) -> None:
    with open_store(store_url) as store:
        for document_id in ("0123456789abcdef", "0123456789abcde0"):
            store.record_received(document_id, document_id * 4, "a.pdf")
            store.save_extraction(extraction(document_id, "a.pdf"), "1", 1.0)
        with store.snapshot() as snapshot:
            everything = list(snapshot.documents())
            latest = snapshot.latest_documents(1)
            assert [snapshot.document(one.document.document_id) for one in everything] == everything
            assert sorted(snapshot.latest_documents(9), key=lambda one: one.document.document_id) == everything
    assert len(latest) == 1
    assert latest[0] in everything
    assert (latest[0].pages, latest[0].rows, latest[0].rows_flagged) == (2, 4, 1)
