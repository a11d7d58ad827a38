"""The round seal that a decision carries."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


RED, BLUE, BLACK = (205, 30, 45), (35, 50, 160), (40, 40, 45)


def stamp_seal(page: Image, noise: np.random.Generator, colour: tuple[int, int, int] = RED) -> Image:
    """A round seal with a star somewhere in the upper half, letters below shining through."""
    height, width = page.shape[:2]
    ink = np.full_like(page, 255)
    radius = int(0.075 * min(height, width) * noise.uniform(0.9, 1.15))
    middle = (int(noise.uniform(0.35, 0.8) * width), int(noise.uniform(0.18, 0.5) * height))
    stroke = max(2, radius // 22)
    cv2.circle(ink, middle, radius, colour, 2 * stroke, cv2.LINE_AA)
    cv2.circle(ink, middle, int(radius * 0.66), colour, stroke, cv2.LINE_AA)
    cv2.fillPoly(ink, [_star(middle, radius * 0.3)], colour, cv2.LINE_AA)
    _ring_letters(ink, middle, radius, colour)
    uneven = cv2.resize(noise.uniform(0.55, 1.0, (9, 7)).astype(np.float32), (width, height))[..., None]
    faint = 255 - (255 - ink.astype(np.float32)) * uneven
    stamped: Image = np.clip(page.astype(np.float32) * faint / 255, 0, 255).astype(np.uint8)
    return stamped


def _star(middle: tuple[int, int], radius: float) -> NDArray[np.int32]:
    angles = -np.pi / 2 + np.arange(10) * np.pi / 5
    radii = np.where(np.arange(10) % 2 == 0, radius, radius * 0.4)
    return np.stack([middle[0] + radii * np.cos(angles), middle[1] + radii * np.sin(angles)], 1).astype(np.int32)


def _ring_letters(ink: Image, middle: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> None:
    text = "UY BAN NHAN DAN TINH * "
    for place, letter in enumerate(text):
        angle = 2 * np.pi * place / len(text)
        spot = (
            int(middle[0] + 0.8 * radius * np.cos(angle) - radius * 0.06),
            int(middle[1] + 0.8 * radius * np.sin(angle) + radius * 0.06),
        )
        cv2.putText(
            ink, letter, spot, cv2.FONT_HERSHEY_SIMPLEX, radius / 170, colour, max(1, radius // 50), cv2.LINE_AA
        )
