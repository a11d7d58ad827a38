"""The flow of the night: the inbox is read and published, and the night is noted. Importing this imports prefect."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from chitieu.journal import write_entry
from chitieu.locks import NIGHT, READING, held, held_if_free
from chitieu.messages import text
from chitieu.night_report import tell_of_failure, tell_of_night
from chitieu.process import die_with_parent
from chitieu.schedule import keep_night, last_night
from chitieu.settings import Settings, load_settings
from chitieu.store import Waiting, open_store
from flows.events import Finished, Summary
from flows.extraction import run_in_flow
from flows.inbox_run import run_inbox
from flows.ingestion import Workplace

# The runner of `flows.deployments` says by these whose night it is, and that the night ends with it.
HOME, PARENT = "CHITIEU_NIGHT_HOME", "CHITIEU_NIGHT_PARENT"


@flow(name="nightly", persist_result=False)
def nightly() -> State[None]:
    """One night; one that comes while another is at work has nothing to do."""
    die_with_parent(int(os.environ[PARENT]))
    settings = load_settings(Path(os.environ[HOME]))
    with held_if_free(settings.state / NIGHT) as free:
        if not free:
            return Completed(name="Skipped", message=text("night_skipped", settings.language))
        began = datetime.now(UTC)
        write_entry(settings.logs, "night_began")
        try:
            with held(settings.state / READING):
                summary = run_inbox(settings, in_this_flow)
        except Exception as error:  # whatever ends a night is written down and told before it goes on to Prefect
            write_entry(settings.logs, "night_failed", detail=repr(error))
            tell_of_failure(settings, str(error))
            raise
        with open_store(settings.store_url) as store:
            tell_of_night(settings, store, last_night(settings), datetime.now(UTC), summary.left)
        message = words_of(summary, settings)
        keep_night(settings, began)
        write_entry(settings.logs, "night_ended", said=message)
    return Completed(message=message)


def words_of(summary: Summary, settings: Settings) -> str:
    """What Prefect's page says of a night."""
    new = len(summary.documents) - len(summary.read_before)
    return text("night_read", settings.language, read=new, quarantined=len(summary.quarantined))


def in_this_flow(documents: Sequence[Waiting], work: Callable[[Waiting], Finished], place: Workplace) -> list[Finished]:
    """Work documents as a flow within the one that runs."""
    return run_in_flow(documents, work, place)
