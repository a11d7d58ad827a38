"""The promise of the samples: what the measure says of each quality, and row for row what the office scans give."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from benchmarks.score import Scores, count, rate
from benchmarks.truth import read_truth
from tests.flows.goldens import DECISIONS, PROMISED, SAMPLES, dataset_rows, extract, golden_rows, read_golden

pytestmark = pytest.mark.ocr


@dataclass(frozen=True, slots=True)
class Promise:
    """Of all true rows; the review load of all rows given."""

    row_exact: float
    silent_error: float
    review_load: float


# The table of docs/DATASET.md's measure that the project was given; clean and bad scans are left to `make bench`.
PROMISES = {
    "digital": Promise(row_exact=0.995, silent_error=0.0, review_load=0.03),
    "office": Promise(row_exact=0.98, silent_error=0.005, review_load=0.08),
    "fax": Promise(row_exact=0.96, silent_error=0.01, review_load=0.15),
}
QUALITIES = tuple(PROMISES)


@cache
def scores(quality: str) -> Scores:
    tally: Counter[str] = Counter()
    for document in PROMISED:
        tally += count(read_truth(SAMPLES / "truth" / f"{document}.json"), dataset_rows(quality, document))
    return rate(tally)


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_printed_row_is_found_and_none_is_invented(quality):
    assert (scores(quality).recall, scores(quality).spurious) == (1.0, 0.0)


@pytest.mark.parametrize("quality", QUALITIES)
def test_rows_are_exact(quality):
    assert scores(quality).row_exact >= PROMISES[quality].row_exact


@pytest.mark.parametrize("quality", QUALITIES)
def test_hardly_a_wrong_row_is_without_a_flag(quality):
    assert scores(quality).silent_error <= PROMISES[quality].silent_error


@pytest.mark.parametrize("quality", QUALITIES)
def test_few_rows_are_left_to_the_reviewer(quality):
    assert scores(quality).flagged <= PROMISES[quality].review_load


@pytest.mark.parametrize("quality", QUALITIES)
def test_no_comparison_sign_is_lost_or_turned(quality):
    signs = set("≥≤<>")
    for document in PROMISED:
        truth = [target.shown for target in read_truth(SAMPLES / "truth" / f"{document}.json").targets]
        given = [row["value_text"] for row in dataset_rows(quality, document)]
        assert [[c for c in text if c in signs] for text in given] == [
            [c for c in text if c in signs] for text in truth
        ]


@pytest.mark.parametrize("quality", QUALITIES)
def test_number_date_and_issuer_are_those_of_the_heading(quality):
    document = extract(quality, "cao-bang-1139").document
    assert (document.number, document.date) == ("1139/QĐ-UBND", date(2025, 7, 9))
    assert (document.issuer, document.province) == ("Ủy ban nhân dân tỉnh Cao Bằng", "Cao Bằng")


@pytest.mark.parametrize("quality", QUALITIES)
def test_a_draft_keeps_its_number_and_date_blank(quality):
    document = extract(quality, "lai-chau-skhcn").document
    assert (document.number, document.date) == ("/KH-SKHCN", None)
    # Its caption names the department alone; the province is told by the body.
    assert (document.issuer, document.province) == ("Sở Khoa học và Công nghệ tỉnh Lai Châu", "Lai Châu")


@pytest.mark.parametrize("document", DECISIONS)
def test_office_scans_give_their_golden_rows(document):
    """`make golden` writes them anew: read the difference as data."""
    assert golden_rows(document) == read_golden(document)
