"""Tables without rules whose words, wrapped, justified or wider than their columns, look like columns or like prose."""

from dataclasses import replace

from extractors.gutters import Gutter, find_gutters
from extractors.justified import as_texts
from extractors.print_lines import Piece, lines_of_pieces
from extractors.unruled_cells import columns_of
from extractors.unruled_chains import is_tabular
from tests.extractors.test_unruled import EM, grids, shape, words


def justified(baseline: float, left: float, right: float, count: int) -> list[Piece]:
    """As many words with even gaps of half an em, as a browser sets them, from side to side."""
    gap = 0.5 * EM
    width = (right - left - gap * (count - 1)) / count
    return [Piece(x, x + width, baseline, EM) for x in (left + n * (width + gap) for n in range(count))]


def test_three_columns_whose_first_wraps_over_most_lines_are_a_table():
    pieces = []
    for row in range(6):
        top = 100.0 + 44 * row
        lines = [top, top + 12, top + 24]
        for line in lines:
            pieces += words(line, (50, "words of a long title"))
        # No figure is known on a scan: what it prints is ink.
        pieces += [Piece(220, 250, lines[1], EM), Piece(300, 330, lines[1], EM)]
    (grid,) = grids(pieces)
    assert shape(grid) == (6, 3)


def test_a_header_wider_than_the_entries_below_it_is_of_their_column():
    gutters = [Gutter(left, right, 9.0, (left + right) / 2) for left, right in ((90, 105), (272, 282), (323, 369))]
    assert columns_of(Piece(341, 393, 112, EM), gutters) == (3, 3)
    assert columns_of(Piece(330, 376, 112, EM), gutters) == (2, 3)


def test_one_row_under_its_header_is_a_table_and_its_justified_words_are_no_columns():
    header = words(100, (30, "No"), (120, "Title"), (290, "Unit"), (350, "Result"), (440, "Office"))
    row = justified(120, 60, 270, 9) + words(126, (32, "1"), (292, "km"), (360, "40"), (435, "Health"))
    (grid,) = grids(header + row + words(132, (60, "and two")))
    assert shape(grid) == (2, 5)


def test_a_figure_among_justified_words_parts_no_columns_and_a_rows_number_and_value_beside_them_do():
    # As they stand on a page: a header of two lines, and the first line of a row, `… trẻ em dưới 5 tuổi suy dinh`.
    header = words(78, (356, "Result of"), (440, "Office that")) + words(86, (97, "No"), (201, "Title"))
    spans = [(130, 143), (151, 160), (167, 183), (190, 207), (214, 239), (247, 253), (260, 281), (289, 307), (314, 339)]
    name = [Piece(left, right, 122, EM, is_figure=left == 247) for left, right in spans]
    (line,) = lines_of_pieces([*words(122, (102, "36"), (375, "0.5"), (471, "Health")), *name])
    number, text, value, _ = as_texts(line, ()).pieces
    assert (number.is_figure, text.left, text.right, value.is_figure) == (True, 130, 339, True)
    gutters = find_gutters([*lines_of_pieces(header + words(94, (376, "2030"), (465, "leads"))), line])
    assert not [gutter for gutter in gutters if 130 < gutter.middle < 339]


def test_figures_that_stand_apart_from_the_words_beside_them_are_of_columns():
    spans = [(60, 80), (86, 110), (116, 130), (136, 160), (170, 176), (186, 210)]
    (line,) = lines_of_pieces([Piece(left, right, 100, EM, is_figure=left == 170) for left, right in spans])
    assert [piece.left for piece in as_texts(line, ()).pieces] == [60, 170, 186]


def test_few_lines_that_go_on_in_the_columns_of_a_table_are_of_it():
    # As they stand on a page: a header, three rows, and a fourth whose value takes five lines.
    places = {
        142.9: [(377, 438)], 149.8: [(315, 354), (462, 540)], 157.0: [(82, 97), (180, 229), (369, 445)],
        163.8: [(320, 348), (458, 543)], 171.4: [(382, 433)],
        188.6: [(87, 91), (109, 296), (330, 338), (436, 446), (478, 523)], 202.7: [(329, 338)],
        205.9: [(87, 92), (109, 179), (415, 446)], 215.0: [(462, 539)],
        223.2: [(109, 129), (134, 232), (237, 273), (278, 299)],
        230.8: [(87, 92), (310, 358), (422, 446), (486, 516)], 237.2: [(110, 216)],
        254.6: [(384, 446)], 269.0: [(392, 446)],
        276.5: [(109, 125), (130, 144), (149, 159), (165, 184), (189, 277), (282, 299)],
        283.3: [(86, 92), (316, 352), (374, 446)], 290.5: [(109, 157)], 297.4: [(377, 446)], 311.9: [(433, 446)],
    }  # fmt: skip
    pieces = [Piece(left, right, at, 10.9) for at, spans in places.items() for left, right in spans]
    (grid,) = grids(pieces)
    assert len(grid.xs) - 1 == 5
    assert grid.box.bottom > 311


def test_words_of_justified_names_are_no_columns_though_short_names_leave_white_there():
    pieces = words(100, (30, "No"), (120, "Title"), (290, "Unit"), (350, "Result"), (440, "Office"))
    for row in range(8):
        at = 120.0 + 18 * row
        pieces += words(at, (32, "1"), (292, "km"), (360, "40"), (435, "Health"))
        pieces += justified(at, 60, 270, 6) if row in (2, 5) else words(at, (60, "share of rain"))
    (grid,) = grids(pieces)
    assert len(grid.xs) - 1 == 5


def test_a_word_of_the_header_above_wide_entries_is_no_column():
    pieces = [Piece(496, 634, 88, EM), Piece(654, 783, 88, EM), *words(94, (86, "No"), (264, "Title"))]
    pieces += [Piece(552, 578, 100, EM), Piece(706, 732, 100, EM)]
    for row in range(12):
        at = 118.0 + 16 * row
        left = 44 if row in (4, 9) else 0
        pieces += [*words(at, (90, "1"), (130, "share of households")), Piece(606 - left, 638, at, EM)]
        pieces += [Piece(716, 747, at, EM), Piece(752, 792, at, EM)] if row == 9 else [Piece(760 - left, 792, at, EM)]
    (grid,) = grids(pieces)
    assert shape(grid)[1] == 4


def test_a_line_whose_texts_have_narrow_spaces_within_is_not_justified():
    """Cells of one width that stand evenly apart, by less than the widest spaces of justified words."""
    name = Piece(60.0, 220.0, 100.0, EM, spaces=((90.0, 93.0), (130.0, 133.0)))
    cells = [Piece(left, left + 40.0, 100.0, EM) for left in (240.0, 300.0, 360.0)]
    (line,) = lines_of_pieces([name, *cells])
    (words_alone,) = lines_of_pieces([replace(name, spaces=()), *cells])
    assert is_tabular(line)
    assert not is_tabular(words_alone)
