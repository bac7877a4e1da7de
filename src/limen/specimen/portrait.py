"""Portraits of nobody: a face put together from smooth shapes and shading, drawn from a seed.

No photograph and no learned model has any part in it. The face has what a face detector looks for (brows, eyes,
nose, mouth, light from above) and stands in the frame as Doc 9303-3, 3.9.1 wants a displayed portrait: full face,
eyes level, plain light ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.issuers import Colour
from limen.specimen.model import Image

WIDTH: Final = 420
HEIGHT: Final = 540

_SKINS: Final[tuple[Colour, ...]] = (
    (246, 214, 190), (236, 196, 166), (224, 178, 142), (204, 154, 116), (176, 124, 88),
    (148, 100, 70), (118, 78, 54), (92, 60, 44),
)  # fmt: skip
_HAIRS: Final[tuple[Colour, ...]] = (
    (28, 22, 20),
    (52, 34, 24),
    (88, 56, 34),
    (136, 90, 50),
    (190, 146, 88),
    (126, 52, 28),
)
_GREY: Final[Colour] = (176, 174, 172)
_EYES: Final[tuple[Colour, ...]] = ((70, 44, 26), (92, 64, 36), (78, 98, 70), (80, 116, 142), (56, 38, 26))
_CLOTHES: Final[tuple[Colour, ...]] = (
    (40, 48, 66),
    (96, 36, 44),
    (54, 84, 76),
    (70, 70, 74),
    (132, 116, 96),
    (36, 36, 40),
)


_Outline = list[tuple[float, float]]
_ALMOND: Final[_Outline] = [
    (-0.2, 0.035), (-0.1, -0.065), (0.03, -0.095), (0.15, -0.05), (0.22, 0.0), (0.12, 0.06),
    (-0.02, 0.085), (-0.13, 0.07),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Look:
    """What tells one face from another. Lengths are shares of half the face's width."""

    skin: Colour
    hair: Colour
    eye: Colour
    clothes: Colour
    style: str
    wide: float
    jaw: float
    brow: float
    eye_size: float
    eye_gap: float
    nose: float
    mouth: float
    lips: float
    beard: float
    lines: float
    glasses: bool


def _look(rng: np.random.Generator, sex: str, age: int) -> _Look:
    woman = sex == "F" or (sex == "X" and rng.random() < 0.5)
    tone = int(rng.integers(len(_SKINS)))
    dark = tone >= 3
    hair = _HAIRS[int(rng.integers(0, 3 if dark else len(_HAIRS)))]
    grey = float(np.clip((age - rng.uniform(42, 62)) / 18, 0, 1))
    styles = ("long", "bob", "bun", "curls", "long") if woman else ("short", "short", "crop", "curls", "bald")
    return _Look(
        skin=_SKINS[tone],
        hair=_blend(hair, _GREY, grey),
        eye=_EYES[int(rng.integers(0, 2 if dark else len(_EYES)))],
        clothes=_CLOTHES[int(rng.integers(len(_CLOTHES)))],
        style=str(rng.choice(styles)),
        wide=rng.uniform(0.93, 1.07),
        jaw=rng.uniform(0.6, 0.72) if woman else rng.uniform(0.7, 0.84),
        brow=rng.uniform(0.05, 0.08) if woman else rng.uniform(0.08, 0.12),
        eye_size=rng.uniform(0.92, 1.1),
        eye_gap=rng.uniform(0.41, 0.46),
        nose=rng.uniform(0.17, 0.25),
        mouth=rng.uniform(0.33, 0.42),
        lips=rng.uniform(0.85, 1.25) if woman else rng.uniform(0.65, 1.0),
        beard=0.0 if woman or rng.random() < 0.5 else rng.uniform(0.25, 1.0),
        lines=float(np.clip((age - 35) / 40, 0, 1)),
        glasses=bool(rng.random() < 0.16),
    )


@lru_cache(maxsize=8)
def portrait(seed: int, sex: str, age: int) -> Image:
    """A face, 420 x 540 pixels (35 x 45 mm). Not to be written to."""
    rng = np.random.default_rng([seed, 17])
    look = _look(rng, sex, age)
    sheet = _Sheet(look)
    sheet.ground(rng)
    sheet.back_hair()
    sheet.body()
    sheet.head()
    sheet.eyes()
    sheet.nose()
    sheet.mouth()
    sheet.age()
    sheet.front_hair()
    sheet.brows()
    if look.glasses:
        sheet.glasses()
    image = sheet.finished(rng)
    image.flags.writeable = False
    return image


