"""Rows told by the spacing of lines."""

from extractors.unruled_cells import Text
from extractors.unruled_spacing import spaced

EM = 12.0
# Baselines by column: a title alone, then rows of which the first cells begin level; titles of groups between them.
LINES = {
    0: (137.0, 186.5, 221.0, 273.5, 323.0, 438.5, 488.0, 572.0, 656.0, 706.3),
    1: (
        *(137.0, 152.0, 167.8, 186.5, 202.3, 221.0, 239.0, 254.8, 273.5, 289.3, 305.0, 323.0, 338.8, 373.3, 389.0),
        *(404.0, 419.8, 438.5, 488.0, 503.8, 538.3, 554.0, 572.0, 587.8, 622.3, 638.0, 656.0, 671.8, 706.3),
    ),
    2: (137.0, 186.5, 273.5, 323.0, 438.5, 454.3, 488.0, 572.0, 656.0, 706.3),
    3: (137.0, 186.5, 273.5, 323.0, 438.5, 488.0, 572.0, 656.0, 706.3),
    4: (
        *(137.0, 186.5, 273.5, 289.3, 323.0, 338.8, 354.5, 438.5, 454.3, 470.0, 488.0, 503.8, 519.5, 572.0, 587.8),
        *(603.5, 656.0, 671.8, 687.5, 706.3, 722.0, 737.0),
    ),
}


def test_rows_with_numbers_of_their_own_are_never_one_row_for_the_sake_of_titles():
    texts = [Text(col, col, y, y, 100.0 * col, 100.0 * col + 50, EM) for col, ys in LINES.items() for y in ys]
    rows, _ = spaced(texts, EM)
    starts = [[text.start for text in row.texts if text.first == 0] for row in rows]
    assert [start for row in starts for start in row] == list(LINES[0])
    assert all(len(row) <= 1 for row in starts)


def test_the_two_lines_of_a_single_cell_among_rows_of_one_line_are_one_row():
    rows_of_one = tuple(100.0 + 24.0 * row for row in range(16))
    lines = {0: (*rows_of_one, 493.0, 526.0), 1: (*rows_of_one, 484.0, 502.0, 526.0), 2: (*rows_of_one, 493.0, 526.0)}
    texts = [Text(col, col, y, y, 100.0 * col, 100.0 * col + 50, EM) for col, ys in lines.items() for y in ys]
    rows, _ = spaced(texts, EM)
    assert [sorted((text.first, text.start, text.end) for text in row.texts) for row in rows][16:] == [
        [(0, 493.0, 493.0), (1, 484.0, 502.0), (2, 493.0, 493.0)],
        [(0, 526.0, 526.0), (1, 526.0, 526.0), (2, 526.0, 526.0)],
    ]


def test_lines_of_a_body_as_near_as_all_lines_are_merged_over_the_rows_beside_them():
    rows_of_two = tuple(y for row in range(6) for y in (100.0 + 44.0 * row, 116.0 + 44.0 * row))
    first_lines = rows_of_two[::2]
    body = (104.0, 242.0, 258.0, 274.0)
    lines = {0: first_lines, 1: rows_of_two, 2: first_lines, 3: first_lines, 4: body}
    texts = [Text(col, col, y, y, 100.0 * col, 100.0 * col + 50, EM) for col, ys in lines.items() for y in ys]
    rows, _ = spaced(texts, EM)
    assert [sorted(row.open_columns) for row in rows] == [[], [], [], [4], [], []]
    assert [len(row.texts) for row in rows] == [5, 4, 4, 4, 4, 4]
