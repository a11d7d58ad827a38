"""Locks of a home: files that a process holds; the kernel lets go of them when it ends, also by `kill -9`."""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import IO

SERVING = "serve.lock"  # one `chitieu serve` a home
READING = "reading.lock"  # one run at a time of those that `chitieu serve` starts
NIGHT = "night.lock"  # one night at a time


@contextmanager
def held(path: Path) -> Iterator[IO[str]]:
    """Hold a lock while the block runs; waits for whoever has it."""
    with _opened(path) as lock:
        flock(lock, LOCK_EX)
        yield lock


@contextmanager
def held_if_free(path: Path) -> Iterator[IO[str] | None]:
    """Hold a lock while the block runs; yields None at once where somebody has it.

    A child that the file is handed on to holds the lock as long as it lives.
    """
    with _opened(path) as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield lock


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        yield lock
