"""Do files parse to their end? Looked at by a process of its own, many files at once: `python -m flows.wholeness`.

A file that is asked about and takes the process down, or more time than any whole file needs, gets no verdict: it is
taken, and the child that reads it has limits of its own.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from chitieu.errors import ChitieuError, Damaged
from chitieu.files import python_environment
from chitieu.inbox import inspect_pdf
from chitieu.kinds import FileKind, kind_of

START_SECONDS, SECONDS_PER_FILE, FILES_AT_ONCE = 20.0, 2.0, 200
ADDRESSES_BYTES = 2 * 2**30
NO_LIMIT = 2**30  # size and pages are judged by whoever reads the file


def unfinished(paths: Iterable[Path]) -> set[Path]:
    """Those of the files that do not parse: something of them may still be on its way."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        batch = waiting[:FILES_AT_ONCE]
        verdicts = verdicts_on(batch)
        found.update(path for path, is_whole in zip(batch, verdicts, strict=False) if not is_whole)
        has_culprit = len(verdicts) < len(batch)
        waiting = waiting[len(verdicts) + has_culprit :]
    return found


def verdicts_on(batch: Sequence[Path]) -> list[bool]:
    """Verdicts in order, as many as the process lived to give."""
    command = [sys.executable, "-m", "flows.wholeness"]
    words = json.dumps([str(path) for path in batch]).encode()
    limit = START_SECONDS + SECONDS_PER_FILE * len(batch)
    try:
        said = subprocess.run(
            command, input=words, capture_output=True, timeout=limit, check=False, env=python_environment()
        ).stdout
    except subprocess.TimeoutExpired as error:
        said = error.stdout or b""
    return [line == b"whole" for line in said.splitlines()]


def is_whole(path: Path) -> bool:
    """Whether a file parses; locked ones, and such as are too large, do."""
    if not path.exists():
        return True
    kind = kind_of(path)
    try:
        if kind.kind is FileKind.PDF:
            inspect_pdf(path, NO_LIMIT, NO_LIMIT)
        elif kind.suffix == ".tif":
            from extractors.picture_file import check_parts

            check_parts(path)
    except Damaged:
        return False
    except (ChitieuError, OSError):
        return True
    return True


def main() -> None:
    """Answer for every file on the input, a line each, at once."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES_BYTES, ADDRESSES_BYTES))
    for path in json.load(sys.stdin):
        sys.stdout.write("whole\n" if is_whole(Path(path)) else "unfinished\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
