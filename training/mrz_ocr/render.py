"""Renders one line of a machine readable zone as a crop that the locator might hand to the recogniser.

A *cut* is what one printer's OCR-B looks like: a font file, its stroke width, how tall and wide its letters and digits
are, and small deviations of every single glyph. Cuts are made at random from the fonts, so that the net meets
hundreds of them. What a camera, a scanner and a document's background do to the line comes after.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from text import ALPHABET, DIGITS, LETTERS, Writer

from limen.vision.normalise import normalise

Grey = NDArray[np.float32]

_FONTS = Path(__file__).resolve().parents[2] / "src" / "limen" / "specimen" / "fonts"
OCRB = (("OCRB.otf", 0.62), ("OCRBS.otf", 0.30), ("OCRBL.otf", 0.08))
OTHERS = (
    "truetype/dejavu/DejaVuSansMono.ttf", "truetype/dejavu/DejaVuSansMono-Bold.ttf", "truetype/dejavu/DejaVuSans.ttf",
    "truetype/liberation/LiberationMono-Regular.ttf", "truetype/liberation/LiberationMono-Bold.ttf",
    "truetype/liberation/LiberationSans-Regular.ttf", "truetype/liberation/LiberationSans-Bold.ttf",
    "truetype/freefont/FreeMono.ttf", "truetype/freefont/FreeMonoBold.ttf", "truetype/freefont/FreeSans.ttf",
    "truetype/ocr-a/OCRA.ttf",
)  # fmt: skip
"""Debian's fonts-dejavu-core, fonts-liberation, fonts-freefont-ttf, fonts-ocr-a."""

CELL, ROW = 26, 56
"""Width and height, in pixels, of one character's cell before capture."""
CAP = 26.0
"""Height of a digit in the same pixels: about the ratio of 2.6 mm digits to the pitch of 2.54 mm."""
PAD = 2 * CELL

RUBBISH = 0.05
"""Share of crops that hold no line of a zone: they teach silence, so that an empty band is not read."""


@dataclass(frozen=True)
class Cut:
    """The glyphs of one printer: ROW x 2 CELL each, ink 1 on 0, the digit's middle at the cell's middle."""

    glyphs: dict[str, Grey]
    ocrb: bool


@cache
def _outline(path: str, char: str) -> Image.Image:
    """A glyph at four times the size, its advance centred, digits CAP tall, all on the font's baseline."""
    font = ImageFont.truetype(path, 160)
    top, bottom = font.getbbox("0")[1], font.getbbox("0")[3]
    scale = 4 * CAP / (bottom - top)
    font = ImageFont.truetype(path, round(160 * scale))
    top, bottom = font.getbbox("0")[1], font.getbbox("0")[3]
    image = Image.new("L", (8 * CELL, 4 * ROW), 0)
    x = (8 * CELL - font.getlength(char)) / 2
    ImageDraw.Draw(image).text((x, 2 * ROW - (top + bottom) / 2), char, font=font, fill=255)
    return image


def make_cut(rng: Random, hold_out: bool = False) -> Cut:
    """One random printer; about one in nine prints another typeface than OCR-B."""
    ocrb = rng.random() > 0.11
    path = str(_FONTS / rng.choices([f for f, _ in OCRB], [w for _, w in OCRB])[0])
    if not ocrb:
        path = "/usr/share/fonts/" + rng.choice(OTHERS)
    varied = ocrb and rng.random() < 0.75
    letters = rng.uniform(0.82, 1.04) if varied else 1.0
    wide = {c: rng.uniform(0.86, 1.14) if varied else 1.0 for c in ("letter", "digit", "<")}
    stroke = rng.uniform(-3.5, 4.5) if varied or not ocrb else rng.uniform(-1, 2)
    wobble = rng.choice((0.0, 0.01, 0.03)) if varied else 0.0
    zero = rng.uniform(0.92, 1.1) if varied else 1.0
    glyphs = {}
    for char in ALPHABET:
        kind = "<" if char == "<" else "digit" if char in DIGITS else "letter"
        sx = wide[kind] * (1 + rng.gauss(0, wobble)) * (zero if char == "0" else 1)
        sy = (letters if kind == "letter" else 1.0) * (1 + rng.gauss(0, wobble))
        glyphs[char] = _shape(np.asarray(_outline(path, char)), sx, sy, rng.gauss(0, wobble), stroke)
    return Cut(glyphs, ocrb)


