"""Features of a document model: learned from genuine pages, judged on others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from limen.vision.lighting.catalogue import LightCode, Property
from limen.vision.lighting.measuring import Looked, measure_page
from limen.vision.lighting.model import LightFeature, Measured, Quantity
from limen.vision.lighting.paper import colourless
from limen.vision.page import Page, Rect

LEAST: Final = {
    Quantity.CONTRAST: 0.10,
    Quantity.ABSORPTION: 0.20,
    Quantity.GLOW: 35.0,
    Quantity.SHINE: 0.30,
    Quantity.LUMINESCENCE: 0.03,
    Quantity.SATURATION: 0.20,
    Quantity.HUE: 25.0,
    Quantity.EDGE: 0.11,
    Quantity.FINENESS: 0.12,
}
"""The least tolerance of each quantity, in its unit: a handful of pages shows less than all its documents' spread."""
SPREADS: Final = 4.0
"""The tolerance in robust standard deviations of the pages that the feature was learned from."""
GREY_BELOW: Final = 0.05
"""Saturation of what shines, on grey paper, below which the picture was taken without colour and has no hues."""
SHARE: Final = 0.35
"""The least tolerance of a share that shines, as a part of what is expected: lamps and ages differ."""

_QUANTITIES: Final = {
    Property.ABSORBENT: Quantity.CONTRAST,
    Property.TRANSPARENT: Quantity.CONTRAST,
    Property.TRANSLUCENT: Quantity.CONTRAST,
    Property.BRIGHT: Quantity.SHINE,
    Property.LUMINESCENT: Quantity.LUMINESCENCE,
    Property.FREQUENCY: Quantity.FINENESS,
}
_TOO_LOW_ONLY: Final = (Property.ABSORBENT, Property.TRANSLUCENT)
_TOO_HIGH_ONLY: Final = (Property.TRANSPARENT, Property.BRIGHT)


def learn_feature(
    pages: Sequence[Page], rect: Rect, code: LightCode | str, *, name: str = "", quantity: Quantity | None = None
) -> LightFeature:
    """What those genuine pages show in the rectangle; `quantity` defaults to the one that the code's property asks.

    Raises ValueError for an unknown code, without a page under its light, and where `quantity` is measured on none.
    """
    code = LightCode.parse(code) if isinstance(code, str) else code
    seen = seen_of(pages, rect, code)
    if not seen:
        raise ValueError(f"none of the pages was captured {code.lit}, which {code} is asked of")
    return feature_of(seen, rect, code, name=name, quantity=quantity)


def seen_of(pages: Sequence[Page], rect: Rect, code: LightCode) -> list[Measured]:
    """The rectangle on each page that was captured under the code's light."""
    return [measure_page(page, page.sheets[code.light], rect) for page in pages if code.light in page.sheets]


def feature_of(
    seen: Sequence[Measured], rect: Rect, code: LightCode, *, name: str = "", quantity: Quantity | None = None
) -> LightFeature:
    """`learn_feature` of what was measured already."""
    quantity = quantity or _quantity(code, seen)
    values = [value for one in seen if (value := one.figure(quantity)) is not None]
    if not values:
        raise ValueError(f"the {quantity} of {code} is measured on none of the pages")
    expected = _middle(values, quantity)
    spread = 1.4826 * float(np.median([abs(_difference(value, expected, quantity)) for value in values]))
    least = max(LEAST[quantity], SHARE * expected if quantity is Quantity.LUMINESCENCE else 0.0)
    return LightFeature(code, name or code.name, rect, quantity, expected, max(least, SPREADS * spread))


def unsteadiness(feature: LightFeature, seen: Sequence[Measured]) -> float:
    """The largest deviation of one page from what the others teach, in the feature's tolerances (leave one out)."""
    known = [(one, value) for one in seen if (value := one.figure(feature.quantity)) is not None]
    worst = 0.0
    for left_out, _ in known:
        rest = [value for one, value in known if one is not left_out]
        if rest:
            expected = _middle(rest, feature.quantity)
            worst = max(worst, deviation(replace(feature, expected=expected), left_out) or 0.0)
    return worst


def deviation(feature: LightFeature, measured: Measured | Looked) -> float | None:
    """How far off it is in the direction that the property forbids, in tolerances; None where it was not measured."""
    value = measured.figure(feature.quantity)
    if value is None or (feature.quantity is Quantity.HUE and _grey(measured)):
        return None
    off = _difference(value, feature.expected, feature.quantity)
    if feature.code.optical in _TOO_LOW_ONLY:
        off = max(0.0, -off)
    elif feature.code.optical in _TOO_HIGH_ONLY:
        off = max(0.0, off)
    return abs(off) / feature.tolerance


def _grey(measured: Measured | Looked) -> bool:
    """Whether neither paper nor print has a colour, as in a picture without any."""
    return measured.saturation < GREY_BELOW and colourless(measured.level)


def _quantity(code: LightCode, seen: Sequence[Measured]) -> Quantity:
    usual = _QUANTITIES[code.optical]
    if usual is Quantity.CONTRAST and code.optical is not Property.TRANSLUCENT:
        # Where white light shows print, too, blur and glare drop out of the share.
        return Quantity.CONTRAST if any(one.absorption is None for one in seen) else Quantity.ABSORPTION
    return usual


def _middle(values: Sequence[float], quantity: Quantity) -> float:
    if quantity is not Quantity.HUE:
        return float(np.median(values))
    turned = np.exp(1j * np.radians(values)).mean()
    return float(np.degrees(np.angle(turned)) % 360)


def _difference(value: float, expected: float, quantity: Quantity) -> float:
    off = value - expected
    return (off + 180) % 360 - 180 if quantity is Quantity.HUE else off
