"""What the samples give: rows of the dataset, and the golden files that hold them. Run as a module, it rewrites them."""

import csv
import sys
from functools import cache
from pathlib import Path

from chitieu.dataset.rows import indicator_row
from chitieu.dataset.schema import INDICATOR_COLUMNS
from chitieu.dataset.tabular import value_text
from chitieu.model import Extraction
from chitieu.store import IndicatorRecord
from flows.stages import extract_document

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES, GOLDEN = ROOT / "samples", ROOT / "tests" / "golden"
# The decisions that the project began with, and the composed one with the same columns and other texts.
DECISIONS = ("cao-bang-1139", "lai-chau-skhcn")
PROMISED = (*DECISIONS, "d03-seed5")

Row = dict[str, str]


@cache
def extract(quality: str, document: str) -> Extraction:
    """Read a sample; its name stands for the hash of its bytes, so that a sample made anew changes no other column."""
    name = f"{document}.pdf"
    path = next(path for path in (SAMPLES / quality / name, SAMPLES / "composed" / quality / name) if path.exists())
    return extract_document(path, name, document, threads=2, report=lambda _done, _pages: None)


def dataset_rows(quality: str, document: str) -> list[Row]:
    """The rows that the sample gives to indicators.csv."""
    extraction = extract(quality, document)
    names = [column.name for column in INDICATOR_COLUMNS]
    records = (IndicatorRecord(extraction.document, indicator, "unreviewed") for indicator in extraction.indicators)
    return [dict(zip(names, map(value_text, indicator_row(record)), strict=True)) for record in records]


def golden_rows(document: str) -> list[Row]:
    """The rows of the office scan without their confidence, whose last digit differs between processors."""
    rows = dataset_rows("office", document)
    return [{name: text for name, text in row.items() if name != "confidence"} for row in rows]


def golden_path(document: str) -> Path:
    return GOLDEN / f"{document}.csv"


def read_golden(document: str) -> list[Row]:
    with golden_path(document).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_golden(document: str) -> Path:
    """Write what comes out today; the difference is to be read line by line before it is committed."""
    rows = golden_rows(document)
    with golden_path(document).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return golden_path(document)


if __name__ == "__main__":
    for one in DECISIONS:
        sys.stdout.write(f"{write_golden(one).relative_to(ROOT)}\n")
