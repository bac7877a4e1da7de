"""How devices see a specimen: flatbed scanner, full-page reader, hand-held phone.

The truth goes with the picture: every quadrilateral is carried through the same projection as the pixels.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import cv2
import numpy as np

from limen.icao.mrz import Format
from limen.specimen import optics
from limen.specimen.canvas import Mask
from limen.specimen.desks import DESKS, desk
from limen.specimen.errors import NotPossibleError, UnknownNameError
from limen.specimen.geometry import CORNER_RADIUS_MM, MM_PER_INCH
from limen.specimen.hands import add_thumb
from limen.specimen.model import Capture, Image, Light, Specimen, Truth
from limen.specimen.scene import View, look_at


@dataclass(frozen=True, slots=True)
class Take:
    """One picture of a sequence: the same document as before, under another light a moment later."""

    light: Light
    ppi: float | None = None
    rotation: float | None = None
    shift_mm: tuple[float, float] = (0.0, 0.0)
    """How far the document, or the camera, moved since the white picture."""
    turn_deg: float = 0.0
    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Of exposure and lamp, for red, green and blue."""
    noise: int | None = None
    """Seed of the sensor's noise; None goes on with the generator of the rest."""

    def graining(self, rng: np.random.Generator) -> np.random.Generator:
        """Where the noise comes from."""
        return rng if self.noise is None else np.random.default_rng([self.noise, 61])

    def moved(self, view: View, truth: Truth) -> View:
        """The view after that movement, which is about the page's middle."""
        if self.shift_mm == (0.0, 0.0) and not self.turn_deg:
            return view
        scale = truth.ppi / MM_PER_INCH
        width, height = truth.size_px
        turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), self.turn_deg, 1.0), [0.0, 0.0, 1.0]])
        shift = np.array([[1, 0, self.shift_mm[0] * scale], [0, 1, self.shift_mm[1] * scale], [0, 0, 1]])
        return replace(view, homography=np.asarray(view.homography @ shift @ turn))

    def exposed(self, image: Image) -> Image:
        """The picture with that gain."""
        if self.gain == (1.0, 1.0, 1.0):
            return image
        return np.clip(image * np.array(self.gain, np.float32), 0, 255).astype(np.uint8)


Details = dict[str, float | int | str]
Seen = tuple[View, Truth, Image, Details]
"""The view, the truth of the page that it projects, the picture, and how it was taken."""


class Style(StrEnum):
    """The device."""

    SCAN = "scan"
    """A flatbed scanner: 120 to 400 ppi, laid down in any of four directions, slightly askew."""
    READER = "reader"
    """A full-page document reader: 300 to 400 ppi, black surroundings, almost straight."""
    PHONE = "phone"
    """A phone in the hand: any rotation, perspective, blur, noise, uneven light, glare, fingers, JPEG."""


def capture(
    specimen: Specimen,
    seed: int,
    style: Style | str = Style.PHONE,
    *,
    light: Light | str = Light.WHITE,
    ppi: float | None = None,
    rotation: float | None = None,
) -> Capture:
    """The specimen as that device sees it, all else decided by `seed`.

    `ppi` is the resolution at the zone, `rotation` in degrees clockwise; both are drawn where not given. Raises
    `UnknownNameError` for a style or light that is none, `NotPossibleError` for a light that was not rendered and for
    a resolution outside 30 to 1200.
    """
    if style not in set(Style):
        raise UnknownNameError("style", str(style), (known.value for known in Style))
    if light not in set(Light):
        raise UnknownNameError("light", str(light), (known.value for known in Light))
    style, light = Style(style), Light(light)
    if light not in specimen.images:
        raise NotPossibleError(f"this specimen was not rendered under {light.value} light")
    if ppi is not None and not 30 <= ppi <= 1200:
        raise NotPossibleError(f"{ppi:g} pixels an inch cannot be captured; 30 to 1200 can")
    if rotation is not None and not math.isfinite(rotation):
        raise NotPossibleError("a rotation is a number of degrees")
    return _taken(specimen, seed, style, Take(light, ppi, rotation))


