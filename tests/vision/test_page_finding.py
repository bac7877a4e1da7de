"""The page is found where it is, by its zone and edges or by its outline alone; where there is none, that is said."""

from __future__ import annotations

import numpy as np
import pytest
from page_cases import error_mm, found, taken, zone_in

from limen.vision import read_zone
from limen.vision.page import NoPage, Side, find_page

FORMATS = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_reader_s_page_is_found_to_a_third_of_a_millimetre(format_: str) -> None:
    """Each format by its zone; the zone says which side it is."""
    page = found(format_, 21, "reader")
    assert page.format.value == format_
    assert page.side is (Side.BACK if format_ == "TD1" else Side.FRONT)
    assert page.found_by == "both"
    assert error_mm(page, taken(format_, 21, "reader")) < 0.3


@pytest.mark.parametrize("seed", [31, 32, 33])
@pytest.mark.parametrize("format_", ["TD1", "TD3", "MRV-A"])
def test_a_tilted_page_is_found(format_: str, seed: int) -> None:
    """Perspective and a bent page: to one and a half millimetres."""
    assert error_mm(found(format_, seed, "phone"), taken(format_, seed, "phone")) < 1.5


def test_an_upside_down_page_is_found_upright() -> None:
    """The zone's reading direction is the page's."""
    image = np.ascontiguousarray(taken("TD3", 21, "reader").image[::-1, ::-1])

    page = find_page(image, read_zone(image))
    upright = found("TD3", 21, "reader")
    difference = np.abs(page.white.image.astype(int) - upright.white.image).mean()
    assert difference < 3


def test_the_front_of_a_card_is_found_by_its_outline() -> None:
    """It has no zone."""
    seen = taken("TD1", 21, "reader", side="front")
    page = find_page(seen.image)
    assert (page.format.value, page.side, page.found_by) == ("TD1", Side.FRONT, "outline")
    assert error_mm(page, seen) < 0.5


def test_resolution_is_measured() -> None:
    """The least of both directions; the reader's is the same everywhere."""
    seen = taken("TD3", 21, "reader")
    assert found("TD3", 21, "reader").quality.ppi == pytest.approx(seen.truth.ppi, rel=0.01)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 4000, 3), (3000, 20, 3), (300, 400, 3), (64, 6400, 3), (5000, 64, 3)])
@pytest.mark.parametrize("level", [0, 255])
def test_an_image_without_a_page_is_no_page(shape: tuple[int, int, int], level: int) -> None:
    """Whatever its shape, with a sentence that says what to do."""
    with pytest.raises(NoPage, match=r"^[A-Z].*\.$"):
        find_page(np.full(shape, level, np.uint8))


def test_noise_is_no_page() -> None:
    """No quadrilateral of it has edges."""
    noise = np.random.default_rng(1).integers(0, 256, (600, 800, 3)).astype(np.uint8)
    with pytest.raises(NoPage):
        find_page(noise)


def test_a_picture_of_the_zone_alone_is_no_page() -> None:
    """The page lies outside it."""
    seen = taken("TD3", 21, "reader")
    top = int(min(y for _, y in seen.truth.zone or ())) - 20

    strip = np.ascontiguousarray(seen.image[top:])
    with pytest.raises(NoPage, match="whole page"):
        find_page(strip, read_zone(strip))


def test_what_is_no_image_is_refused() -> None:
    """A wrong type is the caller's fault."""
    with pytest.raises(ValueError, match="uint8"):
        find_page(np.zeros((100, 100, 3)))  # type: ignore[arg-type]


def test_a_grey_image_will_do() -> None:
    """Some readers give one channel."""
    seen = taken("TD3", 21, "reader")
    grey = np.ascontiguousarray(seen.image[:, :, 1])
    assert error_mm(find_page(grey, zone_in("TD3", 21, "reader")), seen) < 0.3
