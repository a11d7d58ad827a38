"""Transcripts of real lines, and how they find the lines that are theirs."""

from dataclasses import replace
from pathlib import Path

from benchmarks.real_lines.cutting import CutLine, cut_file, picture_of
from benchmarks.real_lines.transcripts import Transcript, line_of, read_transcripts
from chitieu.model import Box
from extractors import lines
from extractors.reading import MODEL, read_pieces
from training.alphabet import is_written

SCAN = Path("samples/office/cao-bang-1139.pdf")


def test_every_transcript_has_its_own_place_and_can_be_written():
    transcripts = read_transcripts()
    assert len(transcripts) >= 150
    assert len({(t.file, t.page, t.box) for t in transcripts}) == len(transcripts)
    assert all(is_written(t.text) and t.text == t.text.strip() for t in transcripts)


def test_a_line_of_a_scan_is_cut_where_it_stands_and_the_cutter_is_left_as_it_was():
    usual = lines.cut_lines, lines.cut_prose
    found = cut_file(SCAN, [1])
    assert usual == (lines.cut_lines, lines.cut_prose)
    title = next(line for line in found if read_pieces(line.image.pieces, MODEL).text == "Mục tiêu đến năm 2030")
    assert picture_of(title.image).shape[0] > title.image.bottom - title.image.top
    moved = replace(title.box, left=title.box.left + 3, top=title.box.top + 1)
    assert line_of(Transcript(SCAN.name, 1, moved, "Mục tiêu đến năm 2030"), found) is title


def test_a_transcript_whose_line_is_not_cut_has_none():
    line = CutLine(1, Box(10, 10, 110, 20), None)
    assert line_of(Transcript("x.pdf", 1, Box(10, 22, 110, 32), "a"), [line]) is None
    assert line_of(Transcript("x.pdf", 2, Box(10, 10, 110, 20), "a"), [line]) is None
