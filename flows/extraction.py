"""The Prefect flow around the documents of one run. Importing this imports prefect: see `flows.prefect_server`."""

from collections.abc import Callable, Sequence
from threading import Event

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner

from chitieu.store import Waiting
from flows.events import Finished

DRAIN_SECONDS = 10


def run_in_flow(
    documents: Sequence[Waiting], work: Callable[[Waiting], Finished], workers: int, stop: Event
) -> list[Finished]:
    """Work documents as tasks of the flow `extract_documents`, each of which waits for a child process.

    A task holds small values alone: name and id of a document. A document that went to quarantine is a completed task
    whose state is named so, with the reason: the flow did with it what is to be done.
    """
    by_id = {document.document_id: document for document in documents}
    finished: dict[str, Finished] = {}

    @task(name="extract_document", task_run_name="{source_file}", cache_policy=NO_CACHE, persist_result=False)
    def extract_document(source_file: str, document_id: str) -> State[None]:
        get_run_logger().info("%s: archive copy of %s", document_id, source_file)
        outcome = finished[document_id] = work(by_id[document_id])
        return state_of(outcome)

    @flow(
        name="extract_documents",
        task_runner=ThreadPoolTaskRunner(max_workers=workers),  # type: ignore[arg-type]  # Prefect's own types disagree
        persist_result=False,
    )
    def extract_documents(source_files: list[str]) -> None:
        get_run_logger().info("%d documents on %d workers", len(source_files), workers)
        futures = [extract_document.submit(document.source_file, document.document_id) for document in documents]
        try:
            for future in futures:
                future.result()
        except BaseException:
            stop.set()  # the runner waits for its threads, and these for their children
            raise

    try:
        extract_documents([document.source_file for document in documents])
    finally:
        send_history()
    return [finished[document.document_id] for document in documents]


def send_history() -> None:
    """Have the server told everything now: afterwards it may be gone, and Prefect would try for a minute."""
    EventsWorker.drain_all(timeout=DRAIN_SECONDS)
    APILogWorker.drain_all(timeout=DRAIN_SECONDS)


def state_of(outcome: Finished) -> State[None]:
    """How a document ended, in Prefect's words."""
    if outcome.error is None:
        return Completed(
            name=outcome.state.value.capitalize(), message=f"{outcome.rows} rows, {outcome.flagged} flagged"
        )
    return Completed(name="Quarantined", message=f"{outcome.error.reason}: {outcome.error.detail}")
