"""The process that children are forked from, which loads what they all need: `python -m flows.fork_server PIPE`.

A line comes in for each child: a request. Lines go out: `started PID`, then `ended CODE`, negative for a signal. Then
comes an empty line: the child is remembered until then, so that no other process can have its number. PIPE is where
children say what they read. It ends with its input, and its child with it.
"""

import gc
import os
import select
import signal
import sys
import tempfile
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from pydantic import TypeAdapter

from chitieu.process import die_with_parent
from flows.child import Job, main

STARTED, ENDED = "started", "ended"
SAID = "said"  # the file in the folder of a child that takes what it and its engines print


@dataclass(frozen=True, slots=True)
class Request:
    """One child: what it works on, and a folder for its temporary files."""

    job: Job
    folder: str


REQUEST = TypeAdapter(Request)


def serve(pipe: int) -> None:
    """Fork a child for every request until the input ends."""
    while line := _next_line():
        request = REQUEST.validate_json(line)
        _prepare(request.job.extract)
        exit_pipe, held = os.pipe()
        server = os.getpid()
        child = os.fork()
        if child == 0:
            os.close(exit_pipe)
            _work(request, pipe, server)
        os.close(held)
        with suppress(PermissionError):  # it has been quicker
            os.setpgid(child, child)
        _say(STARTED, child)
        _wait(child, exit_pipe)
        os.close(exit_pipe)


def _prepare(extract: str) -> None:
    """Load the module of the extraction and what each document would load for itself.

    What fails here fails in the child too, which says so.
    """
    with suppress(Exception):
        module = import_module(extract.partition(":")[0])
        if hasattr(module, "prepare"):
            module.prepare()
    gc.freeze()  # what is there by now is shared with the children, and stays so


def _work(request: Request, pipe: int, server: int) -> None:
    """What the child does, in a process group of its own; never returns."""
    code = 1
    try:
        os.setpgid(0, 0)
        said = os.open(Path(request.folder) / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, place in ((nothing, 0), (said, 1), (said, 2)):
            os.dup2(number, place)
        os.environ["TMPDIR"] = request.folder
        tempfile.tempdir = None
        die_with_parent(server)
        main(request.job, os.dup(pipe))
        code = 0
    except BaseException:
        traceback.print_exc()  # what the parent has of it
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int, exit_pipe: int) -> None:
    """Say how the child ended; end with the input, should that end first."""
    ready, _, _ = select.select([exit_pipe, sys.stdin.fileno()], [], [])
    if exit_pipe not in ready and not _next_line():
        os._exit(0)
    info = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert info is not None
    _say(ENDED, info.si_status if info.si_code == os.CLD_EXITED else -info.si_status)
    if not _next_line():
        os._exit(0)
    os.waitpid(child, 0)


def _next_line() -> bytes:
    """The next line of the input, empty at its end. Not more is read than the line: what is left is looked for."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(sys.stdin.fileno(), 1)
        if not byte:
            return b""
        line += byte
    return line


def _say(word: str, number: int) -> None:
    os.write(sys.stdout.fileno(), f"{word} {number}\n".encode())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks for children says when it is over
    serve(int(sys.argv[1]))
