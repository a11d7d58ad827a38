"""Tesseract, as a library in this process: its program takes longer to load its model, at every call, than to read ten
cells.
"""

import atexit
import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np

from extractors.arrays import Grey

LANGUAGE, LSTM_ONLY = b"vie", 1
# Otsu's threshold; what it would warn of goes nowhere.
SETTINGS = {b"thresholding_method": b"0", b"debug_file": b"/dev/null"}
# Columns of its table of words, which has rows for blocks and lines as well.
CONFIDENCE, TEXT = 10, 11


class TesseractFailed(Exception):
    """The library or its model is not there."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read; confidence 0..1."""

    text: str
    confidence: float


def load_model() -> None:
    """Load the model for the readings to come, also for those of children that are forked from this process.

    Raises TesseractFailed.
    """
    with _engine():
        pass


def read_words(crops: Sequence[Grey], psm: int) -> list[list[Word]]:
    """The words of each picture; `psm`: how their layout is to be taken. Raises TesseractFailed."""
    with _engine() as engine:
        return [list(_words_in(engine.read(crop, psm))) for crop in crops]


class _Engine:
    """The library with its model loaded; it reads one picture at a time, and is to be closed."""

    def __init__(self) -> None:
        self._library = _library()
        self._handle = self._library.TessBaseAPICreate()
        if self._library.TessBaseAPIInit2(self._handle, None, LANGUAGE, LSTM_ONLY):
            self.close()
            raise TesseractFailed("tesseract has no Vietnamese model: install tesseract-ocr-vie")
        for name, value in SETTINGS.items():
            self._library.TessBaseAPISetVariable(self._handle, name, value)

    def read(self, crop: Grey, psm: int) -> str:
        """Its table of what is on a picture; empty where it cannot look at it, as with one too small."""
        height, width = crop.shape
        self._library.TessBaseAPISetPageSegMode(self._handle, psm)
        self._library.TessBaseAPISetImage(self._handle, np.ascontiguousarray(crop).tobytes(), width, height, 1, width)
        if self._library.TessBaseAPIRecognize(self._handle, None):
            return ""
        table = self._library.TessBaseAPIGetTsvText(self._handle, 0)
        try:
            return ctypes.string_at(table).decode("utf-8") if table else ""
        finally:
            self._library.TessDeleteText(table)

    def close(self) -> None:
        self._library.TessBaseAPIDelete(self._handle)


@cache
def _library() -> ctypes.CDLL:
    """The library, its functions with the types of `tesseract/capi.h`."""
    name = find_library("tesseract")
    if name is None:
        raise TesseractFailed("tesseract is missing: install tesseract-ocr and tesseract-ocr-vie")
    library = ctypes.CDLL(name)
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, result, arguments in (
        ("TessBaseAPICreate", pointer, ()),
        ("TessBaseAPIInit2", number, (pointer, text, text, number)),
        ("TessBaseAPISetVariable", number, (pointer, text, text)),
        ("TessBaseAPISetPageSegMode", None, (pointer, number)),
        ("TessBaseAPISetImage", None, (pointer, text, number, number, number, number)),
        ("TessBaseAPIRecognize", number, (pointer, pointer)),
        ("TessBaseAPIGetTsvText", pointer, (pointer, number)),
        ("TessDeleteText", None, (pointer,)),
        ("TessBaseAPIDelete", None, (pointer,)),
    ):
        declared = getattr(library, function)
        declared.restype, declared.argtypes = result, arguments
    return library


_lock = Lock()
_idle: list[_Engine] = []


@contextmanager
def _engine() -> Iterator[_Engine]:
    """An engine that nobody else reads with; several threads have one each."""
    with _lock:
        engine = _idle.pop() if _idle else None
    engine = engine or _Engine()
    try:
        yield engine
    finally:
        with _lock:
            _idle.append(engine)


@atexit.register
def _close_all() -> None:
    while _idle:
        _idle.pop().close()


def _words_in(table: str) -> Iterator[Word]:
    """The words of a table, whose rows end with a line feed; nothing in it is quoted."""
    for row in table.split("\n"):
        fields = row.split("\t")
        if len(fields) > TEXT and fields[TEXT].strip():
            yield Word(fields[TEXT], float(fields[CONFIDENCE]) / 100)
