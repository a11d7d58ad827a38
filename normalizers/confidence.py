"""The probability that a row is right, from what speaks against each of its fields (field_evidence.py).

Two logistic models, one upon the other: of each field the log-odds that it is wrong are a base for the field and a
weight for each doubt; no weight is below zero, so that no doubt ever makes a field surer. A row is right where all of
its fields are; as their errors go together, the odds of that are set right by a slope and a base of their own. All
numbers stand in data/confidence.json, which `make calibrate` writes (benchmarks/CALIBRATION.md).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, expm1, log, log1p
from pathlib import Path

from chitieu.model import Flag, FlagKind, Indicator, Table
from normalizers.data import FOLDER
from normalizers.field_evidence import FEATURES, OWN_DOUBT, ROW_FIELDS, evidence_of, features_of

MODEL = FOLDER / "confidence.json"
# What nothing else flags and falls below is mostly wrong, and hardly there: benchmarks/CALIBRATION.md.
LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of the doubts and bases of the fields, all in log-odds of being wrong; slope and base of a row."""

    bases: Mapping[str, float]
    weights: Mapping[str, float]
    row_slope: float
    row_base: float


class UnfitModel(Exception):
    """The file of weights is of other features or fields than the code has: run `make calibrate`."""


def with_confidence(indicators: Sequence[Indicator], tables: Iterable[Table]) -> tuple[Indicator, ...]:
    """The rows with the calibrated probability that they are right; `tables` are those that they were read from.

    A row that nothing else flags and that is so unlikely to be right is flagged in its most doubtful field.
    """
    model = load_model(MODEL)
    evidence = evidence_of(indicators, tables)
    return tuple(
        _weighed(row, [features_of(known) for known in fields], model)
        for row, fields in zip(indicators, evidence, strict=True)
    )


def _weighed(row: Indicator, fields: Sequence[Sequence[float]], model: ConfidenceModel) -> Indicator:
    confidence = 1 - row_doubt(fields, model)
    if row.flags or confidence >= LEAST_CONFIDENCE:
        return replace(row, confidence=confidence)
    odds = {field: field_log_odds(field, features, model) for field, features in zip(ROW_FIELDS, fields, strict=True)}
    worst = max(odds, key=lambda field: odds[field])
    doubt = Flag(FlagKind.LOW_CONFIDENCE, worst, f"{OWN_DOUBT}{confidence:.2f}")
    return replace(row, confidence=confidence, flags=(doubt,))


@cache
def load_model(path: Path) -> ConfidenceModel:
    """The weights as they stand in a file. Raises UnfitModel where they are not of the features of today."""
    written = json.loads(path.read_text(encoding="utf-8"))
    if tuple(written["weights"]) != tuple(FEATURES) or tuple(written["bases"]) != ROW_FIELDS:
        raise UnfitModel(f"{path} is not of these features: run `make calibrate`")
    row = written["row"]
    return ConfidenceModel(written["bases"], written["weights"], row["slope"], row["base"])


def field_log_odds(field: str, features: Sequence[float], model: ConfidenceModel) -> float:
    """The log-odds that a field is wrong."""
    doubts = zip(model.weights.values(), features, strict=True)
    return model.bases[field] + sum(weight * feature for weight, feature in doubts)


def row_doubt(fields: Sequence[Sequence[float]], model: ConfidenceModel) -> float:
    """The probability that a row is wrong, from the features of its fields in the order of ROW_FIELDS."""
    odds = [field_log_odds(field, features, model) for field, features in zip(ROW_FIELDS, fields, strict=True)]
    return _probability(model.row_base + model.row_slope * any_log_odds(odds))


def any_log_odds(log_odds: Sequence[float]) -> float:
    """The log-odds that at least one of several independent things holds, from the log-odds of each.

    >>> round(any_log_odds([0.0, 0.0]), 4)  # one of two coins
    1.0986
    """
    return log(expm1(sum(log1p(exp(one)) for one in log_odds)))


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))
