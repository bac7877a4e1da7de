"""The bearer's part of the second generator's pages: entries, portrait, ghost image, signature."""

from __future__ import annotations

import cv2
import numpy as np

from bench.unseen.designs import CARD_BACK, Design
from limen.specimen import FieldBox, Light, Recipe, Side
from limen.specimen.canvas import Canvas, Ink, Mask, carbon, dye, soften
from limen.specimen.finish import sprayed
from limen.specimen.fonts import text_mask, visual_typeface
from limen.specimen.guilloche import Curve, draw
from limen.specimen.layout import page_of
from limen.specimen.model import Image
from limen.specimen.portrait import portrait
from limen.specimen.setting import Setting, print_columns
from limen.specimen.signature import signature
from limen.specimen.traces import scrape


def print_page(canvas: Canvas, recipe: Recipe, design: Design) -> tuple[FieldBox, ...]:
    """Prints everything about the bearer; gives its fields, in pixels."""
    back = recipe.side is Side.BACK
    texts = {entry.name: (entry.label, entry.text) for entry in page_of(recipe).entries}
    fields = []
    left, top, step = (5.5, 4.6, 6.6) if back else (design.left, design.top, design.step)
    for row, cells in enumerate(CARD_BACK if back else design.rows):
        for name, offset in cells:
            if name in texts:
                label, text = texts[name]
                fields.append(_entry(canvas, recipe, design, (name, label, text), (left + offset, top + row * step)))
    if not back:
        fields += _portraits(canvas, recipe, design)
        fields.append(_signature(canvas, recipe, design))
    return tuple(fields)


def _entry(
    canvas: Canvas, recipe: Recipe, design: Design, entry: tuple[str, str, str], at: tuple[float, float]
) -> FieldBox:
    name, words, printed = entry
    label_cap, value_cap = design.caps
    x, y = canvas.px(at[0]), canvas.px(at[1])
    label, low = text_mask(words.split(" / ")[0], canvas.px(label_cap * 0.9), face=visual_typeface(design.titles))
    canvas.stamp(label, dye((70, 74, 92)), (int(x), int(y + canvas.px(label_cap) - low)))
    again = recipe.reprint(f"viz.{name}")
    whole = again if again and not again.columns else None
    text = again.text if again else printed
    setting = Setting(
        text,
        whole.face if whole else recipe.visual_typeface,
        canvas.px(value_cap) * (whole.size if whole else 1.0),
        canvas.px(max(0.0, whole.bold - 0.05) if whole else 0.02),
        canvas.px(0.1),
    )
    setting = _fitted(setting, canvas.px(canvas.width - 3 - at[0]))
    value, low = setting.mask(text)
    foot = y + canvas.px(label_cap + 0.8 + value_cap)
    right = x + value.shape[1] - setting.cap
    high, under = foot - setting.cap * 1.15, foot + setting.cap * 0.15
    field = FieldBox(f"viz.{name}", text, ((x, high), (right, high), (right, under), (x, under)))
    if field.name in recipe.scraped or (whole and whole.scraped):
        scrape(canvas, field.quad, recipe.seed)
    if again and again.columns:
        print_columns(canvas, setting, again, (x, foot), ink=_ink(recipe), seed=recipe.seed)
        return field
    dx, dy = (canvas.px(value) for value in (whole.shift if whole else (0.0, 0.0)))
    canvas.stamp(value, _ink(recipe), (int(x + dx), int(foot + dy - low)))
    return field


def _fitted(setting: Setting, room: float) -> Setting:
    """A long entry is set smaller."""
    width = setting.mask(setting.text)[0].shape[1] - setting.cap
    if width <= room:
        return setting
    return Setting(setting.text, setting.face, setting.cap * room / width, setting.bold, setting.tracking / 2)


def _ink(recipe: Recipe) -> Ink:
    return carbon((22, 24, 30)) if recipe.issuer.carbon else dye((22, 24, 46))


def _portraits(canvas: Canvas, recipe: Recipe, design: Design) -> list[FieldBox]:
    person = recipe.person
    own = portrait(person.face, person.sex, person.age)
    other = recipe.reprinted_face if recipe.pasted_face is None else recipe.pasted_face
    shown = own if other is None else portrait(other, person.sex, person.age)
    _portrait(canvas, recipe, design, shown)
    if recipe.pasted_face is None and recipe.overprint != "missing":
        _device(canvas, recipe, design)
    _ghost(canvas, recipe, design, own)
    return [
        FieldBox("portrait", "", canvas.quad(*design.portrait)),
        FieldBox("ghost", "", canvas.quad(*design.ghost)),
    ]


