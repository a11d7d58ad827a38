"""Tables of one PDF, or of a document that was read before, written where and as they are wished."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chitieu.command_line import ALL_GOOD, SOME_QUARANTINED, USAGE, fail, say
from chitieu.dataset import tables_path
from chitieu.errors import ChitieuError, NoSuchPages
from chitieu.files import replace_text
from chitieu.inbox import Intake, Rejected, printable_name, sort_file
from chitieu.messages import explain_flag, text
from chitieu.model import Extraction, FlagKind, Table
from chitieu.page_ranges import ALL_PAGES, PageRanges
from chitieu.printed import csv_text, html_text, json_text, write_table_sheets
from chitieu.screen import remedy
from chitieu.settings import Language, Settings
from chitieu.store import open_store
from chitieu.table_formats import TableFormat
from flows.workers import Report, read_in_child

# By name: the parent never imports the engines, the child does.
READ_TABLES = "flows.table_reading:read_tables"
# A run that is over sooner needs no word on how far it is; later ones speak no more often than this.
QUIET_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; None where it was left open."""

    pages: PageRanges
    format: TableFormat | None
    out: Path | None
    is_folder: bool

    @property
    def names_place(self) -> bool:
        return self.format is not None or self.out is not None


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be written, and where: to `path`, to the output stream where it is None."""

    format: TableFormat
    path: Path | None
    is_split: bool = False  # a file for each table, `path` their common beginning


def tables_of_store(document_id: str, wish: Wish, settings: Settings) -> None:
    """Write the tables of documents that were read before: into output/tables unless another place is asked for."""
    if wish.pages != ALL_PAGES or (wish.names_place and not document_id):
        fail(text("needs_file", settings.language), USAGE)
    with open_store(settings.store_url) as store, store.snapshot() as snapshot:
        records = [record for record in snapshot.documents() if document_id in ("", record.document.document_id)]
        if not records:
            fail(text("unknown_document", settings.language, document=document_id), USAGE)
        for record in records:
            tables = snapshot.tables(record.document.document_id)
            if wish.names_place:
                put_tables(tables, Path(record.document.source_file), wish, settings)
                continue
            path = tables_path(settings.output, record.document.document_id)
            if tables:
                write_table_sheets(path, tables, Language.VI)
            shown = {"document": record.document.source_file, "count": len(tables), "path": path if tables else "–"}
            say(text("tables_of", settings.language, **shown))


def tables_of_file(path: Path, wish: Wish, settings: Settings) -> None:
    """Read the tables of one PDF and write them; the data alone goes to the output stream."""
    require_file(path, settings)
    try:
        extraction = read_file(path, wish.pages, settings)
    except NoSuchPages as error:
        fail(f"{path.name}: {remedy(error, settings.language)} ({error.detail})", USAGE)
    except ChitieuError as error:
        fail(f"{path.name}: {remedy(error, settings.language)} ({error.reason}: {error.detail})", SOME_QUARANTINED)
    for note in notes_of(extraction, settings.language):
        typer.echo(note, err=True)
    put_tables(extraction.tables, path, wish, settings)
    is_whole = not any(flag.kind is FlagKind.PAGE_FAILED for flag in extraction.document.flags)
    raise typer.Exit(ALL_GOOD if is_whole else SOME_QUARANTINED)


def put_tables(tables: Sequence[Table], source: Path, wish: Wish, settings: Settings) -> None:
    """Write tables to where they are wished; on the error stream, say where that is."""
    target = target_of(source, wish)
    if target.path and target.path.resolve() == source.resolve():
        fail(text("out_is_source", settings.language, path=source), USAGE)
    for written in write(tables, printable_name(source), target, settings.language):
        typer.echo(text("tables_written", settings.language, path=written), err=True)


def require_file(path: Path, settings: Settings) -> None:
    """Stop where a path is no file."""
    if not path.exists():
        fail(text("no_such_path", settings.language, path=path), USAGE)
    if not path.is_file():
        fail(text("one_file_only", settings.language, path=path), USAGE)


def wish_of(pages: PageRanges, format_: TableFormat | None, out: str) -> Wish:
    """What was asked for; a folder is one that exists, or a name that ends like one."""
    is_folder = bool(out) and (out.endswith(os.sep) or Path(out).is_dir())
    return Wish(pages, format_, Path(out) if out else None, is_folder)


def target_of(source: Path, wish: Wish) -> Target:
    """Where the tables of a file go; the format is that of the file to be written unless one is asked for.

    XLSX cannot go to the output stream: it goes beside the source.
    """
    suffix = "" if wish.out is None or wish.is_folder else wish.out.suffix.lower().removeprefix(".")
    format_ = wish.format or (TableFormat(suffix) if suffix in set(TableFormat) else TableFormat.JSON)
    name = f"{source.stem}.tables.{format_}"
    if wish.out is None:
        return Target(format_, source.with_name(name) if format_ is TableFormat.XLSX else None)
    if not wish.is_folder:
        return Target(format_, wish.out)
    if format_ is TableFormat.CSV:
        return Target(format_, wish.out / source.stem, is_split=True)
    return Target(format_, wish.out / name)


def read_file(path: Path, pages: PageRanges, settings: Settings) -> Extraction:
    """The tables of a PDF, read in a child process, with a word on the error stream where it takes long.

    Raises the ChitieuError that says what is wrong with the file.
    """
    sorted_ = sort_file(path, settings.max_file_mib, is_named=True)
    if isinstance(sorted_, Rejected):
        raise sorted_.error
    assert isinstance(sorted_, Intake)  # a file that is named is never ignored
    with slow_progress(sorted_.source_file, settings.language) as report:
        return read_in_child(
            READ_TABLES, path, sorted_.source_file, sorted_.document_id,
            settings=settings, threads=settings.workers, report=report, stop=Event(), pages=pages,
        )  # fmt: skip


@contextmanager
def slow_progress(name: str, language: Language) -> Iterator[Report]:
    """Yield what is to be told of every page: seen on the error stream from two seconds on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield slow_lines(name, language, console)
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    started = monotonic()
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(name, total=None, visible=False)

        def report(page: int, page_count: int) -> None:
            is_slow = monotonic() - started > QUIET_SECONDS
            bars.update(task, completed=page, total=page_count, visible=is_slow)

        yield report


