"""Prints documents of the second generator. Recipes, frauds and truths are those of `limen.specimen`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np

from bench.unseen.designs import DESIGNS, Design
from bench.unseen.grounds import ground
from bench.unseen.pages import print_page
from limen.icao.mrz import parse
from limen.specimen import GEOMETRIES, Light, Recipe, Side, Specimen, Truth
from limen.specimen.canvas import Canvas, fluorescent
from limen.specimen.finish import FINISHES, WHITE_ALONE
from limen.specimen.fonts import visual_typeface
from limen.specimen.model import Image, Quad, box
from limen.specimen.papers import papers, zone_lines
from limen.specimen.people import person
from limen.specimen.tolerance import printed, use
from limen.specimen.zone import print_zone


def drafted(
    code: str, seed: int, side: Side = Side.FRONT, ppi: float = 400.0, lights: tuple[Light, ...] = tuple(Light)
) -> Recipe:
    """The recipe of one document of that design."""
    design = DESIGNS[code]
    rng = np.random.default_rng([seed, int.from_bytes(code.encode()), 83])
    bearer = person(rng, design.issuer.towns)
    entries = papers(rng, design.format, design.issuer)
    return Recipe(
        seed=seed,
        side=side,
        issuer=design.issuer,
        person=bearer,
        papers=entries,
        lines=zone_lines(bearer, entries),
        ppi=ppi,
        lights=lights,
        typeface=design.issuer.cut,
        ink_gain=float(rng.uniform(0.0, 0.11)),
        visual_typeface=_face(design.face),
    )


def _face(wanted: str) -> str:
    return wanted if wanted == "sans" else visual_typeface(wanted)


@lru_cache(maxsize=12)
def _blank(recipe: Recipe, light: Light) -> Image:
    """The artwork alone; `recipe` is stripped of all that differs from document to document."""
    image = ground(DESIGNS[recipe.issuer.code], recipe, light)
    image.flags.writeable = False
    return image


_BEARER: dict[str, object] = {
    "seed": 0, "lines": (), "tolerance": None, "frauds": (), "reprints": (), "scraped": (), "pasted_face": None,
    "reprinted_face": None, "reprinted_carbon": True, "overprint": "true", "finish": (), "ink_gain": 0.0,
    "zone_carbon": True, "visual_typeface": "sans", "typeface": "OCRB", "lights": (),
}  # fmt: skip
_NOBODY: dict[str, tuple[object, object]] = {}


def _model(recipe: Recipe) -> Recipe:
    """The recipe as far as the artwork depends on it, so that the artwork is drawn once."""
    code = recipe.issuer.code
    if code not in _NOBODY:
        first = drafted(code, 0)
        _NOBODY[code] = (first.person, first.papers)
    bearer, entries = _NOBODY[code]
    return replace(recipe, **_BEARER, person=bearer, papers=entries)  # type: ignore[arg-type]


def rendered(recipe: Recipe) -> Specimen:
    """Prints a recipe of this generator."""
    design = DESIGNS[recipe.issuer.code]
    geometry = GEOMETRIES[design.format]
    lights = tuple(dict.fromkeys((*recipe.lights, Light.WHITE))) if recipe.finish else recipe.lights
    canvas = Canvas(geometry.width, geometry.height, recipe.ppi, lights)
    for light in lights:
        canvas.images[light] = printed(_blank(_model(recipe), light), recipe, light, canvas.scale)
    if recipe.uv_print and recipe.glow.fibres:
        _specks(canvas, recipe)
    fields = print_page(canvas, recipe, design)
    zone: Quad | None = None
    lines: tuple[Quad, ...] = ()
    if recipe.has_zone:
        zone, lines, more = print_zone(canvas, recipe)
        fields += more
    use(canvas, recipe)
    for name in recipe.finish:
        page = canvas.images[Light.WHITE].copy()
        for light in canvas.images:
            if light is Light.WHITE or name not in WHITE_ALONE:
                rng = np.random.default_rng([recipe.seed, list(FINISHES).index(name), 97])
                canvas.images[light] = FINISHES[name](rng, page, canvas.scale, light)
    height, width = canvas.shape
    shown = recipe.lines if zone else ()
    truth = Truth(
        format=recipe.format.value, side=recipe.side.value, issuer=recipe.issuer.code, seed=recipe.seed, lines=shown,
        check_digits_valid=bool(shown) and parse(shown).valid, ppi=recipe.ppi, size_px=(width, height),
        size_mm=(geometry.width, geometry.height), outline=box(0.0, 0.0, float(width), float(height)), zone=zone,
        line_quads=lines, fields=fields, frauds=recipe.frauds,
    )  # fmt: skip
    return Specimen({light: canvas.images[light] for light in recipe.lights}, truth, recipe)


def _specks(canvas: Canvas, recipe: Recipe) -> None:
    """Fluorescent planchettes instead of fibres: round specks, elsewhere in each sheet."""
    if Light.UV not in canvas.images:
        return
    rng = np.random.default_rng([recipe.seed, 101])
    design: Design = DESIGNS[recipe.issuer.code]
    for colour in design.uv_colours:
        mask = canvas.mask()
        for _ in range(int(canvas.width * canvas.height / 400)):
            x, y = rng.uniform(0, 1, 2) * canvas.shape[::-1]
            cv2.circle(mask, (int(x), int(y)), max(1, round(canvas.px(rng.uniform(0.12, 0.3)))), 255, -1, cv2.LINE_AA)
        canvas.stamp(mask, fluorescent(colour, 0.85 * min(1.0, recipe.glow.strength)))
