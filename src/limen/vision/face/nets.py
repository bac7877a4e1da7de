"""MediaPipe's small networks, run by OpenCV on one thread at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.face.model import Floats, Pixels


class Net:
    """One network in a `.tflite` file. OpenCV's keeps state between calls, so that calls wait for each other."""

    def __init__(self, path: Path) -> None:
        self._net = cv2.dnn.readNetFromTFLite(str(path))
        self._lock = Lock()

    def run(self, image: Pixels, scale: float, mean: float, outputs: Sequence[str]) -> list[Floats]:
        """The named outputs for one image (RGB, of the network's size), each value taken as (value - mean) * scale."""
        blob = cv2.dnn.blobFromImage(image, scale, (image.shape[1], image.shape[0]), (mean, mean, mean))
        with self._lock:
            self._net.setInput(blob)
            return [np.asarray(one, dtype=np.float32) for one in self._net.forward(list(outputs))]


def sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """From logits to 0 .. 1, without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -50, 50))), dtype=np.float32)
