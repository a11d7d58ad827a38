"""The schedule of the night: `python -m flows.deployments HOME PARENT`, beside Prefect's server.

Prefect keeps the schedule and starts the runs. What it does not do by itself is done here, when it starts: runs that
a dead machine left `Running` are ended, nights that were missed become one, which begins at once.
"""

import asyncio
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Crashed, Scheduled

from chitieu.journal import write_entry
from chitieu.locks import NIGHT, READING, held_if_free
from chitieu.messages import text
from chitieu.process import die_with_parent
from chitieu.schedule import is_missed, keep_night, last_night
from chitieu.settings import Settings, load_settings
from flows.nightly import HOME, PARENT, nightly
from flows.prefect_server import LOOK_SECONDS, START_SECONDS, is_healthy

QUERY_SECONDS = 5.0
UNFINISHED = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
NIGHT_NAME = "nightly"


def main(home: Path, parent_pid: int) -> None:
    """Keep the schedule for as long as the parent lives."""
    die_with_parent(parent_pid)
    settings = load_settings(home)
    os.environ |= {HOME: str(settings.home), PARENT: str(os.getpid())}
    wait_for_server(os.environ["PREFECT_API_URL"])
    asyncio.run(keep_schedule(settings))


def wait_for_server(address: str) -> None:
    """Return when the server answers. Raises TimeoutError where it takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_healthy(address):
        if time.monotonic() > deadline:
            raise TimeoutError(address)
        time.sleep(LOOK_SECONDS)


async def keep_schedule(settings: Settings) -> None:
    """Register the night, mend what an earlier life left, and start runs when they are due."""
    runner = Runner(name="chitieu", query_seconds=QUERY_SECONDS, limit=None, pause_on_shutdown=False)
    schedule = Cron(settings.nightly, timezone=settings.timezone)
    async with get_client() as client:
        await end_dead_runs(client, settings)
        deployment_id = await runner.aadd_flow(nightly, name=NIGHT_NAME, schedule=schedule)
        await drop_late_runs(client, deployment_id)
        if last_night(settings) is None:
            keep_night(settings, datetime.now(UTC))
        elif is_missed(settings, datetime.now(UTC)):
            write_entry(settings.logs, "night_missed")
            await client.create_flow_run_from_deployment(deployment_id, state=Scheduled())
    await runner.start()


async def drop_late_runs(client: PrefectClient, deployment_id: UUID) -> None:
    """Take back the nights that were due while nobody served: there may be weeks of them."""
    own = FlowRunFilterDeploymentId(any_=[deployment_id])
    for run in await all_runs(client, FlowRunFilter(deployment_id=own, state=in_states(StateType.SCHEDULED))):
        if run.expected_start_time and run.expected_start_time <= datetime.now(UTC):
            await client.delete_flow_run(run.id)


async def end_dead_runs(client: PrefectClient, settings: Settings) -> None:
    """End runs that are `Running` in the history and that nobody works on, so that none looks alive for ever."""
    with held_if_free(settings.state / NIGHT) as no_night, held_if_free(settings.state / READING) as no_reading:
        if not no_night or not no_reading:
            return
        for run in await all_runs(client, FlowRunFilter(state=in_states(*UNFINISHED))):
            ended: State[None] = Crashed(message=text("run_was_ended", settings.language))
            await client.set_flow_run_state(run.id, ended, force=True)
            write_entry(settings.logs, "run_ended_as_crashed", run=run.name)


async def all_runs(client: PrefectClient, wanted: FlowRunFilter) -> list[FlowRun]:
    """All runs of a filter, however many."""
    found: list[FlowRun] = []
    while page := await client.read_flow_runs(flow_run_filter=wanted, limit=200, offset=len(found)):
        found += page
    return found


def in_states(*types: StateType) -> FlowRunFilterState:
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
