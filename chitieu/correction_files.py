"""Corrections as files: all of them as CSV, to move them; and review.csv or review.xlsx, edited in a spreadsheet.

Both only add: what was said before stays. A row of a review list that changed since the list was written is refused.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import TypeAdapter, ValidationError

from chitieu.corrections import corrections_of, replay
from chitieu.dataset.schema import REVIEW_COLUMNS
from chitieu.errors import ChitieuError
from chitieu.exchange import CORRECTION
from chitieu.files import replaced
from chitieu.formulas import unguarded
from chitieu.model import Correction, Region
from chitieu.reviewed import ACCEPTED, REJECTED, WRITABLE_FIELDS, Decision, ReviewStatus
from chitieu.store import ReviewRow, RowChanged, Store

REGIONS = TypeAdapter(tuple[Region, ...])
COLUMNS = Correction.__slots__
LIST_COLUMNS = frozenset({"record_id", "document_id", "version"})
# Workbooks have titles for people.
_NAMES = {column.title_vi: column.name for column in REVIEW_COLUMNS}
VERDICTS = {"accepted": ACCEPTED, "rejected": REJECTED}
Cells = Mapping[str, str]


class NotCorrections(ChitieuError):
    reason = "not_corrections"
    vi = "Tệp không phải là danh sách sửa hay review.csv, review.xlsx. Hãy chọn tệp khác."
    en = "The file is no list of corrections and no review.csv or review.xlsx. Choose another."


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of the file (1: the header) that was not taken; `why`: changed, unknown, broken."""

    line: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: lines that said something new, lines that said nothing new, lines refused."""

    saved: int
    unchanged: int
    refused: tuple[Refused, ...]


def write_corrections(store: Store, path: Path) -> int:
    """Write all corrections as CSV, oldest first; returns how many."""
    with store.snapshot() as snapshot:
        said = snapshot.all_corrections()
    with replaced(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for correction in said:
            cells = CORRECTION.dump_python(correction, mode="json")
            writer.writerow(json.dumps(cells[n]) if n == "regions" else cells[n] for n in COLUMNS)
    return len(said)


def import_file(store: Store, path: Path, reviewer: str, made_at: str) -> Imported:
    """Take what a file says. Raises NotCorrections."""
    lines = list(_read(path))
    header = set(lines[0][1]) if lines else set()
    if set(COLUMNS) <= header:
        return _import_corrections(store, lines)
    if header >= LIST_COLUMNS:
        return _import_list(store, lines, reviewer, made_at)
    raise NotCorrections(path.name)


def _read(path: Path) -> Iterator[tuple[int, Cells]]:
    """The lines of a CSV or XLSX file with their numbers, as texts by column."""
    rows = _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header = [_NAMES.get(title, title) for title in next(rows, [])]
    for number, cells in enumerate(rows, start=2):
        if any(cells):
            yield number, dict(zip(header, cells, strict=False))


def _csv(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            # Vietnamese Excel parts by semicolons.
            first = file.readline()
            file.seek(0)
            yield from csv.reader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotCorrections(f"{path.name}: {error}") from error


def _sheet(path: Path) -> Iterator[list[str]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise NotCorrections(f"{path.name}: {error}") from error
    for cells in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if cell is None else str(cell) for cell in cells]
    book.close()


def _import_corrections(store: Store, lines: Iterable[tuple[int, Cells]]) -> Imported:
    refused, known = [], 0
    by_document: dict[str, list[Correction]] = defaultdict(list)
    with store.snapshot() as snapshot:
        there = set(snapshot.all_corrections())
    for number, cells in lines:
        try:
            correction = _correction(cells)
        except (ValidationError, ValueError):
            refused.append(Refused(number, cells.get("document_id", ""), "broken"))
            continue
        if correction in there:
            known += 1
        else:
            by_document[correction.document_id].append(correction)
    for document_id, said in by_document.items():
        store.add_corrections(document_id, said, replay)
    return Imported(sum(map(len, by_document.values())), known, tuple(refused))


def _correction(cells: Cells) -> Correction:
    regions = REGIONS.validate_json(cells["regions"])
    texts = {name: cells[name] for name in COLUMNS if name != "regions"}
    return CORRECTION.validate_python({**texts, "regions": regions})


def _import_list(store: Store, lines: Iterable[tuple[int, Cells]], reviewer: str, made_at: str) -> Imported:
    saved, unchanged, refused = 0, 0, []
    for number, cells in lines:
        why = _take_line(store, cells, reviewer, made_at)
        saved += why == ""
        unchanged += why == "unchanged"
        if why not in ("", "unchanged"):
            refused.append(Refused(number, cells["record_id"], why))
    return Imported(saved, unchanged, tuple(refused))


def _take_line(store: Store, cells: Cells, reviewer: str, made_at: str) -> str:
    """Why a line of a review list was not taken; empty where it was."""
    document_id = cells["document_id"]
    with store.snapshot() as snapshot:
        rows = {row.indicator.record_id: row for row in snapshot.review_rows(document_id)}
    row = rows.get(cells["record_id"])
    if row is None:
        return "unknown"
    decided = _decision(row, cells, reviewer, made_at)
    if not decided.texts and not decided.verdict:
        return "unchanged"
    said = corrections_of(document_id, row, decided)
    try:
        store.add_corrections(document_id, said, replay, {row.position: cells["version"]})
    except RowChanged:
        return "changed"
    return ""


def _decision(row: ReviewRow, cells: Cells, reviewer: str, made_at: str) -> Decision:
    """What a line says that the row does not."""
    texts = {name: unguarded(cells[name]).strip() for name in WRITABLE_FIELDS if name in cells}
    changed = {name: text for name, text in texts.items() if text != getattr(row.indicator, name)}
    verdict = VERDICTS.get(cells.get("review_status", "").strip().lower(), "")
    is_accepted = row.status in (ReviewStatus.ACCEPTED, ReviewStatus.CORRECTED) and not row.indicator.flags
    is_known = (verdict == ACCEPTED and is_accepted) or (verdict == REJECTED and row.status == ReviewStatus.REJECTED)
    return Decision(changed, "" if is_known else verdict, reviewer, "", made_at)
