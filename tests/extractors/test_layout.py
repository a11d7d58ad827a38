"""A line was broken on purpose where the next word would have fitted."""

from dataclasses import dataclass

from extractors.layout import hard_breaks


@dataclass(frozen=True, slots=True)
class Placed:
    left: float
    right: float
    first_word: float


def test_a_full_line_was_wrapped():
    assert hard_breaks([Placed(0, 95, 30), Placed(0, 60, 20)], 100, 10) == (False,)


def test_a_line_with_room_for_the_next_word_was_ended():
    assert hard_breaks([Placed(0, 40, 30), Placed(0, 60, 20)], 100, 10) == (True,)


def test_a_word_that_would_fit_only_just_was_wrapped():
    assert hard_breaks([Placed(0, 70, 30), Placed(0, 60, 20)], 100, 10) == (False,)


def test_one_line_has_no_break():
    assert hard_breaks([Placed(0, 40, 30)], 100, 10) == ()
    assert hard_breaks([], 100, 10) == ()
