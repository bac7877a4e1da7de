"""The lights of one document are laid over each other; another document and a wrong light are refused by name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from bench.true_pages import true_matrix
from page_cases import found, specimen, taken, zone_in

from limen.specimen import Capture, apply_fraud, capture, make
from limen.specimen import Light as Lamp
from limen.vision.light import Light
from limen.vision.page import Page, add_light, find_page
from limen.vision.page.seeming import same_colours, seems

LIGHTS = (Light.IR, Light.UV)
DARK = ("screen-recapture", "zone-invisible-in-ir", "no-uv", "bright-paper", "photocopy")


def off_mm(page: Page, light: Light, seen: Capture) -> float:
    """How far the farthest corner of a sheet lies from where it is."""
    width, height = page.size_mm
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    there = cv2.perspectiveTransform(corners, page.sheets[light].to_image)
    back = cv2.perspectiveTransform(there, np.linalg.inv(true_matrix(seen)))
    return float(np.hypot(*(back - corners)[0].T).max())


@cache
def lit(format_: str, seed: int, style: str) -> Page:
    """The page under all lights."""
    page = found(format_, seed, style)
    for light in LIGHTS:
        page = add_light(page, light, taken(format_, seed, style, light.value).image)
    return page


@pytest.mark.parametrize("style", ["reader", "phone"])
@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("format_", ["TD3", "TD1"])
def test_a_page_that_lay_still_is_laid_over(format_: str, light: Light, style: str) -> None:
    """To half a millimetre of a reader, one and a half of a phone; and it is held for the same document."""
    page = lit(format_, 21, style)
    assert page.problems == {}
    assert off_mm(page, light, taken(format_, 21, style, light.value)) < (0.5 if style == "reader" else 1.5)
    assert page.sheets[light].agreement > 0.6


@pytest.mark.parametrize("light", LIGHTS)
def test_a_page_that_was_moved_is_found_anew(light: Light) -> None:
    """Another picture's geometry: by its zone or its outline."""
    moved = capture(specimen("TD3", 21), 99, "reader", light=Lamp(light.value), ppi=330)
    page = add_light(found("TD3", 21, "reader"), light, moved.image)
    assert off_mm(page, light, moved) < 0.5


