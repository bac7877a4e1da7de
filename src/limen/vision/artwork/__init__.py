"""A page's artwork against that of genuine documents."""

from limen.vision.artwork.model import Comparison, Deviation, Property

__all__ = ["Comparison", "Deviation", "Property"]
