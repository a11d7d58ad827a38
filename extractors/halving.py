"""Pictures at a half of their size, again and again."""

import cv2
import numpy as np

from extractors.arrays import Grey


def halved(grey: Grey, times: int = 1) -> Grey:
    """The picture with its sides halved so many times, each pixel the mean of four.

    OpenCV has a quick way for halves only: two of them take a sixth of the time of one step to a quarter.
    """
    for _ in range(times):
        grey = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return grey