@pytest.mark.parametrize("light", LIGHTS)
def test_a_page_that_slipped_is_no_other_document(light: Light) -> None:
    """Two millimetres in a picture of the same shape, so that its edges seem to lie where they lay."""
    seen = taken("TD3", 21, "reader", light.value)
    slip = np.array([[1.0, 0.0, 24.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    image = np.asarray(cv2.warpPerspective(seen.image, slip, seen.image.shape[1::-1]), dtype=np.uint8)
    page = add_light(found("TD3", 21, "reader"), light, image)
    assert page.problems == {}
    back = replace(page.sheets[light], to_image=np.linalg.inv(slip) @ page.sheets[light].to_image)
    assert off_mm(replace(page, sheets={**page.sheets, light: back}), light, seen) < 0.8


def test_a_place_that_nothing_speaks_for_is_refused() -> None:
    """This card's front has no print that shows in infrared; lain elsewhere, its outline alone does not say how."""
    page = find_page(taken("TD1", 23, "reader", side="front").image)
    moved = capture(specimen("TD1", 23, "front"), 99, "reader", light=Lamp.IR, ppi=330)
    page = add_light(page, Light.IR, moved.image)
    assert "lay the document the same way under each light" in page.problems[Light.IR]


def test_another_front_in_ultraviolet_does_not_lie_over() -> None:
    """It has no zone, and little black print; where most of that differs, it is not laid over."""
    one, other = (make("TD1", seed, "QVA", ppi=300, side="front") for seed in (76000, 76050))
    page = find_page(capture(one, 76000, "phone").image)
    page = add_light(page, Light.UV, capture(other, 76000, "phone", light=Lamp.UV).image)
    assert "does not lie over" in page.problems[Light.UV]


@pytest.mark.parametrize("light", LIGHTS)
def test_an_upside_down_image_is_turned(light: Light) -> None:
    """The print says which way is up."""
    image = np.ascontiguousarray(taken("TD3", 21, "reader", light.value).image[::-1, ::-1])
    page = add_light(found("TD3", 21, "reader"), light, image)
    straight = lit("TD3", 21, "reader").sheets[light].image
    assert np.abs(page.sheets[light].image.astype(int) - straight).mean() < 3


@pytest.mark.parametrize("light", LIGHTS)
def test_another_document_is_refused(light: Light) -> None:
    """Its zone is another, and both lights show it."""
    page = add_light(found("TD3", 21, "reader"), light, taken("TD3", 24, "reader", light.value).image)
    assert light not in page.sheets
    assert "another machine readable zone" in page.problems[light]


def test_another_front_is_refused_in_infrared() -> None:
    """It has no zone, but its black print is another."""
    page = find_page(taken("TD1", 21, "reader", side="front").image)
    page = add_light(page, Light.IR, taken("TD1", 24, "reader", "ir", side="front").image)
    assert "other print" in page.problems[Light.IR]


@pytest.mark.parametrize("fraud", DARK)
def test_a_forged_page_is_laid_over_all_the_same(fraud: str) -> None:
    """What is missing or too much under a light is for the light checks to judge."""
    forged = apply_fraud(specimen("TD3", 21), fraud, 3)
    white, *others = (capture(forged, 21, "reader", light=lamp, ppi=300) for lamp in (Lamp.WHITE, Lamp.IR, Lamp.UV))
    page = find_page(white.image, zone_in("TD3", 21, "reader"))
    for light, one in zip(LIGHTS, others, strict=True):
        page = add_light(page, light, one.image)
        assert page.problems == {}
        assert off_mm(page, light, one) < 0.5


@pytest.mark.parametrize("order", [LIGHTS, LIGHTS[::-1]])
def test_swapped_lights_are_told(order: tuple[Light, ...]) -> None:
    """In whichever order they come, neither is kept."""
    other = {Light.IR: "uv", Light.UV: "ir"}
    page = found("TD3", 21, "reader")
    for light in order:
        page = add_light(page, light, taken("TD3", 21, "reader", other[light]).image)
    assert set(page.sheets) == {Light.WHITE}
    assert all("swapped" in problem for problem in page.problems.values())
    assert set(page.problems) == set(LIGHTS)


@pytest.mark.parametrize("light", LIGHTS)
def test_the_white_image_is_no_other(light: Light) -> None:
    """Given once more it has the same colours."""
    page = add_light(found("TD3", 21, "reader"), light, taken("TD3", 21, "reader").image)
    assert "white light" in page.problems[light]


@pytest.mark.parametrize(
    ("shape", "level", "said"),
    [
        ((1, 1), 9, "only 1 x 1 pixels"),
        ((900, 1300), 0, "blank"),
        ((900, 1300), 255, "blank"),
        ((70, 9000), 3, "blank"),
    ],
)
def test_an_image_that_shows_nothing_is_refused(shape: tuple[int, int], level: int, said: str) -> None:
    """With the reason."""
    page = add_light(found("TD3", 21, "reader"), Light.UV, np.full((*shape, 3), level, np.uint8))
    assert said in page.problems[Light.UV]


def test_an_image_without_the_page_is_refused() -> None:
    """Noise of another shape: nothing in it looks like the page."""
    noise = np.random.default_rng(2).integers(0, 256, (900, 700, 3)).astype(np.uint8)
    page = add_light(found("TD3", 21, "reader"), Light.IR, noise)
    assert "not found in the infrared image" in page.problems[Light.IR]


def test_a_refusal_leaves_the_other_lights() -> None:
    """And the page as it was."""
    page = lit("TD3", 21, "reader")
    again = add_light(page, Light.UV, np.zeros((1, 1, 3), np.uint8))
    assert set(again.sheets) == {Light.WHITE, Light.IR}
    assert set(page.sheets) == {Light.WHITE, *LIGHTS}


def test_white_light_is_not_added() -> None:
    """It is what the page was found in."""
    with pytest.raises(ValueError, match="white"):
        add_light(found("TD3", 21, "reader"), Light.WHITE, taken("TD3", 21, "reader").image)


def test_lights_are_told_by_their_colours() -> None:
    """Violet, colourless, and the colours of the white sheet."""
    page = lit("TD3", 21, "reader")
    assert [seems(page.sheets[light].image) for light in LIGHTS] == [Light.IR, Light.UV]
    assert seems(replace(page.white).image) is None
    assert not same_colours(page.sheets[Light.UV].image, page.white.image)
    assert same_colours(cv2.convertScaleAbs(page.white.image, alpha=0.8), page.white.image)
