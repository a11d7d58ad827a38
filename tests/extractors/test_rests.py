"""Rows of a table without rules that stand alone on the next page."""

from bisect import bisect
from dataclasses import replace

from extractors.grid import Grid, build_grid
from extractors.print_lines import Piece
from extractors.rests import Print, find_rest
from extractors.rules import Rule, Rules
from extractors.unruled import find_unruled_meshes, with_unruled

EM = 10.0
NO_RULES = Rules((), ())
COLUMNS = ((50, 60), (80, 200), (230, 260), (290, 320), (350, 380), (410, 440))


def row(baseline: float, *skipped: int) -> list[Piece]:
    places = (column for index, column in enumerate(COLUMNS) if index not in skipped)
    return [Piece(left, right, baseline, EM) for left, right in places]


def before() -> Grid:
    (mesh,) = find_unruled_meshes([piece for at in range(6) for piece in row(100 + 30.0 * at)], NO_RULES, ())
    return build_grid(mesh)


def moved(pieces: list[Piece], by: float) -> list[Piece]:
    return [replace(piece, left=piece.left + by, right=piece.right + by) for piece in pieces]


def rest_of(pieces: list[Piece], rules: Rules = NO_RULES, found: Grid | None = None) -> Grid | None:
    mesh = find_rest(before(), Print(tuple(pieces), rules), found)
    return None if mesh is None else build_grid(mesh)


def test_a_last_row_is_laid_out_in_the_columns_of_the_page_before():
    rest = rest_of(row(60, 4))
    assert rest is not None
    assert (len(rest.ys) - 1, len(rest.xs) - 1) == (1, 6)
    assert rest.xs[1:-1] == before().xs[1:-1]


def test_the_page_may_lie_a_little_to_the_side():
    pieces = moved(row(60, 4), 14.0)
    rest = rest_of(pieces)
    assert rest is not None
    assert [bisect(rest.xs, (piece.left + piece.right) / 2) for piece in pieces] == [1, 2, 3, 4, 6]


def test_lines_of_one_row_between_two_rules_are_one_row():
    name = [Piece(80, 200, 54, EM), Piece(80, 150, 66, EM)]
    rules = Rules((Rule(42, 40, 450), Rule(72, 40, 450)), ())
    rest = rest_of([*name, *row(60, 1)], rules)
    assert rest is not None
    assert len(rest.ys) == 2
    assert rest.ys[0] < 46 < 68 < rest.ys[-1] + 1


def test_a_page_number_above_and_a_signature_below_are_no_rows():
    rest = rest_of([Piece(240, 250, 30, EM), *row(60), Piece(300, 430, 120, EM)])
    assert rest is not None
    assert len(rest.ys) == 2
    assert 45 < rest.ys[0] < rest.ys[1] < 100


def test_print_that_keeps_to_other_columns_is_no_rest():
    assert rest_of([Piece(50, 220, 60, EM), Piece(250, 330, 60, EM), Piece(345, 440, 60, EM)]) is None
    assert rest_of(row(60, 1, 2, 3)) is None  # two texts and a number are no row
    assert rest_of([Piece(50, 440, 60, EM), Piece(50, 440, 72, EM)]) is None
    assert rest_of([]) is None


def test_the_rest_of_a_ruled_table_has_rules_of_its_own():
    ruled = replace(before(), is_ruled=True)
    assert find_rest(ruled, Print(tuple(row(60)), NO_RULES), None) is None


def test_the_rest_takes_the_place_of_what_the_page_alone_would_be():
    pieces = [*row(60, 4), *row(90, 4), *row(120, 4)]
    found = find_unruled_meshes(pieces, NO_RULES, ())
    assert [len(mesh.xs) - 1 for mesh in found] == [5]
    rest = find_rest(before(), Print(tuple(pieces), NO_RULES), build_grid(found[0]))
    assert [len(mesh.xs) - 1 for mesh in with_unruled((), pieces, NO_RULES, rest)] == [6]


def test_many_rows_tell_their_columns_themselves():
    assert rest_of([piece for at in range(9) for piece in row(60 + 30.0 * at, 4)]) is None


def test_of_many_rows_only_those_without_a_column_are_laid_out_as_on_the_page_before():
    pieces = [piece for at in range(9) for piece in row(60 + 30.0 * at, 4)]
    (found,) = find_unruled_meshes(pieces, NO_RULES, ())
    rest = rest_of(pieces, found=build_grid(found))
    assert rest is not None
    assert (len(rest.ys) - 1, len(rest.xs) - 1) == (9, 6)
    others = replace(build_grid(found), xs=(*found.xs[:2], found.xs[2] + 40.0, *found.xs[3:]))
    assert rest_of(pieces, found=others) is None
