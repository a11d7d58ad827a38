"""The look into the inbox by day: what lies there whole is taken, and a run that reads it is started."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from chitieu.files import python_environment
from chitieu.journal import write_entry
from chitieu.locks import READING, held_if_free
from chitieu.looking import shown_path
from chitieu.settings import Settings
from chitieu.store import open_store
from flows.receiving import Received, receive_inbox

LOOK_SECONDS = 0.5
SHOWN = 20  # names in a line of the log


class Say(Protocol):
    """Tells the person at the terminal the message of a key."""

    def __call__(self, key: str, **values: object) -> None: ...


def poll_forever(settings: Settings, stop: threading.Event, say: Say) -> None:
    """Look into the inbox every `poll_seconds` until `stop` is set; what hinders is said once, and tried again."""
    # An earlier service may have been killed between the last document that it read and its publication.
    said, owes_publication = "", True
    while not stop.is_set():
        try:
            owes_publication = poll_once(settings, stop, owes_publication=owes_publication)
        except (OSError, SQLAlchemyError) as error:
            trouble = str(error).splitlines()[0]
            if trouble != said:
                write_entry_if_possible(settings, trouble)
                say("poll_trouble", detail=trouble)
            said = trouble
        else:
            said = ""
        stop.wait(settings.poll_seconds)


def poll_once(settings: Settings, stop: threading.Event, *, owes_publication: bool = False) -> bool:
    """Take what is there; where something waits or is to be published and no other run is at work, have it done.

    Returns whether something is to be published still: what a run read that failed, or what was set aside unread.
    """
    with open_store(settings.store_url) as store:
        received = receive_inbox(settings, store)
        log_received(received, settings)
        owes_publication = owes_publication or bool(received.quarantined)
        waits = bool(store.waiting())
        with store.snapshot() as snapshot:
            owes_publication = owes_publication and bool(snapshot.count_by_state())
    if not waits and not owes_publication:
        return False
    with held_if_free(settings.state / READING) as lock:
        process = start_run(settings, lock.fileno()) if lock else None
    if process is None:
        return owes_publication
    code = wait_for(process, stop)
    if code and not stop.is_set():
        write_entry(settings.logs, "run_failed", code=code, log=settings.logs / "reading.log")
    return code != 0


def start_run(settings: Settings, lock: int) -> "subprocess.Popen[bytes]":
    """Start a run over the inbox that holds the lock for as long as it lives."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    with (settings.logs / "reading.log").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.inbox_run", str(settings.home), str(os.getpid())],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            pass_fds=[lock], env=python_environment(),
        )  # fmt: skip


def wait_for(process: "subprocess.Popen[bytes]", stop: threading.Event) -> int:
    """Return how a run ended; where the service stops, end it: the next one goes on where it was."""
    while process.poll() is None:
        if stop.wait(LOOK_SECONDS):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode


def log_received(received: Received, settings: Settings) -> None:
    """Log what was taken, set aside, or left out of archives."""
    taken = [one.source_file for one in received.intakes]
    set_aside = [{"source_file": one.name, "reason": one.error.reason} for one in received.quarantined]
    duplicates = [{"source_file": one.name, "known_as": one.known_as} for one in received.duplicates]
    left_out = [shown_path(path) for path in received.ignored]
    if taken or set_aside or left_out:
        write_entry(
            settings.logs, "inbox_taken", count=len(taken), taken=taken[:SHOWN],
            quarantined=set_aside[:SHOWN], duplicates=duplicates[:SHOWN],
            left_out=left_out[:SHOWN],
        )  # fmt: skip


def write_entry_if_possible(settings: Settings, trouble: str) -> None:
    """Log what hinders; a full disk takes no log either."""
    with suppress(OSError):
        write_entry(settings.logs, "poll_failed", detail=trouble)
