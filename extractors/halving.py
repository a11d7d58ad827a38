"""Pictures at a half of their size."""

import cv2
import numpy as np

from extractors.arrays import Grey


def halved(grey: Grey) -> Grey:
    """The picture with its sides halved, each pixel the mean of four: OpenCV has a quick way for that alone."""
    return np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
