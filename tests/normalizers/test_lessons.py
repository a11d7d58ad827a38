"""What people confirmed elsewhere lays and raises doubts, and never changes a text."""

from dataclasses import replace

import pytest

from chitieu.lessons import Lesson
from chitieu.model import Flag, FlagKind, Indicator
from normalizers.lessons import weigh_lessons, weigh_other_scans
from tests.builders import DOCUMENT_ID, indicator


def row(**texts: object) -> Indicator:
    return replace(indicator(DOCUMENT_ID, "7", "Tỷ lệ hộ có hố xí hợp vệ sinh", "90"), **{"agency": "", **texts})


def weighed(read: Indicator, *lessons: Lesson) -> Indicator:
    (found,) = weigh_lessons([read], lessons)
    assert replace(found, flags=()) == replace(read, flags=())
    return found


@pytest.mark.parametrize(
    ("read", "confirmed", "doubt"),
    [
        ("Trung tâm Xúc tiên đầu tư", "Trung tâm Xúc tiến đầu tư", "Trung tâm Xúc tiên đầu tư → Trung tâm Xúc tiến đầu tư"),
        ("Trung tâm Xue tiến đầu tư", "Trung tâm Xúc tiến đầu tư", "Trung tâm Xue tiến đầu tư → Trung tâm Xúc tiến đầu tư"),
        ("Trung tâm Xúc tiến đầu tư", "Trung tâm Xúc tiến đầu tư", ""),
        ("Trung tâm Khuyến nông", "Trung tâm Xúc tiến đầu tư", ""),
        ("Tổ công tác số 8", "Tổ công tác số 3", ""),
        ("Sở Tài chính", "Sở Tài chinh", ""),
    ],
)  # fmt: skip
def test_a_body_that_is_like_a_confirmed_one_is_doubted(read: str, confirmed: str, doubt: str):
    found = weighed(row(agency=f"Sở Tư pháp; {read}") if doubt else row(agency=read), Lesson("agency", confirmed, 1))
    assert [flag.detail for flag in found.flags] == ([doubt] if doubt else [])


def test_names_of_indicators_are_doubted_where_only_marks_differ():
    found = weighed(row(indicator="Tỷ lệ hộ có hồ xí hợp vệ sinh"), Lesson("indicator", row().indicator, 2))
    assert [str(flag) for flag in found.flags] == ["uncertain_repair:indicator"]


@pytest.mark.parametrize(("documents", "doubts"), [(1, 0), (2, 1)])
def test_what_one_person_overlooked_is_no_evidence_against_what_is_usual(documents: int, doubts: int):
    overlooked = Lesson("indicator", "Tỷ lệ doanh nghiệp đối mới sáng tạo", documents)
    assert len(weighed(row(indicator="Tỷ lệ doanh nghiệp đổi mới sáng tạo"), overlooked).flags) == doubts


@pytest.mark.parametrize(("documents", "left"), [(1, 2), (2, 1), (9, 1)])
def test_a_word_that_several_documents_confirm_is_doubted_no_more(documents: int, left: int):
    doubts = (Flag(FlagKind.NOT_VIETNAMESE, "agency"), Flag(FlagKind.READERS_DISAGREE, "agency"))
    read = row(agency="Trung tâm Khuyến nông Kbang", flags=doubts)
    found = weighed(read, Lesson("agency", "Trung tâm khuyến nông Kbang", documents))
    assert found.flags[-left:] == doubts[-left:]
    assert len(found.flags) == left


def test_a_text_confirmed_by_nobody_is_left_alone():
    assert weighed(row(unit="con gà"), Lesson("agency", "con ga", 5)) == row(unit="con gà")


def test_the_same_row_of_another_scan_that_people_reviewed_is_evidence():
    read, said = row(value_text="≥ 96"), row(value_text="≥ 98")
    (found,) = weigh_other_scans([read], [said, replace(said, code="8"), replace(said, period="2045")])
    assert [(str(flag), flag.detail) for flag in found.flags] == [("uncertain_repair:value_text", "≥ 96 → ≥ 98")]
    assert found.value_text == "≥ 96"
    assert weigh_other_scans([read], [replace(said, indicator="Số giường bệnh trên vạn dân")]) == (read,)
    assert weigh_other_scans([said], [said]) == (said,)
