"""A page's artwork against that of genuine documents.

artwork = learn(pages)                                   # three or more captures of genuine documents
comparison = compare(page, artwork, model="UTO P TD3", counts=True)
"""

from limen.vision.artwork.align import Placement
from limen.vision.artwork.comparing import SIMILAR, compare, locate, similarity
from limen.vision.artwork.learned import Artwork, Region
from limen.vision.artwork.learning import learn
from limen.vision.artwork.model import BadArtwork, CannotLearn, Comparison, Deviation, Field, Property

__all__ = [
    "SIMILAR",
    "Artwork",
    "BadArtwork",
    "CannotLearn",
    "Comparison",
    "Deviation",
    "Field",
    "Placement",
    "Property",
    "Region",
    "compare",
    "learn",
    "locate",
    "similarity",
]
