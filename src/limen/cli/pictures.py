"""Every picture of a document with what was found in it: in each light its own findings, and where it deviates.

A place is told in the white picture of its side; in the picture of another light it is drawn where that light shows it.
Where a page deviates from its reference, the deviation is laid over the picture as a veil, the denser the farther off.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.cli.annotate import Mark, Pixels, drawn, marks_of, moved, outlines_of
from limen.cli.words import highlighted
from limen.verifier import LIGHTS, Picture
from limen.vision.light import Light
from limen.vision.page import Side

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.inspection import CheckResult, PageEvidence
    from limen.vision.page import Matrix
    from limen.vision.reading import Quad

_VEIL = np.array((200, 0, 60), np.float32)
_DENSEST = 0.55
_FULL = 4.0
"""Multiples of its tolerance from which a place is veiled as densely as any."""
_SHRUNK = 8
"""Pixels of a sheet for one of its heat."""


def annotated_pictures(examined: Examined) -> dict[str, Pixels]:
    """Return the pictures by name; "" is the one that the zone was read from, or the white one.

    Of the bearer's and the passport's pictures, only those in which something is to be looked at.
    """
    found: dict[str, Pixels] = {}
    for name, frame in examined.frames.items():
        first = frame is examined.frame
        places = _marks(examined, name, first=first)
        if first or places or Picture(name) in LIGHTS:
            outlines = outlines_of(examined.inspection) if first else _page_outline(examined, name)
            found["" if first else name] = drawn(_veiled(examined, name, frame.image), outlines, places)
    if not examined.frames and examined.frame is not None:
        places = marks_of(enumerate(highlighted(examined.inspection), 1))
        found[""] = drawn(examined.frame.image, outlines_of(examined.inspection), places)
    return found


def light_of(check: CheckResult) -> Light:
    """Under which light a finding is to be seen, by the words of its code."""
    words = set(check.code.replace("_", ".").split("."))
    return Light.UV if "uv" in words else Light.IR if "ir" in words else Light.WHITE


def page_in(examined: Examined, name: str) -> tuple[PageEvidence, Light] | None:
    """Return the side that a picture shows and the light, where it could be laid over the side's white picture."""
    picture = Picture(name)
    if examined.found is None:
        return None
    side, light = LIGHTS.get(picture, (Side.FRONT, Light.WHITE))
    white = Picture.WHITE if side is Side.FRONT else Picture.BACK
    wanted = white.value if picture in LIGHTS else name
    passport = examined.found.evidence.passport_page
    pages = [*examined.found.evidence.pages, *([passport] if passport else [])]
    here = next((one for one in pages if one.picture == wanted), None)
    return (here, light) if here is not None and light in here.page.sheets else None


def _marks(examined: Examined, name: str, *, first: bool) -> list[Mark]:
    """The places of this picture's own findings, with the names of regions."""
    here = page_in(examined, name)
    numbered = list(enumerate(highlighted(examined.inspection), 1))
    direct = [(n, one) for n, one in numbered if one.picture == name or (first and not one.picture)]
    if here is None:
        return marks_of(direct)
    evidence, light = here
    if light is Light.WHITE:
        direct = [(n, one) for n, one in direct if light_of(one) not in evidence.page.sheets or _is_white(one)]
        return _named(marks_of(direct), evidence)
    theirs = [(n, one) for n, one in numbered if light_of(one) is light and one.picture in _names(examined, evidence)]
    matrix = evidence.page.sheets[light].to_image @ np.linalg.inv(evidence.page.white.to_image)
    places = _named(marks_of(theirs), evidence)
    return [replace(mark, quad=moved(mark.quad, matrix)) for mark in places] + marks_of(direct)


def _is_white(check: CheckResult) -> bool:
    return light_of(check) is Light.WHITE


def _names(examined: Examined, evidence: PageEvidence) -> tuple[str, ...]:
    """What stands for the white picture of a side in a result."""
    zone = examined.found.zone_picture if examined.found else None
    return (evidence.picture, "") if zone is not None and zone.value == evidence.picture else (evidence.picture,)


def _named(places: list[Mark], evidence: PageEvidence) -> list[Mark]:
    """With the region's name where a reference gave one."""
    if evidence.comparison is None:
        return places
    names = {evidence.page.quad(one.rect): one.region for one in evidence.comparison.deviations if one.margin < 0}
    return [replace(mark, name=names.get(mark.quad, "")) for mark in places]


def _page_outline(examined: Examined, name: str) -> list[Quad]:
    here = page_in(examined, name)
    if here is None:
        return []
    evidence, light = here
    return [evidence.page.sheets[light].quad((0.0, 0.0, *evidence.page.size_mm))]


def _veiled(examined: Examined, name: str, image: Pixels) -> Pixels:
    """The picture, veiled where a property under this light deviates from a promoted reference.

    What a reference on trial says is logged, and highlights nothing.
    """
    here = page_in(examined, name)
    comparison = here[0].comparison if here else None
    if here is None or comparison is None or not comparison.counts or here[1] not in comparison.heat:
        return image
    evidence, light = here
    if not any(one.margin < 0 and one.light is light for one in comparison.deviations):
        return image
    return veil(image, comparison.heat[light], evidence.page.sheets[light].to_image)


def veil(image: Pixels, heat: NDArray[np.float32], to_image: Matrix) -> Pixels:
    """Return a copy of the image, veiled where the heat is above 1, its tolerance."""
    from limen.vision.page import PX_PER_MM  # noqa: PLC0415

    scale = _SHRUNK / PX_PER_MM
    matrix = to_image @ np.array([[scale, 0.0, scale / 2], [0.0, scale, scale / 2], [0.0, 0.0, 1.0]])
    above = np.clip((np.nan_to_num(heat) - 1.0) / (_FULL - 1.0), 0.0, 1.0).astype(np.float32)
    size = (image.shape[1], image.shape[0])
    alpha = np.asarray(cv2.warpPerspective(above, matrix, size, flags=cv2.INTER_LINEAR), np.float32) * _DENSEST
    veiled = image.copy()
    for top in range(0, image.shape[0], 256):  # in bands, so that a large picture is not held as floats
        part, share = image[top : top + 256].astype(np.float32), alpha[top : top + 256, :, None]
        veiled[top : top + 256] = (part * (1 - share) + _VEIL * share).astype(np.uint8)
    return veiled
