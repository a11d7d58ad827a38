"""Merged cells of tables without rules: known by their text, which stands in the middle of their rows."""

from extractors.print_lines import Piece
from tests.extractors.test_unruled import grids, spans, words

PITCH = 34.0


def table(bodies: list[tuple[int, int, str]], count: int = 8, unit: str = "km", step: float = 12.0) -> list[Piece]:
    """Rows of two lines, and in the last column a text in the middle of each run of rows, wrapped where it has `/`."""
    pieces = []
    for row in range(count):
        middle = 100.0 + PITCH * row
        pieces += words(middle, (40, f"{row + 1}"), (220, unit), (280, "12"))
        pieces += words(middle - 6.0, (70, "share of households")) + words(middle + 6.0, (70, "with water"))
    for first, last, text in bodies:
        lines = text.split("/")
        top = 100.0 + PITCH * (first + last) / 2 - step / 2 * (len(lines) - 1)
        for number, line in enumerate(lines):
            pieces += words(top + step * number, (340, line))
    return pieces


def merged(pieces: list[Piece]) -> list[tuple[int, int]]:
    """Row and height of the cells of the last column that are more than one row high."""
    (grid,) = grids(pieces)
    return [(cell.row, cell.row_span) for cell in grid.cells if cell.col == 4 and cell.row_span > 1]


def test_a_text_between_rows_is_of_all_that_it_is_in_the_middle_of():
    bodies = [(0, 1, "Office of health"), (2, 2, "Police"), (3, 6, "Office of work/and of trade"), (7, 7, "Police")]
    assert merged(table(bodies)) == [(0, 2), (3, 4)]


def test_texts_beside_their_rows_are_of_these_alone():
    bodies = [(row, row, "Office of health") for row in (0, 1, 3, 4, 6)]
    assert merged(table(bodies)) == []


def test_a_text_that_stands_in_the_middle_of_nothing_merges_nothing():
    pieces = table([(0, 1, "Office of health"), (2, 2, "Police"), (7, 7, "Police")])
    pieces += words(100.0 + PITCH * 4.25, (340, "Trade"))
    assert merged(pieces) == []


def test_rows_without_any_text_of_the_column_stay_apart():
    (grid,) = grids(table([(0, 1, "Office of health"), (2, 2, "Police"), (3, 4, "Office of trade"), (5, 5, "Police")]))
    assert spans(grid, 6) == spans(grid, 7) == [(1, 1)] * 5


def test_two_columns_may_have_merged_cells():
    """A unit between two rows, and a body between others."""
    pieces = table([(0, 1, "Office of health"), (2, 2, "Police"), (3, 6, "Trade"), (7, 7, "Police")], unit="")
    for first, last in ((0, 1), (2, 3), (4, 4), (5, 7)):
        pieces += words(100.0 + PITCH * (first + last) / 2, (220, "km"))
    (grid,) = grids(pieces)
    tall = sorted((cell.col, cell.row, cell.row_span) for cell in grid.cells if cell.row_span > 1)
    assert tall == [(2, 0, 2), (2, 2, 2), (2, 5, 3), (4, 0, 2), (4, 3, 4)]


def test_texts_beside_each_row_are_no_text_over_all():
    """Their lines may be set as evenly as those of one cell."""
    bodies = [(0, 1, "Office of health"), (2, 2, "Office/of work/and trade"), (3, 3, "Office/of the/police")]
    assert merged(table(bodies, step=PITCH / 3)) == [(0, 2)]


def test_titles_between_rows_are_no_part_of_a_cell_that_their_bodies_seem_to_make():
    """Bodies of three lines and one, which stand in the middle of two rows and the titles above and below them."""
    columns = {
        (40, "1"): (554.4, 585.9, 623.4, 654.9, 679.7, 711.2, 742.7),
        (70, "share of households"): (
            *(547.7, 561.2, 579.2, 591.9, 610.7, 623.4, 636.9, 654.9, 673.7, 686.4, 704.4, 717.9, 742.7),
        ),
        (220, "km"): (623.4, 654.9, 711.2, 742.7),
        (280, "12"): (623.4, 654.9, 711.2, 742.7),
        (340, "Office of work"): (610.7, 623.4, 636.9, 654.9, 711.2, 735.9, 749.4),
    }
    pieces = [word for entry, baselines in columns.items() for y in baselines for word in words(y, entry)]
    assert merged(pieces) == []


def test_a_column_with_an_entry_in_every_row_but_titles_has_no_merged_cell():
    """Names of two lines, which begin beside the entries, and titles between the rows."""
    ones, tens = (183.0, 217.5, 310.5, 345.0, 419.2, 438.0, 509.2), (236.2, 255.0, 273.0, 291.7, 363.0, 381.7, 456.0)
    entries, rests = (
        (183.0, 236.2, 255.0, 273.0, 291.7, 310.5, 363.0, 381.7, 419.2, 456.0, 474.7),
        (198.7, 326.2, 490.5),
    )
    columns = {
        (84, 281): (165.0, 400.5),
        (100, 116): (138.0, *tens, 474.7),
        (105, 111): ones,
        (138, 186): rests,
        (138, 400): (*ones, *tens, 474.7),
        (260, 315): (138.0,),
        (462, 520): (138.0,),
        (478, 503): entries,
        (556, 655): (130.5,),
        (592, 619): entries,
        (594, 618): (146.2,),
        (676, 796): (138.0,),
        (719, 753): entries,
    }
    pieces = [Piece(left, right, y, 12.0) for (left, right), baselines in columns.items() for y in baselines]
    (grid,) = grids(sorted(pieces, key=lambda piece: (piece.baseline, piece.left)))
    assert max(cell.row_span for cell in grid.cells if cell.col == 4) == 1