def _portrait(canvas: Canvas, recipe: Recipe, design: Design, face: Image) -> None:
    left, top, width, height = (round(canvas.px(value)) for value in design.portrait)
    small = np.asarray(cv2.resize(face, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    pasted, again = recipe.pasted_face is not None, recipe.reprinted_face is not None
    if again:
        small = sprayed(np.random.default_rng([recipe.reprinted_face or 0, 103]), small, canvas.scale, Light.WHITE)
    cover = _cover(design.frame, height, width, canvas.px(0.45), pasted=pasted)
    canvas.paste(small, cover, Light.WHITE, (left, top), 0.95)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    seen = design.ir_portrait if recipe.reprinted_carbon or not again else 0.08
    canvas.paste(np.dstack([grey] * 3), cover, Light.IR, (left, top), seen)
    dim = np.dstack([grey * 0.14, grey * 0.12, grey * 0.28]).astype(np.uint8)
    glow = np.clip(dim + np.array([60, 80, 150]), 0, 255).astype(np.uint8)
    canvas.paste(glow if pasted else dim, cover, Light.UV, (left, top), 0.95 if pasted else 0.65)
    if pasted or design.frame == "hard":
        _rule(canvas, design, pasted=pasted)


def _cover(frame: str, height: int, width: int, rim: float, *, pasted: bool) -> Mask:
    cover: Mask = np.zeros((height, width), dtype=np.uint8)
    edge = max(1, round(rim))
    if pasted or frame == "hard":
        cover[edge:-edge, edge:-edge] = 255
        return cover
    if frame == "oval":
        cv2.ellipse(cover, (width // 2, height // 2), (width // 2 - edge, height // 2 - edge), 0, 0, 360, 255, -1)
        return soften(cover, rim)
    cover[edge * 2 : -edge, edge * 2 : -edge * 2] = 255
    return soften(cover, rim * 2.2)


def _rule(canvas: Canvas, design: Design, *, pasted: bool) -> None:
    """The issuer's printed rule about the portrait, or the cut edge of one that was pasted on."""
    left, top, width, height = design.portrait
    ring = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * (width - 0.9, height - 0.9) + (left + 0.45, top + 0.45)
    mask = canvas.mask()
    draw(canvas, mask, [ring], 0.18, 190)
    ink = Ink((70, 64, 60), ir=0.3, uv=(150, 170, 240), uv_strength=0.6) if pasted else dye(design.issuer.colours[1])
    canvas.stamp(mask, ink)
    if pasted:
        mask = canvas.mask()
        draw(canvas, mask, [ring - 0.16], 0.14, 180)
        canvas.stamp(mask, Ink((255, 255, 255), ir=0.0, uv_strength=0.0))


def _device(canvas: Canvas, recipe: Recipe, design: Design) -> None:
    """What the issuer lays over the portrait; a broken one lies askew, without its play of colours."""
    broken = recipe.overprint == "broken"
    dx, dy = np.random.default_rng([recipe.seed, 107]).uniform(-0.9, 0.9, 2) if broken else (0.0, 0.0)
    turn = 1.3 if broken else 0.0
    curves = _device_lines(design, turn)
    mask = canvas.mask()
    draw(canvas, mask, [curve + np.array([dx, dy]) for curve in curves], 0.16)
    if Light.WHITE not in canvas.images:
        return
    hue = (np.add.outer(np.arange(mask.shape[0]) * 2, np.arange(mask.shape[1])) / canvas.scale * 6) % 180
    foil = np.dstack([hue, np.full(mask.shape, 90), np.full(mask.shape, 240)]).astype(np.uint8)
    shine = np.asarray(cv2.cvtColor(foil, cv2.COLOR_HSV2RGB), dtype=np.uint8)
    if broken:
        shine = np.full_like(shine, 205)
    canvas.paste(shine, mask, Light.WHITE, (0, 0), 0.5 if broken else 0.65)


def _device_lines(design: Design, turn: float) -> list[Curve]:
    """Waves across the chest, a strip down the right side, or rings in the lower left corner."""
    left, top, width, height = design.portrait
    t = np.linspace(0, 1, 400)
    if design.device == "waves":
        y = top + height * 0.78
        return [
            np.column_stack([left + width * t, y + k * 0.55 + 1.4 * np.sin(9 * t + k / 3 + turn)]) for k in range(12)
        ]
    if design.device == "strip":
        x = left + width * 0.8
        return [
            np.column_stack([x + k * 0.42 + 0.5 * np.sin(14 * t + turn), top + (height + 4) * t - 2]) for k in range(14)
        ]
    angle = np.linspace(0, 2 * np.pi, 200)
    middle = np.array([left + width * 0.2, top + height * 0.82])
    squash = 1 + 0.1 * np.sin(6 * angle + turn)
    return [
        np.column_stack([np.cos(angle), squash * np.sin(angle)]) * radius + middle
        for radius in np.arange(0.6, 6.2, 0.5)
    ]


def _ghost(canvas: Canvas, recipe: Recipe, design: Design, face: Image) -> None:
    left, top, width, height = (round(canvas.px(value)) for value in design.ghost)
    grey = cv2.cvtColor(cv2.resize(face, (width, height), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    low, high = np.percentile(grey, (3, 85))
    dark = np.clip(0.96 - (grey.astype(np.float32) - low) / max(1.0, float(high - low)), 0, 1)
    if design.ghost_style == "dots":
        y, x = np.mgrid[0:height, 0:width].astype(np.float32) * (2 * np.pi / max(3.0, canvas.px(0.36)))
        cells = (np.cos(x * 0.7 + y * 0.7) + np.cos(x * 0.7 - y * 0.7) + 2) / 4
        dark = 0.5 * np.clip((dark - cells) * 3 + 0.5, 0, 1) + 0.5 * dark
    v, u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    oval = np.clip((1 - u**2 - v**2) * 5, 0, 1)
    ink = dye(design.issuer.colours[1])
    canvas.stamp((255 * dark * oval * 0.8).astype(np.uint8), ink, (left, top))


def _signature(canvas: Canvas, recipe: Recipe, design: Design) -> FieldBox:
    left, top, width, height = design.signature
    rng = np.random.default_rng([recipe.person.face, 109])
    mask = signature(rng, round(canvas.px(width)), round(canvas.px(height)))
    canvas.stamp(mask, dye((24, 26, 40)), (round(canvas.px(left)), round(canvas.px(top))))
    return FieldBox("signature", "", canvas.quad(left, top, width, height))
