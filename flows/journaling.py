"""What a run tells, written into the log of the home."""

from contextlib import suppress

from chitieu.journal import write_entry
from chitieu.settings import Settings
from flows.events import Event, Finished, ServerStarted, Started, Summary, Tell


def journal(settings: Settings, onward: Tell | None = None) -> Tell:
    """What is to be told of every event: it is logged, and told onward."""

    def tell(event: Event) -> None:
        # A log that takes nothing must not cost a document.
        with suppress(OSError):
            log_event(event, settings)
        if onward:
            onward(event)

    return tell


def log_event(event: Event, settings: Settings) -> None:
    """Log what begins and what ends; not every page."""
    if isinstance(event, Started):
        write_entry(settings.logs, "document_started", document_id=event.document_id, source_file=event.source_file)
    elif isinstance(event, Finished):
        failure = {"reason": event.error.reason, "detail": event.error.detail} if event.error else {}
        write_entry(
            settings.logs, "document_finished", document_id=event.document_id, source_file=event.source_file,
            state=event.state, rows=event.rows, flagged=event.flagged, seconds=round(event.seconds, 1), **failure,
        )  # fmt: skip
    elif isinstance(event, ServerStarted):
        write_entry(settings.logs, "prefect_started", seconds=round(event.seconds, 1))


def log_summary(summary: Summary, settings: Settings) -> None:
    """Log what a run did."""
    write_entry(
        settings.logs, "run_finished",
        documents=len(summary.documents), read_before=len(summary.read_before),
        quarantined=[{"source_file": one.name, "reason": one.error.reason} for one in summary.quarantined],
        left=len(summary.left), ignored=len(summary.ignored), seconds=round(summary.seconds, 1),
    )  # fmt: skip
