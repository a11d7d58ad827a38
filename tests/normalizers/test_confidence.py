"""The confidence of rows: more doubt never makes surer, and the weights are those of today's features."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chitieu.model import Flag, FlagKind, Indicator, Reading, Rival, Table
from normalizers.confidence import (
    LEAST_CONFIDENCE,
    MODEL,
    UnfitModel,
    any_log_odds,
    load_model,
    row_doubt,
    with_confidence,
)
from normalizers.field_evidence import FEATURES, ROW_FIELDS, evidence_of, features_of
from normalizers.repair import TEXT_LAYER
from tests.normalizers import way
from tests.normalizers.one_row import row_of


def confidence(row: Indicator, table: Table) -> float:
    return with_confidence((row,), (table,))[0].confidence


def features(field: str, row: Indicator, table: Table) -> dict[str, float]:
    (evidence,) = evidence_of((row,), (table,))
    return dict(zip(FEATURES, features_of(evidence[ROW_FIELDS.index(field)]), strict=True))


def test_the_weights_are_of_the_features_of_today_and_none_speaks_for_a_field():
    model = load_model(MODEL)
    assert tuple(model.weights) == tuple(FEATURES)
    assert tuple(model.bases) == ROW_FIELDS
    assert min(model.weights.values()) >= 0
    assert model.row_slope > 0


@pytest.mark.parametrize("part", ["weights", "bases"])
def test_weights_of_other_features_are_refused(part, tmp_path):
    written = json.loads(MODEL.read_text(encoding="utf-8"))
    written[part]["of yesterday"] = written[part].pop(next(iter(written[part])))
    (tmp_path / "model.json").write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(UnfitModel, match="make calibrate"):
        load_model(tmp_path / "model.json")


FIELDS = st.lists(
    st.lists(st.floats(0, 4), min_size=len(FEATURES), max_size=len(FEATURES)),
    min_size=len(ROW_FIELDS), max_size=len(ROW_FIELDS),
)  # fmt: skip


@given(FIELDS, st.integers(0, len(ROW_FIELDS) - 1), st.integers(0, len(FEATURES) - 1), st.floats(0, 4))
def test_more_doubt_never_makes_surer(fields, field, feature, more):
    model = load_model(MODEL)
    before = row_doubt(fields, model)
    fields[field][feature] += more
    assert 0 <= before <= row_doubt(fields, model) <= 1


def test_a_row_is_doubted_like_its_fields_together():
    assert any_log_odds([0.0, 0.0, 0.0]) == pytest.approx(1.9459, abs=1e-4)  # one of three coins: 7 to 1
    assert any_log_odds([-9.0, 3.0]) == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize(
    ("field", "reading", "feature", "expected"),
    [
        ("value_text", Reading(way.reading("80").runs, "reader", 0.9, (), "80"), "unsure", 3.0),
        ("value_text", Reading(way.reading("80").runs, "reader", 0.9, (), "30"), "second_model_differs", 1),
        ("value_text", Reading(way.reading("80").runs, "reader", 0.9, (), "80"), "second_model_differs", 0),
        ("value_text", Reading(way.reading("80").runs, "reader", 0.9, (), None), "nobody_agrees", 1),
        ("value_text", Reading(way.reading("80").runs, TEXT_LAYER, 1.0), "nobody_agrees", 0),
        ("value_text", Reading(way.reading("80").runs, TEXT_LAYER, 1.0), "read_from_picture", 0),
        ("value_text", Reading(way.reading("80").runs, "reader", 0.9, (Rival("8", "3", 0.4),), "80"), "likeliest_rival", 0.4),
        ("agency", Reading(way.reading("Sở Tàl chlnh").runs, "reader", 0.9), "unknown_words", 1),
        ("agency", Reading(way.reading("Sở Tàl chlnh").runs, "reader", 0.9), "unknown_phrase", 1),
        ("agency", Reading(way.reading("Sở Tài chính").runs, "reader", 0.9), "unknown_phrase", 0),
    ],
)  # fmt: skip
def test_what_speaks_against_a_field(field, reading, feature, expected):
    found = features(field, *row_of(field, reading))
    assert found[feature] == pytest.approx(expected, abs=0.01)


def test_a_unit_without_a_cell_is_as_sure_as_the_value_that_it_came_from():
    row, table = row_of()
    sources = tuple(source for source in row.sources if source.field != "unit")
    unsure = replace(row, sources=sources)
    assert features("unit", unsure, table)["unsure"] == features("value_text", row, table)["unsure"]


@pytest.mark.parametrize(("field", "about"), [("unit", "unit"), ("", "code"), ("section", "code")])
def test_a_flag_speaks_against_its_field_or_against_the_row_as_a_whole(field, about):
    row, table = row_of()
    flagged = replace(row, flags=(Flag(FlagKind.SEQUENCE_BROKEN, field),))
    told = [one for one in ROW_FIELDS if features(one, flagged, table)["flag_sequence_broken"]]
    assert told == [about]


def test_print_that_nobody_disputes_is_surer_than_a_scan_and_that_surer_than_one_in_dispute():
    printed = confidence(*row_of(engine=TEXT_LAYER))
    scanned = confidence(*row_of())
    disputed = confidence(*row_of("value_text", replace(way.reading("80", confidence=0.7), witness="30")))
    assert 0.99 < printed <= 1
    assert printed >= scanned > disputed
    assert disputed < 0.9


def test_a_row_is_flagged_for_its_confidence_where_nothing_else_flags_it_and_the_flag_is_no_further_evidence():
    row, table = row_of("code", replace(way.reading("I 1 2 3", confidence=0.5), witness="1 2 T 3"))
    glued = replace(row, code="I 1 2 3", flags=())
    (doubted,) = with_confidence((glued,), (table,))
    assert [str(flag) for flag in doubted.flags] == ["low_confidence:code"]
    assert doubted.confidence < LEAST_CONFIDENCE
    assert with_confidence((doubted,), (table,)) == (doubted,)
    flagged = replace(glued, flags=(Flag(FlagKind.LOW_CONFIDENCE, "unit"),))
    assert with_confidence((flagged,), (table,))[0].flags == flagged.flags
    sure, read = row_of()
    assert with_confidence((sure,), (read,))[0].flags == sure.flags == ()
