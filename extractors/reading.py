"""Line images → readings. The only file that knows OCR engines.

First reader: the project's own ONNX model, a line a call. Its witness: a second model of ours with other weights from
the start (training/README.md), on the same cut lines. Second reader, independent of both and of how lines are cut:
tesseract `vie`, many cells in one engine call.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from chitieu.model import Reading, Rival, Run
from extractors.arrays import Floats, Grey
from extractors.mark_variants import mark_variants

if TYPE_CHECKING:
    import onnxruntime as ort
    import pandas as pd

READER, TESSERACT, TEXT_LAYER, TEXT_EXPORT = "reader", "tesseract", "text layer", "text export"

_DATA = Path(__file__).parent / "data"
MODEL, WITNESS, _CHARSET = _DATA / "reader_int8.onnx", _DATA / "witness_int8.onnx", _DATA / "charset.txt"
# What the model was trained on: shared reader facts, "Use".
LINE_HEIGHT, WIDTH_FACTOR, WIDTH_STEP, LEFT_PAD = 40, 0.8, 16, 4
INK_LEVEL = 20 / 255
# How pandas is to take the engine's table: `NA`, `null` and `nan` are words like others.
AS_PRINTED = {"keep_default_na": False, "dtype": {"text": str}}
# What the models write for a line in handwriting, which they tell and do not read.
HANDWRITING = "✍"
# A second guess less likely than this is none.
MIN_RIVAL_PROBABILITY = 0.01
# Other marks on a letter that are less likely than this are not in the ink: on faxes seven letters in a hundred have
# any above it.
MIN_MARKS_PROBABILITY = 1e-4


class CharPlace(NamedTuple):
    """A character that was read: the piece of the line that it is of, and how far from its left, in pixels."""

    char: str
    piece: int
    across: float


@dataclass(frozen=True, slots=True)
class LineReading:
    """Text of one line; confidence is the probability of its least certain character (1 for an empty line).

    `witness`: the text that the second model has, None where it was not asked. `mark_rivals`: the words with other
    marks on one letter to which a model gave any chance. `places`: about where each character of its pieces stands,
    with the piece that it is of, pixels from that piece's left.
    """

    text: str
    confidence: float
    rivals: tuple[Rival, ...] = ()
    witness: str | None = None
    mark_rivals: tuple[Rival, ...] = ()
    places: tuple[CharPlace, ...] = ()


@cache
def _session(model: Path) -> "ort.InferenceSession":
    # Its import starts a thread, which children forked from where it has been imported would not have.
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def _charset() -> str:
    return _CHARSET.read_text(encoding="utf-8").rstrip("\r\n")


def read_line(pieces: Sequence[Grey]) -> LineReading:
    """Read a line from its pieces (parted at wide gaps, left to right) by the project's reader."""
    return read_pieces(pieces, MODEL)


def read_as_witness(pieces: Sequence[Grey]) -> LineReading:
    """What the second model makes of a line."""
    return read_pieces(pieces, WITNESS)


def read_pieces(pieces: Sequence[Grey], model: Path) -> LineReading:
    """What a model has of a line; `model`: MODEL, WITNESS, or one that is being measured."""
    readings = [_read_piece(piece, at, model) for at, piece in enumerate(pieces) if piece.size]
    texts = [reading.text for reading in readings if reading.text]
    rivals = tuple(rival for reading in readings for rival in reading.rivals)
    marks = tuple(rival for reading in readings for rival in reading.mark_rivals)
    places = tuple(place for reading in readings for place in reading.places)
    confidence = min((reading.confidence for reading in readings), default=1.0)
    return LineReading(" ".join(texts), confidence, rivals, mark_rivals=marks, places=places)


def _read_piece(piece: Grey, at: int, model: Path) -> LineReading:
    line = model_input(piece)
    logits = np.asarray(_session(model).run(None, {"x": line})[0][0], dtype=np.float32)
    reading, frames = _decode(logits)
    # Pixels of the model's line in a frame, and of the piece in a pixel of that line.
    stride, scale = line.shape[3] / len(logits), piece.shape[0] / LINE_HEIGHT / WIDTH_FACTOR
    return replace(
        reading,
        places=tuple(CharPlace(char, at, ((frame + 0.5) * stride - LEFT_PAD) * scale) for char, frame in frames),
    )


