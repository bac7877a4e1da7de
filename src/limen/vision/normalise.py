"""How a line's crop is handed to the recogniser: one function, shared by training and run time."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT, WIDTH = 32, 640
"""Of the recogniser's input, in pixels: room for 44 characters of 14 columns."""

_LEAST_CONTRAST = 12.0
"""In grey levels: below it a crop holds no print, and stretching it would only show its noise."""


def normalise(crop: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Scale a grey crop (H x W) to 32 x 640 and stretch it so that ink is near -1 and ground near +1."""
    shrink = crop.shape[1] > WIDTH
    sized = cv2.resize(crop, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_CUBIC)
    grey = sized.astype(np.float32)
    low, high = np.percentile(grey[4:28], [1, 97])
    stretched = np.clip((grey - low) / max(high - low, _LEAST_CONTRAST) * 2 - 1, -2, 2)
    return cast("NDArray[np.float32]", stretched.astype(np.float32))
