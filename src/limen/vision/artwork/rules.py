"""What each measure says of a page, and how far it may lie from what was learned.

A rule's tolerance is the larger of its floor, which was measured on many genuine captures of the development issuers,
and a multiple of the spread of the captures learned from. Each rule pools a whole page or region, for what counts is
how often a genuine document is stopped by any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from limen.vision.artwork.learned import Artwork, Learned
from limen.vision.artwork.lights import UV_PAPER, UV_PATCH
from limen.vision.artwork.measured import Measure
from limen.vision.artwork.model import Deviation, Property
from limen.vision.light import Light

SPREAD_FACTOR: Final = 1.5
"""How many times half of the range of the captures learned from a further one may lie off."""
_NEAR_FACTOR: Final = 2.0
"""The same for fixed limits, which are only ever widened."""


class Bad(StrEnum):
    """Which side of the tolerance deviates."""

    LOW = "low"
    HIGH = "high"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Rule:
    """How one measure is judged and told."""

    region: str
    light: Light
    property: Property
    bad: Bad
    floor: float
    """Least tolerance, in the measure's unit."""
    says: str
    """The measure in words, with its value in braces."""
    logarithm: bool = False
    """Whether the measure is the logarithm of a ratio, which is told as the ratio."""
    absolute: float | None = None
    """A fixed limit in place of one about what was learned; captures that come near it widen it."""
    rest: float = 0.0
    """For a correlation: the least tolerance as a multiple of what the captures lack of 1."""


_W, _U, _I = Light.WHITE, Light.UV, Light.IR
_STATIC, _PORTRAIT, _ZONE, _VIZ, _UV = "static artwork", "portrait", "machine readable zone", "visual zone", "uv print"
RULES: Final = {
    "line work": Rule(
        _STATIC, _W, Property.LINE_WORK, Bad.LOW, 0.035, "{:.2f} correlation with the line work", rest=2.5
    ),
    "line work here": Rule(
        _STATIC, _W, Property.LINE_WORK, Bad.HIGH, 0.35, "correlation {:.2f} below the least of genuine captures"
    ),
    "sharpness": Rule(
        _STATIC, _W, Property.SHARPNESS, Bad.BOTH, 0.40, "{:.2f} of the contrast of fine lines", logarithm=True
    ),
    "saturation": Rule(_STATIC, _W, Property.COLOUR, Bad.BOTH, 0.35, "{:.2f} of the saturation", logarithm=True),
    "colour": Rule(_STATIC, _W, Property.COLOUR, Bad.HIGH, 3.0, "colours {:.1f} levels off"),
    "regular pattern": Rule(
        _STATIC, _W, Property.REGULAR_PATTERN, Bad.HIGH, 1.2, "finest period {:.1f} above its neighbours (log power)"
    ),
    "background": Rule(
        _VIZ,
        _W,
        Property.BACKGROUND,
        Bad.LOW,
        0.0,
        "{:.0%} of the line work goes on about six characters",
        absolute=0.66,
    ),
    "background of three": Rule(
        _VIZ,
        _W,
        Property.BACKGROUND,
        Bad.LOW,
        0.0,
        "{:.0%} of the line work goes on about three characters",
        absolute=0.58,
    ),
    "background of one": Rule(
        _VIZ, _W, Property.BACKGROUND, Bad.LOW, 0.0, "{:.0%} of the line work goes on about a character", absolute=0.30
    ),
    "zone background": Rule(
        _ZONE, _W, Property.BACKGROUND, Bad.LOW, 0.0, "{:.0%} of the line work goes on about a character", absolute=0.55
    ),
    "overprint": Rule(_PORTRAIT, _W, Property.OVERPRINT, Bad.LOW, 0.35, "{:.2f} correlation with what lies over it"),
    "portrait edge": Rule(
        _PORTRAIT, _W, Property.PORTRAIT_EDGE, Bad.HIGH, 0.9, "rim as steep as {:.1f} levels a pixel", logarithm=True
    ),
    "typeface": Rule(_VIZ, _W, Property.TYPEFACE, Bad.LOW, 0.04, "{:.2f} likeness of the characters"),
    "typeface here": Rule(_VIZ, _W, Property.TYPEFACE, Bad.LOW, 0.20, "{:.2f} likeness of a line's characters"),
    "weight here": Rule(
        _VIZ, _W, Property.TYPEFACE, Bad.HIGH, 0.22, "a line's print {:.2f} times as heavy or light", logarithm=True
    ),
    "height": Rule(_VIZ, _W, Property.BASELINE, Bad.BOTH, 0.12, "characters {:.0f} pixels high", logarithm=True),
    "uv paper": Rule(
        "paper", _U, Property.FLUORESCENCE, Bad.BOTH, UV_PAPER, "{:.2f} of the paper's glow", logarithm=True
    ),
    "uv patch": Rule(
        "paper",
        _U,
        Property.FLUORESCENCE,
        Bad.HIGH,
        0.0,
        "a patch {:.0f} levels brighter than it was",
        absolute=UV_PATCH,
    ),
    "uv strength": Rule(
        _UV, _U, Property.FLUORESCENCE, Bad.BOTH, 0.70, "{:.2f} of the strength of fluorescent print", logarithm=True
    ),
    "uv print": Rule(_UV, _U, Property.FLUORESCENCE, Bad.LOW, 0.15, "{:.2f} correlation with the fluorescent print"),
    "uv colour": Rule(_UV, _U, Property.FLUORESCENCE, Bad.LOW, 0.10, "{:.2f} likeness of colours"),
    "uv register": Rule(
        _UV, _U, Property.FLUORESCENCE, Bad.HIGH, 0.0, "fluorescent print {:.1f} mm off its place", absolute=1.0
    ),
    "uv portrait": Rule(
        _PORTRAIT, _U, Property.FLUORESCENCE, Bad.BOTH, 0.8, "{:.2f} of the paper's glow", logarithm=True
    ),
    "ir zone": Rule(_ZONE, _I, Property.ABSORPTION, Bad.LOW, 0.5, "{:.0%} of the ink's darkness stays"),
    "ir print": Rule(_VIZ, _I, Property.ABSORPTION, Bad.BOTH, 0.45, "{:.0%} of the ink's darkness stays"),
    "ir titles": Rule(_STATIC, _I, Property.ABSORPTION, Bad.BOTH, 0.5, "{:.0%} of the titles' darkness stays"),
    "ir line work": Rule(_STATIC, _I, Property.ABSORPTION, Bad.BOTH, 0.15, "{:.0%} of the line work stays"),
    "ir portrait": Rule(_PORTRAIT, _I, Property.ABSORPTION, Bad.BOTH, 0.4, "{:.0%} of the portrait's tones stay"),
}
"""By the name of the measure."""


