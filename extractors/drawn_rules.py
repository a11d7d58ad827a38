"""Rules of a born-digital page, from its vectors: what is drawn thin and can be seen."""

from collections.abc import Iterator
from itertools import chain

from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.geometry import curve_to_edges, rect_to_edges

from extractors.rules import MAX_THICKNESS_PT, Rule, Rules, joined

# Lighter than this is the paper's colour.
WHITE = 0.97
# A dot of a dotted rule lies in one that runs across or in one that runs down.
MAX_DOT_PT = 1.5

# Left, top, right, bottom in points.
Corners = tuple[float, float, float, float]


def find_drawn_rules(page: PlumberPage) -> Rules:
    """Rules of a born-digital page: strokes, thin fills and pictures, the sides of boxes; a ground's edge is none.

    What is drawn beyond the page's edge (a table's rest, which the next page shows again) is left out.
    """
    across, down = [], []
    for left, top, right, bottom in filter(None, (_on_page(stroke, page) for stroke in _strokes(page))):
        is_dot = max(right - left, bottom - top) <= MAX_DOT_PT
        if is_dot or right - left > bottom - top:
            across.append(Rule((top + bottom) / 2, left, right))
        if is_dot or bottom - top > right - left:
            down.append(Rule((left + right) / 2, top, bottom))
    return Rules(_long(joined(across)), _long(joined(down)))


def _long(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.length > MAX_DOT_PT)


def _strokes(page: PlumberPage) -> Iterator[Corners]:
    """Corners of all that is thin and drawn in a colour."""
    for shape in chain(page.lines, page.rects, page.curves):
        is_filled = shape["fill"] and not _is_white(shape["non_stroking_color"])
        is_stroked = shape["stroke"] and not _is_white(shape["stroking_color"])
        if not (is_filled or is_stroked) or (is_stroked and (shape["linewidth"] or 0) > MAX_THICKNESS_PT):
            continue
        if _is_thin(shape):
            yield _corners(shape)
        elif is_stroked and shape["object_type"] != "line":
            sides = rect_to_edges(shape) if shape["object_type"] == "rect" else curve_to_edges(shape)
            yield from (_corners(side) for side in sides if side["orientation"] in ("h", "v"))
    yield from (_corners(picture) for picture in page.images if _is_thin(picture))


def _on_page(stroke: Corners, page: PlumberPage) -> Corners | None:
    """The part of a stroke that the page shows."""
    left, top, right, bottom = stroke
    shown = max(left, 0.0), max(top, 0.0), min(right, float(page.width)), min(bottom, float(page.height))
    return shown if shown[0] <= shown[2] and shown[1] <= shown[3] else None


def _is_thin(shape: dict[str, float]) -> bool:
    return min(shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]) <= MAX_THICKNESS_PT


def _corners(shape: dict[str, float]) -> Corners:
    return shape["x0"], shape["top"], shape["x1"], shape["bottom"]


def _is_white(colour: object) -> bool:
    """Is a colour of a PDF (grey, RGB or CMYK components) the paper's? Patterns and names are seen."""
    components = colour if isinstance(colour, (tuple, list)) else (colour,)
    parts = [float(part) for part in components if isinstance(part, (int, float))]
    if len(parts) < len(components):
        return False
    return max(parts) <= 1 - WHITE if len(parts) == 4 else bool(parts) and min(parts) >= WHITE
