"""What a forger's blade leaves behind."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.canvas import UV_BRIGHT, Canvas, mix
from limen.specimen.model import Light, Quad


def scrape(canvas: Canvas, quad: Quad, seed: int) -> None:
    """Takes the print off an upright rectangle: rough pale paper, which shines where its surface is broken."""
    margin = canvas.px(0.5)
    x0, y0 = (max(0, int(value - margin)) for value in quad[0])
    x1, y1 = int(quad[2][0] + margin), int(quad[2][1] + margin)
    rng = np.random.default_rng([seed, x0, y0, 31])
    for light, image in canvas.images.items():
        window = image[y0:y1, x0:x1]
        if not window.size or light is Light.IR:
            continue
        height, width = window.shape[:2]
        rough = rng.normal(0, 1, (height, width)).astype(np.float32)
        rough = np.asarray(cv2.GaussianBlur(rough, (0, 0), max(0.6, canvas.px(0.1))), dtype=np.float32) * 2
        edge = np.minimum.outer(_ramp(height, margin), _ramp(width, margin))
        cover = np.clip(edge * (0.8 + 0.25 * rough), 0, 1).astype(np.float32)[:, :, None]
        if light is Light.UV:
            mix(window, np.asarray(UV_BRIGHT, np.float32), cover * 0.3)
            continue
        paper = np.percentile(window.reshape(-1, 3), 80, axis=0)
        bare = np.clip(paper + 6 + 3 * rough[:, :, None], 0, 255).astype(np.float32)
        mix(window, bare, cover * 0.85)


def _ramp(length: int, margin: float) -> NDArray[np.float64]:
    """Rises from 0 at either end to 1 within `margin` pixels."""
    place = np.arange(length) + 0.5
    return np.asarray(np.clip(np.minimum(place, length - place) / max(1.0, margin), 0, 1), dtype=np.float64)
