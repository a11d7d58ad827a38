"""Tables whose columns only white parts."""

from dataclasses import replace

import pytest

from chitieu.model import Box
from extractors.blobs import find_blobs
from extractors.grid import Grid, build_grid, find_meshes
from extractors.gutters import Gutter
from extractors.print_lines import Piece, lines_of_pieces, pieces_of_ink
from extractors.rules import Rule, Rules
from extractors.unruled import find_unruled_meshes, with_unruled
from extractors.unruled_rows import lay_out
from tests.extractors.drawing import Print, paper, print_lines, rule, upright

EM = 10.0
NO_RULES = Rules((), ())
PROSE = "The committee met twice in spring and found that the figures of the year before had been right"


def words(baseline: float, *texts: tuple[float, str]) -> list[Piece]:
    """Words of half an em a letter with a quarter between them, each text from its left edge."""
    found = []
    for left, text in texts:
        x = left
        for word in text.split():
            found.append(Piece(x, x + 0.5 * EM * len(word), baseline, EM, word[0].isdigit()))
            x += 0.5 * EM * len(word) + 0.25 * EM
    return found


def grids(pieces: list[Piece], rules: Rules = NO_RULES) -> list[Grid]:
    return [build_grid(mesh) for mesh in find_unruled_meshes(pieces, rules, ())]


def shape(grid: Grid) -> tuple[int, int]:
    return len(grid.ys) - 1, len(grid.xs) - 1


def spans(grid: Grid, row: int) -> list[tuple[int, int]]:
    return [(cell.col_span, cell.row_span) for cell in grid.cells if cell.row == row]


def rows(count: int, top: float = 100.0, pitch: float = 16.0) -> list[Piece]:
    return [
        word
        for row in range(count)
        for word in words(top + row * pitch, (50, "region"), (150, "office"), (250, "120"), (320, "2.5"))
    ]


def test_columns_are_parted_by_white():
    (grid,) = grids(rows(5))
    assert shape(grid) == (5, 4)
    assert 80 < grid.xs[1] < 150 < 180 < grid.xs[2] < 250


def test_prose_above_and_below_is_no_part_of_the_table():
    prose = words(70, (50, PROSE)) + words(82, (50, PROSE)) + words(200, (50, PROSE)) + words(212, (50, PROSE))
    (grid,) = grids(prose + rows(5))
    assert shape(grid) == (5, 4)
    assert 82 < grid.box.top < grid.box.bottom < 195


def test_wrapped_lines_belong_to_their_row():
    pieces = []
    for row in range(5):
        top = 100.0 + row * 30
        pieces += words(top, (50, f"{row}"), (80, "share of households"), (220, "12"), (280, "health office"))
        pieces += words(top + 11, (80, "with water"), (280, "of the city"))
    (grid,) = grids(pieces)
    assert shape(grid) == (5, 4)


def test_cells_set_in_the_middle_of_their_row_belong_to_it():
    pieces = []
    for row in range(5):
        top = 100.0 + row * 30
        pieces += words(top, (80, "share of households")) + words(top + 11, (80, "with water"))
        pieces += words(top + 5.5, (50, f"{row}"), (220, "12"), (280, "office"))
    (grid,) = grids(pieces)
    assert shape(grid) == (5, 4)


def test_a_title_between_rows_has_the_whole_width():
    title = words(100 + 3 * 16, (50, "Part two of the long list of regions"))
    (grid,) = grids(rows(3) + title + rows(3, top=100 + 4 * 16))
    assert shape(grid) == (7, 4)
    assert spans(grid, 3) == [(4, 1)]


def test_a_header_over_two_columns_spans_both():
    header = words(70, (50, "area"), (225, "enrolment of all pupils")) + words(84, (250, "2008"), (320, "2011"))
    body = [word for row in range(5) for word in words(100.0 + row * 16, (50, "region"), (250, "120"), (320, "25"))]
    across = tuple(Rule(y, 45, 345) for y in (58, 89, 170))
    (grid,) = grids(header + body, Rules(across, ()))
    assert shape(grid) == (7, 3)
    assert spans(grid, 0) == [(1, 2), (2, 1)]


