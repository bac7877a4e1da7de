"""Typefaces: OCR-B for the zone, Pillow's own for the visual zone, and look-alikes for forgeries."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from limen.specimen.canvas import Mask
from limen.specimen.errors import UnknownNameError
from limen.specimen.geometry import PITCH_MM

_HERE: Final = Path(__file__).parent / "fonts"
CUTS: Final = ("OCRB", "OCRBS", "OCRBL")
"""The OCR-B cuts in the package: plain, with sharp corners, and slanted."""
PLAIN: Final = "sans"
"""The typeface of the visual zone."""
_SYSTEM: Final = {
    "DejaVuSansMono": "dejavu/DejaVuSansMono.ttf",
    "LiberationMono": "liberation/LiberationMono-Regular.ttf",
    "FreeMono": "freefont/FreeMono.ttf",
}
LOOK_ALIKES: Final = (PLAIN, *_SYSTEM)
"""Typefaces that are not OCR-B; all but the first only where the system has them."""
_SYSTEM_VISUAL: Final = {
    "LiberationSans": "liberation/LiberationSans-Regular.ttf",
    "DejaVuSans": "dejavu/DejaVuSans.ttf",
    "LiberationSansNarrow": "liberation/LiberationSansNarrow-Regular.ttf",
    "LiberationSerif": "liberation/LiberationSerif-Regular.ttf",
    "DejaVuSansCondensed": "dejavu/DejaVuSansCondensed.ttf",
}
VISUAL_LOOK_ALIKES: Final = (*_SYSTEM_VISUAL, "OCRB")
"""Typefaces that the visual zone is not printed in; the last comes with the package."""
_SYSTEM_ROOT: Final = Path("/usr/share/fonts/truetype")
_CUT_ADVANCE: Final = 0.723
_CAP_MM: Final = 2.4
"""Height of a capital in OCR-B size 1 (ISO 1073-2), to which look-alikes are set."""


def typefaces() -> tuple[str, ...]:
    """Names that a zone can be printed in on this machine; the OCR-B cuts first."""
    found = (name for name, path in _SYSTEM.items() if (_SYSTEM_ROOT / path).is_file())
    return (*CUTS, PLAIN, *found)


@lru_cache(maxsize=32)
def zone_font(name: str, scale: float) -> ImageFont.FreeTypeFont:
    """The typeface at OCR-B size 1, for `scale` pixels a millimetre. Raises `UnknownNameError`."""
    if name in CUTS:
        return ImageFont.truetype(str(_HERE / f"{name}.otf"), PITCH_MM * scale / _CUT_ADVANCE)
    if name == PLAIN:
        return _to_height(plain_font, scale)
    path = str(_SYSTEM_ROOT / _SYSTEM[name]) if name in _SYSTEM else name
    try:
        return _to_height(partial(ImageFont.truetype, path), scale)
    except OSError:
        raise UnknownNameError("typeface", name, typefaces()) from None


def _to_height(load: Callable[[float], ImageFont.FreeTypeFont], scale: float) -> ImageFont.FreeTypeFont:
    """The typeface in the size at which its capitals are as high as OCR-B's."""
    _, top, _, bottom = load(100.0).getbbox("H", anchor="ls")
    return load(100.0 * _CAP_MM * scale / (bottom - top))


