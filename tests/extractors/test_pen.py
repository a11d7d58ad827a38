"""A pen's strokes over a ruled table are no rules of it."""

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.rules import find_inked_rules
from tests.extractors.drawing import DPI, paper, prepared
from tests.extractors.ruled import PAGE, XS, YS, fill_cells, rule_table

SCALE = DPI / 72


def rules_of(loops: list[tuple[float, float, float, float]], *, edge: float = 0.0) -> tuple[list[float], list[float]]:
    """Places of the rules across and down of a table with loops (middle and radii, points) and a lone edge at x."""
    page = paper(*PAGE)
    fill_cells(page)
    rule_table(page)
    drawn = np.asarray(page).copy()
    for x, y, wide, high in loops:
        place = (round(x * SCALE), round(y * SCALE)), (round(wide * SCALE), round(high * SCALE))
        cv2.ellipse(drawn, *place, 10, 0, 360, 30, 3, cv2.LINE_AA)
    if edge:
        cv2.line(drawn, (round(edge * SCALE), round(YS[1] * SCALE)), (round(edge * SCALE), round(YS[2] * SCALE)), 0, 2)
    found = find_inked_rules(prepared(Image.fromarray(drawn)))
    return [rule.at for rule in found.across], [rule.at for rule in found.down]


@pytest.mark.parametrize("turned", [False, True])
def test_loops_of_a_signature_are_no_rules(turned: bool) -> None:
    sizes = (14.0, 5.0) if turned else (5.0, 14.0)
    loops = [(310.0 + 30 * index, 158.0 + 5 * index, *sizes) for index in range(3)]
    across, down = rules_of(loops)
    assert across == pytest.approx(list(YS), abs=1.5)
    assert down == pytest.approx(list(XS), abs=1.5)


def test_a_lone_edge_with_paper_beside_it_is_a_rule() -> None:
    _, down = rules_of([], edge=268.0)
    assert down == pytest.approx(sorted((*XS, 268.0)), abs=1.5)
