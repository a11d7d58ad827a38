"""How a page lay on the glass: the way back from its upright picture to the page as it is displayed."""

from dataclasses import dataclass

from chitieu.model import Box
from extractors.bend import Bend

Point = tuple[float, float]
# Points of the upright picture → points of the turned page, row by row: x' = a x + b y + c, y' = d x + e y + f.
Affine = tuple[tuple[float, float, float], tuple[float, float, float]]
LEVEL: Affine = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Pose:
    """`quarter_turns` clockwise set a page of `width` x `height` points (as displayed) upright.

    `skew` and `bend` are what is left then.
    """

    quarter_turns: int
    width: float
    height: float
    skew: Affine = LEVEL
    bend: Bend | None = None

    def on_page(self, box: Box) -> Box:
        """The box on the page as displayed that holds a box of the upright picture; points."""
        middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        rim = [(x, y) for x in (box.left, middle[0], box.right) for y in (box.top, middle[1], box.bottom)]
        xs, ys = zip(*(self._displayed(point) for point in rim), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def upright(self, box: Box) -> Box:
        """Where a box of the page as displayed lies once the page is turned; points, the skew left as it is."""
        corners = (box.left, box.top), (box.right, box.bottom)
        xs, ys = zip(*(turned(c, self.quarter_turns, self.width, self.height) for c in corners), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _displayed(self, point: Point) -> Point:
        bent = self.bend.moved(point) if self.bend else point
        x, y = (a * bent[0] + b * bent[1] + c for a, b, c in self.skew)
        return unturned((x, y), self.quarter_turns, self.width, self.height)


def turned(point: Point, quarter_turns: int, width: float, height: float) -> Point:
    """Where a point of a page of this size comes to lie by quarter turns clockwise.

    >>> turned((10.0, 200.0), 1, 100.0, 200.0)
    (0.0, 10.0)
    """
    x, y = point
    return ((x, y), (height - y, x), (width - x, height - y), (y, width - x))[quarter_turns]


def unturned(point: Point, quarter_turns: int, width: float, height: float) -> Point:
    """The point of a page of this size that comes to lie here by quarter turns clockwise."""
    sides = (height, width) if quarter_turns % 2 else (width, height)
    return turned(point, -quarter_turns % 4, *sides)
