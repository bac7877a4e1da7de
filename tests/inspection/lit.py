"""Pages of generated documents under three lights, and what the light checks say of them."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import lru_cache

import numpy as np
from bench.true_pages import true_page

from limen.inspection import CheckResult, Context, all_checks
from limen.inspection.evidence import Evidence, PageEvidence
from limen.specimen import capture_lights
from limen.specimen.frauds import falsified
from limen.specimen.render import draft, render
from limen.vision.light import Light
from limen.vision.lighting import LightFeature
from limen.vision.page import Page

ON = datetime.date(2026, 6, 1)


@lru_cache(maxsize=40)
def page_of(
    format: str, seed: int, issuer: str, fraud: str | None = None, side: str | None = None, style: str = "reader"
) -> Page:
    """One document's page, laid flat by the truth. Not to be written to."""
    recipe = draft(format, seed, issuer, 330.0, side=side)
    specimen = render(falsified(recipe, fraud, seed) if fraud else recipe)
    return true_page(capture_lights(specimen, seed, style).values())


def changed(page: Page, light: Light, image: np.ndarray) -> Page:
    """The page with another image under that light."""
    sheets = dict(page.sheets)
    sheets[light] = replace(sheets[light], image=np.clip(image, 0, 255).astype(np.uint8))
    return replace(page, sheets=sheets)


def without(page: Page, light: Light, problem: str = "") -> Page:
    """The page without that light, and why."""
    sheets = {key: value for key, value in page.sheets.items() if key is not light}
    return replace(page, sheets=sheets, problems={light: problem} if problem else {})


def ask(code: str, *pages: Page, features: tuple[LightFeature, ...] = (), **more: object) -> CheckResult | None:
    """The result of the check of that code; None where it was not run."""
    shown = tuple(PageEvidence(page, features=features, picture="white.png", **more) for page in pages)  # type: ignore[arg-type]
    (one,) = (check for check in all_checks() if check.code == code)
    return one.run(Context.among(Evidence(pages=shown), ON))


def verdict(code: str, *pages: Page, **more: object) -> str | None:
    """The verdict of the check of that code; None where it was not run."""
    result = ask(code, *pages, **more)  # type: ignore[arg-type]
    return None if result is None else str(result.verdict)
