"""Documents and people that exist nowhere, for tests, demonstrations, training and benchmarks.

specimen = make("TD3", seed=7)                      # white, UV and IR images with their truth
photo = capture(specimen, seed=7, style="phone")    # as a phone sees it, truth carried along
"""

from limen.specimen.bundle import write_bundle
from limen.specimen.capture import Style, capture, capture_lights
from limen.specimen.drawing import Drawing, Glow, Reprint
from limen.specimen.errors import NotPossibleError, SpecimenError, UnknownNameError
from limen.specimen.fonts import typefaces
from limen.specimen.frauds import FRAUDS, Fraud, Needs, apply_fraud, falsified
from limen.specimen.generate import generate
from limen.specimen.geometry import GEOMETRIES, Geometry, Side
from limen.specimen.issuers import ISSUERS, Issuer
from limen.specimen.live import live
from limen.specimen.model import Capture, FieldBox, FraudLabel, Light, Specimen, Truth
from limen.specimen.people import Person
from limen.specimen.recipe import Recipe
from limen.specimen.render import draft, make, render
from limen.specimen.tolerance import Tolerance, with_tolerance
from limen.specimen.writing import TRUTH_NAME, write_capture, write_image, write_specimen, write_truth

__all__ = [
    "FRAUDS",
    "GEOMETRIES",
    "ISSUERS",
    "TRUTH_NAME",
    "Capture",
    "Drawing",
    "FieldBox",
    "Fraud",
    "FraudLabel",
    "Geometry",
    "Glow",
    "Issuer",
    "Light",
    "Needs",
    "NotPossibleError",
    "Person",
    "Recipe",
    "Reprint",
    "Side",
    "Specimen",
    "SpecimenError",
    "Style",
    "Tolerance",
    "Truth",
    "UnknownNameError",
    "apply_fraud",
    "capture",
    "capture_lights",
    "draft",
    "falsified",
    "generate",
    "live",
    "make",
    "render",
    "typefaces",
    "with_tolerance",
    "write_bundle",
    "write_capture",
    "write_image",
    "write_specimen",
    "write_truth",
]
