"""What else lies in a line's frame: rests of rules and of other lines, a seal's strokes; lines of nothing."""

from dataclasses import replace

import cv2
import numpy as np

from extractors.arrays import Grey
from training.drawing import Drawn

Noise = np.random.Generator
Points = "np.ndarray[tuple[int, int], np.dtype[np.float64]]"


def with_surroundings(drawn: Drawn, noise: Noise) -> Drawn:
    """The line with what a cell of a stamped page leaves around it; most lines stay as they are."""
    grey = drawn.grey.copy()
    if noise.random() < 0.1:
        _rule_rest(grey, drawn, noise)
    if noise.random() < 0.06:
        _seal(grey, drawn, noise)
    if noise.random() < 0.02:
        _pen_stroke(grey, drawn, noise)
    if noise.random() < 0.08:
        _other_line(grey, drawn, noise)
    return replace(drawn, grey=grey)


def blank_line(noise: Noise, em: float) -> Drawn:
    """A line that holds no print: paper, specks, a rest of a rule."""
    height, width = round(2.4 * em), round(float(noise.uniform(0.5, 6)) * em)
    drawn = Drawn(np.full((height, width), 255, np.uint8), round(1.6 * em), em)
    grey = drawn.grey
    for _ in range(int(noise.integers(0, 5))):
        y = int(drawn.baseline - noise.uniform(-0.2, 1.0) * em)
        x, size = int(noise.integers(width)), int(noise.integers(1, max(2, round(0.09 * em))))
        grey[y : y + size, x : x + size] = int(noise.uniform(0, 120))
    if noise.random() < 0.4:
        _rule_rest(grey, drawn, noise)
    return drawn


def written_line(noise: Noise, em: float) -> Drawn:
    """A line that a pen wrote: slanting loops that run on, words of them, often larger than print."""
    size = float(noise.uniform(0.8, 1.6)) * em
    words = int(noise.integers(1, 5))
    letters = [int(noise.integers(2, 8)) for _ in range(words)]
    height, width = round(2.4 * em), round((0.62 * sum(letters) + 0.7 * words + 1.5) * size)
    drawn = Drawn(np.full((height, width), 255, np.uint8), round(1.6 * em), em)
    ink, thick = int(noise.uniform(0, 130)), max(1, round(float(noise.uniform(0.04, 0.1)) * em))
    slant, x = float(noise.uniform(-0.1, 0.7)), 0.6 * size
    for count in letters:
        x = _written_word(drawn, noise, (x, count, size, slant), (ink, thick)) + float(noise.uniform(0.4, 0.9)) * size
    return drawn


def _written_word(drawn: Drawn, noise: Noise, word: tuple[float, int, float, float], pen: tuple[int, int]) -> float:
    """A word from `x` on, of so many letters of a size and slant; returns where it ends."""
    x, count, size, slant = word
    points = []
    for _ in range(count):
        tall, wide = size * float(noise.choice((0.4, 0.45, 0.5, 0.95, -0.45))), size * float(noise.uniform(0.3, 0.6))
        for along, up in ((0.0, 0.0), (0.35, 1.0), (0.6, 0.9), (0.45, 0.05), (1.0, float(noise.uniform(-0.05, 0.35)))):
            lift = up * tall + float(noise.normal(0, 0.04)) * size
            points.append((x + along * wide + slant * lift, drawn.baseline - lift))
        x += wide
    curve = _smooth(np.array(points))
    _draw_curve(drawn.grey, curve, *pen)
    if noise.random() < 0.6:
        # A tone mark, a dot, a bar.
        at = curve[int(noise.integers(len(curve)))] - (0, 0.6 * size)
        end = at + noise.normal(0, 0.18, 2) * size
        _draw_curve(drawn.grey, np.array([at, end]), *pen)
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


def _pen_stroke(grey: Grey, drawn: Drawn, noise: Noise) -> None:
    """A stroke of a pen over the line or beside it; the print is still what is to be read."""
    em, width = drawn.em, grey.shape[1]
    start = np.array([noise.uniform(0, width), drawn.baseline - noise.uniform(-0.3, 1.1) * em])
    turn = noise.uniform(-1.2, 1.2)
    steps = np.cumsum(
        np.stack([np.cos(turn + noise.normal(0, 0.35, 5)), np.sin(turn + noise.normal(0, 0.35, 5))], 1), 0
    )
    curve = _smooth(np.vstack([start, start + steps * em * float(noise.uniform(0.15, 0.6))]))
    _draw_curve(grey, curve, int(noise.uniform(40, 190)), max(1, round(0.06 * em)))


def _rule_rest(grey: Grey, drawn: Drawn, noise: Noise) -> None:
    """A rule's rest along the frame's upper or lower rim, or upright at one of its ends."""
    em, thick = drawn.em, max(1, round(drawn.em * float(noise.uniform(0.03, 0.08))))
    ink = int(noise.uniform(0, 110))
    height, width = grey.shape
    if noise.random() < 0.7:
        y = round(drawn.baseline - (0.98 if noise.random() < 0.5 else -0.2) * em)
        start = int(noise.integers(width)) if noise.random() < 0.5 else 0
        grey[max(0, y) : max(0, y) + thick, start : start + int(noise.integers(1, width + 1))] = ink
    else:
        x = 0 if noise.random() < 0.5 else width - thick
        grey[round(drawn.baseline - noise.uniform(0.2, 1.2) * em) : height, x : x + thick] = ink


def _seal(grey: Grey, drawn: Drawn, noise: Noise) -> None:
    """Two arcs of a seal over the line, pale as a lifted seal is, or dark."""
    layer = np.full(grey.shape, 255, np.uint8)
    radius = float(noise.uniform(2.5, 5)) * drawn.em
    angle = noise.uniform(0, 2 * np.pi)
    middle = noise.uniform(0, grey.shape[1]), drawn.baseline - 0.4 * drawn.em
    centre = round(middle[0] + radius * np.cos(angle)), round(middle[1] + radius * np.sin(angle))
    level = int(noise.uniform(90, 225))
    for part in (1.0, 0.9):
        cv2.circle(layer, centre, round(radius * part), level, max(1, round(0.06 * drawn.em)), cv2.LINE_AA)
    np.minimum(grey, layer, out=grey)


def _other_line(grey: Grey, drawn: Drawn, noise: Noise) -> None:
    """Feet of the line above or heads of the line below, as far as the cutter left them."""
    foreign = np.roll(grey, int(noise.integers(grey.shape[1])), axis=1)
    pitch = round(drawn.em * float(noise.uniform(1.05, 1.25))) * (1 if noise.random() < 0.5 else -1)
    moved = np.full_like(grey, 255)
    if pitch > 0:
        moved[pitch:] = foreign[:-pitch]
    else:
        moved[:pitch] = foreign[-pitch:]
    # The cutter paints over what it knows for another line's: a piece of it is left.
    start = int(noise.integers(grey.shape[1]))
    end = start + round(drawn.em * float(noise.uniform(0.1, 1.2)))
    grey[:, start:end] = np.minimum(grey[:, start:end], moved[:, start:end])
