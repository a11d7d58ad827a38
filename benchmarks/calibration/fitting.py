"""The weights of the doubts, found by logistic regression on fields of which it is known whether they are right."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from benchmarks.calibration.examples import Example
from normalizers.confidence import ConfidenceModel, any_log_odds, field_log_odds
from normalizers.field_evidence import FEATURES, ROW_FIELDS

Numbers = npt.NDArray[np.float64]
# The strength of the penalty on large weights: scikit-learn's own.
FREEDOM = 1.0
# More digits than four tell nothing of so few errors.
DIGITS = 4


def fit(examples: Sequence[Example]) -> ConfidenceModel:
    """The model that makes the labels of the examples likeliest; no weight is below zero."""
    bases, weights = _fit_fields(examples)
    fields = ConfidenceModel(bases, weights, 1.0, 0.0)
    slope, base = _fit_rows(examples, fields)
    return ConfidenceModel(bases, weights, slope, base)


def _fit_fields(examples: Sequence[Example]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    doubts = np.array([features for example in examples for features in example.features])
    of_field = np.tile(np.eye(len(ROW_FIELDS)), (len(examples), 1))
    is_wrong = np.array([not right for example in examples for right in example.rights])
    kept = list(range(len(FEATURES)))
    base, of_fields, found = _regression(of_field, doubts, is_wrong)
    # A weight below zero says that another doubt has told it already: without it the rest is fitted anew.
    while found.min() < 0:
        kept.pop(int(found.argmin()))
        base, of_fields, found = _regression(of_field, doubts[:, kept], is_wrong)
    by_feature = dict(zip(kept, found, strict=True))
    weights = {name: round(float(by_feature.get(at, 0.0)), DIGITS) for at, name in enumerate(FEATURES)}
    bases = {name: round(base + float(own), DIGITS) for name, own in zip(ROW_FIELDS, of_fields, strict=True)}
    return bases, weights


def _regression(of_field: Numbers, doubts: Numbers, is_wrong: npt.NDArray[np.bool_]) -> tuple[float, Numbers, Numbers]:
    """The base of all fields, what each field adds to it, and the weights of the doubts."""
    model = LogisticRegression(C=FREEDOM, solver="newton-cholesky").fit(np.hstack([of_field, doubts]), is_wrong)
    return float(model.intercept_[0]), model.coef_[0][: len(ROW_FIELDS)], model.coef_[0][len(ROW_FIELDS) :]


def _fit_rows(examples: Sequence[Example], fields: ConfidenceModel) -> tuple[float, float]:
    """Slope and base of the odds that a row is wrong."""
    odds = np.array([[field_odds_of_row(example, fields)] for example in examples])
    is_wrong = np.array([not example.is_right for example in examples])
    model = LogisticRegression(C=FREEDOM, solver="newton-cholesky").fit(odds, is_wrong)
    return round(float(model.coef_[0][0]), DIGITS), round(float(model.intercept_[0]), DIGITS)


def field_odds_of_row(example: Example, model: ConfidenceModel) -> float:
    """The log-odds that any field of a row is wrong, as if they erred one by one."""
    pairs = zip(ROW_FIELDS, example.features, strict=True)
    return any_log_odds([field_log_odds(field, features, model) for field, features in pairs])
