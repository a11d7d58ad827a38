"""A real server over a home, for the tests of the review page."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@dataclass
class Served:
    """A running server; `address` without the slash at its end."""

    process: "subprocess.Popen[str]"
    address: str

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=60)


def start(home: Path, port: int = 0) -> Served:
    """Start `chitieu review` and wait until it says where it is."""
    command = [sys.executable, "-m", "chitieu.cli", "review", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if found := ADDRESS.search(line):
            return Served(process, found.group().rstrip("/"))
    raise AssertionError("".join(lines))


@contextmanager
def serving(home: Path, port: int = 0) -> Iterator[Served]:
    served = start(home, port)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait(timeout=60)
