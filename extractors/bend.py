"""Bent pages (seen from the side, bowed near the spine): how their points are displaced."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chitieu.model import Box
from extractors.arrays import Floats

# Coefficients of a displacement: a row for each power of the coordinate across the page, a column for each down it.
Coefficients = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Bend:
    """Displacement of a bent page's points from where they are on the flat page: `across` and `down`, points.

    Polynomials of the place in `frame` (-1..1 from side to side); beyond it the displacement is that of its edge.
    """

    frame: Box
    across: Coefficients
    down: Coefficients

    def shifted(self, right: float, down: float) -> "Bend":
        """The bend of the page with a margin put on at its left and its top."""
        edges = self.frame.left + right, self.frame.top + down, self.frame.right + right, self.frame.bottom + down
        return replace(self, frame=Box(*edges))

    def moved(self, point: tuple[float, float]) -> tuple[float, float]:
        """Where a point of the flat page is on the bent one."""
        x, y = self.displaced(np.array([point[0]]), np.array([point[1]]))
        return float(x[0, 0]), float(y[0, 0])

    def displaced(self, xs: NDArray[np.float64], ys: NDArray[np.float64]) -> tuple[Floats, Floats]:
        """Where the points of a lattice (`xs` across, `ys` down) of the flat page are on the bent one: x and y, each
        len(ys) x len(xs).
        """
        u = np.clip(2 * (xs - self.frame.left) / self.frame.width - 1, -1, 1)
        v = np.clip(2 * (ys - self.frame.top) / self.frame.height - 1, -1, 1)
        across, down = (_surface(coefficients, u, v) for coefficients in (self.across, self.down))
        return xs.astype(np.float32)[None, :] + across, ys.astype(np.float32)[:, None] + down


def _surface(coefficients: Coefficients, u: NDArray[np.float64], v: NDArray[np.float64]) -> Floats:
    powers = np.asarray(coefficients)
    by_column = (powers.T @ u[None, :] ** np.arange(len(powers))[:, None]).astype(np.float32)
    by_row = (v[:, None] ** np.arange(powers.shape[1])[None, :]).astype(np.float32)
    return np.asarray(by_row @ by_column, dtype=np.float32)
