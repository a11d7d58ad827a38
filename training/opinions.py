"""Second opinions on what the reader reads: what each catches of its errors, for how much time.

usage: python -m training.opinions --count 500 [--witness READER.onnx …]
Lines as `training.measure` has them. An error is caught where the other reads something else, silent where it reads the
same wrong text. Tesseract sees the line as it was cut.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from extractors.arrays import Grey
from extractors.reading import HANDWRITING, MODEL, WITNESS, read_by_tesseract, read_pieces
from training.lines import Cut, make_cuts
from training.measure import QUALITIES, SEED, scan_named
from training.typefaces import HELD_OUT

ONE_LINE, MARGIN_PX, PAPER = 7, 12, 255
Engine = Callable[[Sequence[Grey]], list[str]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of the reader's wrong lines how many the other has otherwise and how many alike, of its right ones otherwise."""

    caught: int
    silent: int
    doubted: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m training.opinions", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--reader", type=Path, default=MODEL)
    parser.add_argument("--witness", nargs="*", type=Path, default=[WITNESS])
    options = parser.parse_args()
    others: dict[str, Engine] = {path.stem: partial(_by_model, path) for path in options.witness}
    others["tesseract vie"] = _by_tesseract
    print("| quality | second | lines | wrong | caught | silent | right ones doubted | CPU or engine s per 100 lines |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for quality in QUALITIES:
        cuts = _printed(quality, options.count)
        pictures = [cut.grey for cut in cuts]
        first = _by_model(options.reader, pictures)
        for name, engine in others.items():
            began = time.process_time() + _engine_seconds()
            second = engine(pictures)
            spent = time.process_time() + _engine_seconds() - began
            found = compare([cut.text for cut in cuts], first, second)
            print(
                f"| {quality} | {name} | {len(cuts)} | {found.caught + found.silent} | {found.caught} "
                f"| {found.silent} | {found.doubted} | {100 * spent / len(cuts):.2f} |",
                flush=True,
            )


def compare(true: Sequence[str], first: Sequence[str], second: Sequence[str]) -> Opinion:
    """What the second opinion says of the first's errors."""
    lines = list(zip(true, first, second, strict=True))
    return Opinion(
        sum(read not in (text, other) for text, read, other in lines),
        sum(text != read == other for text, read, other in lines),
        sum(text == read != other for text, read, other in lines),
    )


def _printed(quality: str, count: int) -> list[Cut]:
    """Lines of print; blanks and handwriting are other questions."""
    cuts = make_cuts(SEED + QUALITIES.index(quality), HELD_OUT, unseen=True, scan=scan_named(quality))
    return list(islice((cut for cut in cuts if cut.text and HANDWRITING not in cut.text), count))


def _by_model(model: Path, pictures: Sequence[Grey]) -> list[str]:
    return [read_pieces((picture,), model).text for picture in pictures]


def _by_tesseract(pictures: Sequence[Grey]) -> list[str]:
    framed = [np.pad(picture, MARGIN_PX, constant_values=PAPER) for picture in pictures]
    return [reading.text for reading in read_by_tesseract(framed, ONE_LINE)]


def _engine_seconds() -> float:
    """CPU seconds of the engines that ran beside this process and have ended."""
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    main()