def judged(name: str, measure: Measure, art: Artwork) -> Deviation | None:
    """The measure against what was learned; None where nothing was."""
    rule, learned = RULES[name], art.measures.get(name)
    if rule.absolute is None and learned is None:
        return None
    low, high = limits(rule, learned)
    value = measure.value
    margins = []
    if rule.bad is not Bad.LOW:
        margins.append((high - value) / _reach(rule, learned))
    if rule.bad is not Bad.HIGH:
        margins.append((value - low) / _reach(rule, learned))
    margin = float(np.clip(min(margins), -1, 1))
    over = rule.bad is Bad.HIGH or (rule.bad is Bad.BOTH and margins[0] < margins[1])
    limit = high if over else low
    expected = f"{'at most' if over else 'at least'} {_told(rule, limit)}"
    return Deviation(rule.region, rule.light, rule.property, margin, measure.rect, _told(rule, value), expected)


def limits(rule: Rule, learned: Learned | None) -> tuple[float, float]:
    """The lowest and the highest value that will still do."""
    if rule.absolute is None:
        assert learned is not None
        reach = _reach(rule, learned)
        return learned.centre - reach, learned.centre + reach
    if learned is None:
        return rule.absolute, rule.absolute
    # Where genuine captures came near the limit, the model needs a wider one.
    near = _NEAR_FACTOR * learned.spread
    return min(rule.absolute, learned.centre - near), max(rule.absolute, learned.centre + near)


def _reach(rule: Rule, learned: Learned | None) -> float:
    if rule.absolute is not None:
        return max(abs(rule.absolute), 1e-3)
    assert learned is not None
    return max(rule.floor, SPREAD_FACTOR * learned.spread, rule.rest * (1 - learned.centre))


def _told(rule: Rule, value: float) -> str:
    return rule.says.format(float(np.exp(value)) if rule.logarithm else value)
