"""The bearer's face: found, measured, and compared."""

from limen.vision.face.finding import FaceFinder
from limen.vision.face.model import Embedder, Face, FaceReading, Found, Place, PortraitQuality
from limen.vision.face.models import ModelsMissing, models_folder

__all__ = [
    "Embedder",
    "Face",
    "FaceFinder",
    "FaceReading",
    "Found",
    "ModelsMissing",
    "Place",
    "PortraitQuality",
    "models_folder",
]