def slow_lines(name: str, language: Language, console: Console) -> Report:
    """Reports as lines, two seconds between them."""
    spoke = monotonic()

    def report(page: int, page_count: int) -> None:
        nonlocal spoke
        if page and monotonic() - spoke > QUIET_SECONDS:
            spoke = monotonic()
            line = text("page_of", language, name=name, page=page, pages=page_count)
            console.print(line, markup=False, highlight=False, soft_wrap=True)

    return report


def notes_of(extraction: Extraction, language: Language) -> list[str]:
    """What a person should know beside the tables: pages that failed, a file that was rebuilt, no table at all."""
    name = extraction.document.source_file
    flags = extraction.document.flags
    notes = [f"{name}: {explain_flag(flag.kind, language)}{flag.detail and f' ({flag.detail})'}" for flag in flags]
    return notes if extraction.tables else [*notes, text("no_tables", language, name=name)]


def write(tables: Sequence[Table], name: str, target: Target, language: Language) -> list[Path]:
    """Write tables to where they go; the files that were written."""
    if target.path is None:
        put_out(rendered(tables, name, target.format, language))
        return []
    if target.is_split:
        return write_split(tables, target.path)
    if target.format is TableFormat.XLSX:
        write_table_sheets(target.path, tables, language)
    else:
        replace_text(target.path, rendered(tables, name, target.format, language))
    return [target.path]


def write_split(tables: Sequence[Table], stem: Path) -> list[Path]:
    """A CSV file for each table: `FILE.table-1.csv`, …"""
    paths = [stem.with_name(f"{stem.name}.table-{number}.csv") for number in range(1, len(tables) + 1)]
    for path, table in zip(paths, tables, strict=True):
        replace_text(path, csv_text([table]))
    return paths


def rendered(tables: Sequence[Table], name: str, format_: TableFormat, language: Language) -> str:
    """The tables as text."""
    texts: dict[TableFormat, Callable[[], str]] = {
        TableFormat.JSON: lambda: json_text(tables),
        TableFormat.CSV: lambda: csv_text(tables),
        TableFormat.HTML: lambda: html_text(tables, name, language),
    }
    return texts[format_]()


def put_out(data: str) -> None:
    """Write to the output stream: UTF-8 whatever the terminal's locale, LF whatever the platform.

    A reader that has seen enough (`| head`) is no error.
    """
    try:
        sys.stdout.buffer.write(data.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
