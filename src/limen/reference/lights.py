"""What a reference asks of the lights, as its statement holds it: the features of each side, in plain values.

A feature judges documents, so one from elsewhere is taken only as this program could have learned it: a routine of the
catalogue, a place on the page, a figure that the quantity can have, a tolerance that is neither so small that every
document fails nor so large that none does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from limen.icao.mrz import Format
from limen.reference.errors import FileError
from limen.reference.values import Members
from limen.vision.lighting import CATALOGUE, LightCode, LightFeature, Quantity, learn_features
from limen.vision.lighting.features import LEAST
from limen.vision.page import SIZES_MM, Page, Rect

MOST: Final = 64
"""Features of a side; learning finds 26 at most on the development issuers."""
_NAME = "[A-Za-z0-9][A-Za-z0-9 -]{0,59}"
"""It stands in sentences, so that it may not make others."""
_LEAST_SIDE_MM: Final = 1.0
_EDGE_MM: Final = 0.01
"""How far a rectangle may reach over the page's edge: the places are rounded."""
_RANGES: Final = {
    Quantity.CONTRAST: 1.0,
    Quantity.ABSORPTION: 4.0,
    Quantity.GLOW: 700.0,
    Quantity.SHINE: 20.0,
    Quantity.LUMINESCENCE: 1.0,
    Quantity.SATURATION: 1.0,
    Quantity.HUE: 360.0,
    Quantity.EDGE: 5.0,
    Quantity.FINENESS: 1.0,
}
"""The most that each can be expected to be; the least is 0."""
_WIDEST: Final = 0.75
"""Tolerance as a share of the range, beyond which a feature asks nothing."""
_DIGITS: Final = 4


def learned_features(pages: Sequence[Page]) -> tuple[LightFeature, ...]:
    """The features of one side, as a file keeps them; what a file may not say is left out."""
    found = map(_rounded, learn_features(pages))
    return tuple(one for one in found if _kept(one, pages[0].format))[:MOST]


def to_json(feature: LightFeature) -> dict[str, Any]:
    """Plain values."""
    return {
        "code": str(feature.code),
        "name": feature.name,
        "rect": list(feature.rect),
        "quantity": feature.quantity.value,
        "expected": feature.expected,
        "tolerance": feature.tolerance,
    }


def from_json(members: Members, format: Format) -> LightFeature:
    """Raises FileError where this program could not have learned it."""
    code = _code(members.text("code", most=20))
    name = members.text("name", _NAME)
    rect = _rect(members.numbers("rect", 4), format)
    quantity = members.choice("quantity", Quantity)
    most = _RANGES[quantity]
    expected = members.number("expected", 0.0, most)
    tolerance = members.number("tolerance", LEAST[quantity], max(LEAST[quantity], _WIDEST * most))
    members.done()
    return LightFeature(code, name, rect, quantity, expected, tolerance)


def _kept(feature: LightFeature, format: Format) -> bool:
    try:
        return from_json(Members(to_json(feature), "feature"), format) == feature
    except FileError:
        return False


def _code(text: str) -> LightCode:
    try:
        code = LightCode.parse(text)
    except ValueError as error:
        raise FileError(f"A feature of the file has the code {text!r}, which is none of a light check.") from error
    if code not in CATALOGUE or str(code) != text:
        raise FileError(f"A feature of the file has the code {text!r}, which is none of a light check.")
    return code


def _rect(values: Sequence[float], format: Format) -> Rect:
    left, top, width, height = values
    across, down = SIZES_MM[format]
    inside = min(left, top) >= -_EDGE_MM and left + width <= across + _EDGE_MM and top + height <= down + _EDGE_MM
    if not inside or min(width, height) < _LEAST_SIDE_MM:
        raise FileError("A feature of the file lies outside the page.")
    return (left, top, width, height)


def _rounded(feature: LightFeature) -> LightFeature:
    left, top, width, height = (round(value, _DIGITS) for value in feature.rect)
    # Upwards, for a tolerance below the least of its quantity would be refused.
    tolerance = math.ceil(feature.tolerance * 10**_DIGITS) / 10**_DIGITS
    return replace(
        feature, rect=(left, top, width, height), expected=round(feature.expected, _DIGITS), tolerance=tolerance
    )
