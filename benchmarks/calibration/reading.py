"""Documents of the maker's with truth, read by the software: made once, read once, kept in a folder."""

import hashlib
import pickle
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evaluation.frozen import Entry, make_entry
from benchmarks.maker.layouts import OPEN_TEMPLATES
from benchmarks.maker.stock import Stock
from benchmarks.truth import TrueDocument, read_truth
from chitieu.errors import ChitieuError
from chitieu.model import Extraction
from flows.stages import extract_document

# Seeds of their own: the frozen set has 42, and is of another stock.
FIT_SEED, JUDGE_SEED = 101, 102


@dataclass(frozen=True, slots=True)
class Read:
    """One document in one quality as the software reads it, beside what is printed."""

    name: str
    quality: str
    extraction: Extraction
    truth: TrueDocument


def entries_of(seed: int, count: int) -> list[Entry]:
    """Documents of the development stock, one of every layout in turn."""
    kinds = list(OPEN_TEMPLATES)
    return [Entry(seed, index, kinds[index % len(kinds)], Stock.DEVELOPMENT) for index in range(count)]


def read_set(entries: Sequence[Entry], folder: Path, qualities: Sequence[str]) -> Iterator[Read]:
    """The documents of a set, read; what was read before is taken from `folder/read`."""
    for quality in qualities:
        (folder / "read" / quality).mkdir(parents=True, exist_ok=True)
        for entry in entries:
            name = make_entry(entry).identity
            extraction = _extraction(folder, quality, name)
            if extraction is not None:
                yield Read(name, quality, extraction, read_truth(folder / "truth" / f"{name}.json"))


def _extraction(folder: Path, quality: str, name: str) -> Extraction | None:
    """None where the software refuses the document with a word to its user: that gives no rows."""
    kept = folder / "read" / quality / f"{name}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301  written below
    path = folder / quality / f"{name}.pdf"
    identity = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    print(f"{quality} {name} …", file=sys.stderr, flush=True)
    try:
        extraction = extract_document(path, path.name, identity, threads=1, report=lambda _done, _all: None)
    except ChitieuError as error:
        print(f"{quality} {name}: {error}", file=sys.stderr, flush=True)
        return None
    draft = kept.with_suffix(".part")
    draft.write_bytes(pickle.dumps(extraction))
    draft.replace(kept)
    return extraction
