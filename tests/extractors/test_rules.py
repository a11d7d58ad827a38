"""Rules are found in ink and in vectors; print is none."""

import pytest

from extractors.grid import build_grid, find_meshes
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from extractors.rules import Rule, find_inked_rules
from tests.extractors.drawing import Print, paper, prepared, print_lines, rule

XS, YS = (40.0, 80.0, 240.0, 360.0), (30.0, 60.0, 110.0, 160.0)


def table_page():
    page = paper()
    for x in XS:
        rule(page, x, YS[0], x, YS[-1])
    for y in YS:
        rule(page, XS[0], y, XS[-1], y)
    return page


def places(rules: tuple[Rule, ...]) -> list[float]:
    return [round(rule.at, 1) for rule in rules]


def test_rules_of_a_scan_are_found_where_they_are_printed():
    found = find_inked_rules(prepared(table_page()))
    assert places(found.across) == pytest.approx(YS, abs=0.5)
    assert places(found.down) == pytest.approx(XS, abs=0.5)


@pytest.mark.parametrize("text", ["STT – THT", "LIIITIHL – 2030", "— — —", "Ế_Ộ"])
def test_print_in_the_cells_parts_no_cell(text):
    # Serifs and dashes may look like short rules: the mesh leaves them out, for they rule no whole edge.
    found = find_inked_rules(prepared(print_lines(table_page(), Print(text, 90, 90), Print(text, 250, 45))))
    (mesh,) = find_meshes(found)
    assert mesh.ys == pytest.approx(YS, abs=0.5)
    assert len(build_grid(mesh).cells) == 9


def test_a_rule_with_gaps_of_a_fax_is_one_rule():
    page = paper()
    for start in range(40, 340, 50):
        rule(page, start, 50, start + 47, 50)
    (found,) = find_inked_rules(prepared(page)).across
    assert (found.start, found.end) == pytest.approx((40, 337), abs=1.5)


def test_a_filled_area_is_no_rule():
    page = paper()
    page.paste(0, (100, 100, 700, 140))
    assert find_inked_rules(prepared(page)).across == ()


def test_a_line_of_dots_to_fill_in_is_no_rule():
    assert find_inked_rules(prepared(print_lines(paper(), Print("." * 60, 40, 60)))).across == ()


@pytest.mark.parametrize("quality", ["digital", "clean"])
def test_the_columns_of_a_decision_are_those_of_its_header(samples, quality):
    path = samples / "composed" / quality / "d03-seed5.pdf"
    with open_pdf(path) as pdf:
        (table,) = read_page(pdf, describe_page(pdf, 1), wants_prose=False).tables
    assert len(table.grid.xs) == 6