def capture_lights(
    specimen: Specimen,
    seed: int,
    style: Style | str = Style.READER,
    *,
    jitter: float = 0.5,
    ppi: float | None = None,
    rotation: float | None = None,
) -> dict[Light, Capture]:
    """The specimen under all the lights that it was rendered in, one after the other, as a reader takes them.

    Between two pictures the document and the camera move against each other by up to `jitter` millimetres, each light
    has its own exposure and noise, and lamps differ: that of ultraviolet in strength (half to 1.6 times) and hue,
    that of infrared in strength. Raises as `capture` does.
    """
    if not 0 <= jitter <= 5:
        raise NotPossibleError(f"a movement of {jitter:g} mm between two lights is not made; 0 to 5 are")
    if style not in set(Style):
        raise UnknownNameError("style", str(style), (known.value for known in Style))
    rng = np.random.default_rng([seed, 67])
    takes = [_next_take(rng, light, jitter, ppi, rotation) for light in Light]
    return {take.light: _taken(specimen, seed, Style(style), take) for take in takes if take.light in specimen.images}


def _next_take(
    rng: np.random.Generator, light: Light, jitter: float, ppi: float | None, rotation: float | None
) -> Take:
    """What changes from the white picture to that light's; the same numbers are drawn for each light."""
    length, way, turn = jitter * rng.uniform(0, 0.85), rng.uniform(0, 2 * np.pi), rng.uniform(-0.12, 0.12) * jitter
    least, most = {Light.WHITE: (0.93, 1.04), Light.UV: (0.5, 1.6), Light.IR: (0.8, 1.15)}[light]
    level = float(np.exp(rng.uniform(np.log(least), np.log(most))))
    hue = rng.uniform(0.88, 1.12, 3) if light is Light.UV else np.ones(3)
    noise = int(rng.integers(2**31))
    gain = (level * float(hue[0]), level * float(hue[1]), level * float(hue[2]))
    if light is Light.WHITE:
        return Take(light, ppi, rotation, gain=gain, noise=noise)
    shift = (float(length * np.cos(way)), float(length * np.sin(way)))
    return Take(light, ppi, rotation, shift, float(turn), gain, noise)


def _taken(specimen: Specimen, seed: int, style: Style, take: Take) -> Capture:
    rng = np.random.default_rng([seed, list(Style).index(style), 5])
    view, plain, image, details = _DEVICES[style](rng, specimen, take)
    size = (image.shape[1], image.shape[0])
    seen = plain.mapped(view, ppi=_ppi_at_zone(view, plain), size_px=size)
    return Capture(image, seen, take.light, style.value, details)