def test_rows_are_those_between_rules_where_every_row_is_ruled():
    pieces = []
    for row in range(5):
        top = 100.0 + row * 26
        pieces += words(top, (50, f"{row}"), (80, "share of households"), (220, "12"))
        pieces += words(top + 13, (80, "with water"))
    across = tuple(Rule(87.0 + row * 26, 45, 240) for row in range(6))
    (grid,) = grids(pieces, Rules(across, ()))
    assert shape(grid) == (5, 3)
    assert grid.ys[1:-1] == tuple(87.0 + row * 26 for row in range(1, 5))


def test_a_head_in_two_columns_is_no_table():
    head = words(50, (60, "PEOPLES COMMITTEE"), (260, "SOCIALIST REPUBLIC"))
    head += words(63, (70, "OF THE PROVINCE"), (250, "Independence Freedom"))
    head += words(85, (70, "Number 12"), (250, "the city in May"))
    assert not grids(head)


def test_prose_in_two_columns_is_no_table():
    half = "The committee met twice in spring and found that all"
    pieces = [word for row in range(20) for word in words(50.0 + 12 * row, (40, half), (330, half))]
    assert not grids(pieces)


def test_two_lines_in_many_columns_are_the_rest_of_a_table():
    cells = ((50, "4"), (90, "inspections"), (200, "times"), (260, "13"), (310, "14"), (360, "14"))
    pieces = [replace(word, is_figure=False) for top in (50.0, 68.0) for word in words(top, *cells)]
    (grid,) = grids(pieces, Rules((Rule(80.0, 45, 400),), ()))
    assert shape(grid) == (2, 6)
    assert not grids([piece for piece in pieces if piece.left < 260])


def test_what_rules_draw_stays_as_it_is():
    ruled = find_unruled_meshes(rows(5), NO_RULES, ())
    assert not find_unruled_meshes(rows(5), NO_RULES, (Box(0, 0, 500, 500),))
    assert with_unruled(ruled, rows(5), NO_RULES) == ruled


def test_columns_of_a_scan_are_found_in_its_ink():
    lines = [
        Print(text, left, 40.0 + 18 * row)
        for row in range(6)
        for left, text in ((20.0, "Vùng miền"), (140.0, "Sở Y tế"), (250.0, "45,6"), (320.0, "≥ 80"))
    ]
    image = upright(print_lines(paper(400, 180), *lines))
    (grid,) = grids(pieces_of_ink(image, find_blobs(image, [])))
    assert shape(grid) == (6, 4)


def test_marks_that_stand_off_their_letters_are_no_lines_of_a_scan():
    texts = ((20.0, "noun mane"), (140.0, "sur vermes"), (250.0, "45,6"), (320.0, "80"))
    lines = [Print(text, left, 40.0 + 24 * row) for row in range(6) for left, text in texts]
    marks = [Print("HHHHH", left, 32.5 + 24 * row, 8.0) for row in range(6) for left, _ in texts[:2]]
    image = upright(print_lines(paper(400, 180), *lines, *marks))
    assert len(lines_of_pieces(pieces_of_ink(image, find_blobs(image, [])))) == 6


def test_a_stop_belongs_to_the_word_before_it():
    """Without it the white up to the next word seems wide enough for a gap between columns."""
    lines = (Print("noun mane", 20.0, 40.0), Print("noun mane.", 20.0, 60.0), Print("noun mane", 20.0, 80.0))
    image = upright(print_lines(paper(400, 120), *lines))
    first, second, _ = lines_of_pieces(pieces_of_ink(image, find_blobs(image, [])))
    assert second.right > first.right + 1.0


