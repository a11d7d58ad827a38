"""`chitieu backup FILE`, `chitieu restore FILE`: a home in one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from chitieu.command_line import FAILED, USAGE, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.messages import text
from chitieu.store import open_store

File = Annotated[Path, typer.Argument(metavar="FILE", help=help_text("backup_file"))]


def backup_command(target: File, home: Home = None, language: Tongue = None) -> None:
    # Here, so that other commands need not wait for it.
    from chitieu.backup import BackupRefused, back_up

    settings = read_settings(home, language)
    if not settings.state.is_dir():
        fail(text("no_documents", settings.language), USAGE)
    with explained(settings):
        open_store(settings.store_url).close()
        try:
            counted = back_up(settings, target.absolute())
        except BackupRefused as refused:
            fail(text(refused.key, settings.language, detail=refused.detail), FAILED)
    size = counted.bytes / 2**20
    say(text("backed_up", settings.language, files=counted.files, size=size, path=target))


def restore_command(
    source: File,
    force: Annotated[bool, typer.Option("--force", help=help_text("restore_force"))] = False,
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for it.
    from chitieu.backup import BackupRefused, restore
    from chitieu.dataset import publish

    settings = read_settings(home, language)
    if not source.is_file():
        fail(text("no_such_path", settings.language, path=source), USAGE)
    with explained(settings):
        try:
            counted = restore(source, settings, replaces=force)
        except BackupRefused as refused:
            fail(text(refused.key, settings.language, detail=refused.detail), FAILED)
        settings = read_settings(home, language)  # they came back with it
        with open_store(settings.store_url) as store:
            publish(store, settings.output)
    say(text("restored", settings.language, files=counted.files, home=settings.home))
