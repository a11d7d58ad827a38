"""Lines for training: the same again from the same seed, apart from the measure's, as the reader wants them."""

from itertools import islice

import numpy as np
import pytest

from extractors.reading import HANDWRITING
from training.alphabet import CHARACTERS, decode, encode
from training.damage import SCANS, cut_line, scan_line
from training.drawing import Style, draw_line
from training.handwriting import filled_line, written_line
from training.lines import make_lines, read_shard, write_shard
from training.measure import Score, measure, open_reader
from training.opinions import Opinion, compare
from training.surroundings import blank_line
from training.texts import Texts, is_held_out
from training.typefaces import HELD_OUT, TRAINING, find_faces

# The one that the tests' own packages bring.
TINOS = {"Tinos": 1}
READER = "extractors/data/reader_int8.onnx"


def _style(**more: object) -> Style:
    return Style(find_faces("Tinos")["regular"], 40.0, **more)


def _clean():
    return next(scan for scan in SCANS if scan.name == "clean")


def test_every_text_can_be_written_and_read_back():
    texts = Texts(3)
    for text in (texts.next() for _ in range(300)):
        separated = [part for index in encode(text) for part in (0, index)]
        assert decode(separated) == text


def test_decoding_joins_repeats_and_keeps_doubles_parted_by_blanks():
    two = CHARACTERS.index("2") + 1
    assert decode([0, two, two, 0, two, 0]) == "22"


def test_texts_come_again_from_their_seed():
    first, second, other = Texts(5), Texts(5), Texts(6)
    texts = [first.next() for _ in range(50)]
    assert texts == [second.next() for _ in range(50)]
    assert texts != [other.next() for _ in range(50)]


def test_training_and_measure_share_no_phrase_and_no_font():
    seen, unseen = set(Texts(1)._phrases), set(Texts(1, unseen=True)._phrases)
    assert not seen & unseen
    assert len(unseen) > 40
    assert all(is_held_out(text) for text in unseen)
    assert not set(TRAINING) & set(HELD_OUT)


def test_lines_come_again_from_their_seed_as_the_reader_wants_them():
    first, second = (list(islice(make_lines(11, TINOS), 12)) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert one.text == other.text
        assert np.array_equal(one.image, other.image)
        assert one.image.shape[0] == 40
        assert one.image.shape[1] % 16 == 0


def test_ink_is_bright_and_paper_dark_in_every_scan():
    noise = np.random.default_rng(1)
    for scan in SCANS:
        frame = cut_line(scan_line(draw_line("Tỷ lệ ≥ 95,5%", _style()), scan, noise), noise)
        assert np.percentile(frame, 2) < np.percentile(frame, 90) - 50, scan.name


def test_a_stacked_mark_stands_higher_than_the_fonts_own():
    tops = [
        np.flatnonzero((draw_line("ế", _style(stacks_marks=is_stacked)).grey < 128).any(axis=1))[0]
        for is_stacked in (True, False)
    ]
    assert tops[0] < tops[1]


def test_letter_spacing_widens_a_line():
    narrow, wide = draw_line("CHỈ TIÊU", _style()), draw_line("CHỈ TIÊU", _style(spacing=0.15))
    assert wide.grey.shape[1] > narrow.grey.shape[1] + 20


def test_a_sign_that_the_font_lacks_comes_from_another():
    face = find_faces("Tinos")["regular"]
    assert (draw_line("→", Style(face, 40.0)).grey < 128).any()


def test_blank_lines_hold_no_print():
    noise = np.random.default_rng(2)
    dark = [(blank_line(noise, 40.0).grey < 128).mean() for _ in range(30)]
    assert max(dark) < 0.08


def test_a_shard_is_read_as_it_was_written(tmp_path, monkeypatch):
    monkeypatch.setattr("training.lines.TRAINING", TINOS)
    lines = read_shard(write_shard(tmp_path, 1, 0, 6))
    made = islice(make_lines(10_000, TINOS), 6)
    for read, line in zip(lines, made, strict=True):
        assert read.text == line.text
        assert np.array_equal(read.image, line.image)


def test_scores_count_signs_numbers_and_letters():
    score = Score()
    score.add("≥ 80,5%", "> 80,5%")
    score.add("Tỷ lệ", "Tỷ lệ")
    assert (score.exact, score.errors, score.numbered, score.numbers_right) == (1, 1, 1, 1)
    assert score.found["≥"] == 0
    assert score.invented[">"] == 1


@pytest.mark.ocr
def test_the_reader_reads_clean_lines_of_the_generator():
    lines = list(islice(make_lines(21, TINOS, scan=_clean()), 150))
    score = measure(open_reader(READER), lines)
    assert score.errors <= 0.01 * score.letters


def test_a_hand_fills_in_print_between_what_stands_before_and_after():
    before, after = (draw_line(text, _style(ink=0)) for text in ("Số:", "/QĐ-UBND"))
    filled = filled_line(before, after, np.random.default_rng(2))
    left, right = filled.columns
    (a, b), (c, d) = before.columns, after.columns
    assert right - left > (b - a) + (d - c)
    assert (filled.grey[:, left : left + b - a] == before.grey[:, a:b]).all()
    assert (filled.grey[:, right - (d - c) : right] == after.grey[:, c:d]).all()
    assert filled.grey[:, left + b - a : right - (d - c)].min() < 140


def test_handwriting_is_labelled_as_such_and_never_as_what_it_might_say():
    texts = [line.text for line in islice(make_lines(7, TINOS), 400)]
    written = [text for text in texts if HANDWRITING in text]
    assert HANDWRITING in written
    assert any(len(text) > 1 for text in written)


def test_what_a_pen_wrote_is_ink_on_paper():
    grey = written_line(np.random.default_rng(4), 40.0).grey
    assert grey.max() == 255
    assert 0.005 < (grey < 160).mean() < 0.3


def test_a_second_opinion_catches_what_it_reads_otherwise_and_not_what_it_misreads_alike():
    true, first, second = ["7,5", "a", "b", "c"], ["7.5", "a", "x", "c"], ["7.5", "a", "b", "o"]
    assert compare(true, first, second) == Opinion(caught=1, silent=1, doubted=1)
