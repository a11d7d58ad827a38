"""Prefect's server for one run: the one that is running already, or one of our own under the home.

prefect reads its settings from the environment when it is imported first: not before they are set here. The server is
started by us rather than by Prefect, which would let it write to the screen (its recorders print tracebacks when they
are stopped) and would leave it behind where we are killed. Run as `python -m flows.prefect_server PORT PARENT`.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from chitieu.errors import ServerFailed
from chitieu.files import replace_text
from chitieu.journal import cut_back
from chitieu.process import die_with_parent

START_SECONDS = 120  # a fresh home runs all migrations: PREFECT.md
STOP_SECONDS = 5
LOOK_SECONDS = 0.1
HEALTH_SECONDS = 3
APPLICATION = "prefect.server.api.server:create_app"
OPENER = build_opener(ProxyHandler({}))  # never through a proxy: the server is on this machine or network

LOGGING = """\
version: 1
disable_existing_loggers: false
formatters:
  plain:
    format: "%(asctime)s %(levelname)s %(name)s: %(message)s"
handlers:
  file:
    class: logging.FileHandler
    filename: {path}
    encoding: utf-8
    formatter: plain
  api:
    class: prefect.logging.handlers.APILogHandler
loggers:
  prefect:
    level: WARNING
    handlers: [file]
    propagate: false
  prefect.flow_runs:
    level: INFO
    handlers: [api]
  prefect.task_runs:
    level: INFO
    handlers: [api]
  uvicorn:
    level: WARNING
    handlers: [file]
    propagate: false
root:
  level: WARNING
  handlers: [file]
"""


@contextmanager
def prefect_server(state: Path, say: Callable[[float], None]) -> Iterator[None]:
    """Have a server to talk to while the block runs; `say` hears how many seconds it took, 0 for one that was there."""
    prepare_environment(state)
    address = os.environ.get("PREFECT_API_URL", "") or served_address(state)
    if address and is_healthy(address):
        os.environ["PREFECT_API_URL"] = address
        say(0.0)
        yield
        return
    with own_server(log_path(state)) as seconds:
        say(seconds)
        yield


def log_path(state: Path) -> Path:
    return state / "prefect.log"


def address_note(state: Path) -> Path:
    """Where `chitieu serve` notes the address of the server that it runs."""
    return state / "prefect" / "address"


def served_address(state: Path) -> str:
    """The address of the server that `chitieu serve` runs, or ran; empty where it never did."""
    try:
        return address_note(state).read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def prepare_environment(state: Path) -> None:
    """Set what Prefect reads when it is imported; to be called before that."""
    home = state / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    replace_text(home / "logging.yml", LOGGING.format(path=log_path(state).absolute()))
    os.environ["PREFECT_HOME"] = str(home.absolute())
    os.environ["PREFECT_LOGGING_SETTINGS_PATH"] = str((home / "logging.yml").absolute())
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
    for name in ("NO_PROXY", "no_proxy"):  # an office's proxy knows nothing of this machine
        os.environ[name] = ",".join(filter(None, (os.environ.get(name, ""), "127.0.0.1")))
    os.environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = str(START_SECONDS)


@contextmanager
def own_server(log: Path) -> Iterator[float]:
    """Start a server on a free port of this machine; yields how many seconds it took.

    prefect is imported meanwhile, which takes seconds too.
    """
    started = time.monotonic()
    port = free_port()
    with suppress(OSError):
        cut_back(log)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.prefect_server", str(port), str(os.getpid())],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            env={**os.environ, **server_environment()},
        )  # fmt: skip
    try:
        os.environ["PREFECT_API_URL"] = api_address(port)
        import_module("flows.extraction")
        wait_until_healthy(process, os.environ["PREFECT_API_URL"], log)
        yield time.monotonic() - started
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        stop_server(process)


def server_environment() -> dict[str, str]:
    """What makes the server a small one: no pages; only the services that record what runs say."""
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PREFECT_UI_ENABLED": "0",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_API_URL": "",
    }


def serving_environment(port: int) -> dict[str, str]:
    """What makes the server the one of `chitieu serve`: its page, its schedule, and no history without end."""
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_API_URL": "",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_API_URL": api_address(port),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    }


def api_address(port: int) -> str:
    return f"http://127.0.0.1:{port}/api"


def wait_until_healthy(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    """Return when the server answers; raises ServerFailed where it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_healthy(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerFailed(str(log))
        time.sleep(LOOK_SECONDS)


def is_healthy(address: str) -> bool:
    """Whether a Prefect server answers at an address."""
    try:
        with OPENER.open(f"{address.rstrip('/')}/health", timeout=HEALTH_SECONDS) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False


def stop_server(process: "subprocess.Popen[bytes]") -> None:
    """End the server, kindly first."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(port: int, parent_pid: int) -> None:
    """Be the server, for as long as the parent lives."""
    import uvicorn

    die_with_parent(parent_pid)
    uvicorn.run(APPLICATION, factory=True, host="127.0.0.1", port=port, log_level="error", lifespan="on")


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
