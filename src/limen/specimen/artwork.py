"""What an issuer prints on every document of one format before anybody's data: paper, line work, titles.

The same for all bearers, so it is made once and kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.specimen import guilloche
from limen.specimen.canvas import IR_PAPER, UV_BRIGHT, UV_DULL, Canvas, Mask, dye, fluorescent, mix, soften
from limen.specimen.drawing import GLOWING, ISSUED, Drawing, Glow
from limen.specimen.fonts import text_mask
from limen.specimen.geometry import GEOMETRIES, ZONE_HEIGHT_MM, Side
from limen.specimen.issuers import Colour, Issuer, issuer_named
from limen.specimen.model import Image, Light

TITLES: Final = {
    Format.TD1: "IDENTITY CARD",
    Format.TD2: "IDENTITY CARD",
    Format.TD3: "PASSPORT",
    Format.MRV_A: "VISA",
    Format.MRV_B: "VISA",
}
_UV_COLOURS: Final = ((255, 96, 70), (90, 235, 120), (250, 225, 90))


@lru_cache(maxsize=24)
def artwork(
    code: str,
    format: Format,
    side: Side,
    ppi: float,
    light: Light,
    *,
    uv_print: bool,
    bright: bool,
    drawing: Drawing = ISSUED,
    glow: Glow = GLOWING,
) -> Image:
    """The blank page of that issuer under one light. Not to be written to: copy it first."""
    issuer = _as_drawn(issuer_named(code), drawing)
    geometry = GEOMETRIES[format]
    canvas = Canvas(geometry.width, geometry.height, ppi, (light,))
    image = canvas.images[light]
    key = [int.from_bytes(code.encode()), list(GEOMETRIES).index(format), len(side)]
    rng = np.random.default_rng([*key, drawing.seed] if drawing.seed else key)
    if light is Light.WHITE:
        image[:] = issuer.paper
        _line_work(canvas, issuer, rng, side is geometry.zone_side, drawing)
    elif light is Light.IR:
        image[:] = IR_PAPER
    else:
        image[:] = UV_BRIGHT if bright else UV_DULL
        if uv_print:
            _uv_print(canvas, issuer, drawing, glow)
    if side is Side.FRONT:
        _titles(canvas, issuer, format, drawing)
    image.flags.writeable = False
    return image


def _as_drawn(issuer: Issuer, drawing: Drawing) -> Issuer:
    """The issuer as the one who drew sees it: its rosettes miscounted, its colours not quite met."""
    if drawing == ISSUED:
        return issuer
    left, middle, right = (tinted(colour, drawing.tint) for colour in issuer.colours)
    return replace(issuer, petals=issuer.petals + drawing.petals, colours=(left, middle, right))


def tinted(colour: Colour, tint: Colour) -> Colour:
    """A colour with `tint` added."""
    red, green, blue = (min(255, max(0, level + more)) for level, more in zip(colour, tint, strict=True))
    return red, green, blue


def rainbow(canvas: Canvas, issuer: Issuer) -> NDArray[np.float32]:
    """The issuer's three colours running into each other from left to right, height x width x 3."""
    height, width = canvas.shape
    stops = np.linspace(0, width, 3)
    x = np.arange(width)
    row = np.stack([np.interp(x, stops, [c[k] for c in issuer.colours]) for k in range(3)], axis=-1)
    return np.broadcast_to(row.astype(np.float32), (height, width, 3))


def _line_work(canvas: Canvas, issuer: Issuer, rng: np.random.Generator, zone: bool, drawing: Drawing) -> None:
    colours = rainbow(canvas, issuer)
    image = canvas.images[Light.WHITE]
    middle = (canvas.width * 0.62 + drawing.shift[0], canvas.height * 0.42 + drawing.shift[1])
    phase, corner = phase_of(drawing), (canvas.width, canvas.height)
    layers = (
        (guilloche.ground(canvas, rng), 0.11, 0.34),
        (guilloche.ribbon(canvas, rng, canvas.height * 0.3, canvas.height * 0.34), 0.09, 0.36),
        (guilloche.ribbon(canvas, rng, canvas.height * 0.62, canvas.height * 0.26), 0.09, 0.32),
        (guilloche.rosette(middle, canvas.height * 0.3, issuer.petals, phase=phase), 0.09, 0.42),
        (guilloche.rim(middle, canvas.height * 0.35, issuer.petals), 0.08, 0.34),
        (
            guilloche.rosette(corner, canvas.height * 0.28, issuer.petals + 3, phase=phase),
            0.09,
            0.3,
        ),
    )
    fade = _fade(canvas, zone)
    mix(image, colours, 0.10 * fade)
    for curves, width, strength in layers:
        mask = canvas.mask()
        guilloche.draw(canvas, mask, curves, width * drawing.weight)
        mix(image, colours, mask[:, :, None].astype(np.float32) * (strength * drawing.strength / 255) * fade)


def phase_of(drawing: Drawing) -> float:
    """How far rosettes are turned: not at all in the issuer's own."""
    return 0.0 if not drawing.seed else float(np.random.default_rng([drawing.seed, 41]).uniform(0, 2 * np.pi))


