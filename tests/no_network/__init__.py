"""Run a command with every connection but loopback refused, its child processes included.

Two nets: an audit hook in every Python process, which writes down who tried, and, where the machine allows it, a
network namespace with nothing but loopback, which also holds programs that are not Python.
"""

import functools
import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HOOK_FOLDER = Path(__file__).resolve().parent
_IN_NAMESPACE = ("unshare", "--map-root-user", "--net", "sh", "-c")


@dataclass(frozen=True)
class Outcome:
    """How the command ended, and the connections that it tried, one a line."""

    exit_code: int
    output: str
    attempts: str


@functools.cache
def can_make_namespaces() -> bool:
    """Whether this machine lets us make a network namespace and bring up its loopback."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run([*_IN_NAMESPACE, "ip link set lo up"], capture_output=True, check=False).returncode == 0


def run_without_network(command: Sequence[str | Path], log: Path, timeout_s: float = 600) -> Outcome:
    """Run a command without network; `log` is a file that does not exist yet."""
    words = [str(word) for word in command]
    if can_make_namespaces():
        words = [*_IN_NAMESPACE, f"ip link set lo up && exec {shlex.join(words)}"]
    path = os.pathsep.join(filter(None, [str(_HOOK_FOLDER), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        words,
        env=os.environ | {"PYTHONPATH": path, "NETWORK_ATTEMPTS_LOG": str(log)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, log.read_text(encoding="utf-8") if log.exists() else "")
