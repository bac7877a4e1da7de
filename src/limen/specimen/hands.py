"""A thumb that holds the document down, never over the machine readable zone."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from limen.specimen.canvas import Mask
from limen.specimen.geometry import MM_PER_INCH, ZONE_HEIGHT_MM
from limen.specimen.issuers import Colour
from limen.specimen.model import Image, Truth
from limen.specimen.scene import Points, View

_SKINS: Final[tuple[Colour, ...]] = ((232, 188, 160), (214, 164, 132), (184, 130, 96), (136, 92, 66), (98, 66, 50))


def add_thumb(rng: np.random.Generator, image: Image, view: View, truth: Truth) -> None:
    """Draws a thumb from outside over an edge of the document, in place."""
    tip, root, half = _pose(rng, truth)
    scale = truth.ppi / MM_PER_INCH
    outline = view(_capsule(tip, root, half) * scale)
    low = np.floor(outline.min(axis=0)).astype(int) - 20
    high = np.ceil(outline.max(axis=0)).astype(int) + 20
    x0, y0 = max(low[0], 0), max(low[1], 0)
    x1, y1 = min(high[0], image.shape[1]), min(high[1], image.shape[0])
    if x1 - x0 < 4 or y1 - y0 < 4:
        return
    shift = np.array([x0, y0])
    window = image[y0:y1, x0:x1]
    mask = _filled(window.shape[:2], outline - shift)
    thick = float(np.hypot(*np.diff(view(np.array([tip, tip + np.array([half, 0])]) * scale), axis=0)[0]))
    shadow = cv2.GaussianBlur(mask, (0, 0), max(1.0, thick * 0.25)).astype(np.float32) / 255
    depth = np.clip(cv2.GaussianBlur(mask, (0, 0), max(1.0, thick * 0.35)).astype(np.float32) / 255 * 2 - 1, 0, 1)
    skin = np.asarray(_SKINS[int(rng.integers(len(_SKINS)))], np.float32)
    flesh = skin * (0.62 + 0.42 * depth[:, :, None])
    nail = _filled(window.shape[:2], view(_nail(tip, root, half) * scale) - shift).astype(np.float32)[:, :, None] / 255
    flesh += (np.minimum(skin * 1.06 + [8, 14, 14], 255) - flesh) * nail * 0.55
    cover = cv2.GaussianBlur(mask, (0, 0), 1.0).astype(np.float32)[:, :, None] / 255
    dark = window * (1 - 0.4 * shadow[:, :, None])
    window[:] = np.clip(dark + (flesh - dark) * cover, 0, 255).astype(np.uint8)


def _pose(rng: np.random.Generator, truth: Truth) -> tuple[Points, Points, float]:
    """Tip, root and half the thickness, in millimetres on the document."""
    width, height = truth.size_mm
    free = height - ZONE_HEIGHT_MM if truth.lines else height
    half = rng.uniform(6.5, 8.5)
    reach = rng.uniform(5, 11)
    edge = str(rng.choice(["top", "left", "right"]))
    if edge == "top":
        x = rng.uniform(0.15, 0.85) * width
        lean = rng.uniform(-30, 30)
        return np.array([x, reach - half * 0.4]), np.array([x + lean, -170.0]), half
    y = rng.uniform(half + 1, max(half + 2, free - half - 4))
    inside = reach - half * 0.4
    tip = np.array([inside if edge == "left" else width - inside, y])
    away = -170.0 if edge == "left" else width + 170.0
    return tip, np.array([away, y - rng.uniform(20, 90)]), half


def _capsule(tip: Points, root: Points, half: float) -> Points:
    """A round end at `tip`, open and wider towards `root`."""
    along = (tip - root) / np.linalg.norm(tip - root)
    aside = np.array([-along[1], along[0]])
    angle = np.linspace(-np.pi / 2, np.pi / 2, 20)[:, None]
    end = tip - along * half + half * (np.cos(angle) * along * 1.05 + np.sin(angle) * aside)
    return np.vstack([root - aside * half * 1.25, end, root + aside * half * 1.25])


def _nail(tip: Points, root: Points, half: float) -> Points:
    along = (tip - root) / np.linalg.norm(tip - root)
    aside = np.array([-along[1], along[0]])
    angle = np.linspace(0, 2 * np.pi, 30)[:, None]
    centre = tip - along * half * 0.85
    return np.asarray(centre + half * (0.72 * np.cos(angle) * along + 0.58 * np.sin(angle) * aside))


def _filled(shape: tuple[int, ...], outline: Points) -> Mask:
    mask: Mask = np.zeros(shape[:2], dtype=np.uint8)
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return mask
