"""Prints the bearer's part of the visual zone: portrait, ghost image, entries, signature, chip symbol."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from limen.specimen import guilloche
from limen.specimen.canvas import Canvas, Ink, Mask, carbon, dye, soften
from limen.specimen.drawing import Reprint
from limen.specimen.finish import sprayed
from limen.specimen.fonts import text_mask
from limen.specimen.issuers import Colour
from limen.specimen.layout import Entry, Page, page_of
from limen.specimen.model import FieldBox, Image, Light
from limen.specimen.portrait import portrait
from limen.specimen.recipe import Recipe
from limen.specimen.setting import Setting, print_columns
from limen.specimen.signature import signature
from limen.specimen.traces import scrape

_LABEL: Final[Colour] = (74, 78, 88)
_PEN: Final[Colour] = (28, 38, 96)


def print_visual(canvas: Canvas, recipe: Recipe) -> tuple[FieldBox, ...]:
    """Prints everything of the visual zone that is about the bearer; gives its fields, in pixels."""
    page = page_of(recipe)
    fields = [_print_entry(canvas, recipe, page, entry) for entry in page.entries]
    if page.photo:
        fields += _print_portraits(canvas, recipe, page)
    if page.signature:
        fields.append(_print_signature(canvas, recipe, page.signature))
    if page.chip:
        _print_chip(canvas, recipe, page.chip)
    return tuple(fields)


def _print_entry(canvas: Canvas, recipe: Recipe, page: Page, entry: Entry) -> FieldBox:
    x, y = canvas.px(entry.x), canvas.px(entry.y)
    label, baseline = text_mask(entry.label, canvas.px(page.label_cap) * 0.88)
    canvas.stamp(label, dye(_LABEL), (int(x), int(y + canvas.px(page.label_cap) - baseline)))
    again = recipe.reprint(f"viz.{entry.name}")
    setting = _set(canvas, recipe, page, entry, again)
    value, baseline = setting.mask(setting.text)
    foot = y + canvas.px(page.label_cap + 0.75 + page.value_cap)
    left, high, low = (round(v, 2) for v in (x, foot - setting.cap * 1.15, foot + setting.cap * 0.15))
    right = round(x + value.shape[1] - setting.cap, 2)
    field = FieldBox(f"viz.{entry.name}", setting.text, ((left, high), (right, high), (right, low), (left, low)))
    if field.name in recipe.scraped:
        scrape(canvas, field.quad, recipe.seed)
    if again and again.columns:
        print_columns(canvas, setting, again, (x, foot), ink=_data_ink(recipe), seed=recipe.seed)
        return field
    if again:
        if again.scraped:
            scrape(canvas, field.quad, recipe.seed)
        x, foot = x + canvas.px(again.shift[0]), foot + canvas.px(again.shift[1])
    canvas.stamp(value, _data_ink(recipe), (int(x), int(foot - baseline)))
    return field


def _set(canvas: Canvas, recipe: Recipe, page: Page, entry: Entry, again: Reprint | None) -> Setting:
    """How the entry is set: as the issuer does, or as whoever printed all of it again does."""
    whole = again if again and not again.columns else None
    text = again.text if again else entry.text
    face = whole.face if whole else recipe.visual_typeface
    cap = canvas.px(page.value_cap) * (whole.size if whole else 1.0)
    room = canvas.px(canvas.width - 3 - entry.x)
    setting = Setting(text, face, cap, canvas.px(whole.bold if whole else 0.07), canvas.px(0.12))
    width = setting.mask(text)[0].shape[1] - cap
    if width <= room:
        return setting
    # A long entry is set smaller, as part 4, note k, allows.
    cap *= room / width
    return Setting(text, face, cap, canvas.px(whole.bold if whole else 0.05), canvas.px(0.06))


def _data_ink(recipe: Recipe) -> Ink:
    return carbon((26, 26, 34)) if recipe.issuer.carbon else dye((26, 26, 34))


def _print_portraits(canvas: Canvas, recipe: Recipe, page: Page) -> list[FieldBox]:
    frame = recipe.geometry.portrait
    face = portrait(recipe.person.face, recipe.person.sex, recipe.person.age)
    fields = [FieldBox("portrait", "", canvas.quad(*frame))]
    other = recipe.reprinted_face if recipe.pasted_face is None else recipe.pasted_face
    shown = face if other is None else portrait(other, recipe.person.sex, recipe.person.age)
    _print_face(canvas, recipe, shown, frame)
    if recipe.pasted_face is not None:
        _print_cut(canvas, recipe, frame)
    _print_overlay(canvas, recipe, frame)
    if page.ghost:
        _print_ghost(canvas, recipe, face, page.ghost)
        fields.append(FieldBox("ghost", "", canvas.quad(*page.ghost)))
    return fields


def _print_face(canvas: Canvas, recipe: Recipe, face: Image, frame: tuple[float, float, float, float]) -> None:
    """The portrait, its rim dropped out softly as digital printing does."""
    width, height = (max(2, round(canvas.px(length))) for length in frame[2:])
    at = (round(canvas.px(frame[0])), round(canvas.px(frame[1])))
    face = np.asarray(cv2.resize(face, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    again = recipe.reprinted_face is not None
    if again:
        rng = np.random.default_rng([recipe.reprinted_face or 0, 47])
        face = sprayed(rng, face, canvas.scale, Light.WHITE)
    rim = max(1, round(canvas.px(0.5)))
    cover: Mask = np.zeros((height, width), dtype=np.uint8)
    cover[rim:-rim, rim:-rim] = 255
    if recipe.pasted_face is None:
        cover = soften(cover, rim * 0.5)
    canvas.paste(face, cover, Light.WHITE, at, 0.97)
    grey = np.asarray(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    # Laser engraving (carbon) absorbs infrared and ultraviolet; a dye portrait is all but gone in infrared.
    carbon_seen = recipe.issuer.carbon and (recipe.reprinted_carbon or not again)
    canvas.paste(np.dstack([grey] * 3), cover, Light.IR, at, 0.85 if carbon_seen else 0.1)
    dim = (np.dstack([grey * 0.16, grey * 0.14, grey * 0.3])).astype(np.uint8)
    glow = np.clip(dim + np.array([60, 80, 150]), 0, 255).astype(np.uint8)
    pasted = recipe.pasted_face is not None
    canvas.paste(glow if pasted else dim, cover, Light.UV, at, 0.96 if pasted else 0.7)


def _print_cut(canvas: Canvas, recipe: Recipe, frame: tuple[float, float, float, float]) -> None:
    """The edge of a photograph that was glued on: a dark line with a light one beside it."""
    left, top, width, height = frame
    inset = 0.5
    ring = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * (width - 2 * inset, height - 2 * inset)
    for shift, colour, strength in ((0.12, (60, 56, 54), 150), (-0.08, (255, 255, 255), 170)):
        mask = canvas.mask()
        guilloche.draw(canvas, mask, [ring + np.array([left + inset + shift, top + inset + shift])], 0.16, strength)
        canvas.stamp(mask, Ink(colour, ir=0.35, uv=(150, 170, 240), uv_strength=0.6))


def _print_overlay(canvas: Canvas, recipe: Recipe, frame: tuple[float, float, float, float]) -> None:
    """A film device over the portrait's lower right corner; a portrait pasted on later covers it.

    A broken one is a copy: turned, beside its place, and of a pale ink that does not change its colour.
    """
    left, top, width, height = frame
    if recipe.pasted_face is not None or recipe.overprint == "missing":
        return
    broken = recipe.overprint == "broken"
    dx, dy = np.random.default_rng([recipe.seed, 53]).uniform(-0.9, 0.9, 2) if broken else (0.0, 0.0)
    centre = (left + width * 0.82 + dx, top + height * 0.84 + dy)
    radius = width * 0.2
    mask = canvas.mask()
    phase = 2.4 if broken else 0.0
    guilloche.draw(canvas, mask, guilloche.rosette(centre, radius, recipe.issuer.petals, turns=6, phase=phase), 0.1)
    guilloche.draw(canvas, mask, guilloche.rim(centre, radius * 1.1, recipe.issuer.petals), 0.1)
    rows = np.flatnonzero(mask.any(axis=1))
    cols = np.flatnonzero(mask.any(axis=0))
    if not rows.size or Light.WHITE not in canvas.images:
        return
    y, x, part = rows[0], cols[0], mask[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    hue = (np.add.outer(np.arange(part.shape[0]), np.arange(part.shape[1])) / canvas.scale * 9) % 180
    hsv = np.dstack([hue, np.full(part.shape, 105), np.full(part.shape, 246)]).astype(np.uint8)
    foil = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), dtype=np.uint8)
    if broken:
        foil = np.full_like(foil, 214)
    canvas.paste(foil, part, Light.WHITE, (int(x), int(y)), 0.4 if broken else 0.5)


def _print_ghost(canvas: Canvas, recipe: Recipe, face: Image, frame: tuple[float, float, float, float]) -> None:
    """The bearer once more, small, as lines whose thickness follows the picture's darkness."""
    width, height = (max(2, round(canvas.px(length))) for length in frame[2:])
    at = (round(canvas.px(frame[0])), round(canvas.px(frame[1])))
    small = cv2.resize(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), (width, height), interpolation=cv2.INTER_AREA)
    low, high = np.percentile(small, (3, 80))
    dark = np.clip(0.95 - 0.9 * (small.astype(np.float32) - low) / max(1.0, high - low), 0, 1)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    phase = (y + 0.25 * x) / max(2.5, canvas.px(0.34)) * 2 * np.pi
    lines = np.clip((dark - 0.5 - 0.5 * np.cos(phase)) * 2.2 + 0.5, 0, 1)
    oval = np.clip((1.0 - ((x / width - 0.5) / 0.5) ** 2 - ((y / height - 0.5) / 0.5) ** 2) * 6, 0, 1)
    cover = (255 * np.clip(0.55 * lines + 0.45 * dark, 0, 1) * oval).astype(np.uint8)
    ink = dye(recipe.issuer.colours[0])
    if recipe.uv_print:
        ink = replace(ink, uv=(80, 220, 130), uv_strength=0.4)
    canvas.stamp(cover, replace(ink, strength=0.8), at)


