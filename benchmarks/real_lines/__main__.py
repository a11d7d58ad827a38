"""Readers on the transcribed lines of real scans.

usage: python -m benchmarks.real_lines FOLDER [--readers NAME=MODEL.onnx …] [--misses]
       python -m benchmarks.real_lines --cut FILE.pdf --pages 1 2 --out FOLDER      (pictures to transcribe)
FOLDER holds the scans, which are not part of the project (benchmarks/real_lines/README.md).
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.real_lines.cutting import CutLine, cut_file, picture_of, write_pictures
from benchmarks.real_lines.transcripts import Transcript, line_of, read_transcripts
from extractors.reading import HANDWRITING, MODEL, WITNESS, read_by_tesseract, read_pieces

Pair = tuple[Transcript, CutLine | None]
Engine = Callable[[Sequence[CutLine]], list[str]]
ONE_LINE = 7


def main() -> None:
    """Cut pictures, or print the table."""
    options = _options()
    if options.cut:
        write_pictures(cut_file(options.cut, options.pages), options.out)
        return
    pairs = pair_all(options.folder, read_transcripts())
    engines: dict[str, Engine] = {
        name: partial(_by_model, Path(path)) for name, path in (entry.split("=", 1) for entry in options.readers)
    }
    print("| reader | lines | without an error | CER % | handwriting told | print taken for it |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, engine in {**engines, "tesseract vie": _by_tesseract}.items():
        _report(name, pairs, engine, tells_misses=options.misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_lines", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--readers", nargs="+", default=[f"reader={MODEL}", f"witness={WITNESS}"])
    parser.add_argument("--misses", action="store_true", help="print every line that is read with an error")
    parser.add_argument("--cut", type=Path)
    parser.add_argument("--pages", nargs="+", type=int, default=[1])
    parser.add_argument("--out", type=Path, default=Path("build/real_lines"))
    options = parser.parse_args()
    if not (options.folder or options.cut):
        parser.error("the folder of the scans is needed")
    return options


def pair_all(folder: Path, transcripts: Sequence[Transcript]) -> list[Pair]:
    """Each transcript with its line; None where the software cuts none there."""
    pairs: list[Pair] = []
    for name in dict.fromkeys(transcript.file for transcript in transcripts):
        here = [transcript for transcript in transcripts if transcript.file == name]
        cut = cut_file(folder / name, sorted({transcript.page for transcript in here}))
        pairs += [(transcript, line_of(transcript, cut)) for transcript in here]
    return pairs


def _by_model(model: Path, lines: Sequence[CutLine]) -> list[str]:
    return [line.image.mark or read_pieces(line.image.pieces, model).text for line in lines]


def _by_tesseract(lines: Sequence[CutLine]) -> list[str]:
    return [reading.text for reading in read_by_tesseract([picture_of(line.image) for line in lines], ONE_LINE)]


def _report(name: str, pairs: Sequence[Pair], engine: Engine, *, tells_misses: bool) -> None:
    found = [line for _, line in pairs if line]
    readings = iter(engine(found))
    texts = [(transcript.text, next(readings) if line else "") for transcript, line in pairs]
    written = [read for true, read in texts if HANDWRITING in true]
    printed = [(true, read) for true, read in texts if HANDWRITING not in true]
    errors = sum(Levenshtein.distance(true, read) for true, read in printed)
    print(
        f"| {name} | {len(printed)} | {sum(true == read for true, read in printed)} "
        f"| {100 * errors / sum(len(true) for true, _ in printed):.2f} "
        f"| {sum(HANDWRITING in read for read in written)} of {len(written)} "
        f"| {sum(HANDWRITING in read for _, read in printed)} |",
        flush=True,
    )
    for true, read in texts if tells_misses else ():
        if true != read:
            print(f"    {true}\n    {read}\n")


if __name__ == "__main__":
    main()
