"""What is taken in: files by their first bytes, PDFs as far as counting their pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from chitieu.errors import ChitieuError, Damaged, Empty, Encrypted, NotAccessible, NotAPdf, TooLarge
from chitieu.files import fingerprint
from chitieu.kinds import FileKind, claims_to_be_document, ends_as_pdf, ends_whole, kind_of
from chitieu.looking import shown_path

ENCRYPTION = "encryption"  # in what qpdf says of a lock that it does not know


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that was dropped, known by its bytes; `dropped_as` is its name where `path` is that of the archive."""

    path: Path
    sha256: str
    dropped_as: str = ""

    @property
    def document_id(self) -> str:
        return self.sha256[:16]

    @property
    def source_file(self) -> str:
        return self.dropped_as or printable_name(self.path)


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
    """What opening a PDF tells. `was_repaired`: it has pages, but its structure is not as it should be."""

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
        return Rejected(path, error) if is_named or claims_to_be_document(path) else Ignored(path)
    except TooLarge as error:
        return Rejected(path, error)
    except OSError as error:
        return Rejected(path, NotAccessible(str(error.strerror)))


def printable_name(path: Path) -> str:
    """The name of a file as the store and the tables can hold it: composed letters, UTF-8, nothing unprintable."""
    return shown_path(Path(path.name))


def check_header(path: Path, max_file_mib: int) -> None:
    """Raise Empty, NotAPdf or TooLarge, without opening more than the first bytes."""
    size = path.stat().st_size
    if size == 0:
        raise Empty(path.name)
    if kind_of(path).kind is FileKind.OTHER:
        raise NotAPdf(path.name)
    if size > max_file_mib * 2**20:
        raise TooLarge(f"{size / 2**20:.0f} MiB > {max_file_mib} MiB")


def inspect_pdf(path: Path, max_file_mib: int, max_pages: int) -> PdfFacts:
    """Open a PDF as far as counting its pages; raises Empty, NotAPdf, TooLarge, Encrypted or Damaged.

    To be called in a child process: a hostile file can take any memory and time.
    """
    check_header(path, max_file_mib)
    if kind_of(path).kind is FileKind.EXPORT:
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
            count = len(pdf.pages)
            says_so = int(pdf.Root.Pages.get("/Count", -1)) == count
            # What comes after the last end mark may be the beginning of a change that did not arrive.
            return PdfFacts(count, was_repaired=not says_so or not ends_as_pdf(path))
    except pikepdf.PasswordError as error:
        raise Encrypted(path.name) from error
    # qpdf's other complaints come as the second and third; a count that is no number as the last.
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
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
        said = str(error).replace(str(path), path.name)
        raise (Encrypted if ENCRYPTION in said else Damaged)(said) from error
