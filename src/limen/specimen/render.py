"""From a recipe to a specimen."""

from __future__ import annotations

import cv2
import numpy as np

from limen.icao.mrz import Format, parse
from limen.specimen.artwork import artwork
from limen.specimen.canvas import Canvas, fluorescent
from limen.specimen.errors import NotPossibleError, UnknownNameError
from limen.specimen.finish import FINISHES, WHITE_ALONE
from limen.specimen.geometry import GEOMETRIES, Side
from limen.specimen.issuers import issuer_named
from limen.specimen.model import FieldBox, Light, Quad, Specimen, Truth, box
from limen.specimen.papers import papers, zone_lines
from limen.specimen.people import person
from limen.specimen.recipe import Recipe
from limen.specimen.tolerance import printed, use
from limen.specimen.visual import print_visual
from limen.specimen.zone import print_zone

_FIBRES = ((255, 70, 60), (70, 120, 255), (90, 240, 110))


def make(
    format: Format | str,
    seed: int,
    issuer: str = "UTO",
    ppi: float = 400.0,
    *,
    side: Side | str | None = None,
    lights: tuple[Light, ...] = tuple(Light),
    typeface: str | None = None,
) -> Specimen:
    """A specimen of that format, all of it decided by `seed`.

    `side` defaults to the one with the machine readable zone, `typeface` to the issuer's OCR-B cut; a path of a
    font file is taken, too. Raises `UnknownNameError` for an issuer, format, side or typeface that is none,
    `NotPossibleError` for a side that the format lacks and for a `ppi` outside 30 to 2400.
    """
    return render(draft(format, seed, issuer, ppi, side=side, lights=lights, typeface=typeface))


def draft(
    format: Format | str,
    seed: int,
    issuer: str = "UTO",
    ppi: float = 400.0,
    *,
    side: Side | str | None = None,
    lights: tuple[Light, ...] = tuple(Light),
    typeface: str | None = None,
) -> Recipe:
    """The recipe that `make` renders."""
    geometry = GEOMETRIES.get(Format(format)) if format in set(Format) else None
    if geometry is None:
        raise UnknownNameError("format", str(format), (known.value for known in GEOMETRIES))
    if side is not None and side not in set(Side):
        raise UnknownNameError("side", str(side), (known.value for known in Side))
    if side == Side.BACK and geometry.zone_side is Side.FRONT:
        raise NotPossibleError(f"{geometry.format.value} has no back here: only TD1 is drawn on both sides")
    if not 30 <= ppi <= 2400:
        raise NotPossibleError(f"{ppi:g} pixels an inch cannot be rendered; 30 to 2400 can")
    maker = issuer_named(issuer)
    rng = np.random.default_rng([seed, list(GEOMETRIES).index(geometry.format)])
    bearer = person(rng, maker.towns)
    entries = papers(rng, geometry.format, maker)
    return Recipe(
        seed=seed,
        side=geometry.zone_side if side is None else Side(side),
        issuer=maker,
        person=bearer,
        papers=entries,
        lines=zone_lines(bearer, entries),
        ppi=float(ppi),
        lights=tuple(Light(light) for light in lights),
        typeface=typeface or maker.cut,
        ink_gain=float(rng.uniform(-0.0, 0.09)),
    )


def render(recipe: Recipe) -> Specimen:
    """Prints a recipe."""
    # What is copied or shown on a screen is the page under white light.
    lights = tuple(dict.fromkeys((*recipe.lights, Light.WHITE))) if recipe.finish else recipe.lights
    canvas = Canvas(recipe.geometry.width, recipe.geometry.height, recipe.ppi, lights)
    for light in lights:
        blank = artwork(
            recipe.issuer.code, recipe.format, recipe.side, recipe.ppi, light,
            uv_print=recipe.uv_print, bright=recipe.bright_paper, drawing=recipe.drawing, glow=recipe.glow,
        )  # fmt: skip
        canvas.images[light] = printed(blank, recipe, light, canvas.scale)
    if recipe.uv_print and recipe.glow.fibres:
        _print_fibres(canvas, recipe)
    fields = print_visual(canvas, recipe)
    zone: Quad | None = None
    lines: tuple[Quad, ...] = ()
    if recipe.has_zone:
        zone, lines, more = print_zone(canvas, recipe)
        fields += more
    use(canvas, recipe)
    for name in recipe.finish:
        _finish(canvas, recipe, name)
    images = {light: canvas.images[light] for light in recipe.lights}
    return Specimen(images, _truth(canvas, recipe, zone, lines, fields), recipe)


def _finish(canvas: Canvas, recipe: Recipe, name: str) -> None:
    """Copies the page, or shows it on a screen; the same accidents under each light."""
    page = canvas.images[Light.WHITE].copy()
    for light in canvas.images:
        if light is not Light.WHITE and name in WHITE_ALONE:
            continue
        rng = np.random.default_rng([recipe.seed, list(FINISHES).index(name), 37])
        canvas.images[light] = FINISHES[name](rng, page, canvas.scale, light)


def _print_fibres(canvas: Canvas, recipe: Recipe) -> None:
    """Short threads in the paper that shine in ultraviolet, elsewhere in each sheet."""
    if Light.UV not in canvas.images:
        return
    rng = np.random.default_rng([recipe.seed, 11])
    for colour in _FIBRES:
        mask = canvas.mask()
        for _ in range(int(canvas.width * canvas.height / 260)):
            start = rng.uniform(0, 1, 2) * (canvas.width, canvas.height)
            turn, bend = rng.uniform(0, 2 * np.pi), rng.uniform(-0.9, 0.9)
            along = np.linspace(0, rng.uniform(1.5, 4), 8)
            heading = turn + bend * along
            path = start + np.column_stack([np.cos(heading), np.sin(heading)]) * along[:, None]
            points = np.round(path * canvas.scale * 16).astype(np.int32)
            cv2.polylines(mask, [points], False, 255, max(1, round(canvas.px(0.1))), cv2.LINE_AA, 4)
        canvas.stamp(mask, fluorescent(colour, 0.9 * min(1.0, recipe.glow.strength)))


def _truth(
    canvas: Canvas, recipe: Recipe, zone: Quad | None, lines: tuple[Quad, ...], fields: tuple[FieldBox, ...]
) -> Truth:
    height, width = canvas.shape
    printed = recipe.lines if zone else ()
    return Truth(
        format=recipe.format.value,
        side=recipe.side.value,
        issuer=recipe.issuer.code,
        seed=recipe.seed,
        lines=printed,
        check_digits_valid=bool(printed) and parse(printed).valid,
        ppi=recipe.ppi,
        size_px=(width, height),
        size_mm=(recipe.geometry.width, recipe.geometry.height),
        outline=box(0.0, 0.0, float(width), float(height)),
        zone=zone,
        line_quads=lines,
        fields=fields,
        frauds=recipe.frauds,
    )
