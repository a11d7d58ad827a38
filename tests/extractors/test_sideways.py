"""Born-digital pages whose print lies on its side are read as if it did not."""

from pathlib import Path

import pikepdf
import pytest

from chitieu.model import Box
from extractors.page_content import PageContent
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from extractors.pose import turned

SAMPLE = Path("samples/digital/cao-bang-1139.pdf")
PAGE = 2


def lying(target: Path, turns: int, *, rotate: int = 0) -> Path:
    """One page of the sample, its content turned counterclockwise `turns` times, shown turned clockwise by `rotate`."""
    with pikepdf.open(SAMPLE) as pdf:
        del pdf.pages[PAGE:], pdf.pages[: PAGE - 1]
        (page,) = pdf.pages
        width, height = (float(side) for side in page.mediabox[2:])
        matrix = ("1 0 0 1 0 0", f"0 1 -1 0 {height} 0", f"-1 0 0 -1 {width} {height}", f"0 -1 1 0 0 {width}")[turns]
        page.contents_add(f"q {matrix} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.mediabox = [0, 0, *((height, width) if turns % 2 else (width, height))]
        if "/CropBox" in page:
            del page.CropBox
        page.Rotate = rotate
        pdf.save(target)
    return target


def content_of(path: Path) -> PageContent:
    with open_pdf(path) as pdf:
        return read_page(pdf, describe_page(pdf, 1), wants_prose=True)


@pytest.fixture(scope="module")
def upright(tmp_path_factory) -> PageContent:
    return content_of(lying(tmp_path_factory.mktemp("upright") / "page.pdf", 0))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_cells_of_a_page_lying_on_its_side_are_those_of_the_page_upright(turns, upright, tmp_path):
    content = content_of(lying(tmp_path / "page.pdf", turns))
    texts = [[(c.row, c.col, c.text) for c in t.cells] for t in content.tables]
    assert texts == [[(c.row, c.col, c.text) for c in t.cells] for t in upright.tables]
    assert [line.text for line in content.lines] == [line.text for line in upright.lines]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_cells_of_a_page_lying_on_its_side_are_placed_where_they_are_displayed(turns, upright, tmp_path):
    content = content_of(lying(tmp_path / "page.pdf", turns))
    for own, cell in zip(content.tables[0].cells, upright.tables[0].cells, strict=True):
        box = cell.regions[0].box
        corners = [
            turned(corner, -turns % 4, upright.facts.width, upright.facts.height)
            for corner in ((box.left, box.top), (box.right, box.bottom))
        ]
        xs, ys = zip(*corners, strict=True)
        there = content.pose.on_page(own.regions[0].box)
        assert sides(there) == pytest.approx((min(xs), min(ys), max(xs), max(ys)), abs=0.5)


def sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_its_file_shows_upright_needs_no_turning(turns, upright, tmp_path):
    content = content_of(lying(tmp_path / "page.pdf", turns, rotate=90 * turns))
    assert content.pose is None
    assert [c.text for t in content.tables for c in t.cells] == [c.text for t in upright.tables for c in t.cells]
    for own, cell in zip(content.tables[0].cells, upright.tables[0].cells, strict=True):
        assert sides(own.regions[0].box) == pytest.approx(sides(cell.regions[0].box), abs=0.5)