def test_a_flat_remnant_of_a_rule_is_no_print():
    lines = [Print("noun mane verse", 20.0, 40.0 + 20 * row) for row in range(3)]
    page = print_lines(paper(400, 140), *lines)
    rule(page, 100.0, 110.0, 140.0, 110.4)
    image = upright(page)
    assert len(lines_of_pieces(pieces_of_ink(image, find_blobs(image, [])))) == 3


def test_a_letter_of_a_seal_between_rules_makes_no_row():
    pieces = words(100, (50, "no"), (80, "aim"), (220, "value"), (280, "office"))
    pieces += words(116, (50, "1"), (80, "2"), (220, "3"), (280, "4")) + words(112.5, (200, "H"))
    for row in range(5):
        pieces += words(140 + 16 * row, (50, f"{row}"), (80, "share of households"), (220, "12"), (280, "health"))
    rules = Rules(tuple(Rule(at, 48.0, 320.0) for at in (85.0, 105.0, 122.0, 215.0)), ())
    assert [shape(grid) for grid in grids(pieces, rules)] == [(7, 4)]


def test_justified_lines_under_a_table_are_no_rows_of_it():
    table = rows(6)
    below = words(
        200.0, *((100.0 + 50.0 * i, word) for i, word in enumerate(("exclude", "besides", "between", "agencie")))
    )
    (grid,) = grids([*table, *below])
    assert grid.box.bottom < 195.0


def test_a_header_of_three_levels_ends_above_the_first_row():
    """Texts in the middle of the header's height are no second row of it."""
    header = words(100, (240, "plan of works")) + words(
        116, (40, "name"), (130, "office"), (215, "nearer years"), (345, "far")
    )
    header += words(132, (200, "first"), (260, "second"), (340, "third"))
    pieces = header + [
        word
        for row in range(4)
        for word in words(152 + 16 * row, (40, "region"), (130, "board"), (205, "12"), (265, "34"), (345, "56"))
    ]
    edges = (85.0, 138.0, 158.0, 174.0, 190.0, 206.0)
    parting = (Rule(105.0, 195.0, 370.0), Rule(121.0, 195.0, 305.0), Rule(121.0, 325.0, 370.0))
    (grid,) = grids(pieces, Rules(tuple(Rule(at, 38.0, 372.0) for at in edges) + parting, ()))
    assert shape(grid) == (7, 5)
    assert spans(grid, 0) == [(1, 3), (1, 3), (3, 1)]
    assert spans(grid, 1) == [(2, 1), (1, 1)]
    assert len(spans(grid, 3)) == 5


def test_a_cell_of_many_lines_goes_on_between_rows_of_one_line():
    pieces = []
    for row, count in enumerate((1, 7, 1, 7, 1)):
        top = 100.0 + (0, 22, 128, 150, 256)[row]
        pieces += words(top + 7 * (count - 1), (50, f"{row}"), (80, "share of households"), (220, "12"))
        for line in range(count):
            pieces += words(top + 14 * line, (280, "health office"))
    (grid,) = grids(pieces)
    assert shape(grid) == (5, 4)


def test_two_rows_are_parted_where_their_cells_have_other_numbers_of_lines():
    pieces = words(107, (50, "1"), (80, "share of households"), (280, "health office"))
    for line in range(2):
        pieces += words(100 + 14 * line, (220, "12 km"))
    pieces += words(140, (50, "2"), (80, "number of schools"), (220, "34"), (280, "school office"))
    (grid,) = grids(pieces, Rules((Rule(85.0, 48.0, 350.0), Rule(150.0, 48.0, 350.0)), ()))
    assert shape(grid) == (2, 4)


def test_cells_that_fill_their_columns_are_parted_though_hardly_more_than_a_space_is_between_them():
    pieces = []
    for row in range(5):
        pieces += words(100 + 16 * row, (50, "region"), (150, "12 km"), (200, "34 km"), (260, "office"))
    pieces += words(180, (50, "region"), (139, "12 to 345 km"), (195.5, "23 to 456 km"), (252, "office"))
    (grid,) = grids(pieces)
    assert shape(grid) == (6, 4)
    assert spans(grid, 5) == [(1, 1)] * 4


