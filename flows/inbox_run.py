"""One run over the inbox, as `chitieu serve` starts it: `python -m flows.inbox_run HOME PARENT`."""

import sys
from pathlib import Path

from chitieu.process import die_with_parent
from chitieu.settings import Settings, load_settings
from flows.events import Summary
from flows.ingestion import EXTRACT, Runner, ingest_inbox, workplace
from flows.journaling import journal, log_summary
from flows.prefect_server import is_healthy, served_address
from flows.runners import run_direct, run_with_prefect


def run_inbox(settings: Settings, run: Runner) -> Summary:
    """Read what lies in the inbox and what waits, publish, and log it."""
    with workplace(settings, EXTRACT, journal(settings)) as place:
        summary = ingest_inbox(place, run)
    log_summary(summary, settings)
    return summary


def main(home: Path, parent_pid: int) -> None:
    """Run over the inbox for as long as the parent lives; without Prefect's history where its server is down."""
    die_with_parent(parent_pid)
    settings = load_settings(home)
    address = served_address(settings.state)
    run_inbox(settings, run_with_prefect if address and is_healthy(address) else run_direct)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
