"""Captures for the tests of the page, made once, and how far off a page was found."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from bench.true_pages import true_matrix

from limen.specimen import Capture, Specimen, capture, make
from limen.specimen import Light as Lamp
from limen.vision import read_zone
from limen.vision.page import Page, find_page
from limen.vision.reading import ZoneReading


@cache
def specimen(format: str, seed: int, side: str | None = None) -> Specimen:
    """A document of a development issuer under all lights."""
    return make(format, seed, ("UTO", "QVA", "QNR")[seed % 3], ppi=400, side=side)


@cache
def taken(format: str, seed: int, style: str, lamp: str = "white", side: str | None = None) -> Capture:
    """As that device sees it under that light, with the same geometry under each."""
    return capture(specimen(format, seed, side), seed, style, light=Lamp(lamp), ppi=300 if style != "phone" else 240)


@cache
def zone_in(format: str, seed: int, style: str) -> ZoneReading | None:
    """The zone of the white capture."""
    return read_zone(taken(format, seed, style).image)


@cache
def found(format: str, seed: int, style: str) -> Page:
    """The page of the white capture, by its zone."""
    return find_page(taken(format, seed, style).image, zone_in(format, seed, style))


def error_mm(page: Page, seen: Capture) -> float:
    """How far the farthest corner of the page lies from where it is."""
    width, height = page.size_mm
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    there = cv2.perspectiveTransform(corners, page.white.to_image)
    back = cv2.perspectiveTransform(there, np.linalg.inv(true_matrix(seen)))
    return float(np.hypot(*(back - corners)[0].T).max())
