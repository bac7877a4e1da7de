"""The pictures of the bearer side by side: on the page, on the chip, at the counter, and on the passport of a visa."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from limen.vision.face import Place
from limen.vision.page import Side

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.vision.page import Pixels
    from limen.vision.reading import Quad

CAPTIONS = {
    Place.PRINTED: "on the page",
    Place.GHOST: "ghost image",
    Place.CHIP: "on the chip",
    Place.LIVE: "at the counter",
    Place.PASSPORT: "on the passport",
}
_ORDER = (Place.PRINTED, Place.CHIP, Place.LIVE, Place.PASSPORT, Place.GHOST)
_HEIGHT = 420
_ABOVE, _BELOW, _BESIDE = 0.55, 0.45, 0.4
"""How much of a face's size is shown about it."""


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """One picture of the bearer, cut out and upright."""

    place: Place
    pixels: Pixels

    @property
    def caption(self) -> str:
        """What it is, for a person."""
        return CAPTIONS[self.place]


def portraits(examined: Examined) -> tuple[Portrait, ...]:
    """Return every picture in which a face was found, in the order in which they are laid side by side."""
    found = {one.place: one for one in _portraits(examined)}
    return tuple(found[place] for place in _ORDER if place in found)


def _portraits(examined: Examined) -> Iterator[Portrait]:
    if examined.found is None:
        return
    evidence = examined.found.evidence
    front = next((one.page for one in evidence.pages if one.page.side is Side.FRONT), None)
    passport = evidence.passport_page.page if evidence.passport_page else None
    live = examined.frames.get("face")
    pictures = {
        Place.PRINTED: front.white.image if front else None,
        Place.GHOST: front.white.image if front else None,
        Place.PASSPORT: passport.white.image if passport else None,
        Place.LIVE: live.image if live else None,
        Place.CHIP: _chip(examined),
    }
    for reading in evidence.faces:
        image = pictures[reading.place]
        if reading.face is not None and image is not None:
            yield Portrait(reading.place, cut(image, reading.face.quad))


def _chip(examined: Examined) -> Pixels | None:
    from limen.verifier.portraits import BadPortrait, chip_portrait  # noqa: PLC0415

    chip = examined.inspection.chip
    try:
        return chip_portrait(chip.evidence) if chip else None
    except BadPortrait:
        return None


def cut(image: Pixels, quad: Quad) -> Pixels:
    """Return what lies about a face, upright, at a set height; beyond the picture it is grey."""
    a, b, _, d = (np.array(corner) for corner in quad)
    across, down = b - a, d - a
    left_top = a - _BESIDE * across - _ABOVE * down
    right_top = b + _BESIDE * across - _ABOVE * down
    left_bottom = d - _BESIDE * across + _BELOW * down
    width, height = float(np.hypot(*(right_top - left_top))), float(np.hypot(*(left_bottom - left_top)))
    if width < 2 or height < 2:
        return np.full((_HEIGHT, _HEIGHT, 3), 200, np.uint8)
    size = (max(1, round(_HEIGHT * width / height)), _HEIGHT)
    there = np.array([left_top, right_top, left_bottom], np.float32)
    here = np.array([(0, 0), (size[0], 0), (0, size[1])], np.float32)
    matrix = cv2.getAffineTransform(there, here)
    flags = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.warpAffine(image, matrix, size, flags=flags, borderValue=(200, 200, 200)), np.uint8)
