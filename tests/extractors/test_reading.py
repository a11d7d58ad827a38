"""Both engines read what is printed, crop by crop, and nothing where nothing is printed."""

import os
import subprocess
import sys

import numpy as np
import pytest

from extractors.arrays import Grey
from extractors.blobs import blobs_by_box, find_blobs
from extractors.lines import LineImage, cut_lines
from extractors.reading import as_reading, read_by_tesseract, read_line
from tests.extractors.drawing import Print, paper, prepared, print_lines

SIGNS = ("≥ 80", "≤ 57", "> 0,623", "< 1,5", "≥95", "% GRDP", "Người/vạn dân", "‰", "9 - 10", "1.234,5", "100")
SENTENCES = (
    "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều giảm bình quân hằng năm",
    "Đạt mức khá trong khu vực trung du, miền núi phía Bắc",
    "Sở Khoa học và Công nghệ; Ủy ban nhân dân các xã, phường",
    "TRÌNH ĐỘ, NĂNG LỰC CÔNG NGHỆ, ĐỔI MỚI SÁNG TẠO",
    "Tiềm lực đáp ứng các hoạt động nghiên cứu, ứng dụng kỹ thuật số",
)
# Plain words above, which tell the size of the print, as the other cells of a page do.
FILLER = "Căn cứ Luật Tổ chức chính quyền địa phương"


def line_of(text: str, size: float = 13.0) -> LineImage:
    """The last line of a page that ends with this text."""
    lines = Print(FILLER, 20, 50, size), Print(FILLER, 20, 80, size), Print(text, 20, 130, size)
    image = prepared(print_lines(paper(560), *lines))
    blobs = find_blobs(image, [])
    height, width = image.grey.shape
    (owned,) = blobs_by_box(blobs, [(0, 0, width, height)])
    return cut_lines(image, blobs, owned)[-1]


@pytest.mark.ocr
@pytest.mark.parametrize("text", [*SIGNS, *SENTENCES])
def test_the_reader_reads_what_is_printed(text):
    found = read_line(line_of(text).pieces)
    assert found.text == text
    assert found.confidence > 0.8


@pytest.mark.ocr
@pytest.mark.parametrize("size", [10.0, 12.0, 14.0])
def test_the_reader_reads_every_usual_size(size):
    assert read_line(line_of("≥ 80 Người/vạn dân", size).pieces).text == "≥ 80 Người/vạn dân"


@pytest.mark.ocr
def test_pieces_are_read_from_left_to_right_with_a_space_between():
    (left,), (right,) = line_of("Số:").pieces, line_of("1139/QĐ-UBND").pieces
    assert read_line([left, right]).text == "Số: 1139/QĐ-UBND"


def test_no_pieces_are_an_empty_reading():
    assert (read_line([]).text, read_line([]).confidence) == ("", 1.0)


@pytest.mark.ocr
@pytest.mark.parametrize("shape", [(0, 0), (40, 0), (40, 60), (8, 3)])
def test_an_empty_crop_gives_no_text(shape):
    assert read_line([np.full(shape, 255, np.uint8)]).text == ""


def crop(text: str) -> Grey:
    return np.pad(np.concatenate(line_of(text).pieces, axis=1), 12, constant_values=255)


@pytest.mark.ocr
def test_tesseract_returns_texts_in_the_order_of_the_crops():
    texts = ["2030", "Tỷ lệ hộ nghèo", "15", "Sở Tài chính", "2045", "% GRDP"]
    assert [found.text for found in read_by_tesseract([crop(text) for text in texts], 6)] == texts


@pytest.mark.ocr
def test_an_empty_crop_keeps_its_place_among_the_others():
    blank = np.full((60, 200), 255, np.uint8)
    found = read_by_tesseract([blank, crop("2030"), blank, crop("Sở Tài chính"), blank], 6)
    assert [one.text for one in found] == ["", "2030", "", "Sở Tài chính", ""]
    assert found[0].confidence == 0.0


@pytest.mark.ocr
def test_quotes_in_a_crop_do_not_swallow_the_next():
    found = read_by_tesseract([crop('Mục tiêu "2030'), crop("Sở Tài chính")], 6)
    assert found[1].text == "Sở Tài chính"


def test_no_crops_start_no_engine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert read_by_tesseract([], 6) == []


def test_each_process_of_tesseract_keeps_to_one_thread():
    bare = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    code = "import os, extractors.reading; print(os.environ['OMP_THREAD_LIMIT'])"
    done = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_a_reading_tells_its_engine():
    found = as_reading("≥ 80", "reader", 0.987654)
    assert (found.text, found.engine, found.confidence) == ("≥ 80", "reader", 0.9877)
