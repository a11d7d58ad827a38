"""What a run has to do, beside the parameters of its flow: these go into Prefect's history, and this does not.

A flow travels to the workers of Dask with all that its module names; what cannot travel has a module of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from chitieu.store import Waiting
from flows.events import Finished
from flows.ingestion import Workplace


@dataclass(frozen=True, slots=True)
class Outstanding:
    """The documents of a run, and what reads one of them by its id."""

    documents: Sequence[Waiting]
    read: Callable[[str], Finished]
    place: Workplace


_OUTSTANDING: ContextVar[Outstanding] = ContextVar("outstanding")


def outstanding() -> Outstanding:
    """What the run that calls this has to do. Raises LookupError outside of one."""
    return _OUTSTANDING.get()


@contextmanager
def at_hand(work: Outstanding) -> Iterator[None]:
    """Have a flow that is called within the block find what it has to do."""
    before = _OUTSTANDING.set(work)
    try:
        yield
    finally:
        _OUTSTANDING.reset(before)
