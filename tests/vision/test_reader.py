"""Whole images: what has a zone is read exactly, what has none gives None."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limen.specimen import Capture, Light, generate
from limen.vision import read_zone

Image = NDArray[np.uint8]
FORMATS = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")


@cache
def scan(format: str, light: Light = Light.WHITE) -> Capture:
    """One scan of an invented document, not tilted on purpose."""
    return next(generate(1, 5, formats=[format], styles=["scan"], ppi=(200, 200), light=light))


def lines_of(image: Image) -> tuple[str, ...]:
    zone = read_zone(image)
    return zone.text if zone else ()


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read(format: str) -> None:
    """Each character of each line."""
    taken = scan(format)
    assert lines_of(taken.image) == taken.truth.lines


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("format", ["TD1", "TD3"])
def test_every_right_angle_is_read(format: str, turns: int) -> None:
    """Lying on either side or on its head."""
    taken = scan(format)
    assert lines_of(np.ascontiguousarray(np.rot90(taken.image, turns))) == taken.truth.lines


@pytest.mark.parametrize("style", ["phone", "reader"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_device_is_read(style: str, format: str) -> None:
    """As a hand-held phone and a page reader see it."""
    taken = next(generate(1, 17, formats=[format], styles=[style], ppi=(180, 260)))
    assert lines_of(taken.image) == taken.truth.lines


def test_infrared_is_read() -> None:
    """The zone is printed in ink that stays in infrared."""
    taken = scan("TD3", Light.IR)
    assert lines_of(taken.image) == taken.truth.lines


def test_grey_is_read_like_colour() -> None:
    """The same lines from luminance alone."""
    taken = scan("TD3")
    grey = np.asarray(cv2.cvtColor(taken.image, cv2.COLOR_RGB2GRAY), np.uint8)
    assert lines_of(grey) == taken.truth.lines


def test_places_are_where_the_lines_were_printed() -> None:
    """The middle of each line lies within a quarter of a character of the truth; the direction is that of the print."""
    taken = scan("TD3")
    zone = read_zone(taken.image)
    assert zone is not None
    for line, truth in zip(zone.lines, taken.truth.line_quads, strict=True):
        middle, expected = np.mean(line.quad, axis=0), np.mean(truth, axis=0)
        assert np.hypot(*(middle - expected)) < 0.5 * zone.pitch_px
    (x0, y0), (x1, y1) = taken.truth.line_quads[0][3], taken.truth.line_quads[0][2]
    assert zone.angle_deg == pytest.approx(np.degrees(np.arctan2(y1 - y0, x1 - x0)), abs=0.5)


def test_reading_twice_gives_the_same() -> None:
    """Nothing is left to chance, and the image is left as it was."""
    image = scan("TD2").image.copy()
    before = image.copy()
    assert read_zone(image) == read_zone(image)
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize("shape", [(0, 0), (0, 5, 3), (5, 0, 3), (1, 1), (15, 400), (400, 15), (16, 16), (40, 30, 3)])
def test_a_tiny_image_holds_no_zone(shape: tuple[int, ...]) -> None:
    """None, not an error."""
    assert read_zone(np.full(shape, 200, np.uint8)) is None


def test_a_blank_image_holds_no_zone() -> None:
    """Nothing is read into paper."""
    assert read_zone(np.full((700, 1000), 240, np.uint8)) is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_holds_no_zone(seed: int) -> None:
    """Nor into grain."""
    assert read_zone(np.random.default_rng(seed).integers(0, 256, (400, 600, 3), np.uint8)) is None


def prose(change: Callable[[str], str]) -> Image:
    """A page of lines of about forty letters in a typeface of one width."""
    page = np.full((520, 900), 235, np.uint8)
    words = change("The bearer of this letter is known to me and may pass without any delay").split()
    for row in range(14):
        text = " ".join(words[(row * 5 + k) % len(words)] for k in range(9))
        cv2.putText(page, text, (20, 40 + 34 * row), cv2.FONT_HERSHEY_PLAIN, 1.2, 30, 1, cv2.LINE_AA)
    return page


@pytest.mark.parametrize("change", [str, str.lower, str.title])
def test_prose_holds_no_zone(change: Callable[[str], str]) -> None:
    """Lines of text that are no zone."""
    assert read_zone(prose(change)) is None


def test_prose_in_capitals_holds_no_zone() -> None:
    """Nor are lines of capitals, whose letters the recogniser knows."""
    assert read_zone(prose(str.upper)) is None


@pytest.mark.parametrize("seed", [3, 4])
def test_a_side_without_a_zone_holds_none(seed: int) -> None:
    """The front of a card has a name and numbers, but no zone."""
    taken = next(generate(1, seed, without_zone=1.0, ppi=(200, 200)))
    assert taken.truth.lines == ()
    assert read_zone(taken.image) is None


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((20, 20), np.float32),
        np.zeros((20, 20), np.uint16),
        np.zeros((20, 20, 4), np.uint8),
        np.zeros((20, 20, 1), np.uint8),
        np.zeros((20,), np.uint8),
        np.zeros((1, 20, 20, 3), np.uint8),
    ],
)
def test_what_is_no_image_is_refused(image: NDArray[np.generic]) -> None:
    """Another type or shape is the caller's mistake."""
    with pytest.raises(ValueError, match="an image is H x W"):
        read_zone(image)  # type: ignore[arg-type]
