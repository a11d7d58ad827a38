"""Store → output/: the dataset as `docs/DATASET.md` promises it."""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

from chitieu.batches import batches
from chitieu.dataset.catalogue import read_catalogue
from chitieu.dataset.package import FILES, TABLES, write_package
from chitieu.dataset.reports import write_reports
from chitieu.dataset.rows import Comparison, document_row, indicator_row, review_row
from chitieu.dataset.schema import COMPARISON_COLUMNS, DOCUMENT_COLUMNS, INDICATOR_COLUMNS, REVIEW_COLUMNS
from chitieu.dataset.tabular import csv_writer, parquet_writer
from chitieu.dataset.workbooks import dataset_workbook, table_workbook
from chitieu.files import TEMPORARY_FILES, replace_text
from chitieu.looking import Left
from chitieu.printed import write_table_sheets
from chitieu.settings import Language
from chitieu.store import DocumentRecord, DocumentState, Snapshot, Store
from chitieu.versions import code_version

__all__ = ["publish", "publish_changes", "tables_path"]

ROWS_AT_ONCE = 1000
COLLECTED_AFTER = (50_000, 20, 100)
STAMP = ".published"
PUBLISHED_FILES = ("datapackage.json", *FILES, *(f"{name}.csv" for name in TABLES))

# States of which the dataset holds more than a line in documents.csv.
READ_STATES = (DocumentState.EXTRACTED, DocumentState.PUBLISHED, DocumentState.NO_INDICATORS)
# States in which nothing of what was read before stands in the dataset.
LOST_STATES = (DocumentState.QUARANTINED, DocumentState.WITHDRAWN)


def publish(store: Store, folder: Path) -> None:
    """Write every file of the dataset from the store; each is replaced as a whole, one publication at a time.

    Of several scans of one decision the best one is published.
    """
    store.settle_versions()
    _publish(store, folder)


def _publish(store: Store, folder: Path, left: Sequence[Left] | None = None) -> None:
    now = datetime.now(UTC)
    with publishing(folder), few_collections(), store.snapshot() as snapshot:
        stamp = stamp_of(snapshot)
        (folder / STAMP).unlink(missing_ok=True)
        documents = list(snapshot.documents())
        publish_tables(snapshot, folder, documents)
        publish_review(snapshot, folder)
        publish_printed_tables(snapshot, folder, documents)
        write_package(folder, now.isoformat(timespec="seconds"), source_files(documents))
        write_reports(folder / "reports", documents, now, left)
        overshadowed = snapshot.other_scans()
    ids = (record.document.document_id for record in documents)
    store.mark_published(document_id for document_id in ids if document_id not in overshadowed)
    replace_text(folder / STAMP, stamp)


def publish_changes(store: Store, folder: Path, left: Sequence[Left] | None = None) -> None:
    """The same, but where nothing has changed since the last publication only the report of the day is written.

    `left`: what stays in the inbox, for the report; None where nobody looked into it.
    """
    store.settle_versions()
    with store.snapshot() as snapshot:
        stamp = stamp_of(snapshot)
        is_there = published_stamp(folder) == stamp and all((folder / name).is_file() for name in PUBLISHED_FILES)
        if is_there:
            write_reports(folder / "reports", snapshot.documents(), datetime.now(UTC), left)
    if not is_there:
        _publish(store, folder, left)


def stamp_of(snapshot: Snapshot) -> str:
    """What a publication of a snapshot is told by: what the store holds, and the software that writes it down."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return f"{snapshot.stamp()} {code_version()} {digest[:12]}"


def published_stamp(folder: Path) -> str:
    """The stamp of the publication that lies in a folder; empty where there is none."""
    place = folder / STAMP
    return place.read_text("utf-8") if place.is_file() else ""


@contextmanager
def publishing(folder: Path) -> Iterator[None]:
    """Hold the folder against a second publication."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        for leftover in folder.rglob(TEMPORARY_FILES):  # of a publication that was killed
            leftover.unlink()
        yield


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for cycles of dead objects seldom: rows come and go by the million, and have none."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def publish_tables(snapshot: Snapshot, folder: Path, documents: list[DocumentRecord]) -> None:
    """Write indicators, documents and comparison."""
    scans, comparison = snapshot.other_scans(), Comparison()
    document_rows = [document_row(one, counts=one.document.document_id not in scans) for one in documents]
    with (
        csv_writer(folder / "indicators.csv", INDICATOR_COLUMNS) as to_csv,
        parquet_writer(folder / "indicators.parquet", INDICATOR_COLUMNS) as to_parquet,
        dataset_workbook(folder / "indicators.xlsx", INDICATOR_COLUMNS, DOCUMENT_COLUMNS, document_rows) as to_workbook,
    ):
        for records in batches(snapshot.rows(), ROWS_AT_ONCE):
            comparison.add(records)
            rows = [indicator_row(record) for record in records]
            for write in (to_csv, to_parquet, to_workbook):
                write(rows)
    with csv_writer(folder / "documents.csv", DOCUMENT_COLUMNS) as to_csv:
        to_csv(document_rows)
    with csv_writer(folder / "comparison.csv", COMPARISON_COLUMNS) as to_csv:
        to_csv(list(comparison.rows(read_catalogue())))


def publish_review(snapshot: Snapshot, folder: Path) -> None:
    """Write the rows that wait for a reviewer, the worst first."""
    with (
        csv_writer(folder / "review.csv", REVIEW_COLUMNS, for_people=True) as to_csv,
        table_workbook(folder / "review.xlsx", "Cần xem lại", REVIEW_COLUMNS) as to_workbook,
    ):
        for records in batches(snapshot.doubtful_rows(), ROWS_AT_ONCE):
            rows = [review_row(record) for record in records]
            to_csv(rows)
            to_workbook(rows)


def publish_printed_tables(snapshot: Snapshot, folder: Path, documents: list[DocumentRecord]) -> None:
    """Write the printed tables of documents that are new or whose file is gone; drop those of documents withdrawn."""
    for record in documents:
        path = tables_path(folder, record.document.document_id)
        if record.state in LOST_STATES:
            path.unlink(missing_ok=True)
        elif record.state is DocumentState.EXTRACTED or not path.exists():
            tables = snapshot.tables(record.document.document_id)
            if tables:
                write_table_sheets(path, tables, Language.VI)


def tables_path(folder: Path, document_id: str) -> Path:
    """Where the printed tables of a document lie."""
    return folder / "tables" / f"{document_id}.xlsx"


def source_files(documents: Iterable[DocumentRecord]) -> list[str]:
    """The names of the files that were read."""
    return list(dict.fromkeys(record.document.source_file for record in documents if record.state in READ_STATES))
