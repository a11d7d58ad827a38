"""`chitieu ingest`, `retry`, `publish`: what reads documents and writes the dataset."""

from pathlib import Path
from typing import Annotated

import typer

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
from chitieu.files import fingerprint
from chitieu.messages import text
from chitieu.quarantine import release_file
from chitieu.quarantine_command import chosen_files
from chitieu.settings import Settings
from chitieu.store import open_store


def ingest_command(
    paths: Annotated[list[Path] | None, typer.Argument(help=help_text("paths"))] = None,
    home: Home = None,
    direct: Annotated[bool, typer.Option("--direct", help=help_text("direct"))] = False,
    force: Annotated[bool, typer.Option("--force", help=help_text("force"))] = False,
    searchable: Annotated[bool, typer.Option("--searchable", help=help_text("searchable"))] = False,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for what reads and publishes.
    from chitieu.reading_runs import read_inbox, read_paths, runner, show

    settings = read_settings(home, language)
    settings = settings.model_copy(update={"searchable": searchable or settings.searchable})
    require_paths(paths or [], settings)
    with explained(settings):
        if paths:
            summary = read_paths(paths, settings, runner(is_direct=direct), reads_again=force)
        else:
            summary = read_inbox(settings, runner(is_direct=direct), reads_again=force)
    show(summary, settings)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else ALL_GOOD)


def retry_command(
    names: Annotated[list[str] | None, typer.Argument(help=help_text("retry_names"))] = None,
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for what reads and publishes.
    from chitieu.reading_runs import read_paths, runner, show

    settings = read_settings(home, language)
    files = chosen_files(names or [], settings)
    if not files:
        say(text("quarantine_empty", settings.language))
        return
    with explained(settings):
        summary = read_paths(files, settings, runner(is_direct=True), reads_again=True)
        read = {record.sha256 for record in summary.documents}
        for path in files:
            if path.exists() and fingerprint(path) in read:
                release_file(path)
    show(summary, settings)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else ALL_GOOD)


def publish_command(home: Home = None, language: Tongue = None) -> None:
    # Here, so that other commands need not wait for what writes spreadsheets.
    from chitieu.dataset import publish

    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        publish(store, settings.output)
        with store.snapshot() as snapshot:
            scans = snapshot.other_scans()
            counted = [one.rows for one in snapshot.documents() if one.rows and one.document.document_id not in scans]
    counts = {"rows": sum(counted), "documents": len(counted)}
    say(text("published", settings.language, folder=settings.output, **counts))


def require_paths(paths: list[Path], settings: Settings) -> None:
    """Stop before anything is done where a path is wrong."""
    for path in paths:
        if not path.is_file() and not path.is_dir():
            fail(text("no_such_path", settings.language, path=path), USAGE)
