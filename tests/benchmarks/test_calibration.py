"""What calibration counts: rows by their doubt, and what a threshold on it flags."""

import numpy as np
import pytest

from benchmarks.ablation import WITHOUT, measure_document, silence
from benchmarks.calibration.examples import row_of
from benchmarks.calibration.judging import Judged, as_flagged, bands_of, brier, choose_besides, choose_by_doubt
from benchmarks.calibration.reading import FIT_SEED, JUDGE_SEED, entries_of
from benchmarks.evaluation.frozen import make_entry, read_entries
from benchmarks.maker.stock import Stock
from benchmarks.truth import read_truth
from normalizers import evidence, oddities
from normalizers.oddities import unlikely_words
from tests.normalizers.one_row import row_of as read_row

ROWS = [
    Judged("office", 0.9, is_wrong=True, is_flagged=True),
    Judged("office", 0.4, is_wrong=True, is_flagged=False),
    Judged("office", 0.3, is_wrong=False, is_flagged=True),
    Judged("office", 0.0015, is_wrong=False, is_flagged=False),
]


def test_every_row_is_in_one_band():
    chance = np.random.default_rng(1)
    rows = [
        Judged("bad", float(doubt), bool(doubt > 0.5), is_flagged=False) for doubt in (*chance.random(200), 0.0, 1.0)
    ]
    bands = bands_of(rows)
    assert sum(band.rows for band in bands) == len(rows)
    assert sum(band.wrong for band in bands) == sum(row.is_wrong for row in rows)
    assert all(band.low <= band.doubt <= band.high for band in bands)


@pytest.mark.parametrize(
    ("choose", "threshold", "load", "silent"),
    [
        (choose_by_doubt, 0.5, 0.25, 0.25),
        (choose_by_doubt, 0.35, 0.5, 0.0),
        (choose_besides, 0.5, 0.5, 0.25),
        (choose_besides, 0.35, 0.75, 0.0),
    ],
)
def test_a_threshold_flags_what_is_as_doubtful(choose, threshold, load, silent):
    choice = choose(ROWS, threshold)
    assert (choice.review_load, choice.silent_error) == (load, silent)
    assert (as_flagged(ROWS).review_load, as_flagged(ROWS).silent_error) == (0.5, 0.25)


def test_the_score_of_brier_is_best_for_the_truth():
    told = [Judged(row.quality, float(row.is_wrong), row.is_wrong, row.is_flagged) for row in ROWS]
    assert brier(told) == 0 < brier(ROWS)


def test_the_documents_are_none_of_the_frozen_set_and_those_of_the_judgment_none_of_the_fit():
    fitted, judged = ({make_entry(entry).identity for entry in entries_of(seed, 3)} for seed in (FIT_SEED, JUDGE_SEED))
    frozen = {entry.seed for entry in read_entries()}
    assert not fitted & judged
    assert not frozen & {FIT_SEED, JUDGE_SEED}
    assert {entry.stock for entry in entries_of(FIT_SEED, 3)} == {Stock.DEVELOPMENT}


def test_a_row_is_measured_as_the_dataset_has_it():
    row = row_of(read_row()[0])
    assert (row["value_text"], row["value_low"], row["comparator"], row["flags"]) == ("80", "80", "=", "")


def test_evidence_is_silenced_wherever_it_is_asked_and_speaks_again_afterwards():
    text = "chất thải rắn được thủ gom"
    assert evidence.unlikely_words(text, 5.0)
    with silence(((unlikely_words, lambda *_: ()),)):
        assert not evidence.unlikely_words(text, 5.0)
        assert not oddities.unlikely_words(text, 5.0)
    assert evidence.unlikely_words(text, 5.0)


def test_each_row_of_the_ablation_takes_something_away():
    first, *others = WITHOUT
    assert not first.silenced
    assert len({without.name for without in WITHOUT}) == len(WITHOUT)
    assert all(without.silenced or without.of_cell is not first.of_cell for without in others)


def test_a_document_is_measured_without_each_and_with_all_that_is_born_digital_is_right(samples):
    truth = read_truth(samples / "truth" / "cao-bang-1139.json")
    tallies = measure_document(samples / "digital" / "cao-bang-1139.pdf", truth)
    assert list(tallies) == [without.name for without in WITHOUT]
    assert {tally["truth"] for tally in tallies.values()} == {len(truth.targets)}
    whole = tallies[WITHOUT[0].name]
    assert (whole["right"], whole["silent"], whole["flagged"]) == (len(truth.targets), 0, 0)