def _fade(canvas: Canvas, zone: bool) -> NDArray[np.float32]:
    """Line work is fainter under the machine readable zone, so that the zone stays legible."""
    y = np.arange(canvas.shape[0]) / canvas.scale
    edge = canvas.height - ZONE_HEIGHT_MM
    fade = 1 - 0.62 * np.clip((y - edge + 1.5) / 3, 0, 1) if zone else np.ones_like(y)
    return fade.astype(np.float32)[:, None, None]


def _uv_print(canvas: Canvas, issuer: Issuer, drawing: Drawing, glow: Glow) -> None:
    dx, dy = (drawing.shift[k] + glow.shift[k] for k in (0, 1))
    middle = (canvas.width * 0.62 + dx, canvas.height * 0.42 + dy)
    second = (canvas.width * 0.14 + dx, canvas.height * 0.5 + dy)
    shapes = (
        guilloche.rosette(middle, canvas.height * 0.32, issuer.petals, turns=5, phase=phase_of(drawing)),
        [guilloche.star(middle, canvas.height * 0.13, issuer.petals)],
        [guilloche.star(second, canvas.height * 0.16, issuer.petals)],
    )
    for curves, colour in zip(shapes, _UV_COLOURS, strict=True):
        mask = canvas.mask()
        guilloche.draw(canvas, mask, curves, 0.4 * drawing.weight)
        canvas.stamp(glowing(canvas, mask, glow), fluorescent(glow.colour or colour, 0.8 * glow.strength))
    cap = canvas.px(canvas.height * 0.055)
    word, _ = text_mask(issuer.code, cap, bold=canvas.px(0.15), tracking=cap * 0.45 * drawing.spacing)
    for right, y in ((0.47, 0.16), (0.96, 0.55)):
        at = (int(canvas.px(canvas.width * right + dx)) - word.shape[1], int(canvas.px(canvas.height * y + dy)))
        ink = fluorescent(glow.colour or _UV_COLOURS[1], 0.7 * glow.strength)
        canvas.stamp(soften(word, canvas.px(glow.softness)), ink, at)


def glowing(canvas: Canvas, mask: Mask, glow: Glow) -> Mask:
    """The print as a brush or a stamp leaves it: soft, and thicker here than there."""
    if not glow.softness:
        return mask
    thick = cv2.dilate(mask, np.ones((3, 3), np.uint8), iterations=max(1, round(canvas.px(0.12))))
    soft = soften(np.asarray(thick, dtype=np.uint8), canvas.px(glow.softness)).astype(np.float32)
    height, width = mask.shape
    coarse = np.random.default_rng([glow.patches, 43]).uniform(0.35, 1.1, (height // 60 + 2, width // 60 + 2))
    patches = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(soft * patches, 0, 255), dtype=np.uint8)


def _titles(canvas: Canvas, issuer: Issuer, format: Format, drawing: Drawing) -> None:
    ink = dye(issuer.colours[0])
    small = canvas.height < 60
    radius, top = (3.3, 6.2) if small else (4.6, 8.2)
    emblem = canvas.mask()
    centre = (radius + 3.6 + drawing.shift[0], top + drawing.shift[1])
    guilloche.filled(canvas, emblem, guilloche.star(centre, radius * 0.62, issuer.petals))
    lobes = 6 + issuer.petals // 3
    guilloche.draw(canvas, emblem, guilloche.rosette(centre, radius, lobes, turns=3, phase=phase_of(drawing)), 0.1)
    canvas.stamp(emblem, ink)
    cap, gap = (2.3 if small else 3.0), drawing.spacing
    dx, dy = drawing.titles
    name, baseline = text_mask(issuer.name, canvas.px(cap), bold=canvas.px(0.09), tracking=canvas.px(cap * 0.16 * gap))
    x = int(canvas.px(2 * radius + 6 + dx))
    canvas.stamp(name, ink, (x, int(canvas.px(top + cap / 2 + dy) - baseline)))
    title, baseline = text_mask(
        TITLES[format], canvas.px(cap * 0.82), bold=canvas.px(0.05), tracking=canvas.px(cap * 0.22 * gap)
    )
    right = int(canvas.px(canvas.width - 4 + dx) - title.shape[1])
    canvas.stamp(title, ink, (right, int(canvas.px(top + cap / 2 + dy) - baseline)))
    _microtext(canvas, issuer, top + radius + 0.5, lettered=drawing.microtext)


def _microtext(canvas: Canvas, issuer: Issuer, y: float, *, lettered: bool) -> None:
    """A rule under the titles that is really the issuer's name, 0.25 mm high, over and over."""
    cap = canvas.px(0.25)
    if cap < 2 or not lettered:
        mask = canvas.mask()
        line = np.array([[3.0, y], [canvas.width - 3.0, y]])
        guilloche.draw(canvas, mask, [line], 0.25, 150)
        canvas.stamp(mask, dye(issuer.colours[0]))
        return
    words, _ = text_mask(issuer.name.replace(" ", "") * 120, cap)
    canvas.stamp(
        words[:, : int(canvas.px(canvas.width - 6))], dye(issuer.colours[0]), (int(canvas.px(3)), int(canvas.px(y)))
    )
