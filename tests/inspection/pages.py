"""Blank pages with what was found on them, for checks that only weigh it."""

from __future__ import annotations

import datetime

import numpy as np

from limen.icao.mrz import Format
from limen.inspection import CheckResult, Context, Evidence, PageEvidence, all_checks
from limen.vision.artwork import Comparison, Deviation, Property
from limen.vision.light import Light
from limen.vision.page import Page, Quality, Side, laid_flat

MODEL = "UTO P TD3 2020"


def blank(quality: Quality | None = None, side: Side = Side.FRONT) -> Page:
    """A white page, seen straight from above at 12 pixels the millimetre."""
    image = np.full((1056, 1500, 3), 255, np.uint8)
    sheet = laid_flat(image, np.diag([12.0, 12.0, 1.0]), Format.TD3, Light.WHITE)
    return Page(Format.TD3, side, {Light.WHITE: sheet}, quality or Quality(400.0, 0.12))


def deviation(
    margin: float, *, light: Light = Light.WHITE, property: Property = Property.LINE_WORK, region: str = "background"
) -> Deviation:
    """One, at 10 to 20 mm."""
    return Deviation(region, light, property, margin, (10.0, 10.0, 10.0, 5.0), "0.9 of its tolerance", "at most 0.5")


def compared(
    *deviations: Deviation, counts: bool = True, note: str = "", quality: Quality | None = None
) -> PageEvidence:
    """A page with these deviations."""
    return PageEvidence(
        blank(quality), comparison=Comparison(MODEL, counts, deviations, note=note), picture="a.white.png"
    )


def asked(code: str, *pages: PageEvidence) -> CheckResult | None:
    """The result of one check of these pages."""
    (one,) = (check for check in all_checks() if check.code == code)
    return one.run(Context.among(Evidence(pages=pages), datetime.date(2026, 1, 1)))