def test_a_cell_that_the_rules_leave_out_is_merged_down():
    pieces = words(100, (50, "no"), (80, "aim"), (220, "value"), (280, "office"))
    for row in range(6):
        top = 120.0 + 30 * row
        pieces += words(top, (50, f"{row}"), (80, "share of households"), (220, "12")) + words(
            top + 12, (80, "in towns")
        )
    pieces += words(120, (280, "health")) + words(132, (280, "office of")) + words(144, (280, "the province"))
    pieces += words(240, (280, "school"))
    across = [Rule(85.0, 48.0, 345.0), Rule(107.0, 48.0, 345.0)]
    across += [Rule(137.0 + 30 * row, 48.0, 345.0 if row in (2, 3, 5) else 265.0) for row in range(6)]
    (grid,) = grids(pieces, Rules(tuple(across), ()))
    assert shape(grid) == (7, 4)
    assert [(cell.row, cell.row_span) for cell in grid.cells if cell.col == 3] == [(0, 1), (1, 3), (4, 1), (5, 2)]


def test_years_of_one_width_and_a_text_over_them_belong_to_the_header():
    lefts = range(200, 450, 50)
    header = words(128, (305, "Goals")) + words(145, (30, "No"), (80, "Title"), (150, "Unit"))
    header += [Piece(215, 335, 145, EM), Piece(355, 435, 145, EM)]
    header += [Piece(left, left + 40, 162, EM) for left in lefts]
    entries = [(left + 15, "12") for left in lefts]
    body = [
        piece
        for row in range(6)
        for piece in words(180 + 17 * row, (32, "1"), (70, "some words"), (155, "km"), *entries)
    ]
    title = words(100, (130, "A plan of goals for all years"))
    (grid,) = grids(title + header + body)
    assert shape(grid) == (9, 8)
    assert 100 < grid.box.top < 125


def test_many_rows_above_another_table_are_not_one_row_between_rules():
    second = words(270, (50, "A few more")) + words(290, (50, "No"), (150, "what"), (320, "how")) + rows(1, 310)
    across = tuple(Rule(y, 45.0, 345.0) for y in (260.0, 280.0, 300.0))
    (grid,) = grids(rows(9) + second, Rules(across, ()))
    assert shape(grid)[0] >= 11


def test_a_ruled_header_alone_at_a_pages_end_keeps_its_columns_under_a_caption():
    across = tuple(Rule(y, 78, 537) for y in (722, 762))
    ruled = Rules(across, tuple(Rule(x, 722, 762) for x in (78, 249, 303, 376, 448, 537)))
    # As they stand on a page: a caption, and a header of up to three lines, set in the middle of its cells.
    places = (
        (107, 504, 711.6), (389, 435, 733.4), (260, 292, 739.2), (316, 364, 739.3), (460, 526, 739.3),
        (391, 434, 745.4), (134, 193, 745.5), (266, 286, 751.4), (463, 523, 751.5), (312, 368, 751.5),
        (401, 424, 756.6),
    )  # fmt: skip
    pieces = [Piece(left, right, baseline, 11.5, is_figure=False) for left, right, baseline in places]
    header = find_meshes(ruled)
    assert [len(mesh.xs) for mesh in header] == [6]
    end_of_table_above = Rule(699, 78, 537)
    assert with_unruled(header, pieces, Rules((end_of_table_above, *across), ruled.down)) == header


