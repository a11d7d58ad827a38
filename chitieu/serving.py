"""`chitieu serve`: Prefect's server, the schedule of the night, the review page and the look into the inbox, as one.

This process holds no engine, no web framework and no Prefect. It starts each of them as a child, starts it again where
it ends, and lets the kernel end all of them with itself, also by `kill -9`.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from chitieu.files import python_environment, replace_text
from chitieu.journal import cut_back, write_entry
from chitieu.locks import SERVING, held_if_free
from chitieu.polling import Say, poll_forever
from chitieu.settings import Settings
from flows.prefect_server import (
    START_SECONDS,
    address_note,
    api_address,
    free_port,
    is_healthy,
    log_path,
    prepare_environment,
    serving_environment,
)

LOOK_SECONDS = 0.5
STOP_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
STEADY_SECONDS = 60.0  # a child that lived so long is started anew at once


class AlreadyServed(Exception):
    """Another `chitieu serve` works on this home."""


@dataclass
class Child:
    """A process of the service; `fd` is a socket that it gets handed on."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    output: Path
    fd: int | None = None
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = field(default=0.0)

    def start(self) -> None:
        """Start it, away from the terminal: Ctrl-C is for this process to act on."""
        self.output.parent.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, pass_fds=() if self.fd is None else (self.fd,),
            )  # fmt: skip
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, deadline: float) -> None:
        """End it, kindly until the deadline."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(frozen=True, slots=True)
class Places:
    """Where the service can be reached."""

    review_port: int
    prefect_port: int


def serve_home(settings: Settings, listener: socket.socket, say: Say) -> None:
    """Serve a home until a signal says otherwise. Raises AlreadyServed where somebody does."""
    with held_if_free(settings.state / SERVING) as lock, stopped_by_signals() as stop:
        if lock is None:
            raise AlreadyServed
        places = Places(listener.getsockname()[1], usable_port(settings.prefect_port))
        write_entry(settings.logs, "service_started", review_port=places.review_port, prefect_port=places.prefect_port)
        children = children_of(settings, listener, places)
        say("serving", review=places.review_port, prefect=places.prefect_port)
        poller = threading.Thread(target=poll_when_ready, args=(settings, places, stop, say), daemon=True)
        try:
            for child in children:
                child.start()
            poller.start()
            watch(children, settings, stop)
        finally:
            stop.set()
            stop_all(children)
            poller.join(STOP_SECONDS)
            write_entry(settings.logs, "service_stopped")


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and Ctrl-C set."""
    stop = threading.Event()

    def set_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, set_stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def usable_port(wanted: int) -> int:
    """The port for Prefect's page: the one that is wanted, or where somebody has it any that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
        port: int = probe.getsockname()[1]
        return port


def children_of(settings: Settings, listener: socket.socket, places: Places) -> list[Child]:
    """The processes of the service."""
    prepare_environment(settings.state)
    address = api_address(places.prefect_port)
    replace_text(address_note(settings.state), f"{address}\n")
    os.environ["PREFECT_API_URL"] = address
    me, home, python = str(os.getpid()), str(settings.home), sys.executable
    common = python_environment()
    log = log_path(settings.state)
    page = [python, "-m", "chitieu.review_service", home, me, str(listener.fileno()), settings.language]
    return [
        Child(
            "prefect",
            [python, "-m", "flows.prefect_server", str(places.prefect_port), me],
            {**common, **serving_environment(places.prefect_port)},
            log,
        ),
        Child("schedule", [python, "-m", "flows.deployments", home, me], common, log),
        Child("review", page, common, settings.logs / "review.log", listener.fileno()),
    ]


def watch(children: Sequence[Child], settings: Settings, stop: threading.Event) -> None:
    """Start children again that end, each time after a longer pause, until `stop` is set."""
    while not stop.wait(LOOK_SECONDS):
        cut_back_logs(settings)
        for child in children:
            if not child.has_ended():
                continue
            lived = time.monotonic() - child.started
            if lived < child.pause:
                continue
            assert child.process is not None
            write_entry(settings.logs, "child_ended", child=child.name, code=child.process.returncode)
            child.pause = 0.0 if lived > STEADY_SECONDS else min(LONGEST_PAUSE_SECONDS, 2 * child.pause + 1)
            child.start()


def cut_back_logs(settings: Settings) -> None:
    """Keep what the parts of the service say of themselves within bounds; a full disk takes no copy, and is no end."""
    for path in (log_path(settings.state), settings.logs / "review.log", settings.logs / "reading.log"):
        with suppress(OSError):
            cut_back(path)


def stop_all(children: Sequence[Child]) -> None:
    """End the children, the one that starts work first; none gets longer than the others."""
    for child in reversed(children):
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in reversed(children):
        child.stop(deadline)


def poll_when_ready(settings: Settings, places: Places, stop: threading.Event, say: Say) -> None:
    """Wait for Prefect, for as long as its first start may take, then look into the inbox again and again."""
    deadline = time.monotonic() + START_SECONDS
    while not is_healthy(api_address(places.prefect_port)):
        if stop.wait(LOOK_SECONDS):
            return
        if time.monotonic() > deadline:
            say("serving_without_prefect", log=log_path(settings.state))
            break
    else:
        say("serving_ready")
    if settings.poll_seconds:
        poll_forever(settings, stop, say)
