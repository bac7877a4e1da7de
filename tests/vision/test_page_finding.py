"""The page is found where it is, by its zone and edges or by its outline alone; where there is none, that is said."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from page_cases import error_mm, found, taken, zone_in

from limen.specimen import Light as Lamp
from limen.specimen import capture, make
from limen.specimen.visa_page import on_visa_page
from limen.vision import read_zone
from limen.vision.light import Light
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


@pytest.mark.parametrize("style", ["reader", "phone"])
@pytest.mark.parametrize("seed", [21, 22, 23])
@pytest.mark.parametrize("format_", ["MRV-A", "MRV-B"])
def test_a_label_is_found_on_its_page(format_: str, seed: int, style: str) -> None:
    """The edges of the passport's page, which stand out more, are not taken for the label's."""
    label = make(format_, seed, ("UTO", "QVA", "QNR")[seed % 3], ppi=300, lights=(Lamp.WHITE,))
    seen = capture(on_visa_page(label, seed), seed, style)
    page = find_page(seen.image, read_zone(seen.image))
    assert page.format.value == format_
    assert error_mm(page, seen) < (1.0 if style == "reader" else 2.5)


def test_the_front_of_a_card_is_found_by_its_outline() -> None:
    """It has no zone."""
    seen = taken("TD1", 21, "reader", side="front")
    page = find_page(seen.image)
    assert (page.format.value, page.side, page.found_by) == ("TD1", Side.FRONT, "outline")
    assert error_mm(page, seen) < 0.5


@pytest.mark.parametrize("style", ["reader", "scan"])
@pytest.mark.parametrize("seed", [21, 210])
def test_a_front_is_laid_upright(style: str, seed: int) -> None:
    """Also when it lies on its head, and on a scanner's white lid; the print says which way is up."""
    seen = taken("TD1", seed, style, side="front")
    assert error_mm(find_page(seen.image), seen) < 1.5
    over = find_page(np.ascontiguousarray(seen.image[::-1, ::-1]))
    height, width = seen.image.shape[:2]
    back = np.array([[-1.0, 0.0, width], [0.0, -1.0, height], [0.0, 0.0, 1.0]]) @ over.white.to_image
    assert error_mm(replace(over, sheets={Light.WHITE: replace(over.white, to_image=back)}), seen) < 1.5


def test_sharpness_is_measured() -> None:
    """A blur of known width makes edges as wide as it must; beyond a stroke's width it is told to be wider, no more."""
    seen = taken("TD3", 21, "reader")
    widths = [found("TD3", 21, "reader").quality.edge_mm]
    assert widths[0] < 0.2
    for sigma in (1.0, 1.5, 3.0):
        soft = cv2.GaussianBlur(seen.image, (0, 0), sigma)
        widths.append(find_page(soft, zone_in("TD3", 21, "reader")).quality.edge_mm)
    own = 0.11  # of the capture, whose pixels are 0.085 mm wide
    assert widths[1:3] == pytest.approx([float(np.hypot(own, 2.563 * s * 25.4 / 300)) for s in (1.0, 1.5)], rel=0.15)
    assert widths == sorted(widths)
    assert widths[3] > 0.45


def test_glare_is_found_where_it_is() -> None:
    """A spot that takes the print away; paper as such is none."""
    seen = taken("TD3", 21, "reader")
    assert found("TD3", 21, "reader").quality.glare == ()
    image = seen.image.copy()
    x, y = np.mean(found("TD3", 21, "reader").quad((60.0, 40.0, 10.0, 10.0)), axis=0).astype(int)
    cv2.circle(image, (int(x), int(y)), 80, (255, 255, 255), -1)
    (spot,) = find_page(image, zone_in("TD3", 21, "reader")).quality.glare
    assert (spot[0] + spot[2] / 2, spot[1] + spot[3] / 2) == pytest.approx((65.0, 45.0), abs=1.0)


def test_what_is_cut_off_is_measured() -> None:
    """Three hundredths of the page lie to the right of the picture."""
    seen = taken("TD3", 21, "reader")
    right = max(x for x, _ in seen.truth.outline)
    left = min(x for x, _ in seen.truth.outline)
    image = np.ascontiguousarray(seen.image[:, : int(right - 0.03 * (right - left))])
    assert find_page(image, zone_in("TD3", 21, "reader")).quality.outside == pytest.approx(0.03, abs=0.02)


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
