"""Words as the document has them elsewhere, where another reader has them so too."""

from dataclasses import replace

import pytest

from chitieu.model import Rival
from normalizers.mended import Mended
from normalizers.own_words import mend_by_own_words
from tests.normalizers import way

ELSEWHERE = ("Tốc độ tăng (bình quân cả giai đoạn)", "Tỷ lệ hộ nghèo (bình quân cả giai đoạn)")


def mended(read: str, engine: str, elsewhere: tuple[str, ...] = ELSEWHERE) -> Mended:
    texts = [read, *elsewhere]
    cells = {(0, row, 1): way.cell(row, 1, readings=(way.reading(text),)) for row, text in enumerate(texts)}
    cells[0, 0, 1] = way.cell(0, 1, readings=(way.reading(read), way.reading(engine, "tesseract", 0.25)))
    return mend_by_own_words("indicator", cells, {place: Mended(cell.text) for place, cell in cells.items()})[0, 0, 1]


def test_another_reader_and_the_document_have_the_word():
    found = mended("Kim ngạch (bình quân cá giai đoạn)", "Kim ngạch (binh quan cả giai đoạn)")
    assert found.text == "Kim ngạch (bình quân cả giai đoạn)"
    assert [(repair.read, repair.became) for repair in found.repairs] == [
        ("Kim ngạch (bình quân cá giai đoạn)", "Kim ngạch (bình quân cả giai đoạn)")
    ]


@pytest.mark.parametrize(
    ("read", "engine", "elsewhere"),
    [
        # no other reader has it
        ("Kim ngạch (bình quân cá giai đoạn)", "Kim ngạch (bình quân cá giai đoạn)", ELSEWHERE),
        # the document has it nowhere else, or hardly
        ("Kim ngạch (bình quân cá giai đoạn)", "Kim ngạch (bình quân cả giai đoạn)", ()),
        ("Số cá giai đoạn", "Số cả giai đoạn", ("Tỷ lệ cả giai đoạn",)),
        # the document has what was read, too
        ("Số cá giai đoạn", "Số cả giai đoạn", (*ELSEWHERE, "Sản lượng cá giai đoạn")),
        # numbers are no words
        ("đạt 35 giường", "đạt 36 giường", ("đạt 36 giường", "có 36 giường")),
    ],
)
def test_one_witness_is_not_enough(read, engine, elsewhere):
    assert mended(read, engine, elsewhere) == Mended(read)


def inked(read: str, elsewhere: tuple[str, ...], *rivals: Rival) -> str:
    """What becomes of a text for which the ink allows other marks and that no other reader has otherwise."""
    texts = [read, *elsewhere]
    cells = {(0, row, 1): way.cell(row, 1, readings=(way.reading(text),)) for row, text in enumerate(texts)}
    cells[0, 0, 1] = way.cell(0, 1, readings=(replace(way.reading(read), mark_rivals=rivals),))
    return mend_by_own_words("indicator", cells, {place: Mended(cell.text) for place, cell in cells.items()})[
        0, 0, 1
    ].text


def test_the_document_has_the_word_and_the_ink_allows_it():
    read, mended = "Kim ngạch (bình quân ca giai đoạn)", "Kim ngạch (bình quân cả giai đoạn)"
    allowed = Rival("ca", "cả", 0.0005)
    assert inked(read, ELSEWHERE, allowed) == mended
    assert inked(read, (*ELSEWHERE, *ELSEWHERE, "Xuất khẩu (bình quân ca giai đoạn)"), allowed) == mended
    # The ink does not allow it; the document has it once, has both, or has it beside one of the neighbours alone.
    assert inked(read, ELSEWHERE) == read
    assert inked(read, ELSEWHERE[:1], allowed) == read
    assert inked(read, (*ELSEWHERE, *(f"{text} (bình quân ca giai đoạn)" for text in "AB")), allowed) == read
    assert inked(read, ("Tỷ lệ cả giai đoạn", "Số cả giai đoạn"), allowed) == read
