"""`chitieu status`: how the documents stand, and what one of them was read from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from chitieu.command_line import USAGE, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.files import fingerprint
from chitieu.messages import text
from chitieu.settings import Language, Settings
from chitieu.store import DocumentRecord, DocumentState, open_store

MANY_DOCUMENTS, SHOWN_OF_MANY = 100, 30  # a screen of the latest, with the sums below them


def status_command(
    pages_of: Annotated[str, typer.Option("--pages", metavar="FILE", help=help_text("status_pages"))] = "",
    shows_all: Annotated[bool, typer.Option("--all", help=help_text("status_all"))] = False,
    home: Home = None,
    language: Tongue = None,
) -> None:
    settings = read_settings(home, language)
    if pages_of:
        show_pages(pages_of, settings)
        return
    with explained(settings), open_store(settings.store_url) as store, store.snapshot() as snapshot:
        counts = snapshot.count_by_state()
        count = sum(number for _, number in counts)
        is_long = count > MANY_DOCUMENTS and not shows_all
        documents = snapshot.latest_documents(SHOWN_OF_MANY) if is_long else list(snapshot.documents())
    if not documents:
        say(text("no_documents", settings.language))
        return
    show_documents(documents, settings.language)
    if is_long:
        say(text("status_shortened", settings.language, shown=len(documents), count=count))
        for state, number in counts:
            say(f"  {text(f'state_{state}', settings.language)}: {number}")


def show_documents(documents: Sequence[DocumentRecord], language: Language) -> None:
    """A table of documents: how each stands, how large it is, and what it is called."""
    table = Table(*(text(key, language) for key in ("documents", "state", "pages", "rows")), "id")
    for record in documents:
        rows = f"{record.rows} ({record.rows_flagged} ⚠)" if record.rows_flagged else str(record.rows)
        state = state_words(record, language)
        table.add_row(record.document.source_file, state, str(record.pages), rows, record.document.document_id)
    Console().print(table, markup=False)


def state_words(record: DocumentRecord, language: Language) -> str:
    """How a document stands, with the reason where there is one."""
    if record.superseded_by:
        return text("superseded", language, by=record.superseded_by)
    state = text(f"state_{record.state}", language)
    return f"{state} ({record.reason})" if record.state is DocumentState.QUARANTINED else state


def show_pages(source: str, settings: Settings) -> None:
    """What became of a document's pages and what they say of it; named by file, by id, or as it was dropped."""
    # Here, so that the status itself need not wait for it.
    from chitieu.screen import print_identity, print_pages

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