def test_dates_set_into_the_blanks_of_two_lines_of_prose_make_no_table():
    # A page of a real decision: a signing program laid numbers and dates over the blanks of a sentence, a little off.
    printed = {
        322.6: ((116.8, 246.4), (249.3, 275.1), (352.0, 364.6), (367.5, 388.9), (392.0, 411.2), (414.1, 440.6),
                (443.5, 467.0), (469.9, 481.7), (513.8, 538.6)),
        338.0: ((85.1, 187.1), (190.0, 215.7), (297.9, 301.3)),
    }  # fmt: skip
    laid_over = ((85.4, 114.2, 319.4, 13.0), (283.4, 338.9, 322.7, 13.0), (222.4, 277.9, 337.3, 13.0),
                 (484.4, 515.3, 322.7, 14.0))  # fmt: skip
    words_ = [Piece(a, b, y, 13.6, is_figure=False) for y, line in printed.items() for a, b in line]
    assert grids(words_ + [Piece(a, b, y, em, is_figure=True) for a, b, y, em in laid_over]) == []


def test_two_rows_with_numbers_and_wide_gaps_are_a_table():
    assert [shape(grid) for grid in grids(rows(2))] == [(2, 4)]


def test_a_text_over_years_beside_higher_cells_of_the_header_is_a_level_of_its_own():
    lefts = range(200, 450, 50)
    header = [Piece(250, 390, 127, EM), *words(133, (30, "No"), (80, "Title")), *words(130, (145, "Now"))]
    header += words(140, (150, "25"))
    header += [Piece(left, left + 40, 143, EM) for left in lefts]
    entries = [(left + 15, "12") for left in lefts]
    rows = [words(165 + 30 * row, (32, "1"), (70, "some words"), (152, "9"), *entries) for row in range(6)]
    rows += [words(175 + 30 * row, (70, "and more")) for row in range(6)]
    (grid,) = grids(header + [piece for row in rows for piece in row])
    header_cells = [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells if c.row < 2]
    assert (0, 3, 1, 5) in header_cells
    assert [cell for cell in header_cells if cell[0] == 1] == [(1, col, 1, 1) for col in range(3, 8)]
    assert {cell[2] for cell in header_cells if cell[1] < 3} == {2}


def test_a_title_whose_spaces_lie_in_gutters_by_chance_is_no_row():
    wide, narrow = ((120, 126), (200, 206), (290, 296)), ((140, 142), (170, 172), (230, 232), (330, 332), (350, 352))
    title = Piece(100, 400, 84, EM, spaces=tuple(sorted((*wide, *narrow))))
    (grid,) = grids([title, *rows(8)])
    assert shape(grid) == (8, 4)


def test_what_the_end_of_a_page_leaves_of_a_line_parts_no_column():
    header = [Piece(220, 300, 84, EM), Piece(320, 420, 84, EM), *words(96, (245, "2025"), (350, "2030"))]
    names = [word for row in range(8) for word in words(110 + 16 * row, (50, "1"), (80, "a name of some words"))]
    widths = (20, 20, 60, 20) * 2
    values = [
        Piece(right - width, right, 110 + 16 * row, EM, is_figure=True)
        for right in (300, 420)
        for row, width in enumerate(widths)
    ]
    cut = [Piece(left, left + 7, 240, EM) for left in (232, 260, 380)]
    assert [len(grid.xs) for grid in grids([*header, *names, *values])] == [5]
    assert [len(grid.xs) for grid in grids([*header, *names, *values, *cut])] == [5]


def test_cells_beside_each_other_whose_lines_interleave_are_rows_of_a_table():
    # Texts of two lines, numbers in their middle that look like words; one row lacks one of them.
    pieces = []
    for top, first in ((100.0, "≥89%"), (132.0, "")):
        pieces += words(top, (80, "collected waste"), (390, "management")) + words(
            top + 12, (80, "treated"), (400, "board")
        )
        pieces += [replace(piece, is_figure=False) for piece in words(top + 6, (40, "21"), (250, first), (330, "≥93%"))]
    (grid,) = grids(pieces)
    assert shape(grid) == (2, 5)


