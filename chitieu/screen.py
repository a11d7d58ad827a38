"""What a run looks like on the screen: bars where a person watches, plain lines otherwise; the summary at its end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from chitieu.claim_words import field_titles, place_of, said_by
from chitieu.dataset.remarks import document_doubts, rows_counted, things_to_do
from chitieu.errors import ChitieuError
from chitieu.layers import Legibility
from chitieu.left_words import left_lines, shortened_list
from chitieu.looking import shown_path
from chitieu.messages import text
from chitieu.model import Document, PageKind, PageSummary
from chitieu.settings import Language, Settings
from chitieu.store import DocumentState
from flows.events import Duplicate, Event, Finished, PageRead, ServerStarted, ServerStarting, Started, Summary, Tell

SMALLEST_SHARE = 0.005  # that does not round to 0 %


def remedy(error: ChitieuError, language: Language) -> str:
    """What happened and what to do."""
    return error.vi if language is Language.VI else error.en


def said(event: Event, language: Language) -> str:
    """The line for an event."""
    if isinstance(event, ServerStarting):
        return text("server_starting", language)
    if isinstance(event, ServerStarted):
        return text("server_started" if event.seconds else "server_found", language, seconds=event.seconds)
    name = event.source_file
    if isinstance(event, Started):
        return text("started", language, name=name)
    if isinstance(event, PageRead):
        return text("page_of", language, name=name, page=event.page, pages=event.page_count)
    if event.error is not None:
        return f"{name}: {remedy(event.error, language)}"
    key = "done_without" if event.state is DocumentState.NO_INDICATORS else "done"
    return text(key, language, name=name, rows=event.rows, flagged=event.flagged, seconds=event.seconds)


@contextmanager
def progress(console: Console, language: Language) -> Iterator[Tell]:
    """Yield what is to be told of every event."""
    if not console.is_terminal:
        yield lambda event: print_plainly(event, console, language)
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        yield Bars(bars, console, language).tell


def print_plainly(event: Event, console: Console, language: Language) -> None:
    """Print a line for an event; that no page has been read yet is none."""
    if not isinstance(event, PageRead) or event.page > 0:
        console.print(said(event, language), markup=False, highlight=False, soft_wrap=True)


class Bars:
    """A bar for every document that is being read; a line for every one that is done."""

    def __init__(self, bars: Progress, console: Console, language: Language) -> None:
        self._bars, self._console, self._language = bars, console, language
        self._tasks: dict[str, TaskID] = {}
        self._lock = Lock()

    def tell(self, event: Event) -> None:
        with self._lock:
            self._show(event)

    def _show(self, event: Event) -> None:
        if isinstance(event, Started):
            self._tasks[event.document_id] = self._bars.add_task(event.source_file, total=None)
        elif isinstance(event, PageRead):
            self._bars.update(self._tasks[event.document_id], completed=event.page, total=event.page_count)
        else:
            if isinstance(event, Finished):
                self._bars.remove_task(self._tasks.pop(event.document_id))
            self._console.print(said(event, self._language), markup=False, highlight=False)


def show_summary(summary: Summary, settings: Settings, console: Console) -> None:
    """Say what a run did and where the files are."""
    language = settings.language
    table = Table.grid(padding=(0, 2))
    for name, value in summary_lines(summary, settings):
        table.add_row(f"{name}:", value)
    console.print()
    if console.is_terminal:
        console.print(table, markup=False, highlight=False)
    else:
        for name, value in summary_lines(summary, settings):
            console.print(f"{name}: {value}", markup=False, highlight=False, soft_wrap=True)
    if not summary.documents and not summary.quarantined:
        console.print(text("nothing_yet" if summary.left or summary.busy else "nothing_to_do", language))
        console.print(text("inbox_at", language, folder=settings.inbox), markup=False, highlight=False, soft_wrap=True)


def summary_lines(summary: Summary, settings: Settings) -> list[tuple[str, str]]:
    """The lines of the summary: a name and what there is to say."""
    language = settings.language
    documents = summary.documents
    counts = {"known": len(summary.read_before), "new": len(documents) - len(summary.read_before)}
    pages = {
        "total": sum(record.pages for record in documents),
        "digital": sum(record.pages_digital for record in documents),
        "scanned": sum(record.pages_scanned for record in documents),
    }
    without = [record.document.source_file for record in documents if record.state is DocumentState.NO_INDICATORS]
    to_do = [(one.document.source_file, things_to_do(one.document, language)) for one in documents]
    lines = [
        ("documents", text("documents_counted", language, **counts)),
        ("pages", text("pages_counted", language, **pages)),
        ("rows", rows_counted(documents, language)),
        *(("no_indicators", name) for name in without),
        *(("remarks", f"{name}: {what}") for name, what in to_do if what),
        *(("quarantined", f"{file.name}: {remedy(file.error, language)}") for file in summary.quarantined),
        *(("ignored", line) for line in shortened_list([shown_path(path) for path in summary.ignored], language)),
        *(("left_in_inbox", line) for line in shortened_list(left_lines(summary.left, language), language)),
        *(("duplicates", line) for line in shortened_list(duplicate_lines(summary.duplicates, language), language)),
        *(("busy", line) for line in shortened_list(summary.busy, language)),
        ("time", text("seconds", language, seconds=summary.seconds)),
        ("results_in", str(settings.output)),
    ]
    if summary.quarantined:
        lines.append(("quarantine_in", str(settings.quarantine)))
    return [(text(key, language), value) for key, value in lines]


def duplicate_lines(duplicates: Sequence[Duplicate], language: Language) -> list[str]:
    """Which files were dropped before."""
    return [text("duplicate_of", language, name=one.name, known_as=one.known_as) for one in duplicates]


def print_pages(document_id: str, pages: Sequence[PageSummary], language: Language) -> None:
    """What every page of a document was read from, with what speaks for it."""
    columns = (text(key, language) for key in ("page", "layer", "read_from", "evidence"))
    table = Table(*columns, title=document_id)
    for page in pages:
        verdict = page.legibility
        kind = text(f"layer_{verdict.kind}" if verdict else "layer_unknown", language)
        source = text("read_from_words" if page.kind is PageKind.DIGITAL else "read_from_picture", language)
        table.add_row(str(page.page), kind, source, page.failure or "; ".join(evidence(verdict, language)))
    Console().print(table, markup=False)


def print_identity(document: Document, language: Language) -> None:
    """What each place of a document says of its identity, and what is in doubt."""
    titles = field_titles(language)
    keys = ("identity_field", "identity_value", "identity_place", "identity_text")
    table = Table(*(text(key, language) for key in keys), title=document.source_file)
    for claim in document.claims:
        table.add_row(titles[claim.field], said_by(claim, language), place_of(claim, language), claim.text)
    Console().print(table, markup=False)
    for doubt in document_doubts(document, language):
        Console().print(f"⚠ {doubt}", markup=False, highlight=False)


def evidence(verdict: Legibility | None, language: Language) -> Iterator[str]:
    """What the verdict on a text layer rests on, as far as there is something to tell."""
    if verdict is None:
        return
    found = verdict.evidence
    if found.words:
        shares = {"words": found.words, "syllables": found.syllables, "marks": found.marks}
        yield text("evidence_words", language, **shares)
    for name in ("picture", "unlayered", "unmapped", "agreement"):
        share = getattr(found, name)
        if share is not None and share >= SMALLEST_SHARE:
            yield text(f"evidence_{name}", language, share=share)
