"""The frozen documents as files: printed once, scanned in each quality, some of them carelessly."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2

from benchmarks.evaluation.frozen import Entry, make_entry
from benchmarks.maker.damage import QUALITIES, Image, Noise, Quality, skew
from benchmarks.maker.marks import draw_marks
from benchmarks.maker.page import page_html
from benchmarks.maker.printing import print_pdf
from benchmarks.maker.scans import scan_pdf
from benchmarks.maker.seal import BLACK, BLUE, RED
from benchmarks.maker.truth import truth_json

Damage = Callable[[Image, Noise], Image]
DIGITAL = "digital"
_MOST_SKEW_DEGREES = 5.0
# How many documents are scanned askew, with wide pages on their side, with a page on its head. Our own guess.
_SKEWED, _SIDEWAYS, _TURNED_OVER = 0.08, 0.12, 0.06
_SEALS = (RED, BLACK, BLUE)
_SEAL_SHARES = (0.7, 0.2, 0.1)


def make_files(entries: Sequence[Entry], folder: Path, qualities: Sequence[str], processes: int) -> None:
    """Write `<quality>/<id>.pdf` and `truth/<id>.json`; what is there already stays."""
    for name in (*qualities, DIGITAL, "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(processes) as pool:
        for quality in dict.fromkeys((DIGITAL, *qualities)):
            work = [pool.submit(_make_file, entry, folder, quality) for entry in entries]
            print(f"{quality}: {sum(done.result() for done in work)} documents written", flush=True)


def _make_file(entry: Entry, folder: Path, quality: str) -> bool:
    decision = make_entry(entry)
    target = folder / quality / f"{decision.identity}.pdf"
    if target.exists():
        return False
    draft = target.with_suffix(".part")
    if quality != DIGITAL:
        scanned, colour = careless(QUALITIES[quality], entry)
        scan_pdf(folder / DIGITAL / target.name, draft, scanned, entry.seed * 1000 + entry.index, colour)
    else:
        print_pdf(page_html(decision), draft)
        with pypdfium2.PdfDocument(str(draft)) as document:
            truth = truth_json(decision, len(document))
        (folder / "truth" / f"{decision.identity}.json").write_text(truth, encoding="utf-8")
    draft.replace(target)
    return True


def careless(quality: Quality, entry: Entry) -> tuple[Quality, tuple[int, int, int]]:
    """The quality with what happened to this one document on its way to the scanner, and the colour of its seal."""
    noise = np.random.default_rng([entry.seed, entry.index, *quality.name.encode(), 7])
    colour = _SEALS[int(noise.choice(len(_SEALS), p=_SEAL_SHARES))]
    fate = noise.random()
    marks = draw_marks(noise)
    if quality.name == "clean":
        # scanned with care: only a wide page may lie on its side
        return (replace(quality, damage=_sideways(quality)) if fate < _SIDEWAYS else quality), colour
    return replace(quality, marks=marks, damage=_accident(quality, float(fate))), colour


def _accident(quality: Quality, fate: float) -> Damage:
    if fate < _SKEWED:
        return lambda page, noise: quality.damage(skew(page, noise, _MOST_SKEW_DEGREES), noise)
    if fate < _SKEWED + _SIDEWAYS:
        return _sideways(quality)
    if fate < _SKEWED + _SIDEWAYS + _TURNED_OVER:
        return lambda page, noise: quality.damage(_some_on_head(page, noise), noise)
    return quality.damage


def _sideways(quality: Quality) -> Damage:
    return lambda page, noise: quality.damage(_wide_on_side(page, noise), noise)


def _wide_on_side(page: Image, noise: Noise) -> Image:
    quarters = int(noise.choice((1, 3)))
    return np.ascontiguousarray(np.rot90(page, quarters)) if page.shape[1] > page.shape[0] else page


def _some_on_head(page: Image, noise: Noise) -> Image:
    return np.ascontiguousarray(np.rot90(page, 2)) if noise.random() < 0.4 else page
