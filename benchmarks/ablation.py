"""What each reader and each kind of evidence contributes: the software without it, on the same read pages.

usage: python -m benchmarks.ablation --set FOLDER [--documents N] [--qualities NAME,…]

The first reader reads every page once; all that follows is done again without one reader, or with one kind of evidence
silenced. The documents are some of those that the confidence is judged on (benchmarks/calibration).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import cv2

from benchmarks.calibration.examples import row_of
from benchmarks.calibration.reading import JUDGE_SEED, entries_of
from benchmarks.evaluation.frozen import Entry, make_entry
from benchmarks.evaluation.making import make_files
from benchmarks.run import describe_version
from benchmarks.score import count, rate
from benchmarks.truth import TrueDocument, read_truth
from chitieu.model import Cell, Extraction
from extractors.pdf import PdfFile, open_pdf
from extractors.second_reading import reread
from flows.identity import FileNotes, read_notes
from flows.lost_places import find_lost_places
from flows.page_reading import ReadPage, read_pages
from flows.stages import extract_pages
from normalizers.consensus import agree_in_column
from normalizers.foreign import foreign_words
from normalizers.known_phrases import is_known_phrase, known_spelling
from normalizers.legibility import judge
from normalizers.lexicon import bigram_count, is_syllable
from normalizers.mended import Mended
from normalizers.oddities import stray_marks, unlikely_words
from normalizers.repair import mend_cell
from normalizers.sequences import check_section
from normalizers.text import unknown_words
from normalizers.wording import doubtful_words, one_mark_away, reads_well, support, weak_words

REPORT = Path(__file__).with_name("ABLATION.md")
Function = Callable[..., object]
Silenced = tuple[tuple[Function, Function], ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What is taken away: readings or what is known of a cell, and functions that say nothing instead."""

    name: str
    of_cell: Callable[[Cell], Cell] = lambda cell: cell
    silenced: Silenced = ()


def _without_second_model(cell: Cell) -> Cell:
    return replace(cell, readings=tuple(replace(one, witness=None) for one in cell.readings))


def _without_second_guesses(cell: Cell) -> Cell:
    return replace(cell, readings=tuple(replace(one, rivals=()) for one in cell.readings))


def _without_mark_rivals(cell: Cell) -> Cell:
    return replace(cell, readings=tuple(replace(one, mark_rivals=()) for one in cell.readings))


def _all_sure(cell: Cell) -> Cell:
    return replace(cell, readings=tuple(replace(one, confidence=1.0) for one in cell.readings))


def _all_ink_read(cell: Cell) -> Cell:
    return replace(cell, quality=1.0, has_lost_rule=False)


_TESSERACT: Silenced = ((reread, lambda tables, *_: tuple(tables)),)
_BIGRAMS: Silenced = (
    (bigram_count, lambda *_: 0), (support, lambda *_: 1), (weak_words, lambda _: ()), (doubtful_words, lambda _: ()),
)  # fmt: skip
_SYLLABLES: Silenced = ((is_syllable, lambda _: True), (unknown_words, lambda _: ()), (foreign_words, lambda *_: ()))
_PHRASES: Silenced = ((is_known_phrase, lambda *_: False), (known_spelling, lambda *_: ""))

