"""Prints the machine readable zone where parts 4 to 7 put it, in OCR-B size 1 (Doc 9303-3, 4.4)."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from limen.icao.mrz import layout_named
from limen.specimen.canvas import Canvas, Ink, Mask, carbon, dye
from limen.specimen.fonts import CUTS, zone_font
from limen.specimen.geometry import PITCH_MM
from limen.specimen.model import FieldBox, Quad, box
from limen.specimen.recipe import Recipe
from limen.specimen.traces import scrape


def print_zone(canvas: Canvas, recipe: Recipe) -> tuple[Quad, tuple[Quad, ...], tuple[FieldBox, ...]]:
    """Prints all lines; gives the outline of the zone, of each line and of each field, in pixels."""
    font = zone_font(recipe.typeface, canvas.scale)
    pitch = canvas.px(PITCH_MM)
    geometry = recipe.geometry
    first = recipe.lines[0][0]
    left = canvas.px(geometry.zone_left) - _bearing(font, first, recipe, pitch)
    cap = -font.getbbox("H", anchor="ls")[1]
    ink = carbon() if recipe.zone_carbon else dye((30, 28, 32))
    fields = _fields(canvas, recipe, left, cap)
    for item in fields:
        if item.name in recipe.scraped:
            scrape(canvas, item.quad, recipe.seed)
    lines = []
    for text, rise in zip(recipe.lines, geometry.zone_centres, strict=True):
        baseline = canvas.px(geometry.height - rise) + cap / 2
        lines.append(_print_line(canvas, text, (left, baseline), font=font, recipe=recipe, ink=ink))
    (a, b, _, _), (_, _, c, d) = lines[0], lines[-1]
    return (a, b, c, d), tuple(lines), fields


def _bearing(font: ImageFont.FreeTypeFont, char: str, recipe: Recipe, pitch: float) -> float:
    """From the left of a character's cell to its ink."""
    mask, offset = font.getmask2(char, mode="L")
    bounds = mask.getbbox()
    ink = offset[0] + (bounds[0] if bounds else 0)
    return ink if recipe.typeface in CUTS else ink + (pitch - font.getlength(char)) / 2


def _print_line(
    canvas: Canvas,
    text: str,
    start: tuple[float, float],
    *,
    font: ImageFont.FreeTypeFont,
    recipe: Recipe,
    ink: Ink,
) -> Quad:
    """One line, its first cell's left edge and baseline at `start`; gives the inked outline."""
    pitch = canvas.px(PITCH_MM)
    stroke = canvas.px(recipe.ink_gain) / 2
    corner = (math.floor(start[0]) - 2, math.floor(start[1] - 1.3 * pitch))
    sheet = Pillow.new("L", (math.ceil(pitch * len(text)) + 6, math.ceil(pitch * 1.6)))
    draw = ImageDraw.Draw(sheet)
    for index, char in enumerate(text):
        cell = start[0] - corner[0] + index * pitch
        if recipe.typeface not in CUTS:
            cell += (pitch - font.getlength(char)) / 2
        draw.text((cell, start[1] - corner[1]), char, fill=255, font=font, anchor="ls", stroke_width=stroke)
    mask: Mask = np.asarray(sheet, dtype=np.uint8)
    canvas.stamp(mask, ink, corner)
    columns = np.flatnonzero(mask.max(axis=0) > 96)
    rows = np.flatnonzero(mask.max(axis=1) > 96)
    return box(
        float(corner[0] + columns[0]),
        float(corner[1] + rows[0]),
        float(columns[-1] - columns[0] + 1),
        float(rows[-1] - rows[0] + 1),
    )


def _fields(canvas: Canvas, recipe: Recipe, left: float, cap: float) -> tuple[FieldBox, ...]:
    """Each field of the layout: whole cells wide, somewhat higher than a capital."""
    pitch = canvas.px(PITCH_MM)
    layout = layout_named(recipe.format.value)
    boxes = []
    for spec in layout.fields:
        if spec.part_of is not None:
            continue
        middle = canvas.px(recipe.geometry.height - recipe.geometry.zone_centres[spec.line])
        quad = box(left + spec.start * pitch, middle - 0.65 * cap, (spec.end - spec.start) * pitch, 1.3 * cap)
        boxes.append(FieldBox(f"mrz.{spec.name}", recipe.lines[spec.line][spec.start : spec.end], quad))
    for digit in layout.check_digits:
        middle = canvas.px(recipe.geometry.height - recipe.geometry.zone_centres[digit.line])
        quad = box(left + digit.column * pitch, middle - 0.65 * cap, pitch, 1.3 * cap)
        text = recipe.lines[digit.line][digit.column]
        boxes.append(FieldBox(f"mrz.check.{digit.name}", text, quad))
    return tuple(boxes)