def model_input(piece: Grey) -> Floats:
    """Grey line → (1, 1, 40, W): resized, stretched, padded to a multiple of 16."""
    height, width = piece.shape
    target = max(4, round(width * LINE_HEIGHT / height * WIDTH_FACTOR))
    way = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    small = cv2.resize(piece, (target, LINE_HEIGHT), interpolation=way).astype(np.float32)
    ordered = np.sort(small, axis=None)
    ink, paper = ordered[round(0.015 * (ordered.size - 1))], ordered[round(0.7 * (ordered.size - 1))]
    # Ink is dark: the stretch maps paper to 20, ink to 250, as in training.
    stretched = np.clip((paper - small) * 230 / max(paper - ink, 40.0) + 20, 0, 255) / 255
    padded_width = -(-(LEFT_PAD + target + LEFT_PAD) // WIDTH_STEP) * WIDTH_STEP
    line = np.full((1, 1, LINE_HEIGHT, padded_width), INK_LEVEL, dtype=np.float32)
    line[0, 0, :, LEFT_PAD : LEFT_PAD + target] = stretched
    return line


def _decode(logits: Floats) -> tuple[LineReading, list[tuple[str, int]]]:
    """Greedy CTC: index 0 is blank, index i is character i - 1 of the alphabet; the reading, and each one's frame."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = raised / raised.sum(axis=1, keepdims=True)
    best = logits.argmax(axis=1)
    starts = np.flatnonzero((best != 0) & (best != np.concatenate([[0], best[:-1]]))).tolist()
    guesses = _guesses(probabilities, best, starts)
    text = "".join(guess.char for guess in guesses)
    least = 0.0 if HANDWRITING in text else min((guess.probability for guess in guesses), default=1.0)
    frames = [(guess.char, start) for guess, start in zip(guesses, starts, strict=True)]
    return LineReading(text.strip(), least, _rivals(text, guesses), mark_rivals=_mark_rivals(text, guesses)), frames


class _Guess(NamedTuple):
    """A character that was read and the likeliest other one, with their probabilities where the first was surest.

    `marks`: the same letter with other marks, each with its probability there.
    """

    char: str
    probability: float
    other: str
    other_probability: float
    marks: tuple[tuple[str, float], ...]


def _guesses(probabilities: Floats, best: NDArray[np.int_], starts: list[int]) -> list[_Guess]:
    """What was read, each character from the frame where it is surest; `starts`: the frames where they begin."""
    charset, (frames, indices) = _charset(), _surest_frames(probabilities, best, starts)
    each = np.arange(len(starts))
    seen = probabilities[frames]
    others = seen.copy()
    others[:, 0] = others[each, indices] = 0
    others[:, charset.index(HANDWRITING) + 1 :] = 0
    other = others.argmax(axis=1)
    found = zip(indices.tolist(), seen[each, indices].tolist(), other.tolist(), seen[each, other].tolist(), strict=True)
    marks = _seen_marks(seen, indices)
    return [
        _Guess(charset[index - 1], probability, charset[max(instead, 1) - 1], less, marks.get(place, ()))
        for place, (index, probability, instead, less) in enumerate(found)
    ]


def _surest_frames(
    probabilities: Floats, best: NDArray[np.int_], starts: list[int]
) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """For each character the frame where it is surest, of those that have it from its start on, and its index."""
    surest = probabilities[np.arange(len(best)), best].tolist()
    indices, frames = best.tolist(), []
    for start in starts:
        end = start + 1
        while end < len(indices) and indices[end] == indices[start]:
            end += 1
        frames.append(max(range(start, end), key=surest.__getitem__))
    return np.array(frames, dtype=np.int_), best[starts]


def _seen_marks(seen: Floats, indices: NDArray[np.int_]) -> dict[int, tuple[tuple[str, float], ...]]:
    """The same letters with other marks that have any probability, by the place of the character."""
    variants, charset = _mark_variants(), _charset()
    # A model may know fewer characters than the alphabet has: the last ones.
    are_variants = _are_variants()[indices, : seen.shape[1]]
    likely = np.flatnonzero(((seen >= MIN_MARKS_PROBABILITY) & are_variants).any(axis=1))
    found = {}
    for place in likely.tolist():
        of_letter = variants[indices[place] - 1]
        probabilities = seen[place, of_letter]
        found[place] = tuple(
            (charset[variant - 1], probability)
            for variant, probability in zip(of_letter.tolist(), probabilities.tolist(), strict=True)
            if probability >= np.float32(MIN_MARKS_PROBABILITY)
        )
    return found


@cache
def _are_variants() -> NDArray[np.bool_]:
    """Which places in the logits stand for the same letter as another, with other marks."""
    variants = _mark_variants()
    are = np.zeros((len(variants) + 1, len(variants) + 1), dtype=np.bool_)
    for index, others in enumerate(variants, start=1):
        are[index, others] = True
    return are


@cache
def _mark_variants() -> tuple[NDArray[np.int_], ...]:
    """The same letters with other marks, by the place of a character in the alphabet, as places in the logits."""
    return tuple(np.array(variants, dtype=np.int_) + 1 for variants in mark_variants(_charset()))


def _rivals(text: str, guesses: list[_Guess]) -> tuple[Rival, ...]:
    """For every character in doubt its word, and the word with the other character."""
    return tuple(
        _rival(text, place, guess.other, round(guess.other_probability, 3))
        for place, guess in enumerate(guesses)
        if guess.other_probability >= MIN_RIVAL_PROBABILITY and guess.char != " "
    )


def _mark_rivals(text: str, guesses: list[_Guess]) -> tuple[Rival, ...]:
    """The words with other marks on one letter."""
    return tuple(
        _rival(text, place, char, float(f"{probability:.2g}"))
        for place, guess in enumerate(guesses)
        for char, probability in guess.marks
    )


def _rival(text: str, place: int, instead: str, probability: float) -> Rival:
    """The word at a place, and what it is with another character there."""
    start = text.rfind(" ", 0, place) + 1
    end = len(text) if text.find(" ", place) < 0 else text.find(" ", place)
    return Rival(text[start:end], text[start:place] + instead + text[place + 1 : end], probability)


def as_reading(
    text: str,
    engine: str,
    confidence: float,
    rivals: tuple[Rival, ...] = (),
    witness: str | None = None,
    mark_rivals: tuple[Rival, ...] = (),
) -> Reading:
    return Reading((Run(text),), engine, round(confidence, 4), rivals, witness, mark_rivals)


def import_tesseract() -> ModuleType:
    """pytesseract, which brings pandas along: half a second that born-digital documents never need."""
    return import_module("pytesseract")


def read_by_tesseract(crops: Sequence[Grey], psm: int) -> list[LineReading]:
    """Read many crops in one engine call (a list file); texts in the order of the crops.

    One call of 47 cells costs 0.9 s, one call each 5.5 s (shared measurements, OCR).
    """
    if not crops:
        return []
    pytesseract = import_tesseract()
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        listing = _write_crops(Path(folder), crops)
        config = f"--psm {psm} --oem 1 -c thresholding_method=0"
        words: pd.DataFrame = pytesseract.image_to_data(
            str(listing), lang="vie", config=config, output_type=pytesseract.Output.DATAFRAME, pandas_config=AS_PRINTED
        )
    return _texts_by_page(words, len(crops))


def _write_crops(folder: Path, crops: Sequence[Grey]) -> Path:
    names = []
    for index, crop in enumerate(crops):
        name = folder / f"{index:05d}.pgm"
        name.write_bytes(cv2.imencode(".pgm", crop)[1].tobytes())
        names.append(str(name))
    listing = folder / "crops.txt"
    listing.write_text("\n".join(names) + "\n", encoding="utf-8")
    return listing


def _texts_by_page(words: "pd.DataFrame", count: int) -> list[LineReading]:
    """The words of each page (a page is a crop, counted from 1) put together; empty where the engine saw none."""
    seen = words[words["text"].str.strip() != ""]
    return [_reading_of(seen[seen["page_num"] == page]) for page in range(1, count + 1)]


def _reading_of(rows: "pd.DataFrame") -> LineReading:
    if rows.empty:
        return LineReading("", 0.0)
    return LineReading(" ".join(rows["text"]), float(rows["conf"].min()) / 100)


# One page per process beats tesseract's own threads (shared measurements, OCR).
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
