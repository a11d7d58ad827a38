"""How often rows are silently wrong, from rows drawn at random: the share, and the interval that holds it.

The interval is Clopper and Pearson's (Biometrika 26, 1934): exact, never too narrow, also where nothing was wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log

CERTAINTY = 0.95
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Estimate:
    """Shares from 0 to 1."""

    share: float
    low: float
    high: float


def estimate(wrong: int, checked: int) -> Estimate | None:
    """The share of wrong rows among all, from so many checked ones; None where none was.

    >>> found = estimate(0, 50)
    >>> round(found.high, 4)
    0.0711
    """
    if checked == 0:
        return None
    tail = (1 - CERTAINTY) / 2
    low = 0.0 if wrong == 0 else _solve(lambda share: 1 - _at_most(wrong - 1, checked, share), tail)
    high = 1.0 if wrong == checked else _solve(lambda share: -_at_most(wrong, checked, share), -tail)
    return Estimate(wrong / checked, low, high)


def _at_most(count: int, of: int, share: float) -> float:
    """The chance of at most so many, each with this chance."""
    if share in (0.0, 1.0):
        return float(share == 0.0 or count >= of)
    return sum(exp(_choose(of, k) + k * log(share) + (of - k) * log(1 - share)) for k in range(count + 1))


def _choose(of: int, count: int) -> float:
    """Logarithm of the number of ways."""
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def _solve(rising: Callable[[float], float], value: float) -> float:
    """Where a function that rises from 0 to 1 has a value."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < value else (low, middle)
    return (low + high) / 2
