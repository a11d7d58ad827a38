"""The documents of the measure: each of the maker's, in every way in which its text layer may come."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2

from benchmarks.identity.heads import vary_head
from benchmarks.maker.content import long_date, make_decision, short_date
from benchmarks.maker.damage import QUALITIES
from benchmarks.maker.layers import (
    write_bundle,
    write_garbage_layer,
    write_legacy,
    write_pasted,
    write_sound_layer,
    write_stamp_layer,
)
from benchmarks.maker.layouts import TEMPLATES
from benchmarks.maker.looks import MIXED_RULES
from benchmarks.maker.model import Appendix, Decision, Table
from benchmarks.maker.page import page_html
from benchmarks.maker.printing import print_pdf
from benchmarks.maker.scans import scan_pdf
from chitieu.layers import Encoding, LayerKind

SCANS = ("clean", "office", "fax", "bad")
# What a document says of itself does not rest on how long its tables are; reading their pictures costs most.
MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself, as the dataset has it; the date is empty where a draft leaves it blank."""

    number: str
    date: str
    issuer: str
    province: str


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what its pages' layers are, and the documents in it."""

    name: str
    path: Path
    kinds: tuple[LayerKind, ...]
    identities: tuple[Identity, ...]


def make_cases(
    folder: Path, seed: int, count: int, scanned: int | None = None, scans: Sequence[str] = SCANS
) -> Iterator[Case]:
    """Write the files of so many decisions, and of each with the next one in one file; `scans` has `office`.

    Only the first `scanned` of them come as scans too: those cost most; all where it is None.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before: tuple[Path, Decision] | None = None
    for index in range(count):
        kind = list(TEMPLATES)[index % len(TEMPLATES)]
        made = make_decision(seed, index, MIXED_RULES, kind)
        decision = replace(made, has_body=True, appendices=tuple(_shortened(one) for one in made.appendices))
        digital, drawn = folder / f"{decision.identity}.pdf", seed * 1000 + index
        print_pdf(vary_head(page_html(decision), decision, drawn), digital)
        yield from _digital_cases(folder, decision, digital, drawn)
        if scanned is None or index < scanned:
            yield from _scanned_cases(folder, decision, digital, drawn, scans)
        if before:
            yield _bundle(folder, before, (digital, decision))
        before = digital, decision


def _shortened(appendix: Appendix) -> Appendix:
    """The appendix with the first section of each table alone, and that with its first rows."""
    return replace(
        appendix, blocks=tuple(_with_first_rows(one) if isinstance(one, Table) else one for one in appendix.blocks)
    )


def _with_first_rows(table: Table) -> Table:
    first = table.sections[0]
    return replace(table, sections=(replace(first, rows=first.rows[:MOST_ROWS]),))


def identity_of(decision: Decision) -> Identity:
    return Identity(decision.number, decision.day.isoformat(), decision.issuer, decision.province)


def _case(name: str, path: Path, first: LayerKind, rest: LayerKind, identity: Identity) -> Case:
    return Case(name, path, (first, *(rest,) * (_count(path) - 1)), (identity,))


def _digital_cases(folder: Path, decision: Decision, digital: Path, seed: int) -> Iterator[Case]:
    said = identity_of(decision)
    yield _case("digital", digital, LayerKind.SOUND, LayerKind.SOUND, said)
    for encoding, layer in ((Encoding.TCVN3, LayerKind.TCVN3), (Encoding.VNI, LayerKind.VNI)):
        path = folder / f"{decision.identity}-{encoding}.pdf"
        write_legacy(digital, path, encoding)
        yield _case(f"digital in {encoding.upper()}", path, layer, layer, said)
    path = folder / f"{decision.identity}-draft.pdf"
    print_pdf(vary_head(_draft_html(decision), decision, seed), path)
    symbol = f"/{decision.number.partition('/')[2]}"
    yield _case("draft", path, LayerKind.SOUND, LayerKind.SOUND, replace(said, number=symbol, date=""))


def _scanned_cases(folder: Path, decision: Decision, digital: Path, seed: int, scans: Sequence[str]) -> Iterator[Case]:
    said = identity_of(decision)

    def at(name: str) -> Path:
        return folder / f"{decision.identity}-{name}.pdf"

    for name in scans:
        scan_pdf(digital, at(name), QUALITIES[name], seed)
        yield _case(name, at(name), LayerKind.NONE, LayerKind.NONE, said)
    write_sound_layer(at("office"), digital, at("sound-layer"))
    yield _case("scan with sound words", at("sound-layer"), LayerKind.OCR_SOUND, LayerKind.OCR_SOUND, said)
    write_garbage_layer(at("office"), digital, at("garbage-layer"), seed)
    yield _case("scan with garbage words", at("garbage-layer"), LayerKind.OCR_GARBAGE, LayerKind.OCR_GARBAGE, said)
    write_stamp_layer(at("office"), at("stamp"))
    yield _case("scan with a stamp's words", at("stamp"), LayerKind.STAMP, LayerKind.NONE, said)
    write_pasted(decision, digital, at("pasted"))
    yield _case("table pasted as a picture", at("pasted"), LayerKind.PARTIAL, LayerKind.PARTIAL, said)


def _draft_html(decision: Decision) -> str:
    """The document with blanks for its number and date, as it goes to whoever signs."""
    symbol = decision.number.partition("/")[2]
    blank, year = 12 * "&nbsp;", decision.day.year
    html = page_html(decision).replace(decision.number, f"{blank}/{symbol}")
    for printed in (long_date(decision.day), short_date(decision.day)):
        html = re.sub(re.escape(printed), f"{4 * '&nbsp;'} tháng {4 * '&nbsp;'} năm {year}", html)
    return html


def _bundle(folder: Path, first: tuple[Path, Decision], second: tuple[Path, Decision]) -> Case:
    target = folder / f"{first[1].identity}-bundle.pdf"
    write_bundle([first[0], second[0]], target)
    identities = (identity_of(first[1]), identity_of(second[1]))
    return Case("two decisions in one file", target, (LayerKind.SOUND,) * _count(target), identities)


def _count(path: Path) -> int:
    with pypdfium2.PdfDocument(str(path)) as document:
        return len(document)
