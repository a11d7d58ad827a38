"""The documents in a ZIP archive, unpacked by a process of its own: `python -m chitieu.unpacking ARCHIVE FOLDER …`.

Nothing in the archive decides where something is written: members get numbered folders and a bare name. What the
archive says of sizes is not believed: writing stops where the limits are.
"""

import json
import resource
import shutil
import stat
import subprocess
import sys
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from chitieu.errors import (
    ChitieuError,
    Damaged,
    Encrypted,
    NothingInside,
    OutOfMemory,
    OutOfTime,
    TooLarge,
    error_of_reason,
)
from chitieu.files import python_environment, shortened
from chitieu.kinds import FileKind, kind_of
from chitieu.looking import left_by_name

UNPACK_SECONDS = 300
ADDRESSES_BYTES = 2**30  # an archive's list of members is held in memory
CHUNK_BYTES = 2**20
MAX_TIMES_FILE = 4  # an archive may hold so many times what one file may


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold."""

    max_file_mib: int
    max_members: int = 2000


@dataclass(frozen=True, slots=True)
class Unpacked:
    """How many documents an archive gave, and the names of what was left in it."""

    documents: int
    left: tuple[str, ...]


def unpack(archive: Path, folder: Path, limits: Limits) -> Unpacked:
    """Write the documents of an archive into `folder/<number>/<name>`.

    Raises Encrypted, Damaged, TooLarge, NothingInside, OutOfTime or OutOfMemory; then what was written is to be thrown
    away.
    """
    words = [str(archive), str(folder), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "chitieu.unpacking", *words],
            capture_output=True, timeout=UNPACK_SECONDS, check=False, stdin=subprocess.DEVNULL,
            env=python_environment(),
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise OutOfTime(f"> {UNPACK_SECONDS} s") from error
    if done.returncode:
        raise OutOfMemory("ZIP")
    said = json.loads(done.stdout)
    if "reason" in said:
        raise error_of_reason(said["reason"])(said["detail"])
    return Unpacked(said["documents"], tuple(said["left"]))


def write_members(archive: Path, folder: Path, limits: Limits) -> Unpacked:
    """The work itself, in the process of its own."""
    budget = limits.max_file_mib * MAX_TIMES_FILE * 2**20
    left, documents = [], 0
    with zipfile.ZipFile(archive) as opened:
        members = [member for member in opened.infolist() if not member.is_dir()]
        if len(members) > limits.max_members:
            raise TooLarge(f"{len(members)} > {limits.max_members}")
        for number, member in enumerate(members, start=1):
            if not is_wanted(member):
                left.append(member.filename)
                continue
            path = folder / f"{number:05}" / bare_name(member.filename)
            path.parent.mkdir(parents=True)
            budget -= write_member(opened, member, path, min(budget, limits.max_file_mib * 2**20))
            if kind_of(path).kind in (FileKind.OTHER, FileKind.ZIP):  # an archive in an archive is not opened
                shutil.rmtree(path.parent)
                left.append(member.filename)
            else:
                documents += 1
    if not documents:
        raise NothingInside(", ".join(left[:5]))
    return Unpacked(documents, tuple(left))


def is_wanted(member: zipfile.ZipInfo) -> bool:
    """Whether a member may be a document: a plain file that is not hidden, in no hidden folder. Raises Encrypted."""
    if any(left_by_name(part) for part in PureWindowsPath(member.filename).parts if part != ".."):
        return False
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return False
    if member.flag_bits & 1:
        raise Encrypted(member.filename)
    return True


def bare_name(name: str) -> str:
    r"""The last part of a member's name as a name for a file, whichever slashes the archive uses.

    >>> bare_name("../../etc/passwd"), bare_name("C:\\tmp\\a.pdf"), bare_name("..")
    ('passwd', 'a.pdf', 'unnamed')
    """
    last = PurePosixPath(PureWindowsPath(name).name).name.replace("\0", "")
    return shortened(last, "") if last not in ("", ".", "..") else "unnamed"


def write_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, max_bytes: int) -> int:
    """Write one member and return its size. Raises TooLarge as soon as it is longer than allowed."""
    size = 0
    with archive.open(member) as source, path.open("wb") as target:
        while chunk := source.read(CHUNK_BYTES):
            size += len(chunk)
            if size > max_bytes:
                raise TooLarge(f"{member.filename} > {max_bytes // 2**20} MiB")
            target.write(chunk)
    return size


def main(archive: str, folder: str, limits: str) -> None:
    """Unpack and say how it went, in JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES_BYTES, ADDRESSES_BYTES))
    try:
        said: dict[str, object] = asdict(write_members(Path(archive), Path(folder), Limits(**json.loads(limits))))
    except ChitieuError as error:
        said = {"reason": error.reason, "detail": error.detail}
    # All that zipfile is known to raise at a damaged archive: its own error, those of the unpacker at cut data, methods
    # of compression that it lacks, and offsets that lie outside of the file.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        said = {"reason": Damaged.reason, "detail": str(error)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
