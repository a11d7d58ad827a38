"""Print that touches a rule or lies near a border is print; what is left of the rule is not."""

from dataclasses import replace

import numpy as np
import pytest

from extractors.bands import without_rests
from extractors.baselines import baseline_of
from extractors.blobs import Blob
from extractors.line_marks import Row, with_contested, with_marks
from extractors.marks import is_joined_ditto, mark_of
from extractors.rule_ink import rule_ink

EM = 34.0


def blob(left: float, top: float, right: float, bottom: float, label: int = 1) -> Blob:
    """Of a box in ems from the left border and from the baseline at 2 em."""
    x, y = round(left * EM), round((2 + top) * EM)
    return Blob(label, x, y, round(right * EM), round((2 + bottom) * EM), 100)


def ruled(*, is_dotted: bool = False) -> np.ndarray:
    """A band of 12 rows with a rule of 3 rows in its middle and a stroke of print that comes down to it."""
    ink = np.zeros((40, 400), np.uint8)
    ink[18:21, :: 4 if is_dotted else 1] = 255
    ink[5:18, 200:205] = 255
    return ink


def test_only_the_ink_of_the_rule_is_blanked():
    ink, (left, top, right, bottom) = ruled(), (0, 13, 400, 25)
    blank = rule_ink(ink, (left, top, right, bottom), 4.0)
    assert blank[5:8].all()
    assert not blank[0:2, 201:204].any()
    turned = rule_ink(np.ascontiguousarray(ink.T), (top, left, bottom, right), 4.0)
    assert (turned == blank.T).all()


def test_along_a_dotted_rule_all_is_blanked():
    assert rule_ink(ruled(is_dotted=True), (0, 13, 400, 25), 4.0).all()


@pytest.mark.parametrize(
    ("stroke", "is_print"),
    [
        (blob(0.05, -0.7, 0.15, 0.0), True),  # the `l` of a word that begins at the border
        (blob(0.05, -1.3, 0.15, 0.2), False),  # higher than any letter
        (blob(0.05, -0.9, 0.15, -0.2), False),  # stands on no line
    ],
)
def test_a_narrow_letter_at_the_border_is_told_by_its_word(stroke, is_print):
    letter = blob(0.2, -0.45, 0.6, 0.0, label=2)
    kept = without_rests([stroke, letter], (0, 0, round(6 * EM), round(4 * EM)), EM, 3.0)
    assert (stroke in kept, letter in kept) == (is_print, True)


def test_a_stroke_without_a_word_is_a_rest():
    stroke = blob(0.05, -0.7, 0.15, 0.0)
    assert without_rests([stroke], (0, 0, round(6 * EM), round(4 * EM)), EM, 3.0) == []


# Upper and lower edge, width.
SMALL, TAIL, TALL = (-0.51, 0.0, 0.45), (-0.51, 0.21, 0.45), (-0.71, 0.0, 0.45)
RING, STROKE = (-0.71, -0.3, 0.38), (-0.71, 0.0, 0.65)


@pytest.mark.parametrize(
    "letters",
    [
        [SMALL, TAIL, SMALL, TAIL],  # ngày
        [SMALL, TAIL, TALL, (-0.51, 0.16, 0.38)],  # nghệ
        [RING, STROKE],  # the ring of a % is as high as a small letter
        [TALL, RING, STROKE],  # 5%
        [(-0.68, 0.0, 0.18), TAIL],  # lý
    ],
)
def test_short_words_and_lone_signs_stand_on_their_baseline(letters):
    blobs = [blob(0.7 * i, top, 0.7 * i + width, bottom, label=i + 1) for i, (top, bottom, width) in enumerate(letters)]
    assert baseline_of(blobs, EM) == pytest.approx(2 * EM, abs=0.03 * EM)


def test_marks_between_tight_lines_go_where_they_belong():
    upper = Row(2 * EM, EM, (blob(0, -0.5, 0.4, 0.0), blob(0.5, -0.5, 0.9, 0.0, 2)))
    lower = Row(3 * EM, EM, (blob(0, 0.5, 0.4, 1.0, 3), blob(0.5, 0.5, 0.9, 1.0, 4)))
    dot_below, acute, comma = (
        blob(0.15, 0.08, 0.25, 0.18, 5),
        blob(0.6, 0.24, 0.8, 0.4, 6),
        blob(0.95, -0.1, 1.05, 0.15, 7),
    )
    first, second = with_marks([upper, lower], [dot_below, acute, comma], EM)
    assert {mark.label for mark in first.blobs} == {1, 2, 5, 7}
    assert {mark.label for mark in second.blobs} == {3, 4, 6}


def test_a_mark_that_either_of_two_tight_lines_may_own_is_contested():
    upper = Row(2 * EM, EM, (blob(0, -0.5, 0.4, 0.0), blob(0.6, -0.5, 1.0, 0.31, 2)))
    lower = Row(2.9 * EM, EM, (blob(0, 0.4, 0.4, 0.9, 3), blob(0.7, 0.2, 1.0, 0.9, 4)))
    mark = blob(0.15, 0.1, 0.25, 0.28, 5)
    first, second = with_contested(with_marks([upper, lower], [mark], EM))
    assert {5} == {b.label for row in (first, second) for b in row.blobs} & {5}
    assert (first if mark in second.blobs else second).contested
    # A tail that hangs too low may have a tone mark of the line below in it.
    assert {b.label for b in second.contested} >= {2}
    # Wide lines contest nothing.
    far = Row(3.3 * EM, EM, (blob(0, 0.8, 0.4, 1.3, 3),))
    assert not any(row.contested for row in with_contested([replace(upper, blobs=upper.blobs[:1]), far]))


def test_the_lower_stroke_of_a_sign_belongs_to_the_angle_above_it():
    upper = Row(2 * EM, EM, (blob(0.0, -0.62, 0.6, -0.06), blob(0.8, -0.68, 1.25, 0.0, 2)))
    lower = Row(2.85 * EM, EM, (blob(0.0, 0.4, 0.45, 0.85, 3), blob(0.5, 0.15, 0.6, 0.85, 4)))
    stroke = blob(0.02, 0.03, 0.6, 0.12, 5)
    first, _ = with_marks([upper, lower], [stroke], EM)
    assert {mark.label for mark in first.blobs} == {1, 2, 5}


def test_a_hyphen_of_few_pixels_is_a_dash_and_a_dot_is_none():
    assert mark_of([Blob(1, 214, 874, 221, 878, 26)], 29.4) == "-"
    assert mark_of([Blob(1, 214, 874, 219, 878, 18)], 29.4) == ""


def test_two_strokes_grown_together_are_a_ditto_mark_and_a_square_is_none():
    mark = np.full((10, 10), 230, np.uint8)
    mark[:, 0:3] = mark[:, 7:10] = 30
    mark[:, 3:7] = 150
    assert is_joined_ditto(mark, EM)
    assert not is_joined_ditto(np.where(mark < 200, 30, mark).astype(np.uint8), EM)


def test_a_thin_stroke_along_two_borders_is_what_is_left_of_a_double_rule():
    box = (0, 0, round(6 * EM), round(4 * EM))
    corner = Blob(1, 4, round(2.5 * EM), box[2] - 3, box[3] - 3, box[2] + round(1.5 * EM))
    digit = blob(5.0, -0.66, 5.4, 0, label=2)
    assert without_rests([corner, digit], box, EM, 10.0) == [digit]
    drawn = corner._replace(area=round(0.3 * corner.width * corner.height))
    assert without_rests([drawn, digit], box, EM, 10.0) == [drawn, digit]
