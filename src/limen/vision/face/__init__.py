"""The bearer's face: found, measured, and compared."""

from limen.vision.face.bands import BadBands, Bands, Meaning, Pair, load_bands, pair_of
from limen.vision.face.embedding import BadEmbedder, load_embedder, similarity
from limen.vision.face.finding import FaceFinder
from limen.vision.face.model import Embedder, Face, FaceReading, Found, Place, PortraitQuality
from limen.vision.face.models import ModelsMissing, models_folder
from limen.vision.face.reader import FaceReader

__all__ = [
    "BadBands",
    "BadEmbedder",
    "Bands",
    "Embedder",
    "Face",
    "FaceFinder",
    "FaceReader",
    "FaceReading",
    "Found",
    "Meaning",
    "ModelsMissing",
    "Pair",
    "Place",
    "PortraitQuality",
    "load_bands",
    "load_embedder",
    "models_folder",
    "pair_of",
    "similarity",
]
