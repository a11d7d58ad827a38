"""How true the confidence is on documents that the fit did not see, and what a threshold on it would flag."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.calibration.examples import Example
from normalizers.confidence import ConfidenceModel, row_doubt

# Bands of the probability that a row is wrong, as fine as the rows of the set allow.
BANDS = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row: what the model says of it, and what is so."""

    quality: str
    doubt: float
    is_wrong: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of like doubt: how many, how doubtful on the average, how many of them are wrong."""

    low: float
    high: float
    rows: int
    doubt: float
    wrong: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What comes of flagging the rows above a threshold: shares of all rows."""

    threshold: float
    review_load: float
    silent_error: float


def judge(examples: Sequence[Example], model: ConfidenceModel) -> list[Judged]:
    return [Judged(one.quality, row_doubt(one.features, model), not one.is_right, one.is_flagged) for one in examples]


def bands_of(rows: Sequence[Judged]) -> list[Band]:
    """The rows by their doubt; bands without rows are left out."""
    found = []
    for low, high in pairwise(BANDS):
        own = [row for row in rows if low <= row.doubt < high or row.doubt == high == 1.0]
        if own:
            doubt = sum(row.doubt for row in own) / len(own)
            found.append(Band(low, high, len(own), doubt, sum(row.is_wrong for row in own)))
    return found


def choose_by_doubt(rows: Sequence[Judged], threshold: float) -> Choice:
    """The rows flagged by the threshold alone."""
    return _choice(threshold, [(row.doubt >= threshold, row.is_wrong) for row in rows])


def choose_besides(rows: Sequence[Judged], threshold: float) -> Choice:
    """The rows flagged by the threshold besides those that are flagged already."""
    return _choice(threshold, [(row.is_flagged or row.doubt >= threshold, row.is_wrong) for row in rows])


def as_flagged(rows: Sequence[Judged]) -> Choice:
    """The rows flagged as they are."""
    return _choice(1.0, [(row.is_flagged, row.is_wrong) for row in rows])


def _choice(threshold: float, rows: Sequence[tuple[bool, bool]]) -> Choice:
    flagged = sum(is_flagged for is_flagged, _ in rows)
    silent = sum(is_wrong and not is_flagged for is_flagged, is_wrong in rows)
    return Choice(threshold, flagged / max(1, len(rows)), silent / max(1, len(rows)))


def brier(rows: Sequence[Judged]) -> float:
    """The mean square of doubt against what is so, after Brier (1950), Monthly Weather Review 78.

    >>> brier([Judged("office", 0.5, True, False)])
    0.25
    """
    return sum((row.doubt - row.is_wrong) ** 2 for row in rows) / max(1, len(rows))