@lru_cache(maxsize=64)
def plain_font(size: float) -> ImageFont.FreeTypeFont:
    """Pillow's own scalable typeface; `size` in pixels."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):  # pragma: no cover - a Pillow without FreeType
        raise UnknownNameError("typeface", PLAIN, CUTS)
    return font


def visual_typeface(wanted: str) -> str:
    """That typeface where this machine has it, else the one of the package that takes its place."""
    path = _SYSTEM_VISUAL.get(wanted)
    return wanted if path and (_SYSTEM_ROOT / path).is_file() else VISUAL_LOOK_ALIKES[-1]


@lru_cache(maxsize=64)
def visual_font(face: str, cap: float) -> ImageFont.FreeTypeFont:
    """A typeface of the visual zone by name or path, capitals `cap` pixels high. Raises `UnknownNameError`."""
    if face == PLAIN:
        return plain_font(round(cap / 0.715, 2))
    path = _HERE / f"{face}.otf" if face in CUTS else _SYSTEM_ROOT / _SYSTEM_VISUAL.get(face, face)
    try:
        _, top, _, bottom = ImageFont.truetype(str(path), 200).getbbox("H", anchor="ls")
        return ImageFont.truetype(str(path), cap * 200 / (bottom - top))
    except OSError:
        raise UnknownNameError("typeface", face, (PLAIN, *VISUAL_LOOK_ALIKES)) from None


def offsets(text: str, cap: float, *, tracking: float = 0.0, bold: float = 0.0, face: str = PLAIN) -> list[float]:
    """Where each character of `text_mask` begins, and where the last ends, in pixels from the mask's left."""
    font = visual_font(face, cap)
    places = [1.0 + bold]
    for base, _ in map(_split, text):
        places.append(places[-1] + font.getlength(base) + tracking)
    return places


def text_mask(
    text: str, cap: float, *, bold: float = 0.0, tracking: float = 0.0, face: str = PLAIN
) -> tuple[Mask, float]:
    """A line of a typeface, capitals `cap` pixels high; and how far down its baseline lies.

    `bold` widens the strokes and `tracking` the gaps, both in pixels. National letters are drawn as letter and
    mark, which the plain typeface lacks.
    """
    font = visual_font(face, cap)
    shapes = [_split(char) for char in text]
    steps = [font.getlength(base) + tracking for base, _ in shapes]
    height, baseline = int(cap * 1.75) + 4, cap * 1.38 + 2
    canvas = Pillow.new("L", (int(sum(steps) + cap) + 4, height))
    draw = ImageDraw.Draw(canvas)
    x = 1.0 + bold
    for (base, mark), step in zip(shapes, steps, strict=True):
        draw.text((x, baseline), base, fill=255, font=font, anchor="ls", stroke_width=bold)
        if mark:
            _draw_mark(draw, mark, (x + (step - tracking) / 2, baseline), cap, high=base.isupper())
        x += step
    return np.asarray(canvas, dtype=np.uint8), baseline


def _split(char: str) -> tuple[str, str]:
    if char in "Øø":
        return ("O" if char == "Ø" else "o"), "/"
    parts = unicodedata.normalize("NFD", char)
    return parts[0], parts[1:2]


def _draw_mark(draw: ImageDraw.ImageDraw, mark: str, foot: tuple[float, float], cap: float, *, high: bool) -> None:
    """Accents as strokes, on a unit grid: x from the letter's middle, y from just above it upward.

    `foot` is the middle of the letter's baseline; `high` letters are capitals.
    """
    centre = foot[0]
    top = foot[1] - cap * (1.1 if high else 0.84)
    width = max(1, round(cap * 0.11))
    strokes: dict[str, list[tuple[tuple[float, float], ...]]] = {
        "\u0301": [((-0.08, 0.0), (0.12, 0.2))],
        "\u0300": [((0.08, 0.0), (-0.12, 0.2))],
        "\u0302": [((-0.18, 0.0), (0.0, 0.18), (0.18, 0.0))],
        "\u030c": [((-0.18, 0.18), (0.0, 0.0), (0.18, 0.18))],
        "\u0303": [((-0.2, 0.04), (-0.08, 0.14), (0.08, 0.04), (0.2, 0.14))],
        "\u0327": [((0.0, -1.12), (0.08, -1.24), (-0.08, -1.32))],
        "/": [((-0.36, -1.14), (0.36, -0.06))],
    }
    for stroke in strokes.get(mark, []):
        draw.line([(centre + x * cap, top - y * cap) for x, y in stroke], fill=255, width=width)
    if mark in "\u0308\u030a":
        radius = cap * (0.08 if mark == "\u0308" else 0.12)
        for side in (-0.16, 0.16) if mark == "\u0308" else (0.0,):
            middle = (centre + side * cap, top - 0.1 * cap)
            frame = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
            draw.ellipse(frame, fill=255 if mark == "\u0308" else None, outline=255, width=max(1, round(cap * 0.06)))