def _print_signature(canvas: Canvas, recipe: Recipe, frame: tuple[float, float, float, float]) -> FieldBox:
    width, height = (round(canvas.px(length)) for length in frame[2:])
    rng = np.random.default_rng([recipe.person.face, 3])
    mask = signature(rng, width, height)
    canvas.stamp(mask, dye(_PEN), (round(canvas.px(frame[0])), round(canvas.px(frame[1]))))
    return FieldBox("signature", "", canvas.quad(*frame))


def _print_chip(canvas: Canvas, recipe: Recipe, centre: tuple[float, float]) -> None:
    """The symbol of a chip: a bar across with a circle in its middle (Doc 9303-9, 2.3)."""
    x, y = centre
    mask = canvas.mask()
    bars = [np.array([[x - 2.6, y + dy], [x + 2.6, y + dy]]) for dy in (-1.5, 1.5)]
    sides = [np.array([[x + s * 2.6, y - 1.5], [x + s * 2.6, y + 1.5]]) for s in (-1, 1)]
    angle = np.linspace(0, 2 * np.pi, 40)
    ring = np.column_stack([x + 0.85 * np.cos(angle), y + 0.85 * np.sin(angle)])
    arms = [np.array([[x + s * 0.85, y], [x + s * 2.6, y]]) for s in (-1, 1)]
    guilloche.draw(canvas, mask, [*bars, *sides, ring, *arms], 0.38)
    canvas.stamp(mask, dye(recipe.issuer.colours[0]))
