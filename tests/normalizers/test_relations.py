"""What a decision does to earlier ones."""

import pytest

from chitieu.identity import Claim, Origin
from chitieu.model import Line
from normalizers.relations import number_in, read_relations
from tests.normalizers import way

OLD = "Quyết định số 1139/QĐ-UBND ngày 09/7/2025 của Ủy ban nhân dân tỉnh"
AS_VALUE = "1139/QĐ-UBND (2025-07-09)"


def relations(*texts: str, subject: str = "") -> list[tuple[str, str]]:
    claims = [Claim("title", subject, Origin.HEAD)] if subject else []
    return [(claim.field, claim.value) for claim in read_relations(way.lines(*texts), claims)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế {OLD}.", [("replaces", AS_VALUE)]),
        (f"Điều 2. Bãi bỏ {OLD}.", [("replaces", AS_VALUE)]),
        (f"Điều 2. {OLD} hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", [("replaces", AS_VALUE)]),
        (f"Điều 1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo {OLD}.", [("amends", AS_VALUE)]),
        (f"Điều 1. Thay thế Phụ lục II ban hành kèm theo {OLD}.", [("amends", AS_VALUE)]),
        (f"Điều 1. Bãi bỏ khoản 3 Điều 2 của {OLD}.", [("amends", AS_VALUE)]),
        (f"Điều 2. Bãi bỏ {OLD} về việc sửa đổi Quyết định số 5/QĐ-UBND.", [("replaces", AS_VALUE)]),
        (
            "Điều 2. Thay thế Quyết định số 12/QĐ-UBND ngày 01 tháng 02 năm 2024 và Quyết định số 13/QĐ-UBND.",
            [("replaces", "12/QĐ-UBND (2024-02-01)"), ("replaces", "13/QĐ-UBND")],
        ),
        (f"Điều 3. Giao Sở Tài chính thực hiện theo {OLD}.", []),
        (f"Căn cứ {OLD} sửa đổi, bổ sung Quyết định số 5/QĐ-UBND;", []),
    ],
)
def test_sentences(text: str, expected: list[tuple[str, str]]) -> None:
    assert relations(text) == expected


def test_grounds_before_the_articles_are_about_others() -> None:
    grounds = "Căn cứ Nghị định số 72/2019/NĐ-CP sửa đổi, bổ sung Quyết định số 37/QĐ-UBND;"
    assert relations(grounds, f"Điều 1. Thay thế {OLD}.") == [("replaces", AS_VALUE)]


def test_a_sentence_over_two_lines_is_one_and_has_both_places() -> None:
    lines: tuple[Line, ...] = way.lines("Điều 2. Quyết định này thay thế Quyết", "định số 1139/QĐ-UBND ngày 09/7/2025.")
    (claim,) = read_relations(lines, ())
    assert (claim.value, claim.regions) == (AS_VALUE, tuple(line.region for line in lines))


def test_the_subject_tells_too_and_what_is_replaced_is_not_amended_besides() -> None:
    subject = f"Về việc sửa đổi, bổ sung {OLD}"
    assert relations(subject=subject) == [("amends", AS_VALUE)]
    assert relations(f"Điều 2. Thay thế {OLD}.", subject=subject) == [("replaces", AS_VALUE)]


def test_the_number_alone() -> None:
    assert (number_in(AS_VALUE), number_in("5/QĐ-UBND")) == ("1139/QĐ-UBND", "5/QĐ-UBND")
