"""Read one document in a child process, within limits of memory and time."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from chitieu.errors import ChitieuError, Crashed, OutOfMemory, OutOfTime, Stopped, error_of_reason
from chitieu.exchange import EXTRACTION
from chitieu.model import Extraction
from chitieu.page_ranges import PageRanges
from chitieu.settings import Settings
from flows.child import FAILURE, PROGRESS, RESULT, Job
from flows.fork_server import SAID, Request
from flows.forking import Child, forked

Report = Callable[[int, int], None]
LOOK_SECONDS = 0.1  # between two looks at the child's memory; a page fault takes a second for about 2 GiB
STDERR_TAIL = 4000
# What engines say when an allocation failed, before they abort.
OUT_OF_MEMORY_WORDS = ("bad_alloc", "MemoryError", "Cannot allocate memory", "Failed to allocate memory")


@dataclass(frozen=True, slots=True)
class Watch:
    """A running child, where what it prints goes and how long it has run."""

    child: Child
    said: Path
    started: float


def read_in_child(
    extract: str, path: Path, source_file: str, document_id: str, *,
    settings: Settings, threads: int, report: Report, stop: Event, wrapped: Path | None = None,
    pages: PageRanges | None = None,
) -> Extraction:  # fmt: skip
    """What `extract` reads out of a document, run in a child process.

    `extract` is `module:function`; `pages` are handed on to it where they are given. `wrapped`: where the PDF made of a
    picture file, or of one with a password, is kept. Raises the ChitieuError that it raised; OutOfMemory, OutOfTime,
    Crashed when the child ended otherwise; Stopped when `stop` was set.
    """
    job = Job(
        str(path.absolute()), source_file, document_id, extract, threads,
        settings.memory_mib, settings.max_file_mib, settings.max_pages,
        str(settings.passwords.absolute()), str(wrapped.absolute()) if wrapped else "", pages,
    )  # fmt: skip
    with start_child(job) as watch:
        for kind, text in lines_within_limits(watch, settings, stop):
            if kind == PROGRESS:
                page, page_count = json.loads(text)
                report(page, page_count)
            elif kind == FAILURE:
                reason, detail = json.loads(text)
                raise error_of_reason(reason)(detail)
            elif kind == RESULT:
                return EXTRACTION.validate_json(text)
            else:
                raise ValueError(f"the child said {kind!r}")
        raise death_of(watch)


@contextmanager
def start_child(job: Job) -> Iterator[Watch]:
    """Start the child in a process group of its own; when the block ends, the whole group does."""
    # Engines that are killed leave their temporary files: they get a folder that goes with them.
    with (
        TemporaryDirectory(prefix="chitieu-", ignore_cleanup_errors=True) as folder,
        forked(Request(job, folder)) as child,
    ):
        yield Watch(child, Path(folder) / SAID, time.monotonic())


def lines_within_limits(watch: Watch, settings: Settings, stop: Event) -> Iterator[tuple[str, str]]:
    """What the child says, until it ends; raises OutOfMemory, OutOfTime or Stopped."""
    buffer = b""
    last_word = watch.started
    while True:
        if stop.is_set():
            raise Stopped
        is_over = watch.child.wait(LOOK_SECONDS)
        if data := watch.child.read():
            *lines, buffer = (buffer + data).split(b"\n")
            last_word = time.monotonic()
            yield from (split_line(line) for line in lines)
        elif is_over:
            return
        check_limits(watch, settings, last_word)


def split_line(line: bytes) -> tuple[str, str]:
    kind, _, text = line.decode().partition(" ")
    return kind, text


def check_limits(watch: Watch, settings: Settings, last_word: float) -> None:
    """Raise OutOfTime or OutOfMemory where the child went too far."""
    now = time.monotonic()
    if now - watch.started > settings.seconds_per_document:
        raise OutOfTime(f"> {settings.seconds_per_document:.0f} s")
    if now - last_word > settings.seconds_per_page:
        raise OutOfTime(f"> {settings.seconds_per_page:.0f} s / page")
    # What is shared is told apart only where it matters: that takes the system longer.
    if resident_mib(watch.child.pid) > settings.memory_mib < own_mib(watch.child.pid):
        raise OutOfMemory(f"> {settings.memory_mib} MiB")


def resident_mib(pid: int) -> float:
    """Resident memory of a process and all its descendants in MiB, what they share counted in each; 0 if it ended."""
    return sum(map(_resident_pages, _family(pid))) * os.sysconf("SC_PAGE_SIZE") / 2**20


def own_mib(pid: int) -> float:
    """The same, but what several processes share counted once: a program that starts another has forked itself."""
    return sum(map(_proportional_kib, _family(pid))) / 2**10


def _family(pid: int) -> list[int]:
    """A process and all its descendants."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:  # it ended meanwhile
        return []
    return [pid, *(one for child in children for one in _family(child))]


def _resident_pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0


def _proportional_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return _resident_pages(pid) * os.sysconf("SC_PAGE_SIZE") // 2**10
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def death_of(watch: Watch) -> ChitieuError:
    """Why a child ended without a word."""
    code = watch.child.code
    if code is None:
        return Crashed("the process that it was forked from ended")
    said = watch.said.read_text("utf-8", "replace")[-STDERR_TAIL:].strip() if watch.said.exists() else ""
    if code == -signal.SIGKILL:  # not by us: the system's own guard of memory
        return OutOfMemory("killed by the system")
    if any(word in said for word in OUT_OF_MEMORY_WORDS):
        return OutOfMemory(last_line(said))
    how = signal.Signals(-code).name if code < 0 else f"exit {code}"
    return Crashed(f"{how}: {last_line(said)}" if said else how)


def last_line(text: str) -> str:
    return text.splitlines()[-1] if text else ""
