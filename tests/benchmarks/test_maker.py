"""The maker of synthetic decisions: the same again from the same seed, and nothing true that is not printed."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from benchmarks.certain_values import read_certain_value
from benchmarks.maker.__main__ import write_document
from benchmarks.maker.content import make_decision
from benchmarks.maker.damage import QUALITIES
from benchmarks.maker.fonts import FONTS, MORE_FONTS, is_complete
from benchmarks.maker.layouts import ALL_TEMPLATES
from benchmarks.maker.looks import FULL_RULES
from benchmarks.maker.marks import MARK_SHARES
from benchmarks.maker.model import Decision, Field, Record, TaskTable
from benchmarks.maker.page import page_html
from benchmarks.maker.stock import Stock, lines, topics, words
from benchmarks.maker.table import printed_text
from benchmarks.maker.truth import truth_json, truth_rows

KINDS = sorted(ALL_TEMPLATES)


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


@pytest.mark.parametrize("kind", [kind for kind in KINDS if ALL_TEMPLATES[kind].units == "inline"])
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


@pytest.mark.parametrize(("stock", "least"), [(Stock.DEVELOPMENT, 200), (Stock.EVALUATION, 400)])
def test_no_topic_stands_twice(stock, least):
    names = [topic.name.casefold() for topic in topics(stock)]
    assert len(names) > least
    assert len(names) == len(set(names))


def test_the_evaluation_has_indicators_of_its_own():
    known = [topic.name.casefold() for topic in topics(Stock.DEVELOPMENT)]
    own = [topic.name.casefold() for topic in topics(Stock.EVALUATION)]
    likeness = cdist(own, known, scorer=fuzz.ratio).max(axis=1)
    assert [name for name, share in zip(own, likeness, strict=True) if share > 85] == []
    assert (likeness > 75).mean() < 0.05


@pytest.mark.parametrize("use", ["title", "caption", "plain", "one_year", "horizons", "year_title", "task_header"])
def test_the_evaluation_has_wordings_of_its_own(use):
    assert set(words(Stock.EVALUATION, use)).isdisjoint(set(words(Stock.DEVELOPMENT, use)) - {"STT"})


@pytest.mark.parametrize("name", ["sections.txt", "groups.txt", "notes.txt", "names.txt", "parts.txt", "partners.txt"])
def test_the_evaluation_has_lists_of_its_own(name):
    assert set(lines(Stock.EVALUATION, name)).isdisjoint(lines(Stock.DEVELOPMENT, name))


def test_no_font_is_in_both_sets():
    assert set(FONTS[Stock.DEVELOPMENT] | MORE_FONTS).isdisjoint(FONTS[Stock.EVALUATION])


def test_older_sets_stay_as_they_are():
    truth = truth_json(make_decision(7, 3, FULL_RULES), 1)
    assert hashlib.sha256(truth.encode()).hexdigest().startswith("c7b76c920dcecc14")


def test_a_row_with_its_number_printed_again_is_one_true_row():
    decision = _decision("renumbered")
    (cut,) = [record for record in _records(decision) if record.cut_words]
    html = page_html(decision)
    assert html.count(">" + cut.printed_code + "</td>") >= 2
    assert "class='rest'" in html
    assert cut.indicator not in html
    assert sum(row.get("indicator") == cut.indicator for row in truth_rows(decision)) == 1


def test_a_table_of_tasks_gives_no_true_rows():
    decision = _decision("tasks-after")
    (tasks,) = [block for block in decision.appendices[0].blocks if isinstance(block, TaskTable)]
    html, truth = page_html(decision), truth_json(decision, 1)
    for task in tasks.rows:
        assert task.task in html
        assert task.task not in truth


def test_sections_under_parts_carry_both_numbers():
    decision = _decision("two-level")
    keys = [section.key for section in decision.sections]
    assert keys[:2] == ["A.I", "A.II"]
    assert "B.I" in keys
    assert all(section.above[1] for section in decision.sections if section.key.endswith(".I"))


def test_the_unit_of_a_section_is_printed_in_its_title_alone():
    decision = _decision("section-unit")
    for section in decision.sections:
        assert section.shown != section.title
        assert {record.unit in section.shown for record in section.rows} == {True}


@pytest.mark.browser
def test_fonts_have_all_letters():
    fonts = [font for of_stock in FONTS.values() for font in of_stock]
    assert [font for font in fonts if not is_complete(font)] == []


@pytest.mark.parametrize("name", QUALITIES)
def test_damage_keeps_the_page_readable_and_repeats_itself(name):
    page = np.full((600, 420, 3), 255, np.uint8)
    page[100:500:40, 40:380] = 0
    damaged = [QUALITIES[name].damage(page, np.random.default_rng(5)) for _ in range(2)]
    assert np.array_equal(*damaged)
    assert damaged[0].dtype == np.uint8
    paper = np.median(damaged[0])
    ink_share = (damaged[0] < paper - 60).mean()
    assert 0.005 < ink_share < 0.2


@pytest.mark.parametrize("mark", [mark for mark, _ in MARK_SHARES])
def test_a_mark_darkens_a_part_of_the_page_and_repeats_itself(mark):
    page = np.full((594, 420, 3), 255, np.uint8)
    page[100:500:40, 40:380] = 0
    marked = [mark(page, np.random.default_rng(5)) for _ in range(2)]
    assert np.array_equal(*marked)
    assert 0.001 < (marked[0] < page).mean() < 0.6
    assert not (marked[0] > page).any()


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
