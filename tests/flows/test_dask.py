"""Documents read by the workers of a real Dask scheduler, over one home and a real PostgreSQL."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
import typer
from pydantic import ValidationError

from chitieu.command_line import FAILED, explained
from chitieu.errors import OtherVersion, SchedulerFailed
from chitieu.settings import Language, Settings
from chitieu.store import DocumentState, open_store
from chitieu.versions import code_version
from flows.elsewhere import read_elsewhere, require_answer

RUN = """
import sys
from pathlib import Path
from chitieu.settings import load_settings
from flows.ingestion import ingest, workplace
from flows.runners import run_direct, run_with_prefect

settings = load_settings(Path(sys.argv[1]))
run = run_with_prefect if settings.dask_scheduler else run_direct
with workplace(settings, sys.argv[3], lambda event: print(type(event).__name__)) as place:
    summary = ingest([Path(sys.argv[2])], place, run)
print(len(summary.documents), sorted(one.error.reason for one in summary.quarantined), summary.busy)
"""
COMPARED = ("indicators.csv", "comparison.csv", "documents.csv", "review.csv")
EXTRACT, BY_NAME = "flows.stages:extract_document", "tests.flows.child_cases:by_name"
PATIENCE_SECONDS = 300


def wait_until(is_so: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def environment(url: str, scheduler: str = "") -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    ours = {"CHITIEU_DATABASE_URL": url, "CHITIEU_DASK_SCHEDULER": scheduler}
    return {**clean, **ours, "PYTHONPATH": ".", "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "9"}


@pytest.fixture
def scheduler(tmp_path: Path, postgres_url: str) -> Iterator[str]:
    """A scheduler with two workers, processes of their own as on two machines, which a nanny starts again."""
    note = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    dask += ["--no-dashboard", "--scheduler-file", str(note)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment(postgres_url)}
    processes = [subprocess.Popen(dask, **quiet)]
    try:
        wait_until(note.exists, "no scheduler")
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(note)]
        worker += ["--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path / "dask")]
        processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        yield address_in(note)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def address_in(note: Path) -> str:
    from distributed import Client

    with Client(scheduler_file=str(note), timeout=PATIENCE_SECONDS) as client:
        client.wait_for_workers(2, timeout=PATIENCE_SECONDS)
        return str(client.scheduler.address)


def start(home: Path, folder: Path, extract: str, url: str, scheduler: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RUN, str(home), str(folder), extract]
    return subprocess.Popen(
        command, env=environment(url, scheduler), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def run(home: Path, folder: Path, extract: str, url: str = "", scheduler: str = "") -> str:
    output, _ = start(home, folder, extract, url, scheduler).communicate(timeout=2 * PATIENCE_SECONDS)
    return output.splitlines()[-1]


def dataset(home: Path) -> dict[str, bytes]:
    return {name: (home / "output" / name).read_bytes() for name in COMPARED}


def drop(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(100 + number, 100))
            document.save(folder / f"{name}.pdf", deterministic_id=True)


@pytest.mark.prefect
@pytest.mark.postgres
def test_two_workers_give_the_dataset_that_one_machine_gives(tmp_path, samples, postgres_url, scheduler) -> None:
    folder = tmp_path / "in"
    drop(folder, "empty page")
    for name in ("cao-bang-1139", "lai-chau-skhcn"):
        (folder / f"{name}.pdf").write_bytes((samples / "digital" / f"{name}.pdf").read_bytes())
    (folder / "note.pdf").write_text("no pdf")
    assert run(tmp_path / "here", folder, EXTRACT) == "3 ['not_a_pdf'] ()"
    assert run(tmp_path / "there", folder, EXTRACT, postgres_url, scheduler) == "3 ['not_a_pdf'] ()"
    assert dataset(tmp_path / "there") == dataset(tmp_path / "here")
    assert dataset(tmp_path / "there")["indicators.csv"].count(b"\n") > 40


@pytest.mark.prefect
@pytest.mark.postgres
def test_a_worker_that_is_killed_in_mid_document_loses_nothing(tmp_path, postgres_url, scheduler) -> None:
    folder, home = tmp_path / "in", tmp_path / "there"
    drop(folder, "slow", "good", "crash")
    assert run(tmp_path / "here", folder, BY_NAME) == "2 ['crashed'] ()"
    open_store(postgres_url).close()
    home.mkdir()
    (home / "hold").touch()
    process = start(home, folder, BY_NAME, postgres_url, scheduler)
    wait_until(lambda: holders(postgres_url, "slow.pdf"), "nobody reads")
    (holder,) = holders(postgres_url, "slow.pdf")
    os.kill(int(holder.split("/")[-2]), signal.SIGKILL)
    (home / "hold").unlink()
    process.communicate(timeout=2 * PATIENCE_SECONDS)
    run(home, folder, BY_NAME, postgres_url, scheduler)  # what a dead worker left, if the run did not end it itself
    assert dataset(home) == dataset(tmp_path / "here")
    with open_store(postgres_url) as store, store.snapshot() as snapshot:
        states = {one.document.source_file: (one.state, one.attempts) for one in snapshot.documents()}
    assert states["slow.pdf"] == (DocumentState.PUBLISHED, 2)
    assert states["good.pdf"] == (DocumentState.PUBLISHED, 1)


def holders(url: str, source_file: str) -> list[str]:
    """Who reads a document now."""
    from sqlalchemy import create_engine, select

    from chitieu.store import schema

    documents, engine = schema.documents.c, create_engine(url)
    query = select(documents.holder).where(documents.source_file == source_file, documents.holder != "")
    try:
        with engine.connect() as connection:
            return list(connection.scalars(query))
    finally:
        engine.dispose()


def test_workers_elsewhere_need_a_store_that_machines_can_share() -> None:
    with pytest.raises(ValidationError, match="PostgreSQL"):
        Settings(dask_scheduler="tcp://10.0.0.5:8786")
    assert Settings(dask_scheduler="tcp://10.0.0.5:8786", database_url="postgresql+psycopg://x@y/z").dask_scheduler


def test_a_scheduler_that_does_not_answer_is_said() -> None:
    with pytest.raises(SchedulerFailed, match=r"tcp://127\.0\.0\.1:9"):
        require_answer("tcp://127.0.0.1:9")


def test_a_machine_with_other_software_reads_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with pytest.raises(OtherVersion, match=rf"{re.escape(code_version())}, 0\.0\.0\+other"):
        read_elsewhere(str(home), BY_NAME, "0.0.0+other", "0" * 16, reads_again=False)
    assert not home.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.VI, "Hãy cài cùng một phiên bản"), (Language.EN, "Install the same version on all machines")],
)
def test_other_software_is_said_in_plain_words(tmp_path: Path, capsys, language: Language, words: str) -> None:
    with pytest.raises(typer.Exit) as ended, explained(Settings(home=tmp_path, language=language)):
        raise OtherVersion("reader-2: 0.2.0+a, 0.1.0+b")
    assert ended.value.exit_code == FAILED
    assert words in (said := capsys.readouterr().err)
    assert "reader-2: 0.2.0+a, 0.1.0+b" in said
