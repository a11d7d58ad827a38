"""Two ways to work the documents of a run: on threads of our own, or as a Prefect flow."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from chitieu.store import Waiting
from flows.events import Finished, ServerStarted, ServerStarting
from flows.ingestion import Workplace
from flows.prefect_server import prefect_server


def run_direct(documents: Sequence[Waiting], work: Callable[[Waiting], Finished], place: Workplace) -> list[Finished]:
    """Work documents on threads, each of which waits for a child process; an exception stops the others."""
    with ThreadPoolExecutor(place.settings.workers) as pool:
        try:
            return list(pool.map(work, documents))
        except BaseException:
            place.stop.set()
            raise


def run_with_prefect(
    documents: Sequence[Waiting], work: Callable[[Waiting], Finished], place: Workplace
) -> list[Finished]:
    """Work documents as tasks of a flow, whose history stays in the Prefect store under the home."""
    place.tell(ServerStarting())
    with prefect_server(place.settings.state, lambda seconds: place.tell(ServerStarted(seconds))):
        # Not before the environment is set, and never in a run without prefect.
        from flows.extraction import run_in_flow

        return run_in_flow(documents, work, place)