def _shape(big: NDArray[np.uint8], sx: float, sy: float, shear: float, stroke: float) -> Grey:
    """Stretch about the baseline, thicken or thin the strokes (in quarter pixels), and scale down by four."""
    if stroke >= 1:
        big = cv2.dilate(big, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(stroke) * 2 + 1,) * 2))
    elif stroke <= -1:
        big = cv2.erode(big, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(-stroke) + 1,) * 2))
    cx, base = big.shape[1] / 2, big.shape[0] / 2 + 2 * CAP
    matrix = np.float32([[sx, shear, cx - sx * cx - shear * base], [0, sy, base - sy * base]])
    warped = cv2.warpAffine(big, matrix, big.shape[::-1])
    return cv2.resize(warped, (2 * CELL, ROW), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


class Renderer:
    """Makes (crop, text, typeface is OCR-B) from one seeded generator."""

    def __init__(self, seed: int, hard: float = 1.0) -> None:
        self.rng = Random(seed)
        self.np = np.random.default_rng(seed)
        self.writer = Writer(self.rng)
        self.hard = hard
        self.cuts = [make_cut(self.rng) for _ in range(24)]

    def sample(self) -> tuple[Grey, str, bool]:
        """One training example: 32 x 640 float32, its text, and whether it is set in OCR-B."""
        if self.rng.random() < 0.05:
            self.cuts[self.rng.randrange(len(self.cuts))] = make_cut(self.rng)
        if self.rng.random() < RUBBISH:
            return normalise(self._capture(self._rubbish(), self.rng.choice((30, 36, 44)))), "", False
        cut = self.rng.choice(self.cuts)
        lines, chosen = self.writer.lines()
        ink = self._print(cut, lines, chosen)
        crop = self._capture(ink, len(lines[chosen]))
        return normalise(crop), lines[chosen], cut.ocrb

    def _print(self, cut: Cut, lines: list[str], chosen: int) -> Grey:
        """The chosen line in the middle of a sheet, with its neighbours at one line pitch."""
        rng = self.rng
        pitch = CELL * rng.uniform(1.45, 2.6)
        sheet = np.zeros((5 * ROW, len(lines[chosen]) * CELL + 2 * PAD), np.float32)
        for index, line in enumerate(lines):
            middle = sheet.shape[0] / 2 + (index - chosen) * pitch
            top = round(middle - ROW / 2)
            if top < 0 or top + ROW > sheet.shape[0]:
                continue
            drift = rng.gauss(0, 0.02) * CELL
            for column, char in enumerate(line):
                left = round(PAD + column * CELL - CELL / 2 + rng.gauss(0, 0.25) + drift)
                area = sheet[top : top + ROW, left : left + 2 * CELL]
                np.maximum(area, cut.glyphs[char], out=area)
        if rng.random() < 0.3:
            self._other_print(sheet, chosen, len(lines))
        if rng.random() < 0.15:
            patches = self.np.random((sheet.shape[0] // 5, sheet.shape[1] // 5)).astype(np.float32)
            cover = cv2.resize(patches, sheet.shape[::-1])
            sheet *= np.clip(cover * rng.uniform(1.5, 3), 0.2, 1)
        return sheet

    def _rubbish(self) -> Grey:
        """What a locator may mistake for a line: prose in small letters, bars, dots, or nothing."""
        rng = self.rng
        sheet = np.zeros((5 * ROW, 44 * CELL + 2 * PAD), np.float32)
        middle, kind = sheet.shape[0] // 2, rng.random()
        if kind < 0.5:
            canvas = Image.new("L", sheet.shape[::-1], 0)
            font = ImageFont.truetype("/usr/share/fonts/" + rng.choice(OTHERS), rng.randint(18, 44))
            words = (self.writer.of(LETTERS.lower() + ".,", rng.randint(2, 9)) for _ in range(18))
            ImageDraw.Draw(canvas).text(
                (rng.uniform(0, 60), middle - 18), " ".join(words), font=font, fill=rng.randint(120, 255)
            )
            return np.asarray(canvas, np.float32) / 255
        if kind < 0.85:
            step = rng.uniform(8, 40)
            at = (np.arange(sheet.shape[1]) % step < step * rng.uniform(0.2, 0.6)).astype(np.float32)
            sheet[middle - rng.randint(4, 60) : middle + rng.randint(4, 60)] = at * rng.uniform(0.3, 1)
        return sheet

    def _other_print(self, sheet: Grey, chosen: int, count: int) -> None:
        """Print of another kind above the first line or below the last, as far away as documents have it."""
        rng = self.rng
        above = chosen == 0
        if not above and chosen != count - 1:
            return
        canvas = Image.new("L", (sheet.shape[1], 40), 0)
        font = ImageFont.truetype("/usr/share/fonts/" + rng.choice(OTHERS), rng.randint(14, 30))
        text = self.writer.of(LETTERS + LETTERS.lower() + "   ", rng.randint(3, 40))
        ImageDraw.Draw(canvas).text(
            (rng.uniform(0, sheet.shape[1] * 0.6), 2), text, font=font, fill=rng.randint(90, 255)
        )
        gap = round(rng.uniform(0.75, 1.6) * CAP)
        middle = sheet.shape[0] // 2
        top = middle - gap - 40 if above else middle + gap
        np.maximum(sheet[top : top + 40], np.asarray(canvas, np.float32) / 255, out=sheet[top : top + 40])

    def _capture(self, sheet: Grey, count: int) -> NDArray[np.uint8]:
        """Cut the line out as an imperfect locator would, at the source's resolution, and spoil it."""
        rng = self.rng
        x0 = PAD - CELL * rng.uniform(-0.15, 1.4)
        x1 = PAD + CELL * (count + rng.uniform(-0.15, 1.4))
        half = CAP * rng.uniform(0.62, 1.15)
        middle = sheet.shape[0] / 2 + CAP * rng.uniform(-0.14, 0.14)
        skew, twist = rng.gauss(0, 0.09) * CAP, rng.gauss(0, 0.05) * CAP
        lean = rng.gauss(0, 0.12) * half
        quad = np.float32([
            (x0 + lean, middle - half - skew - twist), (x1 + lean, middle - half + skew + twist),
            (x1 - lean, middle + half + skew - twist), (x0 - lean, middle + half - skew + twist),
        ])  # fmt: skip
        pixels = rng.choice((rng.uniform(5.0, 8), rng.uniform(6.5, 14), rng.uniform(10, 26)))  # a character's pitch
        width = max(60, int(pixels * (x1 - x0) / CELL))
        height = max(8, round(width * 2 * half / (x1 - x0) * rng.uniform(0.85, 1.2)))
        fine = 2 if pixels < 13 else 1
        size = (width * fine, height * fine)
        corners = np.float32([(0, 0), (size[0], 0), size, (0, size[1])])
        ink = cv2.warpPerspective(sheet, cv2.getPerspectiveTransform(quad, corners), size, flags=cv2.INTER_LINEAR)
        if rng.random() < 0.15:
            ink = self._bend(ink)
        if fine == 2:
            ink = cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA)
        margins = ((PAD - x0) / (x1 - x0) * width, (x1 - PAD - CELL * count) / (x1 - x0) * width)
        return self._spoil(ink, pixels, margins)

    def _bend(self, ink: Grey) -> Grey:
        """A curved page: the line sags by up to a twelfth of the crop's height."""
        height, width = ink.shape
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        sag = self.rng.uniform(-0.085, 0.085) * height
        return cv2.remap(
            ink, xs, ys + sag * np.sin(xs / width * np.pi * self.rng.choice((1, 2))), cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip

    def _ground(self, height: int, width: int, contrast: float) -> Grey:
        """Paper, shadows and security print behind the line."""
        rng = self.rng
        ground = np.full((height, width), rng.uniform(90, 250), np.float32)
        if rng.random() < 0.7:
            coarse = self.np.standard_normal((2, rng.randint(2, 8))).astype(np.float32)
            ground += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * rng.uniform(0, 22)
        if rng.random() < 0.5:
            ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
            for _ in range(rng.randint(1, 3)):
                wave = np.sin(xs * rng.uniform(0.01, 0.1) + rng.uniform(0, 6)) * rng.uniform(0, 3)
                slant = xs * rng.uniform(0.05, 1.2) + ys * rng.uniform(-1.2, 1.2)
                ground += np.sin(slant + wave) * rng.uniform(2, contrast * 0.22)
        if rng.random() < 0.35:
            grain = self.np.standard_normal((max(2, height // 2), max(2, width // 2))).astype(np.float32)
            ground += cv2.resize(grain, (width, height)) * rng.uniform(2, contrast * 0.2)
        return ground

    def _spoil(self, ink: Grey, pixels: float, margins: tuple[float, float]) -> NDArray[np.uint8]:
        rng = self.rng
        height, width = ink.shape
        contrast = rng.choice((rng.uniform(22, 80), rng.uniform(60, 200)))
        image = self._ground(height, width, contrast) - contrast * ink * rng.uniform(0.9, 1)
        if rng.random() < 0.18:
            self._strokes(image, contrast)
        if rng.random() < 0.12:
            spot = np.exp(-(((np.arange(width) - rng.uniform(0, width)) / (rng.uniform(0.05, 0.25) * width)) ** 2))
            image += spot.astype(np.float32)[None] * rng.uniform(20, 120)
        if rng.random() < 0.45:
            self._edges(image, contrast, pixels, margins)
        image = self._blur(image, pixels)
        noise = rng.choice((0, rng.uniform(0, 4), rng.uniform(0, 12)))
        image = image + self.np.standard_normal(image.shape).astype(np.float32) * noise
        grey = np.clip(image, 0, 255).astype(np.uint8)
        if rng.random() < 0.6:
            grey = cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(22, 95)])[1], 0)
        if rng.random() < 0.15:
            sharpen = np.float32([[0, -0.6, 0], [-0.6, 3.4, -0.6], [0, -0.6, 0]])
            grey = cv2.filter2D(grey, -1, sharpen)
        return grey

    def _blur(self, image: Grey, pixels: float) -> Grey:
        rng = self.rng
        dice = rng.random()
        if dice < 0.5:
            return cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.9) * max(0.6, pixels / 11) * self.hard)
        if dice < 0.64:
            length = rng.randint(2, 4) if pixels > 9 else 2
            return cv2.blur(image, (length, 1) if rng.random() < 0.6 else (1, length))
        return image

    def _strokes(self, image: Grey, contrast: float) -> None:
        """A stamp's rim, a signature, a drawn guide line across the text."""
        rng = self.rng
        height, width = image.shape
        cover = np.zeros_like(image)
        for _ in range(rng.randint(1, 3)):
            ends = [(int(rng.uniform(-0.1, 1.1) * width), int(rng.uniform(-0.6, 1.6) * height)) for _ in range(2)]
            cv2.line(cover, ends[0], ends[1], 1.0, max(1, int(rng.uniform(0.03, 0.12) * height)), cv2.LINE_AA)
        image -= cover * rng.uniform(-0.5, 0.55) * contrast

    def _edges(self, image: Grey, contrast: float, pixels: float, margins: tuple[float, float]) -> None:
        """The document's edge, a frame or a dark desk beside, above or below the text."""
        rng = self.rng
        height, width = image.shape
        for side, margin in enumerate(margins):
            reach = int(min(pixels * rng.uniform(0, 1.2), margin - pixels * 0.12))
            if rng.random() > 0.6 or reach <= 0:
                continue
            level = rng.choice((rng.uniform(-contrast, contrast), -contrast * rng.uniform(0.5, 1.3)))
            thick = rng.choice((max(1, int(pixels * 0.12)), reach))
            columns = slice(max(0, reach - thick), reach) if side == 0 else slice(width - reach, width - reach + thick)
            image[:, columns] += level
        if rng.random() < 0.4:
            rows = max(1, int(height * rng.uniform(0.02, 0.1)))
            level = rng.uniform(-contrast, contrast * 0.7)
            image[slice(height - rows, height) if rng.random() < 0.5 else slice(0, rows)] += level
