"""What of a picture is the person and what is background: MediaPipe's selfie segmentation (Apache-2.0), by OpenCV."""

from __future__ import annotations

from pathlib import Path

from limen.vision.face.model import Floats, Pixels
from limen.vision.face.models import PERSON, model_path
from limen.vision.face.nets import Net

SIDE = 256
"""Pixels of the network's square input; the picture is stretched to it, as MediaPipe does."""


class PersonNet:
    """The network, loaded once."""

    def __init__(self, path: Path) -> None:
        self._net = Net(path)

    @classmethod
    def load(cls, folder: Path | None = None) -> PersonNet:
        """From the folder of the models; raises `ModelsMissing` where it is not there."""
        return cls(model_path(PERSON, folder))

    def mask(self, square: Pixels) -> Floats:
        """How surely each pixel of a picture that was stretched to 256 x 256 shows a person, 0 to 1."""
        (sure,) = self._net.run(square, 1 / 255, 0.0, ("activation_10",))
        return sure.reshape(SIDE, SIDE)
