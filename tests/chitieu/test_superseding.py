"""Several scans of one decision: the better one is published, a person may choose otherwise."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chitieu.corrections import replay
from chitieu.dataset import publish
from chitieu.model import Extraction, Flag, FlagKind, PageKind
from chitieu.settings import Settings, load_settings
from chitieu.store import DocumentState, Store, drafts, open_store
from chitieu.store.scans import Name, Row, Version, have_same_rows
from tests.builders import extraction

FIRST, SECOND, THIRD = ("a" * 16, "b" * 16, "c" * 16)


@pytest.fixture
def settings(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CHITIEU_DATABASE_URL", store_url)
    return load_settings(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings.store_url) as store:
        yield store


def scan(
    document_id: str,
    *,
    doubtful: int = 0,
    shifted: bool = False,
    renamed: str = "",
    value: str = "",
    **identity: object,
) -> Extraction:
    """A scan of the decision of the builders; `doubtful` of its rows are flagged.

    `shifted`: other rows; `renamed`: an addition to their names; `value`: what the first of them says.
    """
    read = extraction(document_id, f"{document_id[0]}.pdf")
    rows = [replace(row, flags=()) for row in read.indicators]
    flagged = [replace(row, flags=(Flag(FlagKind.LOW_CONFIDENCE),)) for row in rows[:doubtful]]
    rows = [*flagged, *rows[doubtful:]]
    rows = [replace(row, indicator=f"{row.indicator} {renamed}".strip()) for row in rows]
    if value:
        rows[0] = replace(rows[0], value_text=value)
    if shifted:
        rows = [replace(row, code=f"9{row.code}", indicator=f"Chỉ tiêu khác hẳn {row.code}") for row in rows]
    return replace(read, document=replace(read.document, **identity), indicators=tuple(rows))


def put(store: Store, *scans: Extraction) -> None:
    for one in scans:
        document_id = one.document.document_id
        store.record_received(document_id, document_id * 4, one.document.source_file)
        store.save_extraction(one, "1", 1.0, replay)


def published(store: Store, settings: Settings) -> set[str]:
    """Ids of the documents whose rows the dataset holds."""
    publish(store, settings.output)
    with (settings.output / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["document_id"] for row in csv.DictReader(file)}


def counting(store: Store) -> set[str]:
    """Ids of the documents whose rows a publication would hold."""
    store.settle_versions()
    with store.snapshot() as snapshot:
        return {record.document.document_id for record in snapshot.rows()}


def superseded(store: Store) -> dict[str, str]:
    with store.snapshot() as snapshot:
        return {one.document.document_id: one.superseded_by for one in snapshot.documents() if one.superseded_by}


def test_the_scan_with_fewer_doubts_is_published_whichever_came_first(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, doubtful=3), scan(SECOND, doubtful=1), scan(THIRD, doubtful=2))
    assert published(store, settings) == {SECOND}
    assert superseded(store) == {FIRST: SECOND, THIRD: SECOND}
    states = {document_id: store.state_of(document_id) for document_id in (FIRST, SECOND)}
    assert states == {FIRST: DocumentState.EXTRACTED, SECOND: DocumentState.PUBLISHED}


def test_the_list_of_documents_says_which_are_published(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, doubtful=3), scan(SECOND))
    publish(store, settings.output)
    with (settings.output / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        said = {row["document_id"]: (row["state"], row["superseded_by"]) for row in csv.DictReader(file)}
    assert said == {FIRST: ("extracted", SECOND), SECOND: ("published", "")}


def test_a_better_scan_takes_the_place_of_one_that_was_published(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, doubtful=2))
    assert published(store, settings) == {FIRST}
    put(store, scan(SECOND))
    assert published(store, settings) == {SECOND}
    assert store.state_of(FIRST) is DocumentState.EXTRACTED
    store.withdraw(SECOND, "another decision after all")
    assert published(store, settings) == {FIRST}
    assert superseded(store) == {}


def test_of_two_that_are_as_good_the_first_stays(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST), scan(SECOND))
    assert published(store, settings) == {FIRST}


def test_of_two_that_are_as_good_the_one_that_is_no_picture_counts(store: Store) -> None:
    put(store, scan(FIRST), drawn(scan(SECOND)), scan(THIRD))
    assert counting(store) == {SECOND}
    put(store, scan(FIRST, **DRAFT), drawn(scan(SECOND, **DRAFT)), scan(THIRD, **DRAFT))
    assert counting(store) == {SECOND}


def drawn(read: Extraction) -> Extraction:
    """The same, whose pages have text of their own."""
    return replace(read, pages=tuple(replace(page, kind=PageKind.DIGITAL) for page in read.pages))


@pytest.mark.parametrize(
    "other",
    [
        {"number": "1140/QĐ-UBND"},
        {"date": date(2025, 7, 10)},
        {"issuer": "Ủy ban nhân dân tỉnh Lai Châu"},
        {"appendix": "Phụ lục II"},
        {"shifted": True},
    ],
)
def test_another_decision_appendix_or_part_is_no_scan_of_this_one(store, other) -> None:
    put(store, scan(FIRST), scan(SECOND, **other))
    assert counting(store) == {FIRST, SECOND}


DRAFT = {"number": "/QĐ-UBND", "date": None}


@pytest.mark.parametrize(
    "blank",
    [
        DRAFT,
        {"number": "", "date": None},
        {"number": "/QĐ-UBND"},
        {"date": None},
        {**DRAFT, "title": "DANH MỤC CÁC CHỈ TIÊU CỤ THÊ"},
    ],
)
def test_a_draft_gives_way_to_the_decision_that_was_signed(store, settings, blank) -> None:
    put(store, scan(FIRST, **blank))
    assert published(store, settings) == {FIRST}
    put(store, scan(SECOND, doubtful=2), scan(THIRD, doubtful=1))
    assert published(store, settings) == {THIRD}
    assert superseded(store) == {FIRST: THIRD, SECOND: THIRD}
    assert store.state_of(FIRST) is DocumentState.EXTRACTED


@pytest.mark.parametrize(
    "other",
    [
        {"number": "/KH-UBND"},
        {"date": date(2024, 7, 9)},
        {"issuer": "Ủy ban nhân dân tỉnh Lai Châu"},
        {"issuer": ""},
        {"title": "Kế hoạch phát triển du lịch"},
        {"title": ""},
        {"appendix": "Phụ lục II"},
        {"shifted": True},
    ],
)
def test_a_draft_of_something_else_stays(store, other) -> None:
    put(store, scan(FIRST, **{**DRAFT, **other}), scan(SECOND))
    assert counting(store) == {FIRST, SECOND}


def test_two_drafts_of_one_decision_both_give_way_to_it(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, **DRAFT), scan(SECOND, **DRAFT))
    assert published(store, settings) == {SECOND}
    put(store, scan(THIRD, doubtful=3))
    assert published(store, settings) == {THIRD}


@pytest.mark.parametrize("blank", [DRAFT, {"number": ""}, {"date": None}, {"title": "Danh mục chỉ tiêu", **DRAFT}])
def test_of_drafts_that_say_the_same_the_last_counts(store, blank) -> None:
    put(store, scan(FIRST, **blank), scan(SECOND, **blank))
    assert counting(store) == {SECOND}
    assert superseded(store) == {FIRST: SECOND}


def test_of_drafts_that_say_the_same_the_better_read_counts(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, doubtful=1, **DRAFT), scan(SECOND, doubtful=2, **DRAFT))
    assert published(store, settings) == {FIRST}
    store.prefer(SECOND)
    assert published(store, settings) == {SECOND}


@pytest.mark.parametrize(
    "other",
    [
        {"number": "/KH-UBND"},
        {"number": "1140/QĐ-UBND"},
        {"date": date(2024, 7, 9)},
        {"issuer": "Ủy ban nhân dân tỉnh Lai Châu"},
        {"title": "Kế hoạch phát triển du lịch"},
        {"appendix": "Phụ lục II"},
        {"shifted": True},
        {"value": "≥ 91"},
    ],
)
def test_drafts_that_say_something_else_all_count(store, other) -> None:
    first = {"number": "1139/QĐ-UBND", "date": None} if other.get("number") == "1140/QĐ-UBND" else DRAFT
    if "date" in other:
        first = {**DRAFT, "date": date(2025, 7, 9)}
    put(store, scan(FIRST, **first), scan(SECOND, **{**DRAFT, **other}))
    assert counting(store) == {FIRST, SECOND}


def test_drafts_without_a_title_or_an_issuer_are_never_taken_for_the_same(store) -> None:
    put(store, scan(FIRST, **{**DRAFT, "title": ""}), scan(SECOND, **{**DRAFT, "title": ""}))
    put(store, scan(THIRD, **{**DRAFT, "issuer": ""}), scan("d" * 16, **{**DRAFT, "issuer": ""}))
    assert counting(store) == {FIRST, SECOND, THIRD, "d" * 16}


def test_a_draft_goes_to_the_decision_that_has_most_of_its_rows(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, number="1140/QĐ-UBND", renamed="đợt 2"), scan(SECOND), scan(THIRD, **DRAFT))
    assert published(store, settings) == {FIRST, SECOND}
    assert superseded(store) == {THIRD: SECOND}


def test_drafts_are_compared_with_few_others_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def have_same_rows_noted(*rows: tuple[Row, ...]) -> bool:
        compared.append(rows)
        return have_same_rows(*rows)

    monkeypatch.setattr(drafts, "have_same_rows", have_same_rows_noted)
    decisions = [[version(f"d{one}", one, number=f"{one}/QĐ-UBND")] for one in range(60)]
    waiting = [version(f"w{one}", one, number="", date=None) for one in range(120)]
    others = drafts.put_drafts(decisions, waiting, {"danhmục": ["danhmục"]})
    assert [[one.document_id for one in group] for group in decisions] == [[f"d{one}", f"w{one}"] for one in range(60)]
    assert [[one.document_id for one in group] for group in others] == [[f"w{one}"] for one in range(60, 120)]
    assert len(compared) == 60


def version(document_id: str, subject: int, **identity: object) -> Version:
    """A document whose rows speak of one subject."""
    rows = tuple(Row(str(at), "2030", f"{chr(97 + subject % 26) * 9} {subject} {at}", "90") for at in range(10))
    day = identity.setdefault("date", date(2025, 7, 9))
    assert day is None or isinstance(day, date)
    return Version(Name(document_id, "", str(identity["number"]), day, "Ủy ban", "Danh mục", ""), 0, rows, 0)


def test_a_person_may_choose_the_draft(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, **DRAFT), scan(SECOND))
    store.prefer(FIRST)
    assert published(store, settings) == {FIRST}
    assert superseded(store) == {SECOND: FIRST}


def test_a_draft_counts_once_in_the_comparison(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, **DRAFT), scan(SECOND))
    publish(store, settings.output)
    with (settings.output / "comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["indicator_id"], row["period"]) for row in csv.DictReader(file)]
    assert rows
    assert len(rows) == len(set(rows))


def test_a_person_chooses_and_chooses_again(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, doubtful=3), scan(SECOND))
    store.prefer(FIRST)
    assert published(store, settings) == {FIRST}
    put(store, scan(SECOND))  # read again by a newer version
    assert published(store, settings) == {FIRST}
    store.prefer(SECOND)
    assert published(store, settings) == {SECOND}


def test_nobody_is_asked_about_a_scan_that_does_not_count(store: Store) -> None:
    put(store, scan(FIRST, doubtful=3), scan(SECOND, doubtful=1))
    store.settle_versions()
    with store.snapshot() as snapshot:
        assert {row.document_id for row in snapshot.open_rows(by_document=True)} == {SECOND}
        assert snapshot.progress().open == 1


def test_letters_that_were_misread_make_no_other_row() -> None:
    good = [Row("1", "2030", "tỷ lệ hộ nghèo"), Row("2", "2030", "số bác sĩ trên vạn dân"), Row("3", "2030", "đô thị")]
    poor = [Row("1", "2030", "tỷ lê hô nghèo"), Row("7", "2030", "số bác sĩ trên vạn dân"), Row("3", "2030", "đô thi")]
    assert have_same_rows(good, poor)
    assert not have_same_rows(good, [Row("1", "2030", "thu nhập bình quân"), *poor[1:2]])
    assert not have_same_rows(good, [])


def test_the_command_says_what_counts_now(store: Store, settings: Settings) -> None:
    put(store, scan(FIRST, doubtful=3), scan(SECOND))
    command = [sys.executable, "-m", "chitieu.cli", "prefer", "--home", str(settings.home), "--language", "en"]
    done = subprocess.run([*command, "a.pdf"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"a.pdf counts in the place of b.pdf ({SECOND})" in done.stdout
    assert subprocess.run([*command, "nothing.pdf"], capture_output=True, check=False).returncode == 2
    assert superseded(store) == {SECOND: FIRST}
