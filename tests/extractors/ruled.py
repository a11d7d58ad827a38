"""Ruled tables drawn for the tests: every kind of rule, with print in the cells, as a scanner sees them."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from extractors.grid import Grid, build_grid, find_meshes
from extractors.image import PageImage
from extractors.rules import find_inked_rules
from tests.extractors.drawing import DPI, Print, as_jpeg, paper, pixels, prepared, print_lines

XS = (40.0, 76.0, 236.0, 300.0, 366.0, 460.0)
YS = (40.0, 74.0, 104.0, 148.0, 178.0, 208.0, 252.0, 282.0, 312.0)
PAGE = (500.0, 400.0)
HEADER = ("STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì")
ROW = ("{n}", "Tỷ lệ hộ dân được sử dụng", "%", "≥ 95", "Sở Nội vụ")


@dataclass(frozen=True, slots=True)
class Pen:
    """How a rule is drawn: thickness, dash and gap (points), grey level; wave is its amplitude."""

    thickness: float = 0.7
    dash: float = 0.0
    gap: float = 0.0
    grey: int = 0
    wave: float = 0.0

    def stroke(self, page: Image.Image, left: float, top: float, right: float, bottom: float, dpi: float = DPI) -> None:
        length = max(right - left, bottom - top)
        step = self.dash + self.gap if self.dash else (2.0 if self.wave else length)
        piece = self.dash or step
        place = 0.0
        while place < length:
            end = min(place + piece, length)
            self._piece(page, (left, top), (place, end), dpi, is_flat=right - left >= bottom - top)
            place += step

    def _piece(
        self, page: Image.Image, origin: tuple[float, float], span: tuple[float, float], dpi: float, *, is_flat: bool
    ) -> None:
        bend = self.wave * math.sin(span[0] / 60.0)
        half = self.thickness / 2
        along, crossing = (origin[0], origin[1]) if is_flat else (origin[1], origin[0])
        corners = (along + span[0], crossing + bend - half, along + span[1], crossing + bend + half)
        if not is_flat:
            corners = (corners[1], corners[0], corners[3], corners[2])
        left, top, right, bottom = (value * dpi / 72 for value in corners)
        box = (round(left), round(top), max(round(left), round(right) - 1), max(round(top), round(bottom) - 1))
        ImageDraw.Draw(page).rectangle(box, fill=self.grey)


SOLID = Pen()


def fill_cells(page: Image.Image, xs: tuple[float, ...] = XS, ys: tuple[float, ...] = YS, dpi: float = DPI) -> None:
    """Print in every cell."""
    for row in range(len(ys) - 1):
        texts = HEADER if row == 0 else ROW
        for col in range(len(xs) - 1):
            text = texts[col % 5].format(n=row)
            print_lines(page, Print(text, xs[col] + 4, ys[row] + 17, 12.0), dpi=dpi)


def rule_table(
    page: Image.Image,
    pen: Pen = SOLID,
    xs: tuple[float, ...] = XS,
    ys: tuple[float, ...] = YS,
    *,
    without: str = "",
    dpi: float = DPI,
) -> None:
    """All rules of a table; `without` names missing outer borders: any of `l`, `r`, `t`, `b`."""
    for y in ys[1 if "t" in without else 0 : -1 if "b" in without else None]:
        pen.stroke(page, xs[0], y, xs[-1], y, dpi)
    for x in xs[1 if "l" in without else 0 : -1 if "r" in without else None]:
        pen.stroke(page, x, ys[0], x, ys[-1], dpi)


def drawn_table(pen: Pen = SOLID, *, without: str = "", dpi: float = DPI) -> Image.Image:
    page = paper(*PAGE, dpi=dpi)
    rule_table(page, pen, without=without, dpi=dpi)
    fill_cells(page, dpi=dpi)
    return page


def fill(page: Image.Image, left: float, top: float, right: float, bottom: float, level: int) -> None:
    """A field of grey."""
    ImageDraw.Draw(page).rectangle([pixels(value) for value in (left, top, right, bottom)], fill=level)


def shaded_table(level: int, *rows: int) -> Image.Image:
    """A table with a grey ground behind some rows."""
    page = paper(*PAGE)
    for row in rows:
        fill(page, XS[0], YS[row], XS[-1], YS[row + 1], level)
    rule_table(page)
    fill_cells(page)
    return page


def faxed(page: Image.Image) -> Image.Image:
    """Black or white."""
    return page.point(lambda level: 255 if level > 128 else 0)


def halftone(page: Image.Image) -> Image.Image:
    """Black or white, greys as dots."""
    return page.convert("1", dither=Image.Dither.FLOYDSTEINBERG).convert("L")


def scanned(page: Image.Image, noise: float = 6.0) -> Image.Image:
    """Slightly blurred, with noise, as JPEG."""
    soft = cv2.GaussianBlur(np.asarray(page, dtype=np.float64), (0, 0), 0.7)
    rough = soft + np.random.default_rng(5).normal(0, noise, soft.shape)
    return as_jpeg(Image.fromarray(np.clip(rough, 0, 255).astype(np.uint8)), 60)


def grids_of(image: PageImage) -> list[Grid]:
    return [build_grid(mesh) for mesh in find_meshes(find_inked_rules(image))]


def grids_on(page: Image.Image, dpi: float = DPI) -> list[Grid]:
    return grids_of(prepared(page, dpi))


def is_table(grid: Grid, xs: tuple[float, ...] = XS, ys: tuple[float, ...] = YS, slack_pt: float = 2.5) -> bool:
    """Are the grid's lines those that were drawn, and no cell merged with another?"""
    return (
        len(grid.xs) == len(xs)
        and len(grid.ys) == len(ys)
        and bool(np.allclose(grid.xs, xs, atol=slack_pt))
        and bool(np.allclose(grid.ys, ys, atol=slack_pt))
        and len(grid.cells) == (len(xs) - 1) * (len(ys) - 1)
    )
