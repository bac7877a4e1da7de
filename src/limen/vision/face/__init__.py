"""The bearer's face: found, measured, and compared."""

from limen.vision.face.model import Embedder, Face, FaceReading, Found, Place, PortraitQuality

__all__ = ["Embedder", "Face", "FaceReading", "Found", "Place", "PortraitQuality"]
