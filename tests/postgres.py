"""A real PostgreSQL for tests: a cluster of its own in a folder, on a socket in it, gone with the tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")  # its programs are not on the PATH there
USER = "postgres"


def programs() -> Path | None:
    """Where the server's programs are; None where there are none, or the driver is missing."""
    if find_spec("psycopg") is None:
        return None
    places = [place.parent for place in DEBIAN.glob("*/bin/initdb")]
    found = shutil.which("initdb")
    return Path(found).parent if found else max(places, default=None)


def as_server(*words: object) -> None:
    """Run one of its programs, as a user that it accepts: never root."""
    command = list(map(str, words))
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    subprocess.run(command, check=True, capture_output=True, cwd="/")


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a server; yields the address of it, without a database."""
    place = programs()
    assert place is not None
    data = Path(tempfile.mkdtemp(prefix="chitieu-pg-", dir=folder))  # short: a socket's path is limited to 107 bytes
    if os.geteuid() == 0:
        shutil.chown(data, USER)
    try:
        as_server(
            place / "initdb", "-D", data / "db", "-U", USER, "--locale=C", "--encoding=UTF8", "--no-sync", "-A", "trust"
        )
        options = f"-c listen_addresses='' -k {data} -c fsync=off -c max_connections=50"
        as_server(place / "pg_ctl", "-D", data / "db", "-w", "-l", data / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{USER}@/{{database}}?host={data}"
        finally:
            as_server(place / "pg_ctl", "-D", data / "db", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(data, ignore_errors=True)
