"""Rules of a born-digital page: drawn in any way, seen; white ones and the edges of grounds are none."""

from itertools import pairwise
from pathlib import Path

import pytest

from extractors.drawn_rules import find_drawn_rules
from extractors.grid import Grid, build_grid, find_meshes
from extractors.pdf import open_pdf, plumber_page

XS = (40.0, 76.0, 236.0, 300.0, 366.0, 460.0)
YS = (60.0, 94.0, 140.0, 200.0, 260.0, 320.0)
WIDTH, HEIGHT = XS[-1] - XS[0], YS[-1] - YS[0]
FIELDS = [(a, c, b - a, d - c) for a, b in pairwise(XS) for c, d in pairwise(YS)]


def lines(*, ys: tuple[float, ...] = YS, xs: tuple[float, ...] = XS) -> str:
    flat = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in ys)
    return flat + "".join(f"{x} {YS[0]} m {x} {YS[-1]} l S\n" for x in xs)


def bars(thickness: float) -> str:
    half = thickness / 2
    flat = "".join(f"{XS[0]} {y - half} {WIDTH} {thickness} re f\n" for y in YS)
    return flat + "".join(f"{x - half} {YS[0]} {thickness} {HEIGHT} re f\n" for x in XS)


def boxes(gap: float) -> str:
    return "".join(f"{x + gap} {y + gap} {w - 2 * gap} {h - 2 * gap} re S\n" for x, y, w, h in FIELDS)


def pieces(piece: str, step: float) -> str:
    flat = "".join(piece.format(x=XS[0] + step * n, y=y) for y in YS for n in range(int(WIDTH / step) + 1))
    return flat + "".join(piece.format(x=x, y=YS[0] + step * n) for x in XS for n in range(int(HEIGHT / step) + 1))


def pictures() -> str:
    dot = "cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"
    flat = "".join(f"q {WIDTH} 0 0 .6 {XS[0]} {y} {dot}" for y in YS)
    return flat + "".join(f"q .6 0 0 {HEIGHT} {x} {YS[0]} {dot}" for x in XS)


def curves() -> str:
    bent = "".join(f"{XS[0]} {y} m {XS[0] + 50} {y} {XS[-1] - 50} {y} {XS[-1]} {y} c S\n" for y in YS)
    return bent + lines(ys=())


GROUNDS = "".join(f"{XS[0]} {y} {WIDTH} 17 re f\n" for y in YS[:-1])
BETWEEN = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in (117, 170, 230))
WORDS_GROUNDS = "".join(f"{XS[1] + 4} {y + 4} 120 13 re f\n" for y in YS[:-1])
UNDERLINES = "".join(f"{XS[1] + 5} {y} m {XS[2] - 5} {y} l S\n" for y in (117, 170, 230))
PAGES = {
    "strokes": lines(),
    "a dash pattern": "[2 2] 0 d " + lines(),
    "thin fills": bars(0.5),
    "thick fills": bars(3.0),
    "drawn twice": lines() + bars(0.5),
    "boxes": boxes(0.0),
    "boxes with gaps": boxes(1.0),
    "dots": pieces("{x} {y} .5 .5 re f\n", 2.0),
    "pictures": pictures(),
    "curves": curves(),
    "white lines": f"{lines()} 1 G {BETWEEN}",
    "white lines of RGB": f"{lines()} 1 1 1 RG {BETWEEN}",
    "grounds of half rows": f"0.9 g {GROUNDS} 0 g {lines()}",
    "grounds of words": f"0.95 g {WORDS_GROUNDS} 0 g {lines()}",
    "ground of the page": f"0.97 g 20 20 460 360 re f 0 g {lines()}",
    "underlines": lines() + UNDERLINES,
    "a frame": f"{lines()} {XS[0] - 6} {YS[0] - 6} {WIDTH + 12} {HEIGHT + 12} re S",
}


def grids(content: str, folder: Path, rotation: int = 0) -> list[Grid]:
    """The tables of a page with this content."""
    stream = f"0.5 w BT ET\n{content}".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 400] /Rotate %d /Contents 4 0 R >>" % rotation,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    path = folder / "drawn.pdf"
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n")
    with open_pdf(path) as pdf, plumber_page(pdf, 1) as page:
        return [build_grid(mesh) for mesh in find_meshes(find_drawn_rules(page))]


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_drawn_table_has_its_cells_whatever_draws_its_rules(kind, rotation, tmp_path):
    (grid,) = grids(PAGES[kind], tmp_path, rotation)
    assert (len(grid.xs), len(grid.ys), len(grid.cells)) == (6, 6, 25)


def test_grounds_alone_are_no_table(tmp_path):
    assert grids(f"0.9 g {GROUNDS}", tmp_path) == []
