"""Places on pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in PDF points, origin top left, half-open to the right and below."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a page, counted from 1; a cell sewn over a page break has two."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text and where it stands on its page as displayed."""

    text: str
    box: Box
