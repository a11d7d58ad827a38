"""The documents of the measure: each of the maker's, in every way in which its text layer may come."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2

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
from benchmarks.maker.looks import FULL_RULES
from benchmarks.maker.model import Decision
from benchmarks.maker.page import page_html
from benchmarks.maker.printing import print_pdf
from benchmarks.maker.scans import scan_pdf
from chitieu.layers import Encoding, LayerKind

SCANS = ("clean", "office", "fax")


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


def make_cases(folder: Path, seed: int, count: int, scans: Sequence[str] = SCANS) -> Iterator[Case]:
    """Write the files of so many decisions, and of each with the next one in one file; `scans` has `office`."""
    folder.mkdir(parents=True, exist_ok=True)
    before: tuple[Path, Decision] | None = None
    for index in range(count):
        kind = list(TEMPLATES)[index % len(TEMPLATES)]
        decision = replace(make_decision(seed, index, FULL_RULES, kind), has_body=True)
        digital = folder / f"{decision.identity}.pdf"
        print_pdf(page_html(decision), digital)
        yield from _cases(folder, decision, digital, seed * 1000 + index, scans)
        if before:
            yield _bundle(folder, before, (digital, decision))
        before = digital, decision


def identity_of(decision: Decision) -> Identity:
    return Identity(decision.number, decision.day.isoformat(), decision.issuer, decision.province)


def _cases(folder: Path, decision: Decision, digital: Path, seed: int, scans: Sequence[str]) -> Iterator[Case]:
    said = (identity_of(decision),)

    def case(name: str, path: Path, first: LayerKind, rest: LayerKind, identities: tuple[Identity, ...] = said) -> Case:
        return Case(name, path, (first, *(rest,) * (_count(path) - 1)), identities)

    def at(name: str) -> Path:
        return folder / f"{decision.identity}-{name}.pdf"

    yield case("digital", digital, LayerKind.SOUND, LayerKind.SOUND)
    for name in scans:
        scan_pdf(digital, at(name), QUALITIES[name], seed)
        yield case(name, at(name), LayerKind.NONE, LayerKind.NONE)
    write_sound_layer(at("office"), digital, at("sound-layer"))
    yield case("scan with sound words", at("sound-layer"), LayerKind.OCR_SOUND, LayerKind.OCR_SOUND)
    write_garbage_layer(at("office"), digital, at("garbage-layer"), seed)
    yield case("scan with garbage words", at("garbage-layer"), LayerKind.OCR_GARBAGE, LayerKind.OCR_GARBAGE)
    write_stamp_layer(at("office"), at("stamp"))
    yield case("scan with a stamp's words", at("stamp"), LayerKind.STAMP, LayerKind.NONE)
    for encoding, layer in ((Encoding.TCVN3, LayerKind.TCVN3), (Encoding.VNI, LayerKind.VNI)):
        write_legacy(digital, at(encoding), encoding)
        yield case(f"digital in {encoding.upper()}", at(encoding), layer, layer)
    write_pasted(decision, digital, at("pasted"))
    yield case("table pasted as a picture", at("pasted"), LayerKind.PARTIAL, LayerKind.PARTIAL)
    print_pdf(_draft_html(decision), at("draft"))
    symbol = f"/{decision.number.partition('/')[2]}"
    drafted = (replace(identity_of(decision), number=symbol, date=""),)
    yield case("draft", at("draft"), LayerKind.SOUND, LayerKind.SOUND, drafted)


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
