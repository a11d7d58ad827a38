"""`chitieu corrections`: what reviewers said, out to a file and in from one."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from chitieu.command_help import HelpedCommand, HelpedGroup
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
from chitieu.messages import text
from chitieu.store import open_store

corrections_app = typer.Typer(cls=HelpedGroup, no_args_is_help=True, add_completion=False)
File = Annotated[Path, typer.Argument(metavar="FILE", help=help_text("correction_file"))]


@corrections_app.command("export", cls=HelpedCommand, help=help_text("corrections_export"))
def export_command(path: File, home: Home = None, language: Tongue = None) -> None:
    # Here, so that other commands need not wait for what reads and writes spreadsheets.
    from chitieu.correction_files import write_corrections

    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        count = write_corrections(store, path)
    say(text("corrections_written", settings.language, count=count, path=path))


@corrections_app.command("import", cls=HelpedCommand, help=help_text("corrections_import"))
def import_command(
    path: File,
    reviewer: Annotated[str, typer.Option("--reviewer", help=help_text("reviewer"))] = "",
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for what reads and writes spreadsheets.
    from chitieu.correction_files import NotCorrections, import_file
    from chitieu.screen import remedy

    settings = read_settings(home, language)
    if not path.is_file():
        fail(text("no_such_path", settings.language, path=path), USAGE)
    made_at = datetime.now(UTC).isoformat(timespec="microseconds")
    with explained(settings), open_store(settings.store_url) as store:
        try:
            done = import_file(store, path, reviewer or getpass.getuser(), made_at)
        except NotCorrections as error:
            fail(f"{path.name}: {remedy(error, settings.language)}", USAGE)
    counts = {"saved": done.saved, "unchanged": done.unchanged, "refused": len(done.refused)}
    say(text("corrections_taken", settings.language, **counts))
    for one in done.refused:
        say(f"  ✗ {text(f'refused_{one.why}', settings.language, line=one.line, name=one.name)}")
    if done.saved:
        say(text("publish_next", settings.language))
    raise typer.Exit(SOME_QUARANTINED if done.refused else ALL_GOOD)
