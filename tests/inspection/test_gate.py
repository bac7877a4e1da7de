"""The capture-quality gate: what the picture does not show well enough is not judged, and the advice is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from limen.icao.mrz import Format
from limen.inspection import CannotTell
from limen.inspection.context import NothingToCheck
from limen.inspection.gate import covered, lit, outside, require
from limen.vision.light import Light
from limen.vision.page import Page, Quality, Side, laid_flat

PORTRAIT = (5.5, 17.0, 35.0, 45.0)


def page(shift: float = 0.0, **quality: object) -> Page:
    """A passport's page at 254 ppi, `shift` millimetres of it beyond the picture's left edge."""
    to_image = np.array([[10.0, 0.0, -10 * shift], [0.0, 10.0, 0.0], [0.0, 0.0, 1.0]])
    sheet = laid_flat(np.full((880, 1250, 3), 220, np.uint8), to_image, Format.TD3, Light.WHITE)
    measured = replace(Quality(254.0, 0.15), **quality)  # type: ignore[arg-type]
    return Page(Format.TD3, Side.FRONT, {Light.WHITE: sheet}, measured)


def test_a_good_picture_suffices() -> None:
    """Nothing is raised where all that is needed is there."""
    require(page(), PORTRAIT, ppi=254, edge_mm=0.15, what="the portrait")
    require(page())


@pytest.mark.parametrize(
    ("shown", "needs", "advice"),
    [
        (page(), {"ppi": 385.0}, "Move closer: 254 ppi, 385 needed for the portrait."),
        (page(edge_mm=0.6), {"edge_mm": 0.3}, "Hold the document still and in focus"),
        (page(glare=((10.0, 20.0, 20.0, 20.0),)), {}, "Glare covers the portrait: turn the document or the lamp."),
        (page(shift=20.0), {}, "The picture cuts off the portrait"),
    ],
)
def test_what_does_not_suffice_is_said(shown: Page, needs: dict[str, float], advice: str) -> None:
    """Each lack has its own sentence, and the place goes with it."""
    with pytest.raises(CannotTell, match=advice) as raised:
        require(shown, PORTRAIT, what="the portrait", **needs)
    assert raised.value.where == (shown.quad(PORTRAIT),)


def test_a_lack_elsewhere_does_not_matter() -> None:
    """Glare over the zone hinders nobody who looks at the portrait."""
    require(page(glare=((60.0, 70.0, 30.0, 10.0),)), PORTRAIT)


def test_lights_that_are_absent_and_refused_differ() -> None:
    """What was not given is not checked; what was given in vain is undetermined, with the reason."""
    with pytest.raises(NothingToCheck):
        lit(page(), Light.UV)
    refused = replace(page(), problems={Light.UV: "The ultraviolet image is blank."})
    with pytest.raises(CannotTell, match="blank"):
        lit(refused, Light.UV)
    assert lit(refused, Light.WHITE) is refused.white


def test_shares() -> None:
    """Half is half."""
    assert covered((0, 0, 10, 10), ((5, 0, 10, 10),)) == pytest.approx(0.5)
    assert outside(page(shift=10.0), (0, 0, 20, 10)) == pytest.approx(0.5, abs=0.03)
    assert outside(page(), (0, 0, 125, 88)) == 0
