"""Files are taken out of the inbox by moving them into a place of ours; what a dead run left there is taken up again.

`state/claims/<token>/<path within the inbox>`: a file lies there from when it left the inbox until it is in the archive
and in the store. One run at a time moves files (`receiving`), so what it finds there is nobody else's.
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import mkdtemp

from chitieu.files import copy_file

UNPACKING = ".unpacking-"
MEMBERS = "-members"
LOCK = "lock"  # of versions that held their claims by it


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that was taken; `token` is its own, also over a crash."""

    path: Path
    token: str
    name: Path  # within the inbox

    @property
    def folder(self) -> Path:
        """The folder that is this claim's alone, or shared by the members of one archive."""
        return self.path.parents[len(self.name.parts) - 1]


@contextmanager
def receiving(state: Path) -> Iterator[None]:
    """Hold the inbox against other runs; the lock goes with its holder, also when that is killed."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "inbox.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def claim_file(inbox: Path, name: Path, claimed: Path) -> Claim:
    """Take a file out of the inbox. Raises OSError, with the file where it was, when that is not allowed."""
    claim = _new_claim(name, claimed)
    source = inbox / name
    try:
        try:
            source.rename(claim.path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            move_over(source, claim.path)
    except BaseException:
        shutil.rmtree(claim.folder, ignore_errors=True)
        raise
    return claim


def claim_copy(source: Path, claimed: Path) -> Claim:
    """Take a copy of a file that a person named: the original stays."""
    claim = _new_claim(Path(source.name), claimed)
    copy_file(source, claim.path)
    return claim


def move_over(source: Path, target: Path) -> None:
    """Move a file to another file system: whole and on the disk there before it goes here."""
    before = source.stat()
    copy_file(source, target)
    after = source.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise OSError(errno.EBUSY, "changed while it was copied", str(source))
    source.unlink()


def unfinished_claims(claimed: Path) -> Iterator[Claim]:
    """What was taken and not finished, oldest name first; unfinished unpacking is thrown away: its archive is there."""
    for folder in sorted(claimed.iterdir()) if claimed.is_dir() else []:
        if folder.name.startswith(UNPACKING):
            shutil.rmtree(folder)
            continue
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / LOCK)
        yield from (Claim(path, folder.name, path.relative_to(folder)) for path in files)
        if not files:
            shutil.rmtree(folder)


def finish_claim(claim: Claim) -> None:
    """Let go of a file that is in the archive and in the store."""
    claim.path.unlink(missing_ok=True)
    for folder in claim.path.parents[: len(claim.name.parts)]:
        if any(folder.iterdir()):
            return
        folder.rmdir()


def unpacking_folder(claim: Claim) -> Path:
    """Where the members of a claimed archive are written to, before `members_folder` takes them as a whole."""
    return claim.folder.with_name(f"{UNPACKING}{claim.token}")


def members_folder(claim: Claim) -> Path:
    """Where the members of a claimed archive lie as claims of their own."""
    return claim.folder.with_name(f"{claim.token}{MEMBERS}")


def _new_claim(name: Path, claimed: Path) -> Claim:
    claimed.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=claimed, prefix="c"))
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return Claim(path, folder.name, name)
