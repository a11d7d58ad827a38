"""Rules become meshes, meshes become cells, and no field of a mesh is lost or given twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grid import Grid, Mesh, build_grid, find_meshes
from extractors.rules import Rule, Rules

XS = (50.0, 90.0, 250.0, 320.0)
YS = (100.0, 140.0, 200.0, 260.0)


def across(at: float, start: float = XS[0], end: float = XS[-1]) -> Rule:
    return Rule(at, start, end)


def down(at: float, start: float = YS[0], end: float = YS[-1]) -> Rule:
    return Rule(at, start, end)


def full(*, without: tuple[Rule, ...] = (), more: tuple[Rule, ...] = (), more_down: tuple[Rule, ...] = ()) -> Rules:
    """Three rows and three columns."""
    flat = tuple(rule for rule in map(across, YS) if rule not in without)
    upright = tuple(rule for rule in map(down, XS) if rule not in without)
    return Rules(flat + more, upright + more_down)


def only_grid(rules: Rules) -> Grid:
    (mesh,) = find_meshes(rules)
    return build_grid(mesh)


def spans(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column span of the cells that are larger than a field."""
    found = {(cell.row, cell.col): (cell.row_span, cell.col_span) for cell in grid.cells}
    return {place: span for place, span in found.items() if span != (1, 1)}


def test_a_fully_ruled_table_has_a_cell_for_each_field():
    grid = only_grid(full())
    assert (grid.xs, grid.ys) == (XS, YS)
    assert len(grid.cells) == 9
    assert spans(grid) == {}
    assert (grid.is_open_above, grid.is_open_below) == (False, False)


def test_cells_lie_where_the_rules_are():
    cell = next(cell for cell in only_grid(full()).cells if (cell.row, cell.col) == (1, 2))
    assert (cell.box.left, cell.box.top, cell.box.right, cell.box.bottom) == (250.0, 140.0, 320.0, 200.0)


def test_a_title_over_all_columns_is_one_cell():
    inner = (down(XS[1]), down(XS[2]))
    shorter = tuple(down(x, YS[1], YS[3]) for x in XS[1:3])
    assert spans(only_grid(full(without=inner, more_down=shorter))) == {(0, 0): (1, 3)}


def test_titles_above_each_other_without_side_borders_are_rows_of_the_table_around_them():
    ys = (100.0, 130.0, 150.0, 170.0, 200.0, 230.0)
    inner = tuple(down(x, start, end) for x in XS[1:3] for start, end in ((ys[0], ys[1]), (ys[3], ys[5])))
    grid = only_grid(Rules(tuple(map(across, ys)), inner))
    assert grid.ys == ys
    assert spans(grid) == {(1, 0): (1, 3), (2, 0): (1, 3)}


def test_a_title_further_down_takes_no_line_from_titles_above_each_other():
    ys = (100.0, 130.0, 150.0, 170.0, 200.0, 220.0, 250.0)
    pieces = ((ys[0], ys[1]), (ys[3], ys[4]), (ys[5], ys[6]))
    inner = tuple(down(x, start, end) for x in XS[1:3] for start, end in pieces)
    grid = only_grid(Rules(tuple(map(across, ys)), inner))
    assert grid.ys == ys
    assert spans(grid) == {(1, 0): (1, 3), (2, 0): (1, 3), (4, 0): (1, 3)}


def test_tables_with_more_room_between_them_are_two():
    ys = (100.0, 130.0, 190.0, 210.0, 240.0, 270.0)
    inner = tuple(down(x, start, end) for x in XS[1:3] for start, end in ((ys[0], ys[1]), (ys[3], ys[5])))
    assert len(find_meshes(Rules(tuple(map(across, ys)), inner))) == 2


def test_a_cell_merged_downwards_is_one_cell():
    rules = full(without=(across(YS[2]),), more=(across(YS[2], XS[0], XS[2]),))
    assert spans(only_grid(rules)) == {(1, 2): (2, 1)}


def test_a_double_rule_is_one_line():
    assert only_grid(full(more=(across(YS[1] + 2.5),))).ys == pytest.approx((100.0, 141.25, 200.0, 260.0))


def test_a_missing_right_border_is_where_the_rules_end():
    grid = only_grid(full(without=(down(XS[-1]),)))
    assert grid.xs == XS
    assert len(grid.cells) == 9


def test_a_missing_border_of_a_column_merged_over_most_rows_is_where_the_few_rules_end_that_run_out():
    ys = range(100, 400, 30)
    outer = {ys[0], ys[-1]}
    for reaching in (outer, {ys[1], ys[3], ys[8]}):
        flat = tuple(across(y, end=XS[3] if y in reaching else XS[2]) for y in ys)
        assert only_grid(Rules(flat, tuple(down(x, ys[0], ys[-1]) for x in XS[:3]))).xs == pytest.approx(XS)
    flat = tuple(across(y, end=XS[3] if y in {ys[3], ys[4]} else XS[2]) for y in ys)
    assert only_grid(Rules(flat, tuple(down(x, ys[0], ys[-1]) for x in XS[:3]))).xs == pytest.approx(XS[:3])


def test_a_row_without_lower_rule_is_kept_and_open_below():
    grid = only_grid(full(without=(across(YS[-1]),)))
    assert grid.ys == YS
    assert (grid.is_open_above, grid.is_open_below) == (False, True)


