"""The frozen set: what is measured today is what was frozen."""

import gzip
import json

import numpy as np
import pytest

from benchmarks.evaluation.frozen import TRUTH, digest, make_entry, read_digests, read_entries, true_text
from benchmarks.evaluation.making import careless
from benchmarks.evaluation.report import wilson_bounds
from benchmarks.maker.damage import QUALITIES


def test_the_maker_still_makes_the_frozen_truth():
    made = {make_entry(entry).identity: digest(true_text(entry)) for entry in read_entries()}
    assert made == read_digests()


def test_the_committed_truth_is_the_one_of_the_digests():
    truths = json.loads(gzip.decompress(TRUTH.read_bytes()))
    again = {truth["id"]: digest(json.dumps(truth, ensure_ascii=False, indent=1) + "\n") for truth in truths}
    assert again == read_digests()


def test_the_set_is_as_large_as_it_has_to_be():
    truths = json.loads(gzip.decompress(TRUTH.read_bytes()))
    targets = [value for truth in truths for row in truth["rows"] for value in row.get("values", ()) if value["value"]]
    assert len(truths) >= 60
    assert len(targets) >= 5000


@pytest.mark.parametrize("quality", ["clean", "office", "fax", "bad"])
def test_the_same_accidents_happen_again(quality):
    entry = read_entries()[0]
    page = np.full((400, 280, 3), 255, np.uint8)
    page[60:340:30, 40:240] = 0
    scans = []
    for _ in range(2):
        scanned, _ = careless(QUALITIES[quality], entry)
        scans.append(scanned.damage(page, np.random.default_rng(1)))
    assert np.array_equal(*scans)


@pytest.mark.parametrize(("hits", "cases", "low", "high"), [(0, 5000, 0, 0.00077), (50, 100, 0.4038, 0.5962)])
def test_the_bounds_of_a_share_are_those_of_the_table(hits, cases, low, high):
    assert wilson_bounds(hits, cases) == pytest.approx((low, high), abs=1e-4)
