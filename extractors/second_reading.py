"""A second, independent reading of chosen cells of scanned pages: tesseract looks at the cells' own pictures.

It cuts its lines itself, from the clean picture (the first reader's lines come from the grey one): what the one cuts
wrongly the other need not.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cv2
import numpy as np

from chitieu.model import Cell, Region, Table
from extractors.arrays import Grey, Mask
from extractors.components import find_components
from extractors.image import PageImage
from extractors.pdf import POINTS_PER_INCH
from extractors.reading import TESSERACT, LineReading, as_reading, read_by_tesseract
from extractors.skew import PAPER

# A uniform block of text: one line or several (measured: 8 of 140 cells differ from the first reader, psm 7 25).
BLOCK_OF_TEXT = 6
MARGIN_PX = 12
# Smaller components of ink are specks; the dot of an i has some 9 pixels at 150 dpi.
MIN_PRINT_PX = 5
# Rules are this far inside a cell's box at most.
INSET_PT = 1.6
# The engine reads print of this resolution best and fastest; a closer look at what it read otherwise pays
# (measured on clean, office and fax: 8, 20 and 18 of 251 cells differ at 200 dpi, 30, 20 and 23 at 300).
FIRST_LOOK_DPI, CLOSER_LOOK_DPI, SURER_LOOK_DPI = 200.0, 250.0, 300.0
# The engine loads its model at every call: fewer cells than this are not worth a second process.
MIN_CELLS_PER_CALL = 60

# Below this the first reader is asked whether the second is surer. Of 957 cells of English, German and French tables
# (turned scans at 200 dpi) 22 % are, and exact cells go from .889 to .936; of Vietnamese print 1 % (office) and 6 %
# (fax), .972 to .974 and .960 to .961.
SURE_CONFIDENCE = 0.9

Place = tuple[int, int, int]


def reread(
    tables: Sequence[Table],
    chosen: Iterable[Place],
    picture: Callable[[int], PageImage | None],
    dpi: float,
    threads: int,
) -> tuple[Table, ...]:
    """The tables with one more reading of the chosen cells (table index, row, column), looked at in `dpi`.

    `picture` gives a scanned page's picture, None of a born-digital one: its cells are left as they are.
    """
    cells = {(table.index, cell.row, cell.col): cell for table in tables for cell in table.cells}
    crops: list[Grey] = []
    owners: list[Place] = []
    by_page = sorted(((region.page, place, region) for place in chosen for region in cells[place].regions), key=_order)
    for page, place, region in by_page:
        image = picture(page)
        crop = None if image is None else _crop(image, region, dpi)
        if crop is not None:
            crops.append(crop)
            owners.append(place)
    second: dict[Place, list[LineReading]] = {}
    for place, reading in zip(owners, _read_all(crops, threads), strict=True):
        second.setdefault(place, []).append(reading)
    return tuple(_with_second(table, second) for table in tables)


def read_surer(tables: Sequence[Table], picture: Callable[[int], PageImage | None], threads: int) -> tuple[Table, ...]:
    """The tables with what the second reader makes of doubtful cells first where it is the surer of the two.

    The first reader knows Vietnamese print: words of other languages are what it doubts.
    """
    doubtful = [
        (table.index, cell.row, cell.col)
        for table in tables
        for cell in table.cells
        if cell.readings and cell.readings[0].confidence < SURE_CONFIDENCE
    ]
    twice = reread(tables, doubtful, picture, SURER_LOOK_DPI, threads)
    return tuple(replace(table, cells=tuple(_surer_first(cell) for cell in table.cells)) for table in twice)


def _surer_first(cell: Cell) -> Cell:
    written = [reading for reading in cell.readings if reading.text.strip()]
    rest = [reading for reading in cell.readings if not reading.text.strip()]
    return replace(cell, readings=(*sorted(written, key=lambda one: -one.confidence), *rest))


def _order(item: tuple[int, Place, Region]) -> tuple[int, Place]:
    page, place, _ = item
    return page, place


def _crop(image: PageImage, region: Region, dpi: float) -> Grey | None:
    """A cell's ink on white with a margin, scaled to `dpi`; None where there is none."""
    scale, inset = image.dpi / POINTS_PER_INCH, INSET_PT
    box = region.box
    rows = slice(round((box.top + inset) * scale), round((box.bottom - inset) * scale))
    cols = slice(round((box.left + inset) * scale), round((box.right - inset) * scale))
    ys, xs = np.nonzero(image.ink[rows, cols])
    if not len(ys):
        return None
    frame = slice(max(0, ys.min() - 3), ys.max() + 4), slice(max(0, xs.min() - 3), xs.max() + 4)
    tight = _without_specks(image.clean[rows, cols][frame], image.ink[rows, cols][frame])
    return np.pad(_scaled(tight, dpi / image.dpi), MARGIN_PX, constant_values=PAPER)


def _without_specks(clean: Grey, ink: Mask) -> Grey:
    """White wherever no ink is near that is larger than a speck: the noise of bad paper is print to the engine."""
    labels, stats = find_components(ink)
    is_print = stats[:, cv2.CC_STAT_AREA] >= MIN_PRINT_PX
    is_print[0] = False
    near = cv2.dilate(is_print[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(near, clean, PAPER).astype(np.uint8)


def _scaled(grey: Grey, factor: float) -> Grey:
    if abs(factor - 1) < 0.02:
        return grey
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=way), dtype=np.uint8)


def _read_all(crops: list[Grey], threads: int) -> list[LineReading]:
    calls = max(1, min(threads, len(crops) // MIN_CELLS_PER_CALL))
    size = -(-len(crops) // calls)
    parts = [crops[start : start + size] for start in range(0, len(crops), size)] if crops else []
    with ThreadPoolExecutor(max_workers=calls) as pool:
        return [reading for part in pool.map(_read_part, parts) for reading in part]


def _read_part(crops: list[Grey]) -> list[LineReading]:
    return read_by_tesseract(crops, BLOCK_OF_TEXT)


def _with_second(table: Table, second: dict[Place, list[LineReading]]) -> Table:
    return replace(
        table, cells=tuple(_both(cell, second.get((table.index, cell.row, cell.col))) for cell in table.cells)
    )


def _both(cell: Cell, parts: list[LineReading] | None) -> Cell:
    """The cell with one more reading behind those that it has."""
    if parts is None or not cell.readings:
        return cell
    text = " ".join(part.text for part in parts if part.text)
    reading = as_reading(text, TESSERACT, min(part.confidence for part in parts))
    return replace(cell, readings=(*cell.readings, reading))