def test_a_row_without_upper_rule_is_kept_and_open_above():
    grid = only_grid(full(without=(across(YS[0]),)))
    assert grid.ys == YS
    assert (grid.is_open_above, grid.is_open_below) == (True, False)


def test_rules_that_run_on_a_little_open_no_row():
    rules = Rules(tuple(map(across, YS)), tuple(down(x, YS[0], YS[-1] + 4) for x in XS))
    assert only_grid(rules).ys == YS


def test_serifs_of_a_bold_header_are_no_rule():
    # `STT` in a column of 40 pt: its serifs and bars add up to a stroke of 30 pt, under and over the letters
    strokes = (across(115.0, 55.0, 85.0), across(124.0, 55.0, 85.0))
    grid = only_grid(full(more=strokes))
    assert grid.ys == YS
    assert spans(grid) == {}


def test_an_underline_in_a_wide_cell_is_no_rule():
    assert spans(only_grid(full(more=(across(170.0, 100.0, 180.0),)))) == {}


def test_a_rule_broken_by_the_fax_still_parts_cells():
    broken = (across(YS[1], XS[0], 150.0), across(YS[1], 158.0, XS[-1]))
    assert len(only_grid(full(without=(across(YS[1]),), more=broken)).cells) == 9


def test_a_frame_is_no_table():
    assert find_meshes(Rules((across(YS[0]), across(YS[-1])), (down(XS[0]), down(XS[-1])))) == ()


def test_lines_that_nothing_crosses_are_no_table():
    assert find_meshes(Rules((across(50.0), across(60.0)), ())) == ()


def test_two_tables_come_from_top_to_bottom():
    lower = tuple(across(y + 300) for y in YS), tuple(down(x, YS[0] + 300, YS[-1] + 300) for x in XS)
    meshes = find_meshes(full(more=lower[0], more_down=lower[1]))
    assert [mesh.ys[0] for mesh in meshes] == [100.0, 400.0]


@st.composite
def drawn_rules(draw: st.DrawFn) -> Rules:
    """Rules of a table with any edges missing, slightly out of place, doubled."""
    xs = [50.0 + 70 * i for i in range(draw(st.integers(2, 5)))]
    ys = [100.0 + 35 * i for i in range(draw(st.integers(2, 6)))]
    shift = st.floats(-1.5, 1.5)
    across_ = [
        Rule(y + draw(shift), xs[i] + draw(shift), xs[i + 1] + draw(shift))
        for y in ys
        for i in range(len(xs) - 1)
        if draw(st.integers(0, 5))
    ]
    down_ = [
        Rule(x + draw(shift), ys[j] + draw(shift), ys[j + 1] + draw(shift))
        for x in xs
        for j in range(len(ys) - 1)
        if draw(st.integers(0, 5))
    ]
    return Rules(tuple(across_), tuple(down_))


@given(drawn_rules())
@settings(max_examples=60, deadline=None)
def test_every_field_of_a_mesh_belongs_to_exactly_one_cell(rules):
    for mesh in find_meshes(rules):
        fields = [
            (row, col)
            for cell in build_grid(mesh).cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        ]
        assert sorted(fields) == [(j, i) for j in range(len(mesh.ys) - 1) for i in range(len(mesh.xs) - 1)]


@given(drawn_rules(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_meshes_do_not_depend_on_the_order_of_the_rules(rules, random):
    shuffled = Rules(
        tuple(random.sample(rules.across, len(rules.across))), tuple(random.sample(rules.down, len(rules.down)))
    )
    assert list(map(rounded, find_meshes(shuffled))) == list(map(rounded, find_meshes(rules)))


def rounded(mesh: Mesh) -> tuple:
    """A mesh to compare: means summed in another order differ in the last digit."""
    places = tuple(round(place, 6) for place in (*mesh.xs, *mesh.ys))
    return places, mesh.across.tolist(), mesh.down.tolist(), mesh.is_open_above, mesh.is_open_below


def test_the_border_of_a_column_merged_over_all_rows_meets_no_rule_across():
    flat = tuple(across(y, end=XS[2]) for y in YS)
    grid = only_grid(Rules(flat, tuple(map(down, XS))))
    assert grid.xs == XS
    assert spans(grid) == {(0, 2): (3, 1)}


def test_a_rule_beside_a_table_that_is_not_as_high_is_no_border():
    flat = tuple(across(y, end=XS[2]) for y in YS)
    grid = only_grid(Rules(flat, (*map(down, XS[:3]), down(XS[3], end=200.0))))
    assert grid.xs == XS[:3]


def test_rules_down_a_page_alone_are_one_row_that_goes_on_above_and_below():
    grid = only_grid(Rules((), tuple(down(x, 60.0, 780.0) for x in XS)))
    assert (grid.xs, grid.ys) == (XS, (60.0, 780.0))
    assert grid.is_open_above
    assert grid.is_open_below


def test_low_or_uneven_rules_down_alone_are_no_row():
    assert not find_meshes(Rules((), tuple(map(down, XS[:3], (100.0, 100.0, 100.0), (220.0, 220.0, 220.0)))))
    assert not find_meshes(Rules((), tuple(down(x, 60.0 + x, 780.0) for x in XS)))