class _Sheet:
    """The picture being painted. Places are in units of half the face's width, from between the eyes, y down."""

    def __init__(self, look: _Look) -> None:
        self.look = look
        self.unit = 0.3 * WIDTH
        self.origin = (WIDTH / 2, HEIGHT * 0.475)
        self.image = np.zeros((HEIGHT, WIDTH, 3), dtype=np.float32)

    # -- tools -----------------------------------------------------------------------------------------------

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Face units in pixels."""
        return np.asarray(points) * self.unit + self.origin

    def shape(
        self, points: list[tuple[float, float]], blur: float = 0.0, *, mirror: bool = False
    ) -> NDArray[np.float32]:
        """The coverage, 0 to 1, of a smooth closed shape through `points`; `mirror` adds its other half."""
        outline = points + [(-x, y) for x, y in reversed(points)] if mirror else points
        return self.cover(_smooth(np.asarray(outline)), blur)

    def cover(self, outline: NDArray[np.float64], blur: float = 0.0) -> NDArray[np.float32]:
        mask = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
        cv2.fillPoly(mask, [np.round(self.at(outline) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        return self._blurred(mask, blur)

    def disc(self, x: float, y: float, rx: float, ry: float, blur: float = 0.0) -> NDArray[np.float32]:
        """The coverage of an ellipse."""
        angle = np.linspace(0, 2 * np.pi, 48)
        return self.cover(np.column_stack([x + rx * np.cos(angle), y + ry * np.sin(angle)]), blur)

    def line(self, points: list[tuple[float, float]], width: float, blur: float = 0.0) -> NDArray[np.float32]:
        """The coverage of a smooth open stroke."""
        mask = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
        path = np.round(self.at(_smooth(np.asarray(points), closed=False)) * 16).astype(np.int32)
        cv2.polylines(mask, [path], False, 255, max(1, round(width * self.unit)), cv2.LINE_AA, 4)
        return self._blurred(mask, blur)

    def _blurred(self, mask: NDArray[np.uint8], blur: float) -> NDArray[np.float32]:
        cover = mask.astype(np.float32) / np.float32(255)
        if blur:
            cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), blur * self.unit), dtype=np.float32)
        return cover

    def paint(self, cover: NDArray[np.float32], colour: Colour, strength: float = 1.0) -> None:
        alpha = cover[:, :, None] * strength
        self.image += (np.asarray(colour, np.float32) - self.image) * alpha

    def shade(self, cover: NDArray[np.float32], factor: float) -> None:
        """Darkens (below 1) or lightens what `cover` covers."""
        self.image *= 1 + (factor - 1) * cover[:, :, None]

    # -- from back to front ----------------------------------------------------------------------------------

    def ground(self, rng: np.random.Generator) -> None:
        tint = np.array([222, 226, 230], np.float32) + rng.uniform(-8, 8, 3).astype(np.float32)
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        fall = 1.03 - 0.1 * (y / HEIGHT) - 0.05 * np.abs(x / WIDTH - 0.45)
        self.image[:] = tint * fall[:, :, None]

    def back_hair(self) -> None:
        style, wide = self.look.style, self.look.wide
        if style == "long":
            cover = self.shape(
                [(0, -1.5), (0.85 * wide, -1.22), (1.22, -0.3), (1.22, 0.8), (1.3, 1.7), (0.7, 1.95)], mirror=True
            )
        elif style == "bob":
            cover = self.shape([(0, -1.5), (0.85 * wide, -1.24), (1.24, -0.3), (1.26, 0.7), (0.9, 1.12)], mirror=True)
        elif style == "bun":
            cover = np.maximum(
                self.disc(0, -1.5, 0.42, 0.36),
                self.shape([(0, -1.42), (0.8, -1.1), (1.03, -0.3), (0.9, 0.2)], mirror=True),
            )
        elif style == "curls":
            lobes = [
                self.disc(1.02 * np.sin(a) * wide, -0.42 - 0.92 * np.cos(a), 0.42, 0.42)
                for a in np.linspace(-1.9, 1.9, 13)
            ]
            cover = np.maximum.reduce(lobes)
        else:
            return
        self.paint(cover, self.look.hair)
        self.shade(self.shape([(0, -0.6), (0.9, -0.2), (1.05, 0.9), (0.5, 1.6)], 0.22, mirror=True) * cover, 0.55)

    def body(self) -> None:
        skin, clothes = self.look.skin, self.look.clothes
        shoulders = self.shape([(0, 1.62), (0.5, 1.62), (1.2, 1.95), (1.75, 2.3), (2.0, 3.4), (0, 3.4)], mirror=True)
        self.paint(shoulders, clothes)
        self.shade(shoulders * self.line([(-1.9, 2.25), (-1.2, 2.0), (-0.5, 1.75)], 0.14, 0.1), 1.25)
        self.shade(shoulders * self.line([(1.9, 2.35), (1.2, 2.1), (0.5, 1.85)], 0.3, 0.2), 0.7)
        neck = self.shape(
            [(0, 0.8), (0.52, 0.8), (0.52, 1.45), (0.66, 1.78), (0.32, 2.05), (0, 2.16)], 0.012, mirror=True
        )
        self.paint(neck, skin)
        self.shade(neck * self.shape([(0, 1.0), (0.7, 0.9), (0.6, 1.5), (0, 1.62)], 0.13, mirror=True), 0.62)
        self.shade(neck * self.disc(0.62, 1.6, 0.22, 0.6, 0.12), 0.82)
        collar = self.line([(-0.72, 1.7), (-0.36, 2.1), (0, 2.24), (0.36, 2.1), (0.72, 1.7)], 0.09)
        self.paint(collar, _blend(clothes, (255, 255, 255), 0.18))

    def face_outline(self) -> list[tuple[float, float]]:
        wide, jaw = self.look.wide, self.look.jaw
        return [
            (0, -1.28), (0.5 * wide, -1.18), (0.86 * wide, -0.78), (0.97 * wide, -0.2), (0.95 * wide, 0.32),
            (jaw * 1.08 * wide, 0.8), (jaw * 0.62, 1.15), (0.2, 1.29),
        ]  # fmt: skip

    def head(self) -> None:
        skin, wide = self.look.skin, self.look.wide
        for side in (-1, 1):
            self.paint(self.disc(side * 0.98 * wide, 0.1, 0.13, 0.27, 0.012), _blend(skin, (150, 70, 50), 0.18))
            self.shade(self.disc(side * 0.99 * wide, 0.1, 0.06, 0.17, 0.03), 0.8)
        face = self.shape(self.face_outline(), 0.012, mirror=True)
        self.paint(face, skin)
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        u, v = (x - self.origin[0]) / self.unit, (y - self.origin[1]) / self.unit
        # Light from above and slightly left; the face turns away towards its edges.
        round_off = (
            1.1 - 0.3 * np.clip((u / wide + 0.1) ** 2, 0, 1.4) - 0.1 * np.clip(v, -1, 1.3) ** 2 - 0.06 * v - 0.05 * u
        )
        self.image *= 1 + face[:, :, None] * (round_off[:, :, None] - 1)
        rose = _blend(skin, (206, 84, 70), 0.5)
        for side in (-1, 1):
            self.paint(face * self.disc(side * 0.55, 0.5, 0.25, 0.2, 0.14), rose, 0.26)
            self.shade(face * self.disc(side * 0.52, 0.28, 0.25, 0.12, 0.1), 1.06)
            self.shade(face * self.disc(side * 0.78 * wide, 0.62, 0.14, 0.34, 0.14), 0.87)
        self.shade(face * self.disc(-0.05, -0.7, 0.45, 0.26, 0.2), 1.07)
        self.shade(face * self.disc(0, 1.12, 0.2, 0.12, 0.08), 1.06)
        self._stubble(face)

    def _stubble(self, face: NDArray[np.float32]) -> None:
        if not self.look.beard:
            return
        area = self.shape(
            [(0, 0.62), (0.4, 0.62), (0.72, 0.5), (0.92, 0.12), (0.98, 0.6), (0.7, 1.2), (0, 1.4)], 0.05, mirror=True
        )
        bare = np.maximum(self.disc(0, 0.83, self.look.mouth * 0.95, 0.13, 0.05), self.disc(0, 0.5, 0.26, 0.14, 0.05))
        self.paint(
            face * area * (1 - bare), _blend(self.look.hair, self.look.skin, 0.12), 0.25 + 0.62 * self.look.beard**2
        )

    def eyes(self) -> None:
        for side in (-1, 1):
            self._eyeball(side)
            self._lids(side)

    def _eye_points(self, side: int, points: _Outline) -> _Outline:
        """Points from an eye's middle, outward and down, in face units."""
        look = self.look
        return [(side * (look.eye_gap + x * look.eye_size), y * look.eye_size) for x, y in points]

    def _eyeball(self, side: int) -> None:
        size, cx = self.look.eye_size, side * self.look.eye_gap
        self.shade(self.disc(cx, -0.06, 0.3, 0.2, 0.09), 0.8)
        almond = self.shape(self._eye_points(side, _ALMOND), 0.008)
        self.paint(almond, (240, 236, 232))
        iris = almond * self.disc(cx, -0.015, 0.1 * size, 0.1 * size, 0.006)
        self.paint(iris, self.look.eye)
        self.shade(iris * self.disc(cx, 0.03, 0.06, 0.045, 0.02), 1.5)
        self.paint(almond * self.disc(cx, -0.015, 0.045 * size, 0.045 * size, 0.004), (14, 12, 12))
        under_lid = self._eye_points(side, [(-0.2, 0.0), (0.03, -0.09), (0.22, -0.02)])
        self.shade(almond * self.line(under_lid, 0.06, 0.03), 0.55)
        self.paint(self.disc(cx - 0.035, -0.05, 0.018, 0.018, 0.004), (255, 255, 255))

    def _lids(self, side: int) -> None:
        look = self.look
        lashes = [(-0.2, 0.03), (-0.1, -0.07), (0.03, -0.1), (0.15, -0.055), (0.235, -0.01)]
        cover = self.line(self._eye_points(side, lashes), 0.032, 0.006)
        self.paint(cover, _blend(look.hair, (20, 14, 12), 0.7), 0.92)
        fold = self._eye_points(side, [(-0.18, -0.06), (0.0, -0.16), (0.2, -0.09)])
        self.paint(self.line(fold, 0.014, 0.012), _blend(look.skin, (60, 30, 24), 0.62), 0.6)
        lower = self._eye_points(side, [(-0.14, 0.075), (0.0, 0.095), (0.18, 0.04)])
        self.paint(self.line(lower, 0.012, 0.008), _blend(look.skin, (70, 30, 26), 0.6), 0.55)

    def nose(self) -> None:
        look, w = self.look, self.look.nose
        self.shade(self.line([(0.07, -0.12), (0.09, 0.2), (0.13, 0.42)], 0.09, 0.06), 0.84)
        self.shade(self.line([(-0.1, -0.14), (-0.1, 0.05)], 0.06, 0.05), 0.9)
        self.shade(self.line([(-0.015, -0.1), (-0.02, 0.36)], 0.06, 0.035), 1.1)
        self.shade(self.disc(-0.015, 0.42, 0.09, 0.07, 0.04), 1.12)
        self.shade(self.disc(0, 0.545, w * 1.05, 0.05, 0.035), 0.66)
        for side in (-1, 1):
            wing = [(side * w, 0.36), (side * (w + 0.045), 0.46), (side * (w - 0.02), 0.53)]
            self.paint(self.line(wing, 0.022, 0.014), _blend(look.skin, (70, 30, 24), 0.6), 0.65)
            self.paint(
                self.disc(side * w * 0.5, 0.515, 0.058, 0.026, 0.012), _blend(look.skin, (40, 14, 12), 0.8), 0.85
            )

    def mouth(self) -> None:
        look, w, h = self.look, self.look.mouth, 0.09 * self.look.lips
        y = 0.83
        rose = _blend(look.skin, (172, 62, 66), 0.52)
        self.shade(self.disc(0, 0.66, 0.05, 0.06, 0.03), 0.93)
        upper = self.shape(
            [
                (0.0, y - h * 0.8),
                (0.09, y - h * 1.1),
                (w, y),
                (0.1, y + 0.012),
                (-0.1, y + 0.012),
                (-w, y),
                (-0.09, y - h * 1.1),
            ],
            0.014,
        )
        lower = self.shape(
            [
                (-w, y),
                (-0.1, y + 0.005),
                (0.1, y + 0.005),
                (w, y),
                (w * 0.5, y + h * 1.25),
                (0, y + h * 1.5),
                (-w * 0.5, y + h * 1.25),
            ],
            0.016,
        )
        self.paint(lower, rose, 0.9)
        self.paint(upper, _blend(rose, (60, 16, 20), 0.22), 0.9)
        self.shade(self.disc(-0.03, y + h * 0.8, w * 0.4, h * 0.3, 0.03), 1.16)
        self.paint(
            self.line(
                [(-w, y + 0.005), (-w * 0.4, y - 0.012), (0, y + 0.008), (w * 0.4, y - 0.012), (w, y + 0.005)],
                0.02,
                0.008,
            ),
            _blend(rose, (40, 8, 12), 0.75),
            0.9,
        )
        self.shade(self.disc(0, y + h * 1.9, w * 0.55, 0.035, 0.03), 0.84)

    def age(self) -> None:
        deep = self.look.lines
        if deep < 0.1:
            return
        tone = 1 - 0.3 * deep
        for side in (-1, 1):
            self.shade(self.line([(side * 0.27, 0.46), (side * 0.42, 0.66), (side * 0.46, 0.86)], 0.03, 0.025), tone)
            self.shade(self.line([(side * 0.24, 0.14), (side * 0.42, 0.2), (side * 0.6, 0.13)], 0.03, 0.025), tone)
            self.shade(self.line([(side * 0.7, 0.02), (side * 0.82, 0.08)], 0.014, 0.01), tone)
        for y in (-0.62, -0.76):
            self.shade(self.line([(-0.45, y + 0.03), (0, y - 0.02), (0.45, y + 0.03)], 0.018, 0.016), 1 - 0.2 * deep)

    def front_hair(self) -> None:
        wide, style = self.look.wide, self.look.style
        if style == "bald":
            return
        low = {"short": -0.1, "crop": -0.2, "curls": -0.55, "bun": -0.35, "long": 0.1, "bob": 0.1}[style]
        rise = {"short": -1.5, "crop": -1.38, "curls": -1.56, "bun": -1.45}.get(style, -1.54)
        edge = (0.98 if style in ("short", "crop") else 1.02) * wide
        part = [(0.25, -0.86), (0.62, -0.74), (0.82, -0.55), (0.9 * wide, low)]
        outer = [(0.95 * wide, low + 0.06), (edge, low - 0.08), (edge, -0.6), (0.8 * wide, -1.16), (0.3, rise)]
        outer += [(-x, y) for x, y in reversed(outer)]
        inner = [(-0.9 * wide, low), (-0.84, -0.55), (-0.68, -0.78), (-0.2, -0.98)]
        cover = self.shape(part[::1] + outer + inner, 0.014)
        self.paint(cover, self.look.hair)
        self.shade(cover * self.line([(-0.75, -0.95), (-0.3, -1.3), (0.25, -1.32)], 0.16, 0.11), 1.5)
        self.shade(cover * self.line([(0.8, -0.6), (0.6, -1.1)], 0.2, 0.12), 0.75)

    def brows(self) -> None:
        colour = _blend(self.look.hair, (24, 18, 16), 0.45)
        for side in (-1, 1):
            arch = [
                (side * 0.16, -0.25),
                (side * 0.4, -0.33),
                (side * 0.72, -0.22),
                (side * 0.42, -0.33 + self.look.brow),
                (side * 0.17, -0.25 + self.look.brow),
            ]
            self.paint(self.shape(arch, 0.02), colour, 0.85)

    def glasses(self) -> None:
        for side in (-1, 1):
            angle = np.linspace(0, 2 * np.pi, 40)
            lens = [(side * 0.45 + 0.34 * float(np.cos(a)), 0.02 + 0.25 * float(np.sin(a))) for a in angle]
            self.paint(self.line(lens, 0.026, 0.004), (44, 40, 42), 0.9)
            self.paint(self.line([(side * 0.78, -0.05), (side * 0.98, -0.08)], 0.026, 0.004), (44, 40, 42), 0.9)
        self.paint(self.line([(-0.11, -0.03), (0, -0.07), (0.11, -0.03)], 0.026, 0.004), (44, 40, 42), 0.9)

    def finished(self, rng: np.random.Generator) -> Image:
        grain = rng.normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32)
        fine = np.asarray(cv2.GaussianBlur(grain, (0, 0), 1.1), dtype=np.float32)
        self.image += (fine * 7.0)[:, :, None]
        soft = np.asarray(cv2.GaussianBlur(self.image, (0, 0), 0.8), dtype=np.float32)
        return np.clip(soft, 0, 255).astype(np.uint8)


def _blend(a: Colour, b: Colour, share: float) -> Colour:
    mixed = [round(x + (y - x) * share) for x, y in zip(a, b, strict=True)]
    return (mixed[0], mixed[1], mixed[2])


def _smooth(points: NDArray[np.float64], *, closed: bool = True, steps: int = 10) -> NDArray[np.float64]:
    """A Catmull-Rom curve through the points."""
    if closed:
        ring = np.vstack([points[-1:], points, points[:2]])
    else:
        ring = np.vstack([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    a, b, c, d = ring[:-3, None], ring[1:-2, None], ring[2:-1, None], ring[3:, None]
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    flat = curve.reshape(-1, 2)
    return flat if closed else np.vstack([flat, points[-1:]])