def test_a_head_whose_lines_interleave_is_no_table():
    left = words(100, (40, "ỦY BAN")) + words(112, (40, "tỉnh")) + words(130, (40, "Số"))
    right = words(106, (250, "CỘNG HÒA")) + words(118, (260, "Độc lập")) + words(136, (250, "ngày 5"))
    assert grids(left + right) == []


def test_a_header_in_the_white_before_numbers_set_to_the_right_is_one():
    header = words(84, (50, "no"), (160, "name"), (290, "result of twenty25"), (420, "plan of twenty26"))
    body = [
        word
        for row in range(6)
        for word in words(
            100 + 16.0 * row, (50, "1"), (80, "a name that takes nearly all of it"), (360, "250"), (490, "301")
        )
    ]
    (grid,) = grids(header + body)
    assert shape(grid) == (7, 4)
    assert spans(grid, 0) == [(1, 1)] * 4


def test_a_rule_that_leaves_out_a_merged_cell_parts_rows_and_no_header():
    cells = ((50, "1"), (80, "name"), (200, "250"), (260, "300"))
    lines = [word for at in range(4) for word in words(100 + 30.0 * at, *cells)] + words(115, (150, "pct"))
    gutters = [
        Gutter(left, right, 4.0, (left + right) / 2) for left, right in ((55, 80), (100, 150), (165, 200), (215, 260))
    ]
    full = (85.0, 145.0, 175.0, 205.0)
    rules = [Rule(115, 45, 120), Rule(115, 190, 290), *(Rule(at, 45, 290) for at in full)]
    mesh = lay_out(lines_of_pieces(lines), gutters, full, rules)
    assert mesh is not None
    grid = build_grid(mesh)
    assert shape(grid) == (4, 5)
    assert [(cell.col, cell.row_span) for cell in grid.cells if cell.row == 0 and cell.row_span > 1] == [(2, 2)]


@pytest.mark.parametrize(("title", "note"), [(108, 80), (240, 290)], ids=["first", "last"])
def test_a_number_and_a_title_beside_it_are_a_row_of_the_page(title: int, note: int):
    cells = ((50, "1"), (80, "name of it"), (200, "250"), (260, "300"))
    lines = [word for at in range(5) for word in words(140 + 20.0 * at, *cells)]
    (grid,) = grids(
        [
            *lines,
            *words(title, (80, "a title of")),
            *words(title + 6, (50, "6")),
            *words(title + 12, (80, "two lines")),
        ]
    )
    assert shape(grid) == (6, 4)
    (without,) = grids([*lines, *words(note, (50, "6"), (80, "a note far from it"))])
    assert shape(without) == (5, 4)


def test_the_numbers_of_long_rows_are_a_column_though_a_title_crosses_behind_them():
    row = ((50, "12"), (68, "name of it that"), (200, "250"), (260, "300"))
    lines = [*words(100, (68, "name"), (200, "Plan"), (260, "Body"))]
    for at in range(6):
        top = 130.0 + 60.0 * at
        lines += [*words(top, *row), *words(top + 12, (68, "goes on for")), *words(top + 24, (68, "three lines"))]
        lines += [*words(top + 12, (200, "of"), (260, "it")), *words(top + 24, (200, "all"), (260, "too"))]
    title = words(500, (50, "II. A title of a section that crosses them"))
    last = [word for at in range(3) for word in words(520.0 + 40 * at, *row)]
    (grid,) = grids([*lines, *title, *last])
    assert shape(grid)[1] == 4


def test_lines_between_a_header_and_the_last_rule_are_one_row_where_one_of_them_is_full():
    header = words(100, (50, "No"), (80, "Name"), (200, "Unit"), (260, "Plan"))
    cell = [*words(121, (80, "a name on")), *words(128, (50, "6"), (200, "km"), (260, "79"))]
    rules = Rules(tuple(Rule(at, 45.0, 300.0) for at in (86.0, 108.0, 142.0)), ())
    (grid,) = grids([*header, *cell, *words(135, (80, "two lines"))], rules)
    assert shape(grid) == (2, 4)
