"""Words that the first reader alone has, where the language does not know them."""

from dataclasses import replace

import pytest

from chitieu.model import FlagKind, Rival
from normalizers.agreement import WITNESS
from normalizers.lone_words import doubt_lone_words
from normalizers.majority import second_guesses_of_others
from normalizers.mended import Mended
from normalizers.repair import mend_cell
from tests.normalizers import way


def doubted(first: str, *others: str, confidence: float = 0.9) -> list[str]:
    witness, *engines = others
    seconds = (way.reading(witness, WITNESS), *(way.reading(text, "tesseract", confidence) for text in engines))
    return [flag.detail for flag in doubt_lone_words("indicator", Mended(first), seconds).flags]


@pytest.mark.parametrize(
    ("first", "witness", "engine", "expected"),
    [
        ("công nghiệp (IP) tăng", "công nghiệp (IIP) tăng", "công nghiệp (IIP) tăng", "IP → IIP"),
        ("sáng chế tang trung bình", "sáng chế tăng trung bình", "sáng chế tảng trung bình", "tang → tăng"),
        ("định kỳ t nhất một lần", "định kỳ ít nhất một lần", "định kỳ Í nhất một lần", "t → ít"),
    ],
)
def test_a_word_that_no_other_reader_has_is_doubted(first: str, witness: str, engine: str, expected: str) -> None:
    assert doubted(first, witness, engine) == [expected]


@pytest.mark.parametrize(
    ("first", "others"),
    [
        ("xuất khẩu hàng hóa", ("xuất khấu hàng hóa", "xuất khấu hàng hóa")),  # the language speaks for it
        ("sáng chế tang trung bình", ("sáng chế tang trung bình", "sáng chế tăng trung bình")),  # one has it, too
        ("sáng chế tang trung bình", ("sáng chế tăng trung bình", "sáng chế tang trung bình")),
        ("tỷ lệ hộ nghèo", ("tỉ lệ hộ nghèo.", "tỉ lệ hộ nghèo")),  # spelt alike
        ("tang trung bình", ("quite another text of more words", "again another one of many words")),
    ],
)
def test_else_the_first_reader_is_believed(first: str, others: tuple[str, ...]) -> None:
    assert doubted(first, *others) == []


def test_an_engine_that_guesses_saves_no_word() -> None:
    assert doubted("trên 1.000 dẫn", "trên 1.000 dẩn", "trên 1.000 dẫn", confidence=0.1) == ["dẫn → dẩn"]


def test_without_a_second_model_nothing_is_doubted() -> None:
    engine = way.reading("sáng chế tăng trung bình", "tesseract", 0.9)
    assert doubt_lone_words("indicator", Mended("sáng chế tang trung bình"), (engine,)).flags == ()


def test_the_doubt_is_on_the_cell() -> None:
    first = replace(way.reading("công nghiệp (IP) tăng"), witness="công nghiệp (IIP) tăng")
    cell = way.cell(0, 0, readings=(first, way.reading("công nghiệp (IIP) tăng", "tesseract", 0.9)))
    assert [flag.kind for flag in mend_cell("indicator", cell).flags] == [FlagKind.READERS_DISAGREE]


@pytest.mark.parametrize("reader", ["witness", "tesseract"])
def test_a_second_guess_that_any_other_has_is_doubted_where_the_language_knows_nothing(reader: str) -> None:
    read, other = "Số tuyển cáp quang", "Số tuyến cáp quang"
    first = replace(way.reading(read), rivals=(Rival("tuyển", "tuyến", 0.2),))
    first = replace(first, witness=other if reader == "witness" else read)
    engine = way.reading(read if reader == "witness" else other, "tesseract", 0.9)
    assert second_guesses_of_others(read, (first, engine)) == (("tuyển", "tuyến"),)


@pytest.mark.parametrize(("engines", "expected"), [(2, (("tiêu", "tiểu"),)), (1, ())])
def test_faint_marks_are_doubted_where_all_engines_and_the_language_have_them(
    engines: int, expected: tuple[tuple[str, str], ...]
) -> None:
    read, other = "chương trình tiêu học", "chương trình tiểu học"
    first = replace(way.reading(read), witness=read, mark_rivals=(Rival("tiêu", "tiểu", 0.0002),))
    looks = [way.reading(other if at < engines else read, "tesseract", 0.9) for at in range(2)]
    assert second_guesses_of_others(read, (first, *looks)) == expected
