"""Real child processes that misbehave."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Timer

import pikepdf
import pytest

from chitieu.errors import ChitieuError, Crashed, Damaged, OutOfMemory, OutOfTime, Stopped, Unreadable
from chitieu.files import python_environment
from chitieu.model import FlagKind
from chitieu.settings import Settings
from flows.child import Extract
from flows.forking import ONE_THREAD
from flows.workers import read_in_child
from tests.builders import extraction
from tests.flows import child_cases

THREADS = """
import flows.fork_server, flows.stages
from pathlib import Path
flows.stages.prepare()
main, *others = sorted(Path("/proc/self/task").iterdir(), key=lambda task: int(task.name))
print(*((task / "comm").read_text().strip() for task in others))
"""


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "document.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    return path


def settings(**limits: float) -> Settings:
    return Settings.model_validate({"memory_mib": 300, "seconds_per_page": 300, **limits})


def name_of(extract: Extract) -> str:
    return f"{extract.__module__}:{extract.__qualname__}"


def read(
    extract: Extract, path: Path, limits: Settings | None = None, stop: Event | None = None, threads: int = 1
) -> object:
    seen: list[tuple[int, int]] = []
    found = read_in_child(
        name_of(extract), path, "a.pdf", "0123456789abcdef",
        settings=limits or settings(), threads=threads, report=lambda page, count: seen.append((page, count)),
        stop=stop or Event(),
    )  # fmt: skip
    return found, seen


def test_what_was_read_and_progress_come_back(pdf: Path) -> None:
    assert read(child_cases.sound, pdf) == (extraction(source_file="a.pdf"), [(0, 1), (1, 2), (2, 2)])


@pytest.mark.parametrize(
    ("extract", "error", "word"),
    [
        (child_cases.hog, OutOfMemory, "300"),
        (child_cases.hog_at_once, OutOfMemory, "300"),
        (child_cases.hog_in_grandchild, OutOfMemory, "300"),
        (child_cases.crash, Crashed, "SIGSEGV"),
        (child_cases.bug, Crashed, "a bug of ours"),
        (child_cases.unreadable, Unreadable, "page 1"),
    ],
)
def test_a_bad_end_has_its_reason(pdf: Path, extract: Extract, error: type[ChitieuError], word: str) -> None:
    with pytest.raises(error) as raised:
        read(extract, pdf)
    assert word in raised.value.detail


def test_what_processes_share_counts_once(pdf: Path) -> None:
    assert read(child_cases.share, pdf)[0] == extraction(source_file="a.pdf")


@pytest.mark.parametrize("limits", [{"seconds_per_page": 1.5}, {"seconds_per_document": 1.5}])
def test_a_hang_runs_out_of_time(pdf: Path, limits: dict[str, float]) -> None:
    with pytest.raises(OutOfTime):
        read(child_cases.hang, pdf, settings(**limits))


def test_a_stop_ends_the_child(pdf: Path) -> None:
    stop = Event()
    Timer(1, stop.set).start()
    with pytest.raises(Stopped):  # without the stop it ran out of time
        read(child_cases.hang, pdf, settings(seconds_per_page=60), stop)


def test_what_is_stopped_before_its_child_has_started_is_not_read(pdf: Path) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        read(child_cases.sound, pdf, stop=stop)


def test_no_process_and_no_file_is_left(pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(OutOfMemory):
        read(child_cases.hog_in_grandchild, pdf)
    deadline = time.monotonic() + 60
    while any(children_of(server) for server in fork_servers()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert [path for path in tmp_path.iterdir() if path.name.startswith("chitieu-")] == []


def test_engines_of_a_document_that_has_all_cores_start_one_thread_each(pdf: Path) -> None:
    assert read(child_cases.environment, pdf, threads=2)[0].document.title == "1"


def test_the_next_document_needs_no_new_process(pdf: Path) -> None:
    read(child_cases.sound, pdf)
    before = fork_servers()
    with pytest.raises(Crashed):
        read(child_cases.crash, pdf)
    with pytest.raises(Unreadable):
        read(child_cases.unreadable, pdf)
    assert read(child_cases.sound, pdf)[0] == extraction(source_file="a.pdf")
    assert fork_servers() == before


def test_what_is_forked_has_no_threads() -> None:
    # What lies in a forked process under the lock of a thread that is not there is locked for ever. The allocator of
    # pyarrow (which pandas brings along) provides for that.
    environment = {**python_environment(), **ONE_THREAD}
    threads = subprocess.run(
        [sys.executable, "-c", THREADS], env=environment, capture_output=True, check=True, text=True
    )
    assert [name for name in threads.stdout.split() if name != "jemalloc_bg_thd"] == []


def test_without_the_process_to_fork_from_a_new_one_serves(pdf: Path) -> None:
    read(child_cases.sound, pdf)
    for server in fork_servers():
        os.kill(server, signal.SIGKILL)
    assert read(child_cases.sound, pdf)[0] == extraction(source_file="a.pdf")


def test_a_document_whose_process_to_fork_from_ends_has_crashed(pdf: Path) -> None:
    with pytest.raises(Crashed):
        read(child_cases.end_of_the_server, pdf)
    assert read(child_cases.sound, pdf)[0] == extraction(source_file="a.pdf")


def fork_servers() -> list[int]:
    """The processes that children are forked from, not those that have ended."""
    return [pid for pid in children_of(os.getpid()) if "flows.fork_server" in Path(f"/proc/{pid}/cmdline").read_text()]


def children_of(process: int) -> list[int]:
    """The children of all threads of a process."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]


def test_a_sloppy_but_whole_pdf_is_read_and_flagged(pdf: Path) -> None:
    pdf.write_bytes(pdf.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    found = read_in_child(
        name_of(child_cases.sound), pdf, "a.pdf", "0123456789abcdef",
        settings=settings(), threads=1, report=lambda _page, _count: None, stop=Event(),
    )  # fmt: skip
    assert FlagKind.REPAIRED_PDF in {flag.kind for flag in found.document.flags}


def test_a_pdf_cut_short_is_damaged(pdf: Path) -> None:
    pdf.write_bytes(pdf.read_bytes()[:300])
    with pytest.raises(Damaged):
        read(child_cases.sound, pdf)
