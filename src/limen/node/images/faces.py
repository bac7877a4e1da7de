"""Faces wherever they are in a picture: a safety net beside what the page's own measures say.

The detector is the Haar cascade that comes with OpenCV (Viola and Jones), which needs no model of ours. It misses
some faces and sees some that are none; both are taken into account: it only ever adds masks.
"""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
"""Left, top, width and height in pixels."""

_LONGEST: Final = 720
_LEAST: Final = 1 / 24
"""Of the longest side: smaller faces are not looked for."""
_MARGINS: Final = (0.35, 0.45)
"""By which a face's box is widened and heightened on each side: the cascade marks brow to chin."""
_TURNS: Final = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)
_lock = threading.Lock()  # a cascade keeps its working memory in itself


@cache
def _cascade() -> cv2.CascadeClassifier:
    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_alt2.xml"))


def find_faces(image: NDArray[np.uint8], *, every_turn: bool = True) -> tuple[Box, ...]:
    """The faces in a picture (H x W x 3, RGB), with room for hair and neck; `every_turn` looks for lying ones, too."""
    height, width = image.shape[:2]
    factor = min(1.0, _LONGEST / max(height, width))
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if factor < 1:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    grey = cv2.equalizeHist(grey)
    turns = range(4) if every_turn else range(1)
    return tuple(_widened(box, factor) for turn in turns for box in _seen(grey, turn))


def _seen(grey: NDArray[np.uint8] | cv2.typing.MatLike, turn: int) -> list[Box]:
    """The faces that stand upright once the picture has been turned, in its own pixels."""
    code = _TURNS[turn]
    turned = grey if code is None else cv2.rotate(grey, code)
    least = max(20, round(max(grey.shape) * _LEAST))
    with _lock:
        found = _cascade().detectMultiScale(turned, 1.15, 3, minSize=(least, least))
    return [_back((float(x), float(y), float(w), float(h)), turn, grey.shape) for x, y, w, h in found]


def _back(box: Box, turn: int, shape: tuple[int, ...]) -> Box:
    height, width = shape[:2]
    x, y, w, h = box
    match turn:
        case 0:
            return box
        case 1:
            return y, height - x - w, h, w
        case 2:
            return width - x - w, height - y - h, w, h
        case _:
            return width - y - h, x, h, w


def _widened(box: Box, factor: float) -> Box:
    x, y, w, h = (value / factor for value in box)
    across, down = _MARGINS[0] * w, _MARGINS[1] * h
    return x - across, y - down, w + 2 * across, h + 2 * down
