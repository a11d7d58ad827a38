"""`chitieu quarantine list`, `retry`, `withdraw`, `prefer`: what is set aside, or chosen by a person."""

from pathlib import Path
from typing import Annotated

import typer

from chitieu.command_help import HelpedCommand, HelpedGroup
from chitieu.command_line import USAGE, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.errors import error_of_reason
from chitieu.files import fingerprint
from chitieu.messages import text
from chitieu.quarantine import NOTE, files_in
from chitieu.settings import Settings
from chitieu.store import DocumentState, Store, open_store

quarantine_app = typer.Typer(cls=HelpedGroup, no_args_is_help=True, add_completion=False)


def chosen_files(names: list[str], settings: Settings) -> list[Path]:
    """The files in quarantine that are named, by file name or document id; all where none is named."""
    files = list(files_in(settings.quarantine))
    if not names:
        return files
    chosen = [path for path in files if path.name in names or fingerprint(path)[:16] in names]
    for name in names:
        if not any(name in (path.name, fingerprint(path)[:16]) for path in chosen):
            fail(text("unknown_document", settings.language, document=name), USAGE)
    return chosen


@quarantine_app.command("list", cls=HelpedCommand, help=help_text("quarantine_list"))
def list_command(home: Home = None, language: Tongue = None) -> None:
    settings = read_settings(home, language)
    with explained(settings):
        with open_store(settings.store_url) as store, store.snapshot() as snapshot:
            failed = [one for one in snapshot.documents() if one.state is DocumentState.QUARANTINED]
        there = {fingerprint(path)[:16]: path for path in list(files_in(settings.quarantine))}
        notes = sorted(settings.quarantine.glob(f"*{NOTE}")) if settings.quarantine.is_dir() else []
    for one in failed:
        document_id = one.document.document_id
        remedy = getattr(error_of_reason(one.reason), settings.language.value)
        say(f"{document_id}  {one.document.source_file}\n    {remedy}\n    {there.get(document_id, '')}".rstrip())
    alone = [note for note in notes if not note.with_name(note.name.removesuffix(NOTE)).exists()]
    for note in alone:
        name = note.name.removesuffix(NOTE)
        say(f"{name} {text('quarantine_note_only', settings.language)}\n    {note}")
    if not failed and not alone:
        say(text("quarantine_empty", settings.language))


def prefer_command(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help=help_text("withdraw_document"))],
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for what writes spreadsheets.
    from chitieu.dataset import publish

    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        found = documents_called(document, store, settings)
        if len(found) > 1:
            fail(text("several_documents", settings.language, document=document, ids=", ".join(found)), USAGE)
        store.prefer(found[0])
        publish(store, settings.output)
        with store.snapshot() as snapshot:
            others = [one.document for one in snapshot.documents() if one.superseded_by == found[0]]
    if not others:
        say(text("preferred_alone", settings.language, document=document))
    for other in others:
        say(text("preferred", settings.language, document=document, other=f"{other.source_file} ({other.document_id})"))


def documents_called(name: str, store: Store, settings: Settings) -> list[str]:
    """The ids of the documents with this id or file name; ends where there is none."""
    with store.snapshot() as snapshot:
        documents = [one.document for one in snapshot.documents()]
    found = [one.document_id for one in documents if name in (one.document_id, one.source_file)]
    if not found:
        fail(text("unknown_document", settings.language, document=name), USAGE)
    return found


def withdraw_command(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help=help_text("withdraw_document"))],
    why: Annotated[str, typer.Option("--why", help=help_text("why"))],
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for what writes spreadsheets.
    from chitieu.dataset import publish

    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        found = documents_called(document, store, settings)
        for document_id in found:
            store.withdraw(document_id, why)
        publish(store, settings.output)
    say(text("withdrawn", settings.language, document=document))
