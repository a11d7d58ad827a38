"""The measures of tables side by side, and the truth out of a document's tags."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.peers.model import Piece, Printed
from benchmarks.peers.report import Measured, write_report
from benchmarks.peers.scores import compare, grits, relations
from benchmarks.peers.trees import teds
from benchmarks.peers.truth import printed_tables

ROOT = Path(__file__).resolve().parents[2]


def table(*rows: str, page: int = 1) -> Printed:
    """A grid without spans; cells are parted by `|`."""
    cells = [Piece(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row.split("|"))]
    return Printed(page, tuple(cells))


TWO_BY_TWO = table("a|b", "c|d")


def test_neighbours_are_the_next_cells_with_text_to_the_right_and_below():
    assert sorted(relations(table("a||b", "c|d|"))) == [
        ("below", "a", "c"),
        ("right", "a", "b"),
        ("right", "c", "d"),
    ]


def test_a_spanning_cell_is_the_neighbour_of_all_that_it_spans_once_each():
    spanning = Printed(1, (Piece(0, 0, 1, 2, "head"), Piece(1, 0, 1, 1, "a"), Piece(1, 1, 1, 1, "b")))
    assert sorted(relations(spanning)) == [("below", "head", "a"), ("below", "head", "b"), ("right", "a", "b")]


@pytest.mark.parametrize(
    ("found", "f1"),
    [
        ([TWO_BY_TWO], 1.0),
        ([], 0.0),
        ([table("a|b", "c|D")], 0.5),
        ([table("a|b"), table("c|d")], 2 * 2 / (4 + 2)),
        ([replace(TWO_BY_TWO, page=2)], 0.0),
    ],
)
def test_f1_counts_pairs_with_exact_texts_over_all_tables_of_a_page(found, f1):
    assert compare([TWO_BY_TWO], found).f1 == pytest.approx(f1)


def test_a_table_for_which_nothing_was_found_is_missed():
    likeness = compare([TWO_BY_TWO, table("x|y", page=2)], [TWO_BY_TWO])
    assert (likeness.tables, likeness.missed, likeness.teds) == (2, 1, 0.5)


# apted 1.0.3 with the same costs gives the same figures.
@pytest.mark.parametrize(
    ("found", "likeness"),
    [
        (TWO_BY_TWO, 1.0),
        (table("a|b"), 1 - 3 / 7),
        (table("a|b", "c|dx"), 1 - 0.5 / 7),
        (table("a", "c"), 1 - 2 / 7),
        (Printed(1, (Piece(0, 0, 1, 2, "a"), Piece(1, 0, 1, 1, "c"), Piece(1, 1, 1, 1, "d"))), 1 - 2 / 7),
    ],
)
def test_teds_counts_nodes_to_put_in_leave_out_and_change(found, likeness):
    assert teds(TWO_BY_TWO, found) == pytest.approx(likeness)


def test_grits_is_the_share_of_the_most_similar_substructure():
    assert grits(TWO_BY_TWO, TWO_BY_TWO) == 1.0
    assert grits(TWO_BY_TWO, table("a|b")) == pytest.approx(2 * 2 / (4 + 2))
    assert grits(TWO_BY_TWO, table("a|b", "x|x", "c|d")) == pytest.approx(2 * 4 / (4 + 6))


def test_the_tags_of_a_sample_give_its_printed_tables_page_by_page():
    second, third = printed_tables(ROOT / "samples" / "composed" / "digital" / "d00-rowspan.pdf")
    assert [second.page, third.page] == [2, 3]
    assert [piece.text for piece in second.pieces if piece.row == 0] == [
        "STT", "Chỉtiêu", "Đơnvịtính", "Kếtquả", "Cơquanchủtrìtheodõi,đánhgiá",
    ]  # fmt: skip
    assert Piece(2, 4, 3, 1, "BộKhoahọcvàCôngnghệ") in second.pieces
    assert [piece.text for piece in second.pieces if piece.row == 1] == ["I", "Mụctiêuđếnnăm2030", "", "", ""]
    # the header printed again
    assert third.pieces[0].text == "STT"


def test_the_better_setting_of_a_tool_counts_document_by_document(tmp_path):
    good, bad = compare([TWO_BY_TWO], [TWO_BY_TWO]), compare([TWO_BY_TWO], [])
    measured = [
        Measured("set", document, "digital", f"camelot {setting}", likeness, 1, 1.0, "")
        for document, setting, likeness in (
            ("d1", "lattice", good), ("d1", "stream", bad), ("d2", "lattice", bad), ("d2", "stream", good),
        )
    ]  # fmt: skip
    write_report(measured, tmp_path / "PEERS.md")
    assert "| camelot | 1.000 | 1.000 | 1.000 | 0 of 2 | 1.00 | 0 |" in (tmp_path / "PEERS.md").read_text()
