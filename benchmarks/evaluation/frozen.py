"""The documents of the frozen set: made from a committed list, their truth committed beside it."""

import csv
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.maker.content import make_decision
from benchmarks.maker.looks import MIXED_RULES
from benchmarks.maker.model import Decision
from benchmarks.maker.stock import Stock
from benchmarks.maker.truth import truth_json

FOLDER = Path(__file__).resolve().parent
SPECIFICATION = FOLDER / "specification.csv"
TRUTH = FOLDER / "truth.json.gz"
DIGESTS = FOLDER / "truth.sha256"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the set by what it is made from."""

    seed: int
    index: int
    kind: str
    stock: Stock = Stock.EVALUATION


def read_entries() -> list[Entry]:
    with SPECIFICATION.open(encoding="utf-8", newline="") as file:
        return [Entry(int(row["seed"]), int(row["index"]), row["kind"]) for row in csv.DictReader(file)]


def make_entry(entry: Entry) -> Decision:
    return make_decision(entry.seed, entry.index, MIXED_RULES, entry.kind, entry.stock)


def true_text(entry: Entry) -> str:
    """The truth of a document, without the number of its pages, which the browser decides."""
    return truth_json(make_entry(entry), 0)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_digests() -> dict[str, str]:
    """The SHA-256 of each document's truth by its id."""
    lines = DIGESTS.read_text(encoding="utf-8").splitlines()
    return {name: value for value, name in (line.split("  ") for line in lines)}


def freeze() -> int:
    """Write truth and digests of all documents; how many targets they have. Done once: a new set is another set."""
    texts = [true_text(entry) for entry in read_entries()]
    truths = [json.loads(text) for text in texts]
    packed = json.dumps(truths, ensure_ascii=False, separators=(",", ":")).encode()
    TRUTH.write_bytes(gzip.compress(packed, mtime=0))
    lines = [f"{digest(text)}  {truth['id']}" for text, truth in zip(texts, truths, strict=True)]
    DIGESTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sum(bool(value["value"]) for truth in truths for row in truth["rows"] for value in row.get("values", ()))
