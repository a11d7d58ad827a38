"""Charts of the overview as shapes to draw: where each bar and mark stands, and what it tells when pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320.0, 100.0
FEWEST = 10  # fewer columns are no wider
FILLED = 0.82  # of the room of a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `look` names its colour, `says` is what it tells when pointed at."""

    x: float
    y: float
    width: float
    height: float
    look: str
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A share with the interval that holds it, all as heights from the top."""

    x: float
    y: float
    low: float
    high: float
    says: str


@dataclass(frozen=True, slots=True)
class Column:
    """What is stacked in one place: amounts with their looks, from the bottom, and what the whole tells."""

    amounts: Sequence[tuple[str, float]]
    says: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval, from 0 to 1."""

    share: float
    low: float
    high: float
    says: str


def stacked(columns: Sequence[Column]) -> list[Bar]:
    """Columns beside each other, the highest as high as the chart."""
    most = max((sum(amount for _, amount in column.amounts) for column in columns), default=0.0) or 1.0
    step = _step(len(columns))
    bars = []
    for at, column in enumerate(columns):
        top = HEIGHT
        for look, amount in column.amounts:
            height = HEIGHT * amount / most
            top -= height
            if height:
                bars.append(
                    Bar(_round(at * step), _round(top), _round(FILLED * step), _round(height), look, column.says)
                )
    return bars


def marks(shares: Sequence[Share], top: float) -> list[Mark]:
    """Shares beside each other; `top` is the share at the upper edge."""
    step = _step(len(shares))
    return [
        Mark(
            _round((at + FILLED / 2) * step),
            _round(_down(one.share, top)),
            _round(_down(one.low, top)),
            _round(_down(one.high, top)),
            one.says,
        )
        for at, one in enumerate(shares)
    ]


def _down(share: float, top: float) -> float:
    return HEIGHT * (1 - min(1.0, share / top))


def _step(count: int) -> float:
    return WIDTH / max(FEWEST, count)


def _round(length: float) -> float:
    return round(length, 1)
