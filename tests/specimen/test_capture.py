"""Captures: repeatable, and the truth goes with the pixels."""

import json

import cv2
import numpy as np
import pytest

from limen.specimen import Capture, Light, NotPossibleError, Style, UnknownNameError, capture, capture_lights, make
from limen.specimen.scene import look_at, project

from .documents import document, white


def straightened(taken: Capture, quad: object, size: tuple[int, int]) -> np.ndarray:
    """The part of a capture within a quadrilateral, upright, in grey."""
    corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    turned = cv2.getPerspectiveTransform(np.array(quad, np.float32), corners)
    return cv2.cvtColor(cv2.warpPerspective(taken.image, turned, size), cv2.COLOR_RGB2GRAY)


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("seed", range(4))
def test_the_zone_is_where_the_truth_says(style: Style, seed: int, format: str) -> None:
    """Straightened by its truth, the zone looks like the zone of the flawless rendering."""
    specimen = white(format)
    taken = capture(specimen, seed, style, ppi=180)
    size = (600, 80)
    flawless = Capture(specimen.image, specimen.truth, Light.WHITE, "none", {})
    seen = straightened(taken, taken.truth.zone, size).astype(float)
    meant = cv2.GaussianBlur(straightened(flawless, specimen.truth.zone, size), (0, 0), 1.5).astype(float)
    assert np.corrcoef(seen.ravel(), meant.ravel())[0, 1] > 0.6


@pytest.mark.parametrize("style", list(Style))
def test_the_same_seed_gives_the_same_capture(style: Style) -> None:
    """Pixels, truth and circumstances agree; another seed gives another picture."""
    specimen = white("TD3")
    first, again, other = (capture(specimen, seed, style) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.image, again.image)
    assert (first.truth, first.details) == (again.truth, again.details)
    assert first.truth.outline != other.truth.outline


@pytest.mark.parametrize("rotation", [0, 45, 90, 135, 180, 225, 270, 315])
def test_any_rotation(rotation: float) -> None:
    """The lines of the zone run in the direction asked for, within the tilt's and the hand's tolerance."""
    taken = capture(white("TD3"), 1, Style.PHONE, rotation=rotation)
    (x0, y0), (x1, y1) = taken.truth.line_quads[0][:2]
    angle = np.degrees(np.arctan2(y1 - y0, x1 - x0))
    assert (angle - rotation + 180) % 360 - 180 == pytest.approx(0, abs=10)


@pytest.mark.parametrize("ppi", [120, 200, 333])
def test_resolution_at_the_zone_is_as_asked(ppi: float) -> None:
    """In the truth, and measured along the lines: 44 characters take 43 pitches and a character."""
    for style in Style:
        taken = capture(white("TD3"), 2, style, ppi=ppi)
        assert taken.truth.ppi == pytest.approx(ppi, rel=0.02)
        (x0, y0), (x1, y1) = taken.truth.line_quads[0][:2]
        measured = np.hypot(x1 - x0, y1 - y0) / (43 * 2.54 + 1.5) * 25.4
        assert measured == pytest.approx(ppi, rel=0.12)


def test_the_document_is_wholly_in_the_picture(format: str) -> None:
    """No corner is cut off."""
    for seed in range(3):
        taken = capture(white(format), seed, Style.PHONE)
        height, width = taken.image.shape[:2]
        points = np.array(taken.truth.outline)
        assert points.min() >= 0
        assert (points <= (width, height)).all()


@pytest.mark.parametrize("light", list(Light))
def test_every_light_can_be_captured(light: Light) -> None:
    """The capture tells which light it was."""
    taken = capture(document("TD2"), 1, Style.READER, light=light)
    assert taken.light is light
    assert json.loads(json.dumps(taken.to_json()))["light"] == light.value


def test_a_bowed_page_maps_points_as_it_maps_pixels() -> None:
    """A dot drawn on a bowed page comes out where the view says it does."""
    specimen = white("TD3")
    view = look_at(specimen.truth, 200, rotation=20, tilt=(12, -9), bow_mm=0.9)
    for x, y in ((300.0, 200.0), (700.0, 500.0), (500.0, 90.0)):
        page = np.zeros_like(specimen.image)
        cv2.circle(page, (int(x), int(y)), 6, (255, 255, 255), -1)
        seen = view.picture(page)[:, :, 0]
        rows, columns = np.nonzero(seen > 127)
        found = np.array([columns.mean(), rows.mean()])
        assert np.linalg.norm(found - view(np.array([[x, y]]))[0]) < 1.0


def test_projection_of_the_identity() -> None:
    """Points stay where they are."""
    points = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_allclose(project(np.eye(3), points), points)


def test_what_cannot_be_captured_is_refused() -> None:
    """An unknown style or light, a light not rendered, a resolution or rotation that is no number."""
    specimen = make("TD3", 1, ppi=100, lights=(Light.WHITE,))
    with pytest.raises(UnknownNameError, match="scan, reader, phone"):
        capture(specimen, 1, "fax")
    with pytest.raises(UnknownNameError, match="white, uv, ir"):
        capture(specimen, 1, light="x-ray")
    with pytest.raises(NotPossibleError, match="not rendered under ir"):
        capture(specimen, 1, light="ir")
    with pytest.raises(NotPossibleError):
        capture(specimen, 1, ppi=float("inf"))
    with pytest.raises(NotPossibleError):
        capture(specimen, 1, rotation=float("nan"))


def test_lights_taken_in_turn_lie_close_to_each_other() -> None:
    """The document moves by no more than the jitter asked for, and moves at all; without jitter it stays."""
    specimen = document("TD3")
    moved = []
    for seed in range(4):
        taken = capture_lights(specimen, seed, jitter=0.5, ppi=200)
        assert set(taken) == set(Light)
        white_corners = np.array(taken[Light.WHITE].truth.outline)
        for light in (Light.UV, Light.IR):
            apart = np.array(taken[light].truth.outline).mean(axis=0) - white_corners.mean(axis=0)
            moved.append(float(np.hypot(*apart)) / 200 * 25.4)
    assert max(moved) <= 0.5
    assert max(moved) > 0.1
    still = capture_lights(specimen, 0, jitter=0, ppi=200)
    assert still[Light.UV].truth.outline == still[Light.WHITE].truth.outline


def test_lights_taken_in_turn_have_their_own_noise() -> None:
    """Where nothing is printed in either, what two lights deviate from their surroundings has nothing in common."""

    def likeness(pictures: list[np.ndarray]) -> float:
        rest = [image[:, :, 0].astype(float) - cv2.medianBlur(image[:, :, 0], 5) for image in pictures]
        bare = np.max(np.abs(rest), axis=0) < 7
        return abs(float(np.corrcoef(rest[0][bare], rest[1][bare])[0, 1]))

    specimen = document("TD3")
    taken = capture_lights(specimen, 3, jitter=0, ppi=200)
    alike = [capture(specimen, 3, "reader", light=light, ppi=200).image for light in (Light.UV, Light.IR)]
    apart = [taken[light].image for light in (Light.UV, Light.IR)]
    assert likeness(apart) < 0.3 * likeness(alike)


def test_lights_taken_in_turn_can_be_repeated() -> None:
    """The same seed gives the same pixels, and only the lights that the specimen has."""
    first, again = (capture_lights(white("TD3"), 5, ppi=150) for _ in range(2))
    assert list(first) == [Light.WHITE]
    np.testing.assert_array_equal(first[Light.WHITE].image, again[Light.WHITE].image)
    with pytest.raises(NotPossibleError, match="movement"):
        capture_lights(white("TD3"), 5, jitter=9)
