"""The part of the store that runs share the work by."""

from collections.abc import Iterable
from typing import Self

from sqlalchemy import Engine

from chitieu.store import claiming
from chitieu.store.claiming import Waiting
from chitieu.store.copying import copy_rows, is_empty
from chitieu.store.lessons import Unlearned, learn_again, unlearn
from chitieu.store.records import DocumentState

READS = {"chitieu_reads": True}


class Work:
    """What is to be read, and who reads it. Methods that change something are safe to repeat."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self) -> list[Waiting]:
        """Documents that nobody reads and that are not finished, in the order in which they came."""
        with self._engine.execution_options(**READS).begin() as connection:
            return claiming.waiting(connection)

    def attempts(self, document_id: str) -> int:
        """How often a document has been claimed."""
        with self._engine.execution_options(**READS).begin() as connection:
            return claiming.attempts_of(connection, document_id)

    def claim(self, document_id: str, seen_attempts: int, code_version: str) -> bool:
        """Take a document to read; False where another run has it, or had it since it was listed."""
        with self._engine.begin() as connection:
            return claiming.claim(connection, document_id, seen_attempts, code_version)

    def renew(self) -> None:
        """Say that this run lives."""
        with self._engine.begin() as connection:
            claiming.renew(connection)

    def let_go(self, document_id: str = "") -> None:
        """Give back what this process holds and has not finished, or one document of that."""
        with self._engine.begin() as connection:
            claiming.let_go(connection, document_id)

    def unlearn(self, texts: Iterable[Unlearned]) -> None:
        """Have later runs learn these texts no more."""
        with self._engine.begin() as connection:
            unlearn(connection, texts)

    def learn_again(self, field: str, text: str) -> None:
        """Have later runs learn a text again."""
        with self._engine.begin() as connection:
            learn_again(connection, field, text)

    def retry(self, document_id: str) -> bool:
        """Have the next run read a document of the quarantine again; False where it is not there."""
        with self._engine.begin() as connection:
            return claiming.retry(connection, document_id)

    def mark_read(self, document_id: str, code_version: str) -> None:
        """Note that all pages of a document are read, and that its rows are being made."""
        with self._engine.begin() as connection:
            claiming.move(connection, document_id, DocumentState.READ, code_version)

    def copy_to(self, other: Self) -> None:
        """Put all that this store holds, as it is at one moment, into one that is empty. Raises ValueError else."""
        level = {} if self._engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with self._engine.execution_options(**READS, **level).begin() as source, other._engine.begin() as target:
            if not is_empty(target):
                raise ValueError(str(other._engine.url))
            copy_rows(source, target)
