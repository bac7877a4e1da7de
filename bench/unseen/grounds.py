"""The artwork of the second generator: line work, titles, fluorescent print, and what of it infrared shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.unseen.designs import Design
from bench.unseen.lines import FAMILIES, hexagons, leaf, sun
from limen.specimen import GEOMETRIES, Drawing, Light, Recipe, Side
from limen.specimen.artwork import TITLES, glowing, phase_of, tinted
from limen.specimen.canvas import IR_BLACK, IR_PAPER, UV_BRIGHT, UV_DULL, Canvas, dye, fluorescent, mix, soften
from limen.specimen.fonts import text_mask, visual_typeface
from limen.specimen.guilloche import Curve, draw
from limen.specimen.issuers import Colour
from limen.specimen.model import Image


def ground(design: Design, recipe: Recipe, light: Light) -> Image:
    """The blank page under one light."""
    geometry = GEOMETRIES[design.format]
    canvas = Canvas(geometry.width, geometry.height, recipe.ppi, (light,))
    image = canvas.images[light]
    if light is Light.UV:
        image[:] = UV_BRIGHT if recipe.bright_paper else UV_DULL
        if recipe.uv_print:
            _uv_print(canvas, design, recipe)
    else:
        image[:] = design.issuer.paper if light is Light.WHITE else IR_PAPER
        if light is Light.WHITE or design.ir_ground:
            _line_work(canvas, design, recipe, light)
    if recipe.side is Side.FRONT:
        _titles(canvas, design, recipe.drawing)
    return image


def _rng(design: Design, recipe: Recipe) -> np.random.Generator:
    key = [int.from_bytes(design.issuer.code.encode()), len(recipe.side.value), 89]
    return np.random.default_rng([*key, recipe.drawing.seed] if recipe.drawing.seed else key)


def _colours(canvas: Canvas, colours: tuple[Colour, ...]) -> NDArray[np.float32]:
    """Colours that run into each other from top to bottom and back, as no rainbow of `limen.specimen` does."""
    height, width = canvas.shape
    y = np.linspace(0, len(colours) - 1, height)
    column = np.stack([np.interp(y, range(len(colours)), [c[k] for c in colours]) for k in range(3)], axis=-1)
    return np.broadcast_to(column[:, None, :].astype(np.float32), (height, width, 3))


def _line_work(canvas: Canvas, design: Design, recipe: Recipe, light: Light) -> None:
    drawing = recipe.drawing
    rng = _rng(design, recipe)
    image = canvas.images[light]
    colours = _colours(canvas, tuple(tinted(colour, drawing.tint) for colour in design.issuer.colours))
    fade = _fade(canvas, recipe)
    if light is Light.WHITE:
        mix(image, colours, 0.07 * fade)
    else:
        colours = np.broadcast_to(np.asarray(IR_BLACK, np.float32), image.shape)
        fade = fade * design.ir_ground * _lower(canvas)
    for number, family in enumerate(design.lines):
        curves = [curve + np.array(drawing.shift) for curve in FAMILIES[family](canvas, rng)]
        mask = canvas.mask()
        draw(canvas, mask, curves, (0.1, 0.12)[number % 2] * drawing.weight)
        alpha = mask[:, :, None].astype(np.float32) * ((0.42, 0.38)[number % 2] * drawing.strength / 255)
        mix(image, colours, (alpha * fade).astype(np.float32))


def _fade(canvas: Canvas, recipe: Recipe) -> NDArray[np.float32]:
    y = np.arange(canvas.shape[0]) / canvas.scale
    edge = canvas.height - 24.0
    fade = 1 - 0.66 * np.clip((y - edge + 2) / 4, 0, 1) if recipe.has_zone else np.ones_like(y)
    return fade.astype(np.float32)[:, None, None]


def _lower(canvas: Canvas) -> NDArray[np.float32]:
    """Infrared sees the line work right of the middle alone: split ink."""
    x = np.linspace(0, 1, canvas.shape[1])
    return np.clip((x - 0.55) * 12, 0, 1).astype(np.float32)[None, :, None]


def _uv_print(canvas: Canvas, design: Design, recipe: Recipe) -> None:
    drawing, glow = recipe.drawing, recipe.glow
    dx, dy = (drawing.shift[k] + glow.shift[k] for k in (0, 1))
    motifs = _motifs(canvas, design, recipe)
    for curves, colour in zip(motifs, design.uv_colours, strict=True):
        mask = canvas.mask()
        draw(canvas, mask, [curve + np.array([dx, dy]) for curve in curves], 0.35 * drawing.weight)
        canvas.stamp(glowing(canvas, mask, glow), fluorescent(glow.colour or colour, 0.85 * glow.strength))
    word, _ = text_mask(design.issuer.name, canvas.px(2.2), bold=canvas.px(0.1), tracking=canvas.px(1.1))
    for row in range(3):
        at = (
            int(canvas.px(canvas.width * 0.34 + dx + 4 * row)),
            int(canvas.px(canvas.height * (0.2 + 0.2 * row) + dy)),
        )
        ink = fluorescent(glow.colour or design.uv_colours[row % 2], 0.5 * glow.strength)
        canvas.stamp(soften(word, canvas.px(glow.softness)), ink, at)


def _motifs(canvas: Canvas, design: Design, recipe: Recipe) -> tuple[list[Curve], list[Curve]]:
    """Two sets of curves in the two colours."""
    turn = phase_of(recipe.drawing)
    wide, high = canvas.width, canvas.height
    main, side = (wide * 0.68, high * 0.42), (wide * 0.2, high * 0.4)
    more = recipe.drawing.petals
    if design.motif == "hexagons":
        return hexagons(main, high * 0.055, 3 + more), hexagons(side, high * 0.04 * (1 + 0.1 * np.cos(turn)), 2)
    if design.motif == "sun":
        return sun(main, high * 0.27, 24 + 2 * more), sun(side, high * 0.15 * (1 + 0.1 * np.cos(turn)), 15)
    leaves = [leaf((wide * (0.45 + 0.17 * k), high * (0.3 + 0.12 * (k % 2))), high * 0.3) for k in range(4 + more)]
    return [curve for one in leaves for curve in one], leaf(side, high * 0.35 * (1 + 0.1 * np.cos(turn)))


def _titles(canvas: Canvas, design: Design, drawing: Drawing) -> None:
    """The State's name above on the right, the document's below it on the left, a bar between."""
    light = next(iter(canvas.images))
    ink = dye(tinted(design.issuer.colours[0], drawing.tint))
    face = visual_typeface(design.titles)
    small = canvas.height < 60
    cap = 2.2 if small else 2.8
    dx, dy = drawing.titles
    name, low = text_mask(
        design.issuer.name, canvas.px(cap), bold=canvas.px(0.05), tracking=canvas.px(0.9 * drawing.spacing), face=face
    )
    right = int(canvas.px(canvas.width - 6 + dx)) - name.shape[1]
    canvas.stamp(name, ink, (right, int(canvas.px(4.5 + cap + dy) - low)))
    title, low = text_mask(
        TITLES[design.format], canvas.px(cap * 0.7), tracking=canvas.px(0.5 * drawing.spacing), face=face
    )
    canvas.stamp(title, ink, (int(canvas.px(6 + dx)), int(canvas.px(4.5 + cap + dy) - low)))
    mask = canvas.mask()
    y = 4.5 + cap + 1.4
    for row in range(3 if drawing.microtext else 1):
        draw(canvas, mask, [np.array([[6.0, y + row * 0.28], [canvas.width - 6.0, y + row * 0.28]])], 0.12)
    canvas.stamp(mask, ink)
    if light is Light.IR and design.ir_ground:
        canvas.stamp(name, dye((0, 0, 0)), (right, int(canvas.px(4.5 + cap + dy) - low)))
