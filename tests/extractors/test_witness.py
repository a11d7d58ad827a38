"""Cells whose borders are in doubt: drawn rules of which one is missing or broken, and letters in the cells."""

import itertools
from dataclasses import replace

import pytest

from chitieu.model import Box
from extractors.grid import Mesh, build_grid, find_meshes
from extractors.rules import Rule, Rules
from extractors.witness import find_doubted

XS, YS, EM = (50.0, 90.0, 300.0, 400.0), (100.0, 130.0, 160.0, 190.0, 220.0), 12.0


def ruled(without: tuple[int, int] | None = None, share: float = 0.0) -> Rules:
    """A table's rules; of line and column `without` only this share is drawn."""
    across = [Rule(y, a, b) for y in YS for a, b in itertools.pairwise(XS)]
    if without:
        line, col = without
        old = across[line * (len(XS) - 1) + col]
        across[line * (len(XS) - 1) + col] = replace(old, end=old.start + share * old.length)
    return Rules(tuple(across), tuple(Rule(x, YS[0], YS[-1]) for x in XS))


def words_in_rows(rows: range, col: int, *, centred: bool = True) -> list[Box]:
    """A line of print in each row of a column; else all lines right below each other in the middle of the rows."""
    tops = [YS[row] + 10 for row in rows]
    if not centred:
        middle = (YS[rows[0]] + YS[rows[-1] + 1]) / 2
        tops = [middle - 7 * len(rows) + 14 * place for place in range(len(rows))]
    return [Box(XS[col] + 8 * i, top, XS[col] + 8 * i + 6, top + 10) for top in tops for i in range(1, 4)]


def doubted(rules: Rules, letters: list[Box], witness: tuple[Mesh, ...] = ()) -> list[tuple[int, int]]:
    (mesh,) = find_meshes(rules)
    grid = build_grid(mesh)
    prints = [
        [b for b in letters if c.box.left <= b.left < c.box.right and c.box.top <= b.top < c.box.bottom]
        for c in grid.cells
    ]
    found = find_doubted(mesh, grid, prints, rules, lambda: witness, EM)
    return [(grid.cells[index].row, grid.cells[index].col) for index in sorted(found)]


@pytest.mark.parametrize("col", [0, 1, 2])
def test_two_texts_in_a_cell_where_other_columns_have_a_rule_are_doubted(col):
    assert doubted(ruled((2, col)), words_in_rows(range(1, 3), col)) == [(1, col)]


def test_what_is_left_of_a_rule_between_two_texts_is_no_print():
    stub = Box(XS[1] + 2, YS[2] - 1, XS[1] + 60, YS[2] + 1)
    assert doubted(ruled((2, 1), share=0.2), [*words_in_rows(range(1, 3), 1), stub]) == [(1, 1)]


def test_one_text_in_the_middle_of_a_merged_cell_is_not_doubted():
    assert doubted(ruled((2, 2)), words_in_rows(range(1, 3), 2, centred=False)) == []


def merged_over_three_rows(col: int) -> Rules:
    """A table's rules, two pieces of one column left out."""
    left_out = {(XS[col], YS[2]), (XS[col], YS[3])}
    rules = ruled()
    return replace(rules, across=tuple(rule for rule in rules.across if (rule.start, rule.at) not in left_out))


@pytest.mark.parametrize(
    "rest",
    [Box(XS[1] + 2, YS[1] + 2.0, XS[2] - 2, YS[1] + 3.6), Box(XS[1] + 1, YS[1] + 0.5, XS[1] + 6, YS[1] + 1.8)],
)
def test_what_double_rules_leave_in_a_merged_cell_is_no_print(rest):
    text = [Box(XS[1] + 8 * i, top, XS[1] + 8 * i + 6, top + 10) for top in (YS[2] + 5, YS[2] + 19) for i in (1, 2, 3)]
    assert doubted(merged_over_three_rows(1), [*text, rest]) == []


def test_a_whole_grid_is_not_doubted():
    letters = [box for col in range(3) for box in words_in_rows(range(4), col)]
    assert doubted(ruled(), letters) == []


def test_where_another_grid_parts_cells_at_a_broken_rule_both_are_doubted():
    other = find_meshes(ruled())
    assert doubted(ruled((2, 1), share=0.4), [], other) == [(1, 1)]
    assert doubted(ruled((2, 1), share=0.4), [], find_meshes(ruled((2, 1)))) == []
