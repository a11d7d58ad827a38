"""Own rulings against camelot's lattice: which finds the cells of scanned pages?

The truth is the grid that the born-digital original of each page draws. A cell is found where a cell of the scan
overlaps it by an intersection over union of 0.8 at least (scans are turned and shifted by a few points: both grids are
laid corner on corner before). Writes benchmarks/GRIDS.md.

usage: python -m benchmarks.grids [SET=FOLDER ...]     (folders with digital/ and any of clean/, office/, … bad/)
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from chitieu.model import Box
from extractors.camelot_grid import find_camelot_meshes
from extractors.drawn_rules import find_drawn_rules
from extractors.grid import Grid, Mesh, build_grid, find_meshes
from extractors.image import PageImage, prepare_image
from extractors.pdf import PdfFile, describe_page, open_pdf, plumber_page, render_page
from extractors.rules import find_inked_rules

HERE = Path(__file__).parent
SCANS = ("clean", "office", "skewed", "sideways", "bowed", "handwritten", "fax", "bad")
MIN_OVERLAP = 0.8

Finder = Callable[[PageImage], tuple[Mesh, ...]]


def find_own_meshes(image: PageImage) -> tuple[Mesh, ...]:
    return find_meshes(find_inked_rules(image))


FINDERS: dict[str, Finder] = {"own rulings": find_own_meshes, "camelot lattice": find_camelot_meshes}


@dataclass(slots=True)
class Tally:
    """Counts of cells and pages, and CPU seconds."""

    true: int = 0
    found: int = 0
    right: int = 0
    pages: int = 0
    whole_pages: int = 0
    seconds: float = 0.0

    def add(self, truth: list[Box], found: list[Box], seconds: float) -> None:
        right = sum(any(overlap(box, other) >= MIN_OVERLAP for other in found) for box in truth)
        self.true += len(truth)
        self.found += len(found)
        self.right += right
        self.pages += 1
        self.whole_pages += right == len(truth) == len(found)
        self.seconds += seconds


def overlap(first: Box, second: Box) -> float:
    """Intersection over union."""
    width = min(first.right, second.right) - max(first.left, second.left)
    height = min(first.bottom, second.bottom) - max(first.top, second.top)
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / (first.width * first.height + second.width * second.height - shared)


def boxes(grids: list[Grid]) -> list[Box]:
    """The cells' boxes, moved so that the first grid's corner is the origin."""
    if not grids:
        return []
    left, top = grids[0].box.left, grids[0].box.top
    cells = [cell.box for one in grids for cell in one.cells]
    return [Box(b.left - left, b.top - top, b.right - left, b.bottom - top) for b in cells]


def drawn_grids(path: Path) -> list[list[Grid]]:
    """The grids that each page of a born-digital file draws."""
    with open_pdf(path) as pdf:
        return [_drawn_grids_of_page(pdf, number) for number in range(1, pdf.page_count + 1)]


def _drawn_grids_of_page(pdf: PdfFile, number: int) -> list[Grid]:
    with plumber_page(pdf, number) as page:
        return [build_grid(mesh) for mesh in find_meshes(find_drawn_rules(page))]


def page_images(path: Path) -> Iterator[PageImage]:
    with open_pdf(path) as pdf:
        for number in range(1, pdf.page_count + 1):
            raw, dpi = render_page(pdf, describe_page(pdf, number))
            yield prepare_image(number, raw, dpi)


def measure(samples: Iterable[Path]) -> dict[tuple[str, str], Tally]:
    """Tallies by quality and finder."""
    tallies = {(quality, name): Tally() for quality in SCANS for name in FINDERS}
    for original in sorted(path for folder in samples for path in (folder / "digital").glob("*.pdf")):
        truth = [boxes(grids) for grids in drawn_grids(original)]
        for quality in SCANS:
            scan = original.parent.parent / quality / original.name
            if scan.exists():
                _measure_scan(scan, truth, quality, tallies)
    return tallies


def _measure_scan(scan: Path, truth: list[list[Box]], quality: str, tallies: dict[tuple[str, str], Tally]) -> None:
    for image, cells in zip(page_images(scan), truth, strict=True):
        if not cells:
            continue
        for name, find in FINDERS.items():
            began = time.process_time()
            found = boxes([build_grid(mesh) for mesh in find(image)])
            tallies[quality, name].add(cells, found, time.process_time() - began)


def table(tallies: dict[tuple[str, str], Tally]) -> str:
    lines = [
        "| quality | finder | pages | pages with every cell right | cells found | cells right | CPU s a page |",
        "|---|---|---|---|---|---|---|",
    ]
    for (quality, name), tally in tallies.items():
        if tally.pages:
            lines.append(
                f"| {quality} | {name} | {tally.pages} | {tally.whole_pages / tally.pages:.3f} | {tally.found} of "
                f"{tally.true} | {tally.right / tally.true:.3f} | {tally.seconds / tally.pages:.3f} |"
            )
    return "\n".join(lines)


def main() -> None:
    cv2.setNumThreads(1)
    root = HERE.parent / "samples"
    sets = {"samples": [root, root / "composed"]}
    for argument in sys.argv[1:]:
        name, _, folder = argument.partition("=")
        sets[name] = [Path(folder)]
    parts = [f"## {name}\n\n{table(measure(folders))}\n" for name, folders in sets.items()]
    text = "\n".join([f"# Grids of scanned pages\n\n{(__doc__ or '').split('usage')[0].strip()}\n", *parts])
    (HERE / "GRIDS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
