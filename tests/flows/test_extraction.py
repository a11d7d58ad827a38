"""The flow on Prefect's real server: one test, since its start takes seconds."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

SCRIPT = """
import sys
from pathlib import Path
from chitieu.settings import load_settings
from flows.ingestion import ingest, workplace
from flows.runners import run_with_prefect

settings = load_settings(Path(sys.argv[1]))
with workplace(settings, "tests.flows.child_cases:by_name", lambda event: None) as place:
    summary = ingest([Path(sys.argv[2])], place, run_with_prefect)
print(len(summary.documents), [file.error.reason for file in summary.quarantined])
"""


@pytest.mark.prefect
def test_a_run_is_recorded_and_the_screen_stays_clean(tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    for number, name in enumerate(("good", "crash", "other"), start=1):
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(100 + number, 100))
            document.save(folder / f"{name}.pdf")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home), str(folder)],
        capture_output=True, text=True, env={**environment, "PYTHONPATH": "."}, timeout=600, check=False,
    )  # fmt: skip
    assert (run.stdout, run.stderr, run.returncode) == ("2 ['crashed']\n", "", 0)
    with sqlite3.connect(home / "state" / "prefect" / "prefect.db") as history:
        flows = history.execute(
            "select f.name, r.state_type from flow_run r join flow f on f.id = r.flow_id"
        ).fetchall()
        tasks = history.execute("select name, state_name from task_run order by name").fetchall()
    assert flows == [("extract_documents", "COMPLETED")]
    assert tasks == [("crash.pdf", "Quarantined"), ("good.pdf", "Extracted"), ("other.pdf", "Extracted")]