def _ppi_at_zone(view: View, truth: Truth) -> float:
    """Pixels per inch about the zone's middle, the mean over both directions."""
    middle = np.mean(truth.zone or truth.outline, axis=0)
    a, b, c = view(middle + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    (p, q), (r, s) = b - a, c - a
    return float(truth.ppi * np.sqrt(abs(p * s - q * r)))


def _shrunk(page: Image, truth: Truth, ppi: float) -> tuple[Image, Truth]:
    """The page near the wanted resolution, so that the projection does not alias."""
    share = min(1.0, 1.3 * ppi / truth.ppi)
    if share > 0.95:
        return page, truth
    size = (round(truth.size_px[0] * share), round(truth.size_px[1] * share))
    small = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scale = np.array([size[0] / truth.size_px[0], size[1] / truth.size_px[1]])
    return small, truth.mapped(lambda points: points * scale, ppi=truth.ppi * share, size_px=size)


def _margins(rng: np.random.Generator, least: float, most: float) -> tuple[float, float, float, float]:
    """How much of the surroundings is seen on each side."""
    left, top, right, bottom = (float(value) for value in rng.uniform(least, most, 4))
    return left, top, right, bottom


def _cover(view: View, truth: Truth) -> Mask:
    """Where the document lies in the picture; cards have round corners."""
    width, height = truth.size_px
    radius = 0.0 if truth.format.startswith("MRV") else CORNER_RADIUS_MM * truth.ppi / MM_PER_INCH
    angle = np.linspace(0, np.pi / 2, 10)
    arcs = []
    for cx, cy, turn in ((0, 0, np.pi), (1, 0, 1.5 * np.pi), (1, 1, 0.0), (0, 1, 0.5 * np.pi)):
        centre = (radius + cx * (width - 2 * radius), radius + cy * (height - 2 * radius))
        arcs.append(
            np.column_stack([centre[0] + radius * np.cos(angle + turn), centre[1] + radius * np.sin(angle + turn)])
        )
    corners = np.vstack(arcs)
    dense = np.vstack(
        [np.linspace(a, b, 12, endpoint=False) for a, b in zip(corners, np.roll(corners, -1, 0), strict=True)]
    )
    mask: Mask = np.zeros((view.size[1], view.size[0]), dtype=np.uint8)
    cv2.fillPoly(mask, [np.round(view(dense) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return mask


def _scan(rng: np.random.Generator, specimen: Specimen, take: Take) -> Seen:
    resolution = take.ppi or float(rng.choice([120, 150, 200, 240, 300, 400]))
    turn = float(rng.integers(4) * 90) if take.rotation is None else take.rotation
    skew = float(np.clip(rng.normal(0, 1.0), -3, 3))
    page, truth = _shrunk(specimen.images[take.light], specimen.truth, resolution)
    margins = _margins(rng, 0.01, 0.3)
    view = look_at(truth, resolution, rotation=turn + skew, distance_mm=1e6, margins=margins)
    view = take.moved(view, truth)
    lid = float(rng.choice([252, 246, 228, 40])) if take.light is Light.WHITE else 6.0
    image = np.full((view.size[1], view.size[0], 3), lid, dtype=np.uint8)
    _lay(image, view, page, truth, shadow=0.35 * resolution / 100, depth=0.5)
    grey = rng.random() < 0.2
    if grey:
        image = np.dstack([cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)] * 3)
    image = optics.contrasted(image, float(rng.uniform(0.94, 1.1)), float(rng.uniform(-8, 8)))
    image = optics.blurred(take.exposed(image), float(rng.uniform(0.25, 0.5)) * resolution / 150)
    image = optics.grainy(take.graining(rng), image, float(rng.uniform(0.5, 2.5)), grey=grey)
    if rng.random() < 0.5:
        image = optics.sharpened(image, float(rng.uniform(0.2, 0.7)))
    quality = int(rng.integers(60, 96))
    details: Details = {"rotation_deg": round((turn + skew) % 360, 2), "jpeg": quality, "background": "lid"}
    return view, truth, optics.jpeg(image, quality), details


def _reader(rng: np.random.Generator, specimen: Specimen, take: Take) -> Seen:
    resolution = take.ppi or float(rng.uniform(300, 400))
    turn = (0.0 if take.rotation is None else take.rotation) + float(rng.normal(0, 0.4))
    page, truth = _shrunk(specimen.images[take.light], specimen.truth, resolution)
    margins = _margins(rng, 0.005, 0.05)
    view = look_at(
        truth, resolution, rotation=turn, distance_mm=1e6, margins=(margins[0], margins[1], margins[2], 0.015)
    )
    view = take.moved(view, truth)
    image = np.full((view.size[1], view.size[0], 3), 8, dtype=np.uint8)
    _lay(image, view, page, truth, shadow=0.0, depth=0.0)
    fall = optics.Lamp(
        (1.0, 1.0, 1.0), (float(rng.uniform(-0.1, 0.1)), float(rng.uniform(-0.12, 0.12))), 0.0, (0.0, 0.0, 1.0), 0.0,
        (0.0, 0.0), (1.0, 1.0),
    )  # fmt: skip
    image = optics.lit(image, fall, float(rng.uniform(0.86, 1.02)))
    image = optics.blurred(take.exposed(image), float(rng.uniform(0.3, 0.7)) * resolution / 300)
    image = optics.grainy(
        take.graining(rng), image, float(rng.uniform(1, 3)) * (1 if take.light is Light.WHITE else 1.8)
    )
    quality = int(rng.integers(80, 97))
    details: Details = {"rotation_deg": round(turn % 360, 2), "jpeg": quality, "background": "black"}
    return view, truth, optics.jpeg(image, quality), details


def _phone(rng: np.random.Generator, specimen: Specimen, take: Take) -> Seen:
    resolution = take.ppi or float(rng.uniform(120, 330))
    turn = float(rng.uniform(0, 360)) if take.rotation is None else take.rotation
    tilt = (float(np.clip(rng.normal(0, 9), -22, 22)), float(np.clip(rng.normal(0, 9), -22, 22)))
    page, truth = _shrunk(specimen.images[take.light], specimen.truth, resolution)
    paper = truth.format not in (Format.TD1.value, Format.TD2.value)
    bow = float(rng.uniform(-0.9, 0.9)) if paper and rng.random() < 0.4 else 0.0
    margins = _margins(rng, 0.02, 0.2)
    view = look_at(
        truth, resolution, rotation=turn, tilt=tilt, distance_mm=float(rng.uniform(220, 480)),
        margins=margins, bow_mm=bow,
    )  # fmt: skip
    view = take.moved(view, truth)
    surface = str(rng.choice(list(DESKS)))
    image = desk(rng, surface, view.size[1], view.size[0])
    _lay(image, view, page, truth, shadow=resolution / 100, depth=0.55)
    thumb = bool(rng.random() < 0.4)
    if thumb:
        add_thumb(rng, image, view, truth)
    span = truth.size_mm[0] * resolution / MM_PER_INCH
    glare = rng.random() < 0.45
    image = optics.lit(
        image, optics.lamp(rng, _spot(rng, view, truth), span, glare=glare), float(rng.uniform(0.7, 1.08))
    )
    # Blur is drawn against the size of a character, so that a coarse picture is not unreadable by design.
    blur = float(rng.uniform(0.2, 0.75)) * resolution / 160
    motion = float(rng.uniform(0.5, 2.4)) * resolution / 160 if rng.random() < 0.35 else 0.0
    image = optics.blurred(take.exposed(image), min(blur, 1.8), min(motion, 5.0), float(rng.uniform(0, np.pi)))
    image = optics.grainy(take.graining(rng), image, float(rng.uniform(1, 7)))
    if rng.random() < 0.5:
        image = optics.sharpened(image, float(rng.uniform(0.2, 0.6)))
    quality = int(rng.integers(50, 96))
    details: Details = {
        "rotation_deg": round(turn % 360, 2), "tilt_deg": round(float(np.hypot(*tilt)), 2), "bow_mm": round(bow, 2),
        "blur_px": round(blur, 2), "motion_px": round(motion, 2), "glare": int(glare), "thumb": int(thumb),
        "jpeg": quality, "background": surface,
    }  # fmt: skip
    return view, truth, optics.jpeg(image, quality), details


def _lay(image: Image, view: View, page: Image, truth: Truth, *, shadow: float, depth: float) -> None:
    """Lays the document into the picture, with its shadow (`shadow` pixels wide, `depth` dark) about it."""
    cover = _cover(view, truth)
    if shadow > 0.3:
        small = cv2.resize(cover, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), max(0.6, shadow))
        move = np.array([[1, 0, shadow * 0.7], [0, 1, shadow]], dtype=np.float64)
        soft = cv2.warpAffine(soft, move, (small.shape[1], small.shape[0]), borderMode=cv2.BORDER_REPLICATE)
        dark = cv2.resize(soft, view.size, interpolation=cv2.INTER_LINEAR)
        gain = 1 - dark.astype(np.float32) * (depth / 255)
        image[:] = cv2.multiply(image, cv2.merge([gain, gain, gain]), dtype=cv2.CV_8U)
    cv2.copyTo(view.picture(page), cv2.threshold(cover, 127, 255, cv2.THRESH_BINARY)[1], image)


def _spot(rng: np.random.Generator, view: View, truth: Truth) -> tuple[float, float]:
    """Where glare falls: on the document, with its middle off the zone, which must stay legible."""
    width, height = truth.size_px
    low = 0.55 if truth.lines else 0.9
    x, y = view(np.array([[rng.uniform(0.05, 0.95) * width, rng.uniform(0.05, low) * height]]))[0]
    return float(x), float(y)


_Device = Callable[[np.random.Generator, Specimen, Take], Seen]
_DEVICES: Final[dict[Style, _Device]] = {Style.SCAN: _scan, Style.READER: _reader, Style.PHONE: _phone}
