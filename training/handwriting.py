"""What a pen leaves on a page: words and numbers in no person's hand, drawn as curves, and strokes over print."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.arrays import Grey
from training.drawing import Drawn

Noise = np.random.Generator
Points = "np.ndarray[tuple[int, int], np.dtype[np.float64]]"

# The way of a pen through a figure, in tenths of its width and height, from the foot up.
_FIGURES = {
    "0": ((5, 10), (1, 8), (0, 4), (3, 0), (8, 1), (10, 6), (8, 9), (4, 10)),
    "1": ((2, 7), (6, 10), (5, 5), (4, 0)),
    "2": ((1, 7), (4, 10), (9, 9), (8, 6), (1, 1), (0, 0), (5, 1), (10, 0)),
    "3": ((1, 9), (6, 10), (9, 8), (4, 5), (9, 4), (8, 1), (3, 0), (0, 2)),
    "4": ((6, 10), (0, 3), (5, 3), (10, 4), (7, 4), (7, 8), (6, -1)),
    "5": ((9, 10), (3, 10), (1, 6), (6, 6), (9, 3), (6, 0), (0, 1)),
    "6": ((8, 10), (2, 6), (0, 2), (4, 0), (9, 2), (7, 5), (2, 4)),
    "7": ((0, 9), (9, 10), (5, 5), (3, 0)),
    "8": ((8, 9), (3, 10), (2, 7), (8, 4), (7, 0), (2, 1), (3, 5), (9, 8)),
    "9": ((9, 8), (4, 10), (1, 7), (5, 5), (9, 8), (8, 4), (6, -2)),
}


@dataclass(frozen=True, slots=True)
class _Hand:
    """How one writes: height of tall letters in pixels, slant to the right, ink (grey), thickness of the stroke."""

    size: float
    slant: float
    ink: int
    thick: int


def written_line(noise: Noise, em: float) -> Drawn:
    """A line that a pen wrote: slanting loops that run on, words of them, often larger than print."""
    hand = _hand(noise, em)
    letters = [int(noise.integers(2, 8)) for _ in range(int(noise.integers(1, 5)))]
    drawn = _paper(em, (0.62 * sum(letters) + 0.7 * len(letters) + 1.5) * hand.size)
    x = 0.6 * hand.size
    for count in letters:
        write = _write_number if noise.random() < 0.2 else _write_word
        x = write(drawn, noise, x, count, hand) + float(noise.uniform(0.4, 0.9)) * hand.size
    return drawn


def filled_line(before: Drawn | None, after: Drawn | None, noise: Noise) -> Drawn:
    """Print in which a hand filled in a word or a number, sometimes over dots: `Số: 84 /QĐ-UBND`."""
    some = before or after
    assert some
    parts = [_print_of(part) if part else None for part in (before, after)]
    middle = _filling(noise, some)
    whole = np.hstack([part for part in (parts[0], middle, parts[1]) if part is not None])
    room = round(0.6 * some.em)
    grey = np.pad(whole, ((0, 0), (room, room)), constant_values=255)
    return replace(some, grey=np.ascontiguousarray(grey), columns=(room, grey.shape[1] - room))


def stroke_over(grey: Grey, drawn: Drawn, noise: Noise) -> None:
    """A stroke of a pen over the line or beside it; the print is still what is to be read."""
    em, width = drawn.em, grey.shape[1]
    start = np.array([noise.uniform(0, width), drawn.baseline - noise.uniform(-0.3, 1.1) * em])
    turn = noise.uniform(-1.2, 1.2)
    steps = np.cumsum(
        np.stack([np.cos(turn + noise.normal(0, 0.35, 5)), np.sin(turn + noise.normal(0, 0.35, 5))], 1), 0
    )
    curve = _smooth(np.vstack([start, start + steps * em * float(noise.uniform(0.15, 0.6))]))
    _draw_curve(grey, curve, int(noise.uniform(40, 190)), max(1, round(0.06 * em)))


def _hand(noise: Noise, em: float) -> _Hand:
    return _Hand(
        float(noise.uniform(0.8, 1.6)) * em,
        float(noise.uniform(-0.1, 0.7)),
        int(noise.uniform(0, 130)),
        max(1, round(float(noise.uniform(0.04, 0.1)) * em)),
    )


def _paper(em: float, width: float) -> Drawn:
    return Drawn(np.full((round(2.4 * em), round(width)), 255, np.uint8), round(1.6 * em), em)


def _print_of(drawn: Drawn) -> Grey:
    """The print alone, without the paper at its sides."""
    left, right = drawn.columns or (0, drawn.grey.shape[1])
    return drawn.grey[:, left:right]


def _filling(noise: Noise, beside: Drawn) -> Grey:
    """What the hand wrote, as high as the print beside it is drawn, with a little paper at its sides."""
    hand = _hand(noise, beside.em)
    # One stroke alone may be a slash or a one of print.
    count = int(noise.integers(2, 5))
    wide = np.full((beside.grey.shape[0], round((1.2 * count + 2) * hand.size)), 255, np.uint8)
    paper = replace(beside, grey=wide, columns=None)
    start = float(noise.uniform(0.15, 0.5)) * beside.em
    is_number = noise.random() < 0.6
    end = (_write_number if is_number else _write_word)(paper, noise, start, count, hand)
    width = min(wide.shape[1], round(end + float(noise.uniform(0.1, 0.6)) * beside.em))
    if noise.random() < 0.3:
        _dotted(wide[:, :width], beside, noise)
    return wide[:, :width]


def _dotted(grey: Grey, beside: Drawn, noise: Noise) -> None:
    dot, pitch = max(1, round(0.08 * beside.em)), round(float(noise.uniform(0.22, 0.3)) * beside.em)
    y = round(beside.baseline) - dot
    for x in range(pitch // 2, grey.shape[1] - dot, pitch):
        grey[y : y + dot, x : x + dot] = 30


def _write_number(drawn: Drawn, noise: Noise, x: float, count: int, hand: _Hand) -> float:
    """So many figures from `x` on, each its own stroke; returns where they end."""
    for _ in range(count):
        way = np.array(_FIGURES[str(noise.integers(10))], dtype=float) / 10
        wide, tall = hand.size * float(noise.uniform(0.25, 0.45)), hand.size * float(noise.uniform(0.55, 0.8))
        way = (way + noise.normal(0, 0.06, way.shape)) * (wide, tall)
        points = np.stack([x + way[:, 0] + hand.slant * way[:, 1], drawn.baseline - way[:, 1]], axis=1)
        _draw_curve(drawn.grey, _smooth(points), hand.ink, hand.thick)
        x += wide + hand.size * float(noise.uniform(0.08, 0.25))
    return x + hand.slant * 0.4 * hand.size


def _write_word(drawn: Drawn, noise: Noise, x: float, count: int, hand: _Hand) -> float:
    """A word of so many letters from `x` on; returns where it ends."""
    points, size = [], hand.size
    for _ in range(count):
        tall, wide = size * float(noise.choice((0.4, 0.45, 0.5, 0.95, -0.45))), size * float(noise.uniform(0.3, 0.6))
        for along, up in ((0.0, 0.0), (0.35, 1.0), (0.6, 0.9), (0.45, 0.05), (1.0, float(noise.uniform(-0.05, 0.35)))):
            lift = up * tall + float(noise.normal(0, 0.04)) * size
            points.append((x + along * wide + hand.slant * lift, drawn.baseline - lift))
        x += wide
    curve = _smooth(np.array(points))
    _draw_curve(drawn.grey, curve, hand.ink, hand.thick)
    if noise.random() < 0.6:
        # A tone mark, a dot, a bar.
        at = curve[int(noise.integers(len(curve)))] - (0, 0.6 * size)
        end = at + noise.normal(0, 0.18, 2) * size
        _draw_curve(drawn.grey, np.array([at, end]), hand.ink, hand.thick)
    return x


def _draw_curve(grey: Grey, curve: Points, ink: int, thick: int) -> None:
    """Draw through points (n, 2), x and y in pixels."""
    eighths = np.round(curve * 8).astype(np.int32)
    cv2.polylines(grey, [eighths], isClosed=False, color=ink, thickness=thick, lineType=cv2.LINE_AA, shift=3)


def _smooth(points: Points) -> Points:
    """A curve through many points near those given (Chaikin's corners cut three times)."""
    for _ in range(3):
        start, end = points[:-1], points[1:]
        points = np.stack([0.75 * start + 0.25 * end, 0.25 * start + 0.75 * end], axis=1).reshape(-1, 2)
    return points
