"""The store of any earlier version made that of this one, when it is opened: Alembic, one transaction.

A change of `chitieu.store.schema` is a new file in `versions/` with it; a test compares the two.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy import text as sql

HEAD = "0007"
VERSIONS = Path(__file__).parent / "versions"


def upgrade(engine: Engine) -> None:
    """Bring a store to the present schema, from nothing, from before Alembic, or from any version since."""
    with engine.execution_options(chitieu_reads=True).begin() as connection:
        found = version_of(connection)
    if found != HEAD:
        run_migrations(engine)


def version_of(connection: Connection) -> str | None:
    """The version of a store; None where it has none (new, or older than Alembic here)."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(sql("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if version is None else str(version)


def run_migrations(engine: Engine) -> None:
    """The migrations that a store lacks; a second process that comes meanwhile waits, and has nothing to do."""
    # Not before it is needed: a command that only looks should not pay for the import.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(VERSIONS.parent), version_locations=[str(VERSIONS)])
    environment = EnvironmentContext(
        Config(),
        script,
        # As Alembic's own documentation of the class has it: there is no public name for it.
        fn=lambda revision, _context: script._upgrade_revs("head", revision),
    )
    with engine.begin() as connection, environment:
        if engine.dialect.name == "postgresql":
            connection.execute(sql("SELECT pg_advisory_xact_lock(4811021)"))
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
