"""`chitieu`: what people type. Vietnamese unless CHITIEU_LANGUAGE=en or --language en."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from chitieu.backup_command import backup_command, restore_command
from chitieu.command_line import (
    ALL_GOOD,
    SOME_QUARANTINED,
    USAGE,
    Home,
    Tongue,
    explained,
    fail,
    help_text,
    read_settings,
    say,
)
from chitieu.corrections_command import corrections_app
from chitieu.dataset import publish as publish_dataset
from chitieu.dataset import tables_path
from chitieu.doctor_command import doctor_command, logs_command
from chitieu.errors import ChitieuError, NoSuchPages
from chitieu.files import fingerprint
from chitieu.inbox import printable_name
from chitieu.messages import text
from chitieu.model import FlagKind
from chitieu.model import Table as ModelTable
from chitieu.page_ranges import ALL_PAGES, parse_pages
from chitieu.printed import write_table_sheets
from chitieu.quarantine import release_file
from chitieu.quarantine_command import chosen_files, prefer_command, quarantine_app, withdraw_command
from chitieu.review_command import review_command
from chitieu.screen import print_identity, print_pages, progress, remedy, show_summary
from chitieu.serve_command import serve_command
from chitieu.settings import Language, Settings
from chitieu.store import DocumentState, open_store
from chitieu.table_command import TableFormat, Wish, notes_of, read_file, target_of, wish_of, write
from chitieu.user_command import user_app
from flows.events import Summary
from flows.ingestion import EXTRACT, Runner, Workplace, ingest, ingest_inbox, workplace
from flows.journaling import journal, log_summary
from flows.runners import run_direct, run_with_prefect

# As `ingest` gives it, or nothing: all documents. A file of such a name is a file.
DOCUMENT_ID = re.compile(r"([0-9a-f]{16}(-\d+)?)?")


app = typer.Typer(help=help_text("app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


app.command("review", help=help_text("review"))(review_command)
app.command("serve", help=help_text("serve"))(serve_command)
app.command("doctor", help=help_text("doctor"))(doctor_command)
app.command("logs", help=help_text("logs"))(logs_command)
app.command("backup", help=help_text("backup"))(backup_command)
app.command("restore", help=help_text("restore"))(restore_command)
app.add_typer(quarantine_app, name="quarantine", help=help_text("quarantine"))
app.command("withdraw", help=help_text("withdraw"))(withdraw_command)
app.command("prefer", help=help_text("prefer"))(prefer_command)
app.add_typer(user_app, name="user", help=help_text("user"))
app.add_typer(corrections_app, name="corrections", help=help_text("corrections"))


@app.command("ingest", help=help_text("ingest"))
def ingest_command(
    paths: Annotated[list[Path] | None, typer.Argument(help=help_text("paths"))] = None,
    home: Home = None,
    direct: Annotated[bool, typer.Option("--direct", help=help_text("direct"))] = False,
    force: Annotated[bool, typer.Option("--force", help=help_text("force"))] = False,
    searchable: Annotated[bool, typer.Option("--searchable", help=help_text("searchable"))] = False,
    language: Tongue = None,
) -> None:
    settings = read_settings(home, language)
    settings = settings.model_copy(update={"searchable": searchable or settings.searchable})
    require_paths(paths or [], settings)
    console, run = Console(), run_direct if direct else run_with_prefect
    with explained(settings):
        if paths:
            summary = ingest_paths(paths, settings, console, run, reads_again=force)
        else:
            with at_work(settings, console) as place:
                summary = ingest_inbox(replace(place, reads_again=force), run)
            log_summary(summary, settings)
    show_summary(summary, settings, console)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else ALL_GOOD)


@app.command("retry", help=help_text("retry"))
def retry_command(
    names: Annotated[list[str] | None, typer.Argument(help=help_text("retry_names"))] = None,
    home: Home = None,
    language: Tongue = None,
) -> None:
    settings = read_settings(home, language)
    files, console = chosen_files(names or [], settings), Console()
    if not files:
        say(text("quarantine_empty", settings.language))
        return
    with explained(settings):
        summary = ingest_paths(files, settings, console, run_direct, reads_again=True)
        read = {record.sha256 for record in summary.documents}
        for path in files:
            if path.exists() and fingerprint(path) in read:
                release_file(path)
    show_summary(summary, settings, console)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else ALL_GOOD)


@app.command("publish", help=help_text("publish"))
def publish_command(home: Home = None, language: Tongue = None) -> None:
    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        publish_dataset(store, settings.output)
        with store.snapshot() as snapshot:
            documents = list(snapshot.documents())
    counts = {"rows": sum(record.rows for record in documents), "documents": len(documents)}
    say(text("published", settings.language, folder=settings.output, **counts))


@app.command("status", help=help_text("status"))
def status_command(
    pages_of: Annotated[str, typer.Option("--pages", metavar="FILE", help=help_text("status_pages"))] = "",
    home: Home = None,
    language: Tongue = None,
) -> None:
    settings = read_settings(home, language)
    if pages_of:
        show_pages(pages_of, settings)
        return
    with explained(settings), open_store(settings.store_url) as store, store.snapshot() as snapshot:
        documents = list(snapshot.documents())
    if not documents:
        say(text("no_documents", settings.language))
        return
    table = Table(*(text(key, settings.language) for key in ("documents", "state", "pages", "rows")), "id")
    for record in documents:
        state = text(f"state_{record.state}", settings.language)
        reason = f"{state} ({record.reason})" if record.state is DocumentState.QUARANTINED else state
        if record.superseded_by:
            reason = text("superseded", settings.language, by=record.superseded_by)
        rows = f"{record.rows} ({record.rows_flagged} ⚠)" if record.rows_flagged else str(record.rows)
        table.add_row(record.document.source_file, reason, str(record.pages), rows, record.document.document_id)
    Console().print(table, markup=False)


@app.command("tables", help=help_text("tables"))
def tables_command(
    source: Annotated[str, typer.Argument(metavar="FILE", help=help_text("table_source"))] = "",
    pages: Annotated[str, typer.Option("--pages", help=help_text("table_pages"))] = "",
    format_: Annotated[TableFormat | None, typer.Option("--format", help=help_text("table_format"))] = None,
    out: Annotated[str, typer.Option("--out", help=help_text("table_out"))] = "",
    home: Home = None,
    language: Tongue = None,
) -> None:
    settings = read_settings(home, language)
    ranges = parse_pages(pages) if pages else ALL_PAGES
    if ranges is None:
        fail(text("bad_pages", settings.language, pages=pages), USAGE)
    wish = wish_of(ranges, format_, out)
    with explained(settings):
        if not (source and Path(source).exists()) and DOCUMENT_ID.fullmatch(source):
            tables_of_store(source, wish, settings)
        else:
            tables_of_file(Path(source), wish, settings)


def show_pages(source: str, settings: Settings) -> None:
    """What became of a document's pages and what they say of it; named by file, by id, or as it was dropped."""
    path = Path(source)
    with explained(settings), open_store(settings.store_url) as store, store.snapshot() as snapshot:
        document_id = fingerprint(path)[:16] if path.is_file() else source
        documents = [record.document for record in snapshot.documents()]
        known = [one for one in documents if document_id in (one.document_id, one.source_file)]
        pages = [(one, snapshot.pages(one.document_id)) for one in known]
    if not pages:
        fail(text("unknown_document", settings.language, document=source), USAGE)
    for document, summaries in pages:
        print_pages(document.document_id, summaries, settings.language)
        print_identity(document, settings.language)


def main() -> None:
    """The command `chitieu`."""
    app()


def ingest_paths(paths: list[Path], settings: Settings, console: Console, run: Runner, *, reads_again: bool) -> Summary:
    """Read what is new (`reads_again`: or was read before) and publish, with progress on the screen."""
    with at_work(settings, console) as place:
        summary = ingest(paths, replace(place, reads_again=reads_again), run)
    log_summary(summary, settings)
    return summary


@contextmanager
def at_work(settings: Settings, console: Console) -> Iterator[Workplace]:
    """Yield a place to work in whose progress is on the screen and in the log."""
    with progress(console, settings.language) as tell, workplace(settings, EXTRACT, journal(settings, tell)) as place:
        yield place


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


def put_tables(tables: Sequence[ModelTable], source: Path, wish: Wish, settings: Settings) -> None:
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


def require_paths(paths: list[Path], settings: Settings) -> None:
    """Stop before anything is done where a path is wrong."""
    for path in paths:
        if not path.is_file() and not path.is_dir():
            fail(text("no_such_path", settings.language, path=path), USAGE)


if __name__ == "__main__":
    main()
