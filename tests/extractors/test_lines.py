"""Lines are cut with all their marks, and no ink is lost or doubled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chitieu.model import Box
from extractors.blobs import Blob, Blobs, blobs_by_box, find_blobs
from extractors.image import PageImage
from extractors.line_marks import Row
from extractors.lines import LineImage, _is_one_stroke, _pieces, cut_lines
from extractors.reading import read_line
from tests.extractors.drawing import DPI, EM_PT, Print, paper, pixels, print_lines, rule, upright

# Roofs under tone marks on capitals, horns with tilde, dots below, hooks above, tails.
STACKED = (
    "TRÌNH ĐỘ, NĂNG LỰC Ế Ộ Ẩ",
    "giữa những chữ ữ ự ợ ỵ ẹ",
    "Tỷ lệ hộ nghèo, cận nghèo",
    "Ủy quyền gửi ỷ ỹ gỵ p q",
)
# A page of print tells the size of its letters; words with tall letters and without marks.
FILLER = "Luat Khoa hoc ban hanh theo danh chinh kha thi Bo"


def cut(page: Image.Image, box: Box | None = None) -> tuple[PageImage, Blobs, list[Blob], tuple[LineImage, ...]]:
    image = upright(page)
    blobs = find_blobs(image, [])
    height, width = image.grey.shape
    frame = (0, 0, width, height) if box is None else tuple(map(pixels, (box.left, box.top, box.right, box.bottom)))
    (owned,) = blobs_by_box(blobs, [frame])
    return image, blobs, owned, cut_lines(image, blobs, owned)


def ink_of(line: LineImage) -> int:
    return sum(int((255 - piece.astype(int)).clip(60).sum() - 60 * piece.size) for piece in line.pieces)


def ink_of_print(*lines: Print) -> int:
    grey = np.asarray(print_lines(paper(), *lines)).astype(int)
    return int((255 - grey).clip(60).sum() - 60 * grey.size)


@pytest.mark.parametrize("text", STACKED)
def test_a_line_is_cut_with_all_its_marks(text):
    line = Print(text, 50, 100)
    _, _, _, (found,) = cut(print_lines(paper(), line))
    # half a percent is the rim of a tail or a dot below that leaves the reader's frame
    assert ink_of(found) == pytest.approx(ink_of_print(line), rel=0.006)


@pytest.mark.parametrize(("upper", "lower"), [(0, 1), (1, 0), (3, 0), (2, 2)])
def test_two_tight_lines_keep_their_own_marks(upper, lower):
    lines = Print(STACKED[upper], 50, 80), Print(STACKED[lower], 50, 80 + 1.15 * EM_PT)
    _, _, _, found = cut(print_lines(paper(), *lines))
    assert [ink_of(line) for line in found] == pytest.approx([ink_of_print(line) for line in lines], rel=0.02)


@pytest.mark.ocr
@pytest.mark.parametrize("size", [10.0, 11.0])
def test_marks_of_capitals_in_single_spaced_small_print_stay_with_their_line(size):
    # Times New Roman's single spacing is 1.15 em
    lines = Print("Căn cứ Luật của các", 40, 50, size), Print("nước ĐẾN Ổn định", 40, 50 + 1.15 * size, size)
    more = (Print(FILLER, 40, 130 + 20 * i, size) for i in range(3))
    *_, found = cut(print_lines(paper(), *lines, *more))
    assert [read_line(line.pieces).text for line in found[:2]] == [line.text for line in lines]


def test_lines_come_from_top_to_bottom():
    lines = [Print(FILLER[: 10 + 5 * i], 50, 60 + 20 * i) for i in range(5)]
    _, _, _, found = cut(print_lines(paper(), *lines))
    assert [line.right for line in found] == sorted(line.right for line in found)
    assert len(found) == 5


@pytest.mark.parametrize("size", [9.0, 11.0, 13.0, 14.0, 16.0])
def test_the_size_of_print_is_found(size):
    lines = [Print(FILLER, 50, 40 + 25 * i, size) for i in range(5)]
    assert cut(print_lines(paper(), *lines))[1].em == pytest.approx(size * DPI / 72, rel=0.12)


def test_specks_are_no_lines():
    page = print_lines(paper(), Print(FILLER, 50, 60))
    for x, y in ((100, 300), (400, 350), (700, 420), (702, 423)):
        page.paste(0, (x, y, x + 2, y + 2))
    assert len(cut(page)[3]) == 1


def test_a_remnant_of_a_rule_is_no_line():
    page = print_lines(paper(), Print(FILLER, 50, 60))
    rule(page, 50, 120, 250, 120)
    rule(page, 300, 90, 300, 160)
    assert len(cut(page)[3]) == 1


def test_a_lone_dash_is_a_line():
    page = print_lines(paper(), *(Print(FILLER, 50, 30 + 20 * i) for i in range(3)), Print("–", 50, 150))
    assert len(cut(page)[3]) == 4


@pytest.mark.parametrize("text", ["1", "I", "i", "7", "≥ 80"])
def test_a_lone_number_is_a_line(text):
    page = print_lines(paper(), *(Print(FILLER, 50, 30 + 20 * i) for i in range(3)), Print(text, 350, 150))
    *_, found = cut(page, Box(330, 130, 400, 170))
    assert len(found) == 1


def test_an_empty_box_has_no_lines():
    *_, owned, found = cut(print_lines(paper(), Print(FILLER, 50, 60)), Box(50, 100, 200, 190))
    assert (owned, found) == ([], ())


def test_wide_gaps_part_a_line_into_pieces():
    page = print_lines(paper(), Print("Don vi", 50, 60), Print("nam 2030", 180, 60))
    _, _, _, (line,) = cut(page)
    assert len(line.pieces) == 2
    # each piece is the width of its own print, the gap belongs to neither
    assert sum(piece.shape[1] for piece in line.pieces) < 0.75 * (line.right - line.left)


def test_spaces_between_words_do_not_part_a_line():
    _, _, _, (line,) = cut(print_lines(paper(), Print("Sở Khoa học và Công nghệ chủ trì", 50, 60)))
    assert len(line.pieces) == 1


def test_ink_of_the_line_above_is_painted_over():
    lines = Print("quy phạm gỵ pyq gjp", 50, 80), Print("ẤỀỘ ỔỂ", 50, 80 + 1.1 * EM_PT)
    *_, (upper, lower) = cut(print_lines(paper(), *lines))
    assert upper.bottom > lower.top  # their frames overlap
    assert ink_of(lower) <= ink_of_print(lines[1]) * 1.02


def test_rules_are_blanked_before_print_is_looked_for():
    page = print_lines(paper(), Print(FILLER, 50, 60))
    rule(page, 40, 70, 300, 70)
    bare = find_blobs(upright(page), [Box(40, 69, 300, 71)])
    assert max(blob.width for blob in bare.all) < pixels(20)


def test_every_blob_goes_to_one_box_at_most():
    image = upright(print_lines(paper(), *(Print(FILLER, 50, 40 + 25 * i) for i in range(5))))
    blobs = find_blobs(image, [])
    height, width = image.grey.shape
    halves = [(0, 0, width // 2, height), (width // 2, 0, width, height)]
    left, right = blobs_by_box(blobs, halves)
    assert sorted(b.label for b in (*left, *right)) == sorted(b.label for b in blobs.all)


WORDS = st.lists(
    st.sampled_from(
        [
            "Tỷ",
            "lệ",
            "hộ",
            "nghèo",
            "Ế",
            "Ộ",
            "ữ",
            "đến",
            "2030",
            "≥",
            "80",
            "%",
            "nước;",
            "(gỵ)",
            "i",
            "1,5",
            "-",
            "ĐỔI",
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.floats(1.25, 1.6), st.sampled_from([10.0, 13.0, 14.0]))
@settings(max_examples=30, deadline=None)
def test_each_letter_lies_in_exactly_one_line(texts, pitch, size):
    lines = [Print(" ".join(["theo", *words]), 40, 50 + i * pitch * size, size) for i, words in enumerate(texts)]
    told = (Print(FILLER, 40, 150 + 20 * i, size) for i in range(3))
    _, blobs, owned, found = cut(print_lines(paper(), *lines, *told))
    em = blobs.em
    bodies = [b for b in owned if max(b.width, b.height) >= 0.4 * em]
    shown = [sum(is_shown(blobs, blob, line) for line in found) for blob in bodies]
    assert shown == [1] * len(bodies)


def is_shown(blobs: Blobs, blob: Blob, line: LineImage) -> bool:
    """Whether the picture of a line shows most of a blob's ink: its own stands on it, others' is painted over."""
    x, y = (blob.left + blob.right) // 2, (blob.top + blob.bottom) // 2
    if not (line.left <= x < line.right and line.top <= y < line.bottom):
        return False
    (picture,) = line.pieces
    top, bottom = max(blob.top, line.top), min(blob.bottom, line.bottom)
    left, right = max(blob.left, line.left), min(blob.right, line.left + picture.shape[1])
    own = blobs.labels[top:bottom, left:right] == blob.label
    shown = picture[top - line.top : bottom - line.top, left - line.left : right - line.left]
    return bool((shown[own] < 200).mean() > 0.5)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ('"', '"'), ("“", '"'), (":", ":"), ("..", ".."), ("...", "..."), ("-", "-"), ("–", "–"), ("—", "—"),
        ("%", ""), ("II", ""), ("5", ""), ("=", ""), ("1", ""), ("l", ""), ("i", ""), ("- 5", ""),
    ],
)  # fmt: skip
def test_a_sign_alone_is_known_by_its_shape(text, mark):
    page = print_lines(paper(), *(Print(FILLER, 50, 30 + 20 * i) for i in range(3)), Print(text, 350, 150))
    *_, (line,) = cut(page, Box(330, 130, 420, 170))
    assert line.mark == mark


def test_a_stroke_alone_gets_paper_on_its_sides_and_a_speck_none():
    line = np.full((42, 11), 230, np.uint8)
    line[8:32, 3:8] = 20
    (piece,) = _pieces(line, [(0, 11)], 8)
    assert piece.shape == (42, 27)
    assert (piece[:, :8] == 230).all()
    one = Blob(1, 100, 200, 107, 224, 120)
    assert _is_one_stroke(Row(224.0, 33.0, (one,)))
    assert not _is_one_stroke(Row(224.0, 33.0, (Blob(1, 100, 215, 106, 224, 40),)))
    assert not _is_one_stroke(Row(224.0, 33.0, (one, Blob(2, 120, 200, 132, 224, 150))))
