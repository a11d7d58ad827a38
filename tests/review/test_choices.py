"""What a reviewer may take with one key: short texts whole, of long ones the places where the readers differ."""

from dataclasses import replace

import pytest

from chitieu.model import FieldSource, Flag, FlagKind, Repair, Rival
from chitieu.review.choices import choices_of
from chitieu.reviewed import ReviewStatus
from chitieu.settings import Language
from chitieu.store import ReviewRow
from tests.builders import PLACE, reading
from tests.review.conftest import row

LONG = "Tiềm lực đáp ứng các hoạt động nghiên cứu ở các lĩnh vực uông nghiệp"


def reviewed(field: str, text: str, *others: str, **more: object) -> ReviewRow:
    readings = (replace(reading(text), **more), *(reading(other, "tesseract") for other in others))
    one = replace(
        row(1),
        **{field: text},
        flags=(Flag(FlagKind.READERS_DISAGREE, field),),
        sources=(FieldSource(field, 0, 1, 1, PLACE, readings),),
    )
    return ReviewRow(0, one, one, ReviewStatus.UNREVIEWED, "0" * 16)


def taken(choices) -> list[tuple[str, str, bool]]:
    return [(choice.replaced, choice.by, choice.is_suggested) for choice in choices[1:]]


def test_of_a_long_text_the_places_are_chosen_where_readers_differ():
    found = choices_of(reviewed("indicator", LONG, LONG.replace("uông", "nông")), "indicator", (), Language.VI)
    assert found[0].text == LONG
    assert taken(found) == [("uông", "nông", True)]
    assert found[1].text == LONG.replace("uông", "nông")


def test_what_would_spoil_a_word_is_not_offered():
    spoilt = LONG.replace("nghiên cứu", "¡ghiên cứu").replace("uông", "nông")
    found = choices_of(reviewed("indicator", LONG, spoilt), "indicator", (), Language.VI)
    assert taken(found) == [("uông", "nông", True)]


def test_a_place_that_stands_twice_is_told_apart_by_the_words_beside_it():
    text = "Tỷ lệ xã có chợ và xã có trạm y tế xã"
    found = choices_of(
        reviewed("indicator", text, "Tỷ lệ xã có chợ và xá có trạm y tế xã"), "indicator", (), Language.VI
    )
    (choice,) = found[1:]
    assert text.count(choice.replaced) == 1
    assert text.replace(choice.replaced, choice.by) == "Tỷ lệ xã có chợ và xá có trạm y tế xã"


def test_a_word_that_only_another_reader_has_can_be_put_in():
    text = "Tỷ lệ hộ dân được sử dụng nước"
    found = choices_of(reviewed("indicator", text, f"{text} sạch"), "indicator", (), Language.VI)
    (choice,) = found[1:]
    assert text.replace(choice.replaced, choice.by) == f"{text} sạch"


@pytest.mark.parametrize(
    ("read", "other", "is_suggested"),
    [("> 90", "≥ 90", True), ("< 5", "≤ 5", True), ("≥ 90", "> 90", False), ("90", "96", False), ("9o", "90", True)],
)
def test_a_short_text_is_chosen_whole(read: str, other: str, is_suggested: bool):
    found = choices_of(reviewed("value_text", read, other), "value_text", (), Language.VI)
    assert [(choice.text, choice.is_suggested) for choice in found] == [(read, False), (other, is_suggested)]


def test_second_guesses_and_what_stood_before_a_repair_can_be_taken():
    one = reviewed("value_text", "95", rivals=(Rival("95", "96", 0.2), Rival("95", "98", 0.001)), witness="35")
    repaired = replace(one.as_read, repairs=(Repair("value_text", "9S", "95", "a letter in a number"),))
    found = choices_of(replace(one, as_read=repaired), "value_text", (), Language.VI)
    assert [choice.text for choice in found] == ["95", "9S", "35", "96"]
