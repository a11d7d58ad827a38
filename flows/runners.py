"""Two ways to work the documents of a run: on threads of our own, or as a Prefect flow."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from chitieu.store import Waiting
from flows.events import Finished, ServerStarted, ServerStarting
from flows.ingestion import Workplace
from flows.prefect_server import prefect_server

# A signal that comes just before a wait does not end it: what it asks for is seen after so many seconds.
LOOK_SECONDS = 0.5


def run_direct(documents: Sequence[Waiting], work: Callable[[Waiting], Finished], place: Workplace) -> list[Finished]:
    """Work documents on threads, each of which waits for a child process; an exception stops the others."""
    with ThreadPoolExecutor(place.settings.workers) as pool:
        try:
            futures = [pool.submit(work, document) for document in documents]
            pending = set(futures)
            while pending:
                done, pending = wait(pending, LOOK_SECONDS, FIRST_EXCEPTION)
                for future in done:
                    future.result()
            return [future.result() for future in futures]
        except BaseException:
            place.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
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
