"""Other marks on a letter: mended where language and ink speak for them, doubted where they do together."""

from dataclasses import replace

import pytest

from chitieu.model import Cell, Reading, Rival
from normalizers.evidence import weigh
from normalizers.repair import mend_cell
from tests.normalizers import way


def seen(text: str, *rivals: Rival, confidence: float = 0.9995) -> Cell:
    """A cell that both models read alike, with what either thinks possible of the marks."""
    first = replace(way.reading(text, confidence=confidence), mark_rivals=rivals, witness=text)
    return way.cell(0, 0, text, readings=(first,))


def flags_of(cell: Cell) -> list[str]:
    mended = mend_cell("indicator", cell)
    found = (*mended.flags, *weigh("indicator", cell, mended, is_exact=False))
    return sorted({flag.detail for flag in found})


@pytest.mark.parametrize(
    ("text", "rival", "became"),
    [
        ("Tổng kim ngạch xuất khấu của tỉnh", Rival("khấu", "khẩu", 0.002), "Tổng kim ngạch xuất khẩu của tỉnh"),
        # The ink does not allow it.
        ("Tổng kim ngạch xuất khấu của tỉnh", Rival("khấu", "khẩu", 0.0001), "Tổng kim ngạch xuất khấu của tỉnh"),
        # The language does not want it.
        ("Tổng kim ngạch xuất khẩu của tỉnh", Rival("khẩu", "khấu", 0.4), "Tổng kim ngạch xuất khẩu của tỉnh"),
        # A tone mark does not stand there.
        ("Nâng cao năng lực, tiêm lực khoa học", Rival("tiêm", "tìêm", 0.4), "Nâng cao năng lực, tiêm lực khoa học"),
        # One neighbour alone tells little.
        ("Xuất khấu", Rival("khấu", "khẩu", 0.002), "Xuất khấu"),
    ],
)
def test_marks_are_mended_where_the_language_leaves_no_doubt_and_the_ink_allows_it(
    text: str, rival: Rival, became: str
) -> None:
    mended = mend_cell("indicator", seen(text, rival))
    assert mended.text == became
    assert [(repair.read, repair.became) for repair in mended.repairs] == ([(text, became)] if text != became else [])


def test_what_ink_and_language_only_hint_at_is_doubted_however_sure_both_models_are() -> None:
    text = "Tỷ lệ doanh nghiệp có hoạt động đối mới sáng tạo"
    assert flags_of(seen(text, Rival("đối", "đổi", 0.0041))) == ["đối → đổi"]
    assert flags_of(seen(text.replace("đối", "đổi"), Rival("đổi", "đối", 0.0041))) == []


def test_an_odd_word_of_which_no_model_sees_other_marks_is_printed_so() -> None:
    text = "Tỷ lệ các trưởng thôn được bồi dưỡng"
    odd = seen(text, confidence=0.97)
    assert flags_of(odd) == []
    alone = replace(odd, readings=(replace(odd.readings[0], witness=None),))
    assert flags_of(alone) == ["trưởng → trường"]


def test_what_a_text_layer_says_is_left() -> None:
    text = "Tổng kim ngạch xuất khấu của tỉnh"
    reading = Reading(way.reading(text).runs, "text layer", 1.0, mark_rivals=(Rival("khấu", "khẩu", 0.002),))
    assert mend_cell("indicator", way.cell(0, 0, text, readings=(reading,))).text == text
