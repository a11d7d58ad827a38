"""Training lines: a text, set, scanned, cut, as the reader's input.

usage: python -m training.lines --out FOLDER --count 200000 --seed 1 [--processes 2]
Writes shards of at most 5,000 lines: `NAME.npy` (40 × all columns, uint8) and `NAME.txt` (width, tab, text a line).
"""

import argparse
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from extractors.arrays import Grey
from extractors.reading import HANDWRITING, model_input
from training.damage import SCANS, Scan, cut_line, scan_line
from training.drawing import Style, draw_line, seen_em
from training.handwriting import filled_line, written_line
from training.surroundings import blank_line, with_surroundings
from training.texts import Texts
from training.typefaces import HELD_OUT, TRAINING, Face, find_faces, missing

Noise = np.random.Generator
LINES_PER_SHARD = 5000
_BLANKS, _WRITTEN, _FILLED = 0.02, 0.02, 0.02
# What a hand fills in: a number of the print, the word behind a colon.
_HOLE = re.compile(r"\d+|(?<=: )\w+")
_STYLES = {"regular": 0.62, "bold": 0.2, "italic": 0.13, "bold italic": 0.05}
# Longer lines are rare in cells, and cost as their length.
MAX_WIDTH = 640


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the reader sees it (40 × width, uint8, ink bright) and what it says; two apostrophes are a quote."""

    image: Grey
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A line as the cutter takes it from a page (grey, ink dark), and what it says."""

    grey: Grey
    text: str


def make_lines(seed: int, fonts: dict[str, int], *, unseen: bool = False, scan: Scan | None = None) -> Iterator[Line]:
    """An endless stream of lines; the same seed gives the same ones. `scan`: all scanned so, else drawn for each."""
    for cut in make_cuts(seed, fonts, unseen=unseen, scan=scan):
        line = Line(np.round(model_input(cut.grey)[0, 0] * 255).astype(np.uint8), cut.text)
        if line.image.shape[1] <= MAX_WIDTH:
            yield line


def make_cuts(seed: int, fonts: dict[str, int], *, unseen: bool = False, scan: Scan | None = None) -> Iterator[Cut]:
    """The same lines, and those that are too long to train on, before they become the reader's input."""
    noise = np.random.default_rng(seed)
    texts = Texts(seed, unseen=unseen)
    while True:
        yield _make_cut(texts, noise, fonts, scan or _pick_scan(noise))


def _pick_scan(noise: Noise) -> Scan:
    weights = np.array([scan.weight for scan in SCANS])
    return SCANS[int(noise.choice(len(SCANS), p=weights / weights.sum()))]


def _make_cut(texts: Texts, noise: Noise, fonts: dict[str, int], scan: Scan) -> Cut:
    # Appendices with many columns are set small.
    size_pt = float(np.clip(noise.normal(12, 1.6), 8, 16) if noise.random() < 0.75 else noise.uniform(8, 11))
    size_px = size_pt * float(noise.uniform(*scan.dpi)) / 72
    if noise.random() < _WRITTEN:
        return Cut(cut_line(scan_line(written_line(noise, size_px), scan, noise), noise), HANDWRITING)
    if noise.random() < _BLANKS:
        return Cut(cut_line(scan_line(blank_line(noise, size_px), scan, noise), noise), "")
    text = texts.next()
    style = _draw_style(noise, fonts, size_px, text)
    # Fonts with large letters are set smaller.
    style = replace(style, size_px=round(2 * style.size_px / max(1.0, seen_em(style.face)) ** 0.7) / 2)
    if noise.random() < _FILLED and (hole := _HOLE.search(text)) and hole[0] != text:
        before, after = text[: hole.start()], text[hole.end() :]
        drawn = filled_line(*(draw_line(part, style) if part else None for part in (before, after)), noise)
        text = f"{before}{HANDWRITING}{after}"
    else:
        drawn = draw_line(text, style)
    scanned = scan_line(with_surroundings(drawn, noise), scan, noise)
    return Cut(cut_line(scanned, noise), text.replace("''", '"'))


def _draw_style(noise: Noise, fonts: dict[str, int], size_px: float, text: str) -> Style:
    face = _pick_face(noise, fonts)
    dice = noise.random(6)
    return Style(
        face,
        size_px,
        ink=int(noise.uniform(0, 70)),
        spacing=float(noise.uniform(0.05, 0.2)) if dice[0] < (0.08 if text.isupper() else 0.015) else 0.0,
        stacks_marks=bool(dice[1] < 0.35),
        is_underlined=bool(dice[2] < 0.015),
        rule_at=float(noise.uniform(-0.2, 0.9)) if dice[3] < 0.01 else None,
        raises_digits=bool(dice[4] < 0.5),
    )


def _pick_face(noise: Noise, fonts: dict[str, int]) -> Face:
    family = _pick(noise, fonts)
    faces = find_faces(family)
    style = _pick(noise, _STYLES)
    return faces[style] if style in faces else faces["regular"]


def _pick(noise: Noise, weights: dict[str, int] | dict[str, float]) -> str:
    names, shares = _shares(tuple(weights.items()))
    return names[int(np.searchsorted(shares, noise.random(), side="right"))]


@cache
def _shares(weights: tuple[tuple[str, float], ...]) -> tuple[list[str], "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
    sums = np.cumsum([weight for _, weight in weights])
    return [name for name, _ in weights], sums / sums[-1]


def write_shard(folder: Path, seed: int, number: int, count: int) -> Path:
    """One shard of lines for training."""
    lines = make_lines(seed * 10_000 + number, TRAINING)
    made = [next(lines) for _ in range(count)]
    target = folder / f"{number:04d}.npy"
    target.with_suffix(".txt").write_text(
        "".join(f"{line.image.shape[1]}\t{line.text}\n" for line in made), encoding="utf-8"
    )
    draft = target.with_suffix(".part")
    with draft.open("wb") as file:
        np.save(file, np.concatenate([line.image for line in made], axis=1))
    draft.replace(target)
    return target


def read_shard(path: Path) -> list[Line]:
    """The lines of a shard."""
    pixels = np.load(path, mmap_mode="r")
    lines, start = [], 0
    for entry in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        width, _, text = entry.partition("\t")
        lines.append(Line(pixels[:, start : start + int(width)], text))
        start += int(width)
    return lines


def main() -> None:
    """Write shards, those that are there already left as they are."""
    parser = argparse.ArgumentParser(prog="python -m training.lines", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if lacking := missing(TRAINING | HELD_OUT):
        parser.error(f"fonts are missing: {', '.join(lacking)} (training/README.md names their packages)")
    options.out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(options.processes) as pool:
        numbers = [
            n for n in range(-(-options.count // LINES_PER_SHARD)) if not (options.out / f"{n:04d}.npy").exists()
        ]
        work = [pool.submit(write_shard, options.out, options.seed, n, LINES_PER_SHARD) for n in numbers]
        for index, done in enumerate(work, start=1):
            done.result()
            print(f"{index * LINES_PER_SHARD} of {len(work) * LINES_PER_SHARD} lines", flush=True)


if __name__ == "__main__":
    main()
