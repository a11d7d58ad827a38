"""Ink of a cell that no line took: letters count as unread, specks do not, however many."""

from extractors.blobs import Blob
from extractors.lines import LineImage
from extractors.scanned_page import _quality

EM = 36.0
LINE = LineImage(pieces=(), witnessed=(), lefts=(), left=0, top=100, right=400, bottom=136, mark="")


def _ink(left: int, top: int, side: int) -> Blob:
    return Blob(1, left, top, left + side, top + side, side * side // 2)


def _letters(top: int) -> list[Blob]:
    return [_ink(left, top, 20) for left in range(0, 400, 24)]


def test_specks_of_a_tall_cell_are_nothing_that_could_be_read():
    specks = [_ink(200, top, 9) for top in range(300, 6000, 60)]
    assert _quality(_letters(105) + specks, (LINE,), EM) == 1.0


def test_the_second_line_of_a_double_border_is_no_print():
    border = Blob(1, 396, 120, 399, 6000, 9000)
    assert _quality([*_letters(105), border], (LINE,), EM) == 1.0


def test_letters_that_no_line_took_are_unread():
    assert _quality(_letters(105) + _letters(305), (LINE,), EM) < 0.97
    assert _quality([*_letters(105), _ink(30, 305, 24)], (LINE,), EM) < 0.97
