"""Taking files in: fingerprint, archive, quarantine. The original is never touched, and nothing is ever lost."""

import glob
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from chitieu.errors import ChitieuError, Damaged, Empty, Encrypted, NotAccessible, NotAPdf, TooLarge
from chitieu.exports import is_export
from chitieu.files import copy_file, replace_text

HEADER_BYTES = 1024  # a reader accepts the header anywhere in here: ISO 32000-1, annex H, note 13


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that was dropped, known by its bytes."""

    path: Path
    sha256: str

    @property
    def document_id(self) -> str:
        return self.sha256[:16]

    @property
    def source_file(self) -> str:
        return printable_name(self.path)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that can be told from its first bytes to be no document that we can read."""

    path: Path
    error: ChitieuError


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file of a folder that is no PDF and does not claim to be one."""

    path: Path


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What opening a PDF tells. `was_repaired`: whole, but its table of contents had to be rebuilt."""

    page_count: int
    was_repaired: bool


def list_files(paths: Iterable[Path], max_file_mib: int) -> Iterator[Intake | Rejected | Ignored]:
    """Sort what a person named: files are taken or rejected, of a folder what is no PDF is ignored.

    A file that is reached by two of the paths comes once.
    """
    seen: set[Path] = set()
    for path in paths:
        files = sorted(entry for entry in path.rglob("*") if entry.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield sort_file(file, max_file_mib, is_named=not path.is_dir())


def sort_file(path: Path, max_file_mib: int, *, is_named: bool) -> Intake | Rejected | Ignored:
    """Take, reject or ignore one file by its first bytes; a file that is named or called `.pdf` is never ignored."""
    try:
        check_header(path, max_file_mib)
        return Intake(path, fingerprint(path))
    except (NotAPdf, Empty) as error:
        return Rejected(path, error) if is_named or path.suffix.lower() == ".pdf" else Ignored(path)
    except TooLarge as error:
        return Rejected(path, error)
    except OSError as error:
        return Rejected(path, NotAccessible(str(error.strerror)))


def printable_name(path: Path) -> str:
    """The name of a file; bytes that are no UTF-8 become `?`, which the store and the tables can hold."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def check_header(path: Path, max_file_mib: int) -> None:
    """Raise Empty, NotAPdf or TooLarge, without opening more than the first bytes."""
    size = path.stat().st_size
    if size == 0:
        raise Empty(path.name)
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(HEADER_BYTES) and not is_export(path):
            raise NotAPdf(path.name)
    if size > max_file_mib * 2**20:
        raise TooLarge(f"{size / 2**20:.0f} MiB > {max_file_mib} MiB")


def fingerprint(path: Path) -> str:
    """SHA-256 of the bytes, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def inspect_pdf(path: Path, max_file_mib: int, max_pages: int) -> PdfFacts:
    """Open a PDF as far as counting its pages; raises Empty, NotAPdf, TooLarge, Encrypted or Damaged.

    To be called in a child process: a hostile file can take any memory and time.
    """
    check_header(path, max_file_mib)
    if is_export(path):
        return PdfFacts(1, was_repaired=False)
    facts = _open_strictly(path) or _open_with_repair(path)
    if facts.page_count < 1:
        raise Damaged("no pages")
    if facts.page_count > max_pages:
        raise TooLarge(f"{facts.page_count} pages > {max_pages}")
    return facts


def _open_strictly(path: Path) -> PdfFacts | None:
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            return PdfFacts(len(pdf.pages), was_repaired=False)
    except pikepdf.PasswordError as error:
        raise Encrypted(path.name) from error
    except (pikepdf.PdfError, RuntimeError, ValueError):  # qpdf's other complaints come as these two
        return None


def _open_with_repair(path: Path) -> PdfFacts:
    """Rebuild the cross references of a file that is whole but sloppy; one that was cut short is Damaged."""
    if not ends_whole(path.read_bytes()):
        raise Damaged("cut short")
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return PdfFacts(len(pdf.pages), was_repaired=True)
    except pikepdf.PasswordError as error:
        raise Encrypted(path.name) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise Damaged(str(error)) from error


def ends_whole(data: bytes) -> bool:
    r"""Whether nothing of the PDF can be missing at its end: after its last `%%EOF` no object begins.

    The first part of a linearized or updated file has an `%%EOF` too; what follows it are objects. Junk that a
    mail gateway or a scanner appended has none.

    >>> ends_whole(b"%PDF-1.4 1 0 obj 1 endobj startxref 9 %%EOF\n\0\0 junk")
    True
    >>> ends_whole(b"%PDF-1.4 1 0 obj 1 endobj startxref 9 %%EOF 2 0 obj <<")
    False
    """
    body, marker, rest = data.rpartition(b"%%EOF")
    return bool(marker) and b"startxref" in body and b" obj" not in rest


def archived_path(archive: Path, sha256: str, suffix: str = ".pdf") -> Path:
    """Where a document lies in the archive: `archive/ab/ab….pdf`; text exports as `.txt`."""
    return archive / sha256[:2] / f"{sha256}{suffix}"


def archive_copy(intake: Intake, archive: Path) -> Path:
    """Copy a file into the archive, once; raises Damaged where its bytes are no longer those of the fingerprint."""
    target = archived_path(archive, intake.sha256, ".txt" if is_export(intake.path) else ".pdf")
    if not target.exists():
        copy_file(intake.path, target)
    if fingerprint(target) != intake.sha256:
        target.unlink()  # the copy alone: the original changed while it was being taken in
        raise Damaged("changed while it was read")
    return target


def quarantine_copy(path: Path, name: str, error: ChitieuError, quarantine: Path) -> Path:
    """Copy a file into quarantine, with a note beside it that says what is wrong and what to do.

    Of a file that cannot be opened there is only the note.
    """
    if isinstance(error, NotAccessible):
        target = quarantine / name
    else:
        target = _free_place(quarantine, name, path)
        if not target.exists():
            copy_file(path, target)
    replace_text(target.with_name(f"{target.name}.reason.txt"), reason_note(name, error))
    return target


def reason_note(name: str, error: ChitieuError) -> str:
    """What a person finds beside a file in quarantine, Vietnamese first."""
    detail = f"\n({error.reason}: {error.detail})" if error.detail else f"\n({error.reason})"
    return f"{name}\n\n{error.vi}\n\n{error.en}\n{detail}\n"


def release(name: str, sha256: str, quarantine: Path) -> None:
    """Take a file out of quarantine that has been read after all; it lies in the archive."""
    for place in quarantine.glob(f"{glob.escape(Path(name).stem)}*{glob.escape(Path(name).suffix)}"):
        if fingerprint(place) == sha256:
            release_file(place)


def release_file(place: Path) -> None:
    """Take a file and its note out of quarantine; its bytes must lie in the archive."""
    place.unlink()
    place.with_name(f"{place.name}.reason.txt").unlink(missing_ok=True)


def _free_place(quarantine: Path, name: str, path: Path) -> Path:
    """The place of a name in quarantine; beside another file of the same name, one with a piece of the fingerprint."""
    place = quarantine / name
    sha256 = fingerprint(path)
    if not place.exists() or fingerprint(place) == sha256:
        return place
    return quarantine / f"{place.stem}.{sha256[:8]}{place.suffix}"
