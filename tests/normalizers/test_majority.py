"""Two other readers against the first: words whose marks only the first did not see."""

from dataclasses import replace

import pytest

from chitieu.model import Rival
from normalizers.agreement import WITNESS
from normalizers.majority import outvoted, second_guesses_of_others
from normalizers.repair import mend_cell
from tests.normalizers import way


def seconds(witness: str, engine: str, confidence: float = 0.9):
    return way.reading(witness, WITNESS), way.reading(engine, "tesseract", confidence)


@pytest.mark.parametrize(
    ("first", "witness", "engine", "expected"),
    [
        ("Nồng độ bui trung bình", "Nồng độ bụi trung bình", "Nồng độ bụi tung bình", "bụi"),
        ("tài nguyên thiên nhuên", "tài nguyên thiên nhiên", "tài nguyên thiên nhiên", "nhiên"),
        ("được công nhân phạm vi", "được công nhận phạm vi", "được công nhận phạm vi", "nhận"),
    ],
)
def test_what_two_others_read_alike_is_printed(first, witness, engine, expected):
    word, instead = outvoted(first, seconds(witness, engine))
    assert instead == expected
    assert first[word.start :].startswith(word.text)


@pytest.mark.parametrize(
    ("first", "witness", "engine"),
    [
        ("Nồng độ bui trung bình", "Nồng độ bụi trung bình", "Nồng độ bùi trung bình"),  # they differ
        ("Nồng độ bụi trung bình", "Nồng độ bui trung bình", "Nồng độ bui trung bình"),  # the language is against it
        ("đạt 35 giường", "đạt 36 giường", "đạt 36 giường"),  # numbers are no words
        ("", "Sở", "Sở"),
    ],
)
def test_else_the_first_reading_stays(first, witness, engine):
    assert outvoted(first, seconds(witness, engine)) is None


def test_an_engine_that_guesses_has_no_vote():
    assert outvoted("Nồng độ bui", seconds("Nồng độ bụi", "Nồng độ bụi", confidence=0.1)) is None


def test_the_repair_is_on_record():
    first = way.reading("Số sáng kiến được công nhân phạm vi ảnh hương cap tỉnh")
    true = "Số sáng kiến được công nhận phạm vi ảnh hưởng cấp tỉnh"
    readings = (replace(first, witness=true), way.reading(true, "tesseract", 0.9))
    mended = mend_cell("indicator", way.cell(0, 0, readings=readings))
    assert mended.text == true
    assert len(mended.repairs) == 3


def with_guess(guess: str, confidence: float = 0.1):
    first = replace(way.reading("Nhóm chi tiêu phát triển"), rivals=(Rival("chi", guess, 0.04),))
    return first, way.reading(f"Nhóm {guess} tiêu phat triển", "tesseract", confidence)


def test_a_second_guess_that_another_engine_has_is_doubted():
    assert second_guesses_of_others("Nhóm chi tiêu phát triển", with_guess("chỉ")) == (("chi", "chỉ"),)


def test_a_guess_that_the_language_does_not_prefer_is_none():
    assert second_guesses_of_others("Nhóm chi tiêu phát triển", with_guess("chì")) == ()


def test_a_guess_that_no_other_engine_has_is_none():
    first, other = with_guess("chỉ")
    assert second_guesses_of_others("Nhóm chi tiêu phát triển", (first, replace(other, runs=first.runs))) == ()
