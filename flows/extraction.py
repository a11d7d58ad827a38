"""The Prefect flow around the documents of one run. Importing this imports prefect: see `flows.prefect_server`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias, cast

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.events.worker import EventsWorker
from prefect.futures import PrefectFuture
from prefect.logging.handlers import APILogWorker
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from chitieu.settings import Settings
from chitieu.store import Waiting
from chitieu.versions import code_version
from flows.elsewhere import read_elsewhere, require_answer
from flows.events import Finished, Started
from flows.ingestion import Workplace
from flows.outstanding import Outstanding, at_hand, outstanding

DRAIN_SECONDS = 10
Runner: TypeAlias = TaskRunner[PrefectFuture[Finished]]


@task(name="extract_document", task_run_name="{source_file}", cache_policy=NO_CACHE, persist_result=False)
def extract_document(source_file: str, document_id: str, read: Callable[[str], Finished]) -> State[Finished]:
    """Read one document with what reads them, here or on another machine.

    A task holds small values alone: name and id of a document. A document that went to quarantine is a completed task
    whose state is named so, with the reason: the flow did with it what is to be done.
    """
    get_run_logger().info("%s: archive copy of %s", document_id, source_file)
    return state_of(read(document_id))


@flow(name="extract_documents", persist_result=False)
def extract_documents(source_files: list[str]) -> list[Finished]:
    """Read the documents of the run that is at work here."""
    run = outstanding()
    workers = run.place.settings.dask_scheduler or run.place.settings.workers
    get_run_logger().info("%d documents on workers: %s", len(source_files), workers)
    futures = [extract_document.submit(one.source_file, one.document_id, run.read) for one in run.documents]
    try:
        return [outcome_of(future, run.place) for future in futures]
    except BaseException:
        run.place.stop.set()  # the runner waits for its threads, and these for their children
        raise


def run_in_flow(documents: Sequence[Waiting], work: Callable[[Waiting], Finished], place: Workplace) -> list[Finished]:
    """Work documents as tasks of the flow `extract_documents`, each of which waits for a child process.

    On threads of this process, or on the workers of a Dask scheduler where the settings name one.
    """
    read = reader_elsewhere(place) if place.settings.dask_scheduler else reader_here(documents, work)
    try:
        with at_hand(Outstanding(documents, read, place)):
            flow_here = extract_documents.with_options(task_runner=task_runner(place.settings))
            return flow_here([document.source_file for document in documents])
    finally:
        send_history()


def task_runner(settings: Settings) -> Runner:
    """What the tasks of a run are worked by. Raises SchedulerFailed where nobody answers at Dask's address."""
    # Prefect's own types of runners disagree with each other.
    if not settings.dask_scheduler:
        return cast(Runner, ThreadPoolTaskRunner(max_workers=settings.workers))
    require_answer(settings.dask_scheduler)
    # Not before it is wanted: it is an extra of its own.
    from prefect_dask import DaskTaskRunner

    return cast(Runner, DaskTaskRunner(address=settings.dask_scheduler))


def reader_here(documents: Sequence[Waiting], work: Callable[[Waiting], Finished]) -> Callable[[str], Finished]:
    """What reads a document of this run in this process."""
    by_id = {document.document_id: document for document in documents}
    return lambda document_id: work(by_id[document_id])


def reader_elsewhere(place: Workplace) -> Callable[[str], Finished]:
    """What reads a document in a process that shares the home and the store alone."""
    home = str(place.settings.home)
    return partial(read_elsewhere, home, place.extract, code_version(), reads_again=place.reads_again)


def outcome_of(future: PrefectFuture[State[Finished]], place: Workplace) -> Finished:
    """How a document ended; of one that was read elsewhere nobody here has been told yet."""
    finished = cast(Finished, future.result())  # Prefect opens the state that a task returns
    if place.settings.dask_scheduler:
        place.tell(Started(finished.document_id, finished.source_file))
        place.tell(finished)
    return finished


def send_history() -> None:
    """Have the server told everything now: afterwards it may be gone, and Prefect would try for a minute."""
    EventsWorker.drain_all(timeout=DRAIN_SECONDS)
    APILogWorker.drain_all(timeout=DRAIN_SECONDS)


def state_of(outcome: Finished) -> State[Finished]:
    """How a document ended, in Prefect's words."""
    if outcome.error is None:
        said = f"{outcome.rows} rows, {outcome.flagged} flagged"
        return Completed(name=outcome.state.value.capitalize(), message=said, data=outcome)
    return Completed(name="Quarantined", message=f"{outcome.error.reason}: {outcome.error.detail}", data=outcome)
