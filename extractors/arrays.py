"""Names for the arrays that the extractors pass around: pixels never leave this package."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

# Height x width, 0 black .. 255 white.
Grey: TypeAlias = NDArray[np.uint8]
# Height x width, 255 where something is, 0 elsewhere.
Mask: TypeAlias = NDArray[np.uint8]
# Red, green and blue of a picture in colour, one by one.
Channels: TypeAlias = tuple[Grey, Grey, Grey]
Floats: TypeAlias = NDArray[np.float32]
