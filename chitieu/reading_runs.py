"""A run as the command line starts it: with progress on the screen and in the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from chitieu.screen import progress, show_summary
from chitieu.settings import Settings
from flows.events import Summary
from flows.ingestion import EXTRACT, Runner, Workplace, ingest, ingest_inbox, workplace
from flows.journaling import journal, log_summary
from flows.runners import run_direct, run_with_prefect


def runner(*, is_direct: bool) -> Runner:
    """What works the documents of a run: threads of our own, or a flow with a history."""
    return run_direct if is_direct else run_with_prefect


def read_paths(paths: list[Path], settings: Settings, run: Runner, *, reads_again: bool) -> Summary:
    """Read what is new (`reads_again`: or was read before) and publish, with progress on the screen."""
    with at_work(settings) as place:
        summary = ingest(paths, replace(place, reads_again=reads_again), run)
    log_summary(summary, settings)
    return summary


def read_inbox(settings: Settings, run: Runner, *, reads_again: bool) -> Summary:
    """The same with what lies in the inbox."""
    with at_work(settings) as place:
        summary = ingest_inbox(replace(place, reads_again=reads_again), run)
    log_summary(summary, settings)
    return summary


@contextmanager
def at_work(settings: Settings) -> Iterator[Workplace]:
    """Yield a place to work in whose progress is on the screen and in the log."""
    with progress(Console(), settings.language) as tell, workplace(settings, EXTRACT, journal(settings, tell)) as place:
        yield place


def show(summary: Summary, settings: Settings) -> None:
    """Say what a run did and where the files are."""
    show_summary(summary, settings, Console())