WITHOUT = (
    Without("nothing: all readers, all evidence"),
    Without("all but the first reader", lambda cell: _without_second_guesses(_without_second_model(cell)), _TESSERACT),
    Without("second guesses of the first reader", _without_second_guesses),
    Without("other marks that the ink allows", _without_mark_rivals),
    Without("the second model", _without_second_model),
    Without("tesseract", silenced=_TESSERACT),
    Without("the second model and tesseract", _without_second_model, _TESSERACT),
    Without("the first reader's confidence", _all_sure),
    Without("unread ink and weak rules", _all_ink_read),
    Without("syllables", silenced=_SYLLABLES),
    Without("pairs of syllables", silenced=_BIGRAMS),
    Without("odd spellings and marks", silenced=((unlikely_words, lambda *_: ()), (stray_marks, lambda _: ()))),
    Without("known units and bodies", silenced=_PHRASES),
    Without("what a column says often", silenced=((agree_in_column, lambda _field, cells, _layers: cells),)),
    Without("the sequence of numbers", silenced=((check_section, lambda *_: []),)),
    Without("print outside the tables", silenced=((find_lost_places, lambda *_: ()),)),
    Without("repairs of single cells", silenced=((mend_cell, lambda _field, cell: Mended(cell.text)),)),
)
# Number, date and province of the document are no part of this.
_UNNAMED = dict.fromkeys(("document_number", "document_date", "province"), "")
# What they remember is of the evidence that they had.
_REMEMBERING = (doubtful_words, reads_well, one_mark_away)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document with its pages as the first reader read them, and what is printed there."""

    pdf: PdfFile
    pages: list[ReadPage]
    notes: FileNotes
    truth: TrueDocument

    def without(self, without: Without) -> Counter[str]:
        pages = [_changed(page, without.of_cell) for page in self.pages]
        with silence(without.silenced):
            extraction = extract_pages(self.pdf, pages, self.notes, self.truth.id, "0" * 16, threads=1)
        rows = [row_of(one) | _UNNAMED for part in _parts(extraction) for one in part.indicators]
        return count(self.truth, rows)


def _parts(extraction: Extraction) -> tuple[Extraction, ...]:
    return (extraction, *extraction.further)


def _changed(page: ReadPage, of_cell: Callable[[Cell], Cell]) -> ReadPage:
    if page.content is None:
        return page
    tables = tuple(replace(table, cells=tuple(map(of_cell, table.cells))) for table in page.content.tables)
    return replace(page, content=replace(page.content, tables=tables))


@contextmanager
def silence(functions: Silenced) -> Iterator[None]:
    """Put functions in the place of others, wherever a module of ours has those by name."""
    with ExitStack() as stack:
        for function, instead in functions:
            stack.enter_context(_instead(function, instead))
        _forget()
        yield
    _forget()


@contextmanager
def _instead(function: Function, instead: Function) -> Iterator[None]:
    rooms = [module for name, module in sys.modules.items() if name.partition(".")[0] in ("flows", "normalizers")]
    places = [(room, name) for room in rooms for name, thing in vars(room).items() if thing is function]
    for room, name in places:
        setattr(room, name, instead)
    try:
        yield
    finally:
        for room, name in places:
            setattr(room, name, function)


def _forget() -> None:
    for function in _REMEMBERING:
        function.cache_clear()


def measure(entries: Sequence[Entry], folder: Path, quality: str) -> dict[str, Counter[str]]:
    """What was counted without each reader and kind of evidence, all documents together."""
    tallies = {without.name: Counter[str]() for without in WITHOUT}
    for entry in entries:
        name = make_entry(entry).identity
        print(f"{quality} {name} …", file=sys.stderr, flush=True)
        truth = read_truth(folder / "truth" / f"{name}.json")
        for without, tally in measure_document(folder / quality / f"{name}.pdf", truth).items():
            tallies[without] += tally
    return tallies


def measure_document(path: Path, truth: TrueDocument) -> dict[str, Counter[str]]:
    """The same of one document, whose pages are read once."""
    with open_pdf(path) as pdf:
        numbers = range(1, pdf.page_count + 1)
        pages = read_pages(pdf, numbers, judge, prose_pages=numbers, threads=1, report=lambda _done, _all: None)
        opened = _Opened(pdf, pages, read_notes(path), truth)
        return {without.name: opened.without(without) for without in WITHOUT}


def write_report(tallies: dict[str, dict[str, Counter[str]]], documents: int) -> str:
    """Lay out what was counted at each quality as a page of Markdown."""
    rows = {quality: next(iter(own.values()))["truth"] for quality, own in tallies.items()}
    sizes = ", ".join(f"{quality}: {count_} true rows" for quality, count_ in rows.items())
    head = ["without", *(f"{quality}: row exact / silent error / review load" for quality in tallies)]
    lines = [
        "# Ablation",
        "",
        f"`python -m benchmarks.ablation`, {describe_version()}, {datetime.now(UTC):%Y-%m-%d}. {documents} documents "
        f"({sizes}); per cent. The pages are read once; all that follows is done again without one reader, or with one "
        "kind of evidence silenced and everything else as it is. What a kind of evidence does where another would have "
        "done the same is not seen here.",
        "",
        f"| {' | '.join(head)} |",
        f"| --- |{' ---: |' * len(tallies)}",
    ]
    for without in WITHOUT:
        shares = (_shares(own[without.name]) for own in tallies.values())
        lines.append(f"| {without.name} | {' | '.join(shares)} |")
    return "\n".join(lines) + "\n"


def _shares(tally: Counter[str]) -> str:
    scores = rate(tally)
    return f"{100 * scores.row_exact:.1f} / {100 * scores.silent_error:.2f} / {100 * scores.flagged:.1f}"


def main() -> None:
    """Measure and write ABLATION.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="where the documents are, or are to be made")
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--qualities", default="office,bad")
    options = parser.parse_args()
    qualities = options.qualities.split(",")
    # One of every few layouts.
    entries = entries_of(JUDGE_SEED, 4 * options.documents)[1::4]
    make_files(entries, options.set, qualities, processes=1)
    cv2.setNumThreads(1)
    tallies = {quality: measure(entries, options.set, quality) for quality in qualities}
    REPORT.write_text(write_report(tallies, len(entries)), encoding="utf-8")
    print(REPORT)


if __name__ == "__main__":
    main()
