"""What every test may ask for: where the project and its samples are."""

import itertools
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import create_engine
from sqlalchemy import text as sql

from tests import postgres

# The same examples everywhere, however slow the machine; `--hypothesis-profile=search` looks for others.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile("steady")

# What a shell starts in the background is deaf to Ctrl-C, and so is all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL or psycopg is not installed: the store on it was left out")
    with postgres.cluster(Path("/tmp")) as address:
        yield address


_NUMBERS = itertools.count(1)


@pytest.fixture
def postgres_url(postgres_cluster: str) -> str:
    """A new, empty database."""
    name = f"chitieu{next(_NUMBERS)}"
    engine = create_engine(postgres_cluster.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sql(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres_cluster.format(database=name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store, of either kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/state/chitieu.sqlite"
