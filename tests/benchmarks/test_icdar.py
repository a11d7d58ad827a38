"""Documents of the ICDAR 2013 table competition, which no user's clone has: their truth, and scans of them."""

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from benchmarks.peers.icdar import find_documents, read_truth, scan
from benchmarks.peers.model import Piece, Printed

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "digital" / "lai-chau-skhcn.pdf"
TRUTH = """<?xml version="1.0" encoding="UTF-8"?>
<document filename="us-001.pdf">
 <table id="1">
  <region id="1" page="2" col-increment="0" row-increment="0">
   <cell id="1" start-row="0" start-col="1" end-col="2"><bounding-box x1="1" y1="2" x2="3" y2="4"/>
    <content>Rates by year</content></cell>
   <cell id="2" start-row="1" start-col="0" end-row="2" end-col="0"><content>All</content></cell>
   <cell id="3" start-row="1" start-col="1"><content> 3.5 % </content></cell>
  </region>
  <region id="2" page="3"><cell id="1" start-row="3" start-col="0"><content>Total</content></cell></region>
 </table>
</document>
"""


def test_cells_have_spans_where_they_end_elsewhere_and_regions_are_tables_of_their_pages(tmp_path: Path):
    path = tmp_path / "us-001-str.xml"
    path.write_text(TRUTH, encoding="utf-8")
    first = (Piece(0, 1, 1, 2, "Ratesbyyear"), Piece(1, 0, 2, 1, "All"), Piece(1, 1, 1, 1, "3.5%"))
    assert read_truth(path) == (Printed(2, first), Printed(3, (Piece(0, 0, 1, 1, "Total"),)))


def test_documents_are_those_with_a_truth_beside_them(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="beside it"):
        list(find_documents(tmp_path))
    (tmp_path / "us").mkdir()
    for name in ("us-001.pdf", "us-002.pdf"):
        shutil.copy(SAMPLE, tmp_path / "us" / name)
    (tmp_path / "us" / "us-001-str.xml").write_text(TRUTH, encoding="utf-8")
    assert [document.path.name for document in find_documents(tmp_path)] == ["us-001.pdf"]


def test_a_scan_has_the_pages_as_pictures_of_their_size_turned_as_asked(tmp_path: Path):
    straight, turned = tmp_path / "0.pdf", tmp_path / "1.pdf"
    scan(SAMPLE, straight, 0.0)
    scan(SAMPLE, turned, 0.5)
    with pypdfium2.PdfDocument(SAMPLE) as one, pypdfium2.PdfDocument(straight) as two:
        assert len(one) == len(two)
        assert [round(x) for x in one[0].get_size()] == pytest.approx([round(x) for x in two[0].get_size()], abs=1)
        assert not two[0].get_textpage().get_text_bounded().strip()
    with pypdfium2.PdfDocument(straight) as two, pypdfium2.PdfDocument(turned) as three:
        last = len(two) - 1
        rules = [_darkest_row(document[last]) for document in (two, three)]
    assert rules[0] > 2 * rules[1]


def _darkest_row(page: pypdfium2.PdfPage) -> float:
    """How much of a line of pixels is ink, at most: a rule across the page where it lies straight."""
    return float((np.asarray(page.render(scale=2, grayscale=True).to_pil()) < 128).mean(axis=1).max())
