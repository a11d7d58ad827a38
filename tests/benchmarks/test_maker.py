"""The maker of synthetic decisions: the same again from the same seed, and nothing true that is not printed."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
import pytest

from benchmarks.certain_values import read_certain_value
from benchmarks.maker.__main__ import write_document
from benchmarks.maker.content import make_decision
from benchmarks.maker.damage import QUALITIES
from benchmarks.maker.fonts import FONTS, is_complete
from benchmarks.maker.layouts import TEMPLATES
from benchmarks.maker.looks import FULL_RULES
from benchmarks.maker.model import Decision, Field, Record
from benchmarks.maker.page import page_html
from benchmarks.maker.stock import topics
from benchmarks.maker.table import printed_text
from benchmarks.maker.truth import truth_json, truth_rows

KINDS = sorted(TEMPLATES)


def _decision(kind: str, seed: int = 3) -> Decision:
    return make_decision(seed, 0, FULL_RULES, kind)


def _records(decision: Decision) -> list[Record]:
    return [row for section in decision.sections for row in section.rows if isinstance(row, Record)]


def _words(text: str) -> list[str]:
    """What stands between blanks and the signs after which a line may end."""
    return [word for word in re.split(r"[\s/–-]+", text) if word]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_truth_and_page(kind):
    first, second = _decision(kind), _decision(kind)
    assert truth_json(first, 2) == truth_json(second, 2)
    assert page_html(first) == page_html(second)
    assert truth_json(first, 2) != truth_json(_decision(kind, seed=4), 2)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_name_their_section_and_have_a_target(kind):
    rows = truth_rows(_decision(kind))
    sections = [row["code"] for row in rows if row["kind"] == "section"]
    assert len(sections) == len(set(sections))
    records = [row for row in rows if row["kind"] == "row"]
    assert len(records) >= 15
    for row in records:
        assert row["section"] in sections
        assert any(value["value"] for value in row["values"])
        assert all(re.fullmatch(r"20\d\d(-20\d\d)?", value["period"]) for value in row["values"])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if TEMPLATES[kind].units == "inline"])
def test_a_value_that_carries_its_unit_keeps_its_number(kind):
    for record in _records(_decision(kind)):
        for value in record.values:
            if value.shown != value.text:
                assert value.shown.casefold().replace(" ", "").find(record.unit.casefold().replace(" ", "")) > 0
                assert read_certain_value(value.text) is not None or not value.text[0].isdigit()


@pytest.mark.parametrize("kind", ["ditto", "merged-unit", "rowspan"])
def test_what_is_printed_once_is_true_of_every_row(kind):
    records = _records(_decision(kind))
    shared = [record for record in records if printed_text(record, Field.AGENCY) in (None, '"', "nt")]
    assert shared
    assert all(record.agencies for record in shared)


def test_no_topic_stands_twice():
    names = [topic.name.casefold() for topic in topics()]
    assert len(names) > 200
    assert len(names) == len(set(names))


@pytest.mark.browser
def test_fonts_have_all_letters():
    assert [font for font in FONTS if not is_complete(font)] == []


@pytest.mark.parametrize("name", QUALITIES)
def test_damage_keeps_the_page_readable_and_repeats_itself(name):
    page = np.full((600, 420, 3), 255, np.uint8)
    page[100:500:40, 40:380] = 0
    damaged = [QUALITIES[name].damage(page, np.random.default_rng(5)) for _ in range(2)]
    assert np.array_equal(*damaged)
    assert damaged[0].dtype == np.uint8
    ink_share = (damaged[0] < 128).mean()
    assert 0.005 < ink_share < 0.2


@pytest.mark.browser
def test_everything_true_is_printed(tmp_path):
    decision = _decision("rowspan")
    pages = write_document(decision, tmp_path, ["digital", "fax"], seed=1)
    pdf = f"{decision.identity}.pdf"
    assert _counted_words(tmp_path / "digital" / pdf) >= Counter(_true_words(decision))
    scan = pypdfium2.PdfDocument(str(tmp_path / "fax" / pdf))
    truth = json.loads((tmp_path / "truth" / f"{decision.identity}.json").read_text(encoding="utf-8"))
    assert len(scan) == pages == truth["pages"]


@pytest.mark.browser
def test_a_row_goes_on_after_the_end_of_a_page(tmp_path):
    decision = _decision("seed5")
    looks = [replace(decision.look, cuts_rows=cuts, repeats_header=False, padding_pt=5.0) for cuts in (True, False)]
    ends = []
    for place, look in enumerate(looks):
        assert write_document(replace(decision, look=look), tmp_path / str(place), ["digital"], seed=1) >= 2
        ends.append(_counted_words(tmp_path / str(place) / "digital" / f"{decision.identity}.pdf"))
    # the same words, whichever page they stand on
    assert Counter(_true_words(decision)) <= ends[0]
    assert ends[0] == ends[1]


def _counted_words(pdf: Path) -> Counter[str]:
    with pdfplumber.open(pdf) as document:
        return Counter(word for page in document.pages for word in _words(page.extract_text(x_tolerance=1.5)))


def _true_words(decision: Decision) -> list[str]:
    records = [word for record in _records(decision) for word in _record_words(record)]
    titles = [word for section in decision.sections for word in _words(section.title)]
    return [*records, *titles, *_words(decision.number)]


def _record_words(record: Record) -> list[str]:
    printed = [printed_text(record, field) or "" for field in Field if field is not Field.VALUE]
    return [word for text in (*printed, *(value.shown for value in record.values)) for word in _words(text)]
