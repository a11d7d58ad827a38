"""Children forked from a process that has loaded what they all need: an import of everything for each costs a second.

A process of this kind serves one child at a time; there are as many as documents are read at once, and they end with
this process.
"""

import atexit
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO

from chitieu.errors import Crashed
from chitieu.files import python_environment
from flows.fork_server import ENDED, REQUEST, STARTED, Request

# Within which everything is imported, and within which the end of a child that was killed is told: also on a machine
# that swaps.
START_SECONDS, END_SECONDS = 600.0, 60.0
MOST_BYTES = 2**20
# The work is shared out among processes and threads of our own. A library's threads on top of them wait for each other
# by turning round and round: where anything else runs on the machine, tesseract took twenty times as long with two.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)

_lock = Lock()
_idle: list["ForkServer"] = []


@dataclass(slots=True)
class ForkServer:
    """A process that children are forked from, and the pipe that its children write to."""

    process: subprocess.Popen[bytes]
    pipe: int
    words: bytes = b""

    @classmethod
    def start(cls) -> "ForkServer":
        read_end, write_end = os.pipe()
        os.set_blocking(read_end, False)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "flows.fork_server", str(write_end)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, pass_fds=[write_end],
                start_new_session=True, env={**python_environment(), **ONE_THREAD},
            )  # fmt: skip
        finally:
            os.close(write_end)
        return cls(process, read_end)

    def tell(self, line: bytes) -> None:
        """Write a line to its input; one that has ended is found out by what it does not answer."""
        with suppress(BrokenPipeError):
            _stream(self.process.stdin).write(line + b"\n")

    def hear(self, word: str, seconds: float) -> int | None:
        """The number that comes with a word, within so many seconds; None where it does not come."""
        output = _stream(self.process.stdout).fileno()
        while b"\n" not in self.words:
            if not _ready([output], seconds):
                return None
            data = os.read(output, MOST_BYTES)
            if not data:
                return None
            self.words += data
        line, _, self.words = self.words.partition(b"\n")
        said, number = line.decode().split()
        assert said == word, f"{said} where {word} was due"
        return int(number)

    def close(self) -> None:
        """End it, and the child that it may have."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            _stream(stream).close()
        os.close(self.pipe)


@dataclass(slots=True)
class Child:
    """A child at work. `code`: how it ended, negative for a signal; None while it runs, and where nobody can tell."""

    server: ForkServer
    pid: int
    code: int | None = None
    is_over: bool = False

    def wait(self, seconds: float) -> bool:
        """Wait until it says something or ends, not longer than so many seconds. Whether it has ended."""
        server = self.server
        output = _stream(server.process.stdout).fileno()
        if not self.is_over and (server.words or output in _ready([server.pipe, output], seconds)):
            self.code = server.hear(ENDED, END_SECONDS)
            self.is_over = True
        return self.is_over

    def read(self) -> bytes:
        """What it has said and nobody has read; empty where there is nothing now."""
        try:
            return os.read(self.server.pipe, MOST_BYTES)
        except BlockingIOError:
            return b""

    def end(self) -> None:
        """End it with all that it started. Its number is its own until its end has been taken note of."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        if not self.is_over:
            self.code, self.is_over = self.server.hear(ENDED, END_SECONDS), True
        while self.read():
            pass
        self.server.tell(b"")


@contextmanager
def forked(request: Request) -> Iterator[Child]:
    """Yield a child that works a request; when the block ends, it and what it started do.

    Raises Crashed where none could be started.
    """
    child = _fork(request)
    try:
        yield child
    finally:
        child.end()
        _give_back(child.server, is_sound=child.code is not None)


def _fork(request: Request) -> Child:
    """A child of an idle process that still runs, or of a new one."""
    while True:
        with _lock:
            idle = _idle.pop() if _idle else None
        server = idle or ForkServer.start()
        server.tell(REQUEST.dump_json(request))
        pid = server.hear(STARTED, START_SECONDS)
        if pid is not None:
            return Child(server, pid)
        server.close()
        if idle is None:
            raise Crashed("no process could be started")


def _give_back(server: ForkServer, *, is_sound: bool) -> None:
    if not is_sound:
        server.close()
        return
    with _lock:
        _idle.append(server)


@atexit.register
def _close_all() -> None:
    while _idle:
        _idle.pop().close()


def _ready(outputs: Sequence[int], seconds: float) -> list[int]:
    """Which of them have something to read, or have ended; waits for one, not longer than so many seconds."""
    poll = select.poll()
    for output in outputs:
        poll.register(output, select.POLLIN)
    return [output for output, _ in poll.poll(seconds * 1000)]


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
