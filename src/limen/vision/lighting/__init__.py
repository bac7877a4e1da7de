"""What a page shows in white light, infrared and ultraviolet, in figures that do not hang on the lamp's strength.

BSI TR-03135-1 v2.5, 5.5; Doc 9303-2 (8th edition), Appendix C; Doc 9303-3, 4.5 and 4.11.
"""

from limen.vision.lighting.catalogue import CATALOGUE, Feature, LightCode, Property
from limen.vision.lighting.features import deviation, learn_feature
from limen.vision.lighting.learning import learn_features
from limen.vision.lighting.measuring import Looked, measure
from limen.vision.lighting.model import LightFeature, Measured, Quantity
from limen.vision.lighting.zone import ZoneInk, has_zone, zone_ink, zone_rect

__all__ = [
    "CATALOGUE",
    "Feature",
    "LightCode",
    "LightFeature",
    "Looked",
    "Measured",
    "Property",
    "Quantity",
    "ZoneInk",
    "deviation",
    "has_zone",
    "learn_feature",
    "learn_features",
    "measure",
    "zone_ink",
    "zone_rect",
]
