"""What else lies in a line's frame: rests of rules and of other lines, a seal's strokes; lines of nothing."""

from dataclasses import replace

import cv2
import numpy as np

from extractors.arrays import Grey
from training.drawing import Drawn
from training.handwriting import stroke_over

Noise = np.random.Generator


def with_surroundings(drawn: Drawn, noise: Noise) -> Drawn:
    """The line with what a cell of a stamped page leaves around it; most lines stay as they are."""
    grey = drawn.grey.copy()
    if noise.random() < 0.1:
        _rule_rest(grey, drawn, noise)
    if noise.random() < 0.06:
        _seal(grey, drawn, noise)
    if noise.random() < 0.02:
        stroke_over(grey, drawn, noise)
    if noise.random() < 0.05:
        _streaks(grey, noise)
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


def _streaks(grey: Grey, noise: Noise) -> None:
    """Hairlines that dirt on a scanner's glass draws down a whole page."""
    for x in noise.integers(0, grey.shape[1], int(noise.integers(1, 4))):
        level, thick = int(noise.uniform(90, 235)), int(noise.integers(1, 3))
        grey[:, x : x + thick] = np.minimum(grey[:, x : x + thick], level)


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
