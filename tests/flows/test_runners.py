"""How a run waits for its documents."""

import signal
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from chitieu.settings import Settings
from flows.ingestion import Workplace
from flows.runners import run_direct


def test_a_signal_that_wakes_no_wait_stops_the_run(tmp_path: Path) -> None:
    """The system gives it to another thread, or it comes just before the wait: nothing ends that."""
    place = Workplace(Settings(home=tmp_path), cast(Any, None), "", cast(Any, None), threading.Event())
    seen: list[bool] = []

    def work(_: object) -> Any:
        threading.Event().wait(0.3)  # until the main thread waits
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        seen.append(place.stop.wait(20))

    with pytest.raises(KeyboardInterrupt):
        run_direct(cast(Any, ["a document"]), work, place)
    assert seen == [True]
