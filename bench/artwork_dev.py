"""Development measurements of the comparison with learned artwork: margins of genuine pages and of each fraud.

    python -m bench.artwork_dev --models UTO:TD3:front --genuine 20 --frauds 6

Development issuers and seeds only (below 100000). Presses are not exact: ground, fluorescent print and
personalisation are shifted against one another by some tenths of a millimetre, inks vary by lot, lamps by device,
and the page is laid flat with the residual error of a page that was found.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any
from unittest import mock

import cv2
import numpy as np

from bench.true_pages import true_matrix
from limen.icao.mrz import Format
from limen.specimen import FRAUDS, Specimen, capture, draft, falsified, render
from limen.specimen.artwork import artwork as plain_artwork
from limen.vision.light import Light
from limen.vision.page import SIZES_MM, Matrix, Page, Pixels, Quality, Side, laid_flat

CACHE = Path("/tmp/artwork")
MODELS = (
    "UTO:TD3:front", "QVA:TD3:front", "QNR:TD3:front", "UTO:TD1:front", "QVA:TD1:front", "QNR:TD2:front",
    "UTO:TD2:front", "QVA:MRV-A:front", "QNR:MRV-A:front", "UTO:TD1:back",
)  # fmt: skip


def shifted(image: Pixels, by: tuple[float, float], gain: Any = 1.0) -> Pixels:
    move = np.array([[1, 0, by[0]], [0, 1, by[1]]], dtype=np.float64)
    size = (image.shape[1], image.shape[0])
    moved = cv2.warpAffine(image, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.clip(moved * np.asarray(gain, np.float32) + 0.5, 0, 255).astype(np.uint8)


def printed(rng: np.random.Generator, recipe: Any, spread_mm: float) -> Specimen:
    """The specimen as an inexact press prints it."""
    scale = recipe.ppi / 25.4
    ground = np.clip(rng.normal(0, spread_mm, 2), -0.3, 0.3) * scale
    shine = ground + np.clip(rng.normal(0, 0.1, 2), -0.2, 0.2) * scale
    lot, strength = rng.normal(1, 0.012, 3), rng.uniform(0.85, 1.1)

    def blank(*args: Any, **look: Any) -> Pixels:
        image = plain_artwork(*args, **look)
        if args[4] == Light.UV:
            level = np.median(image.reshape(-1, 3), axis=0)
            lit = np.clip(level + (image.astype(np.float32) - level) * strength, 0, 255).astype(np.uint8)
            return shifted(lit, (shine[0], shine[1]))
        return shifted(image, (ground[0], ground[1]), lot if args[4] == Light.WHITE else 1.0)

    with mock.patch("limen.specimen.render.artwork", blank):
        return render(recipe)


def roughly(rng: np.random.Generator, matrix: Matrix, size: tuple[float, float], spread_mm: float) -> Matrix:
    """A homography as it comes of finding: every corner some tenths of a millimetre away."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    off = np.clip(rng.normal(0, spread_mm, (4, 2)), -1, 1) + np.clip(rng.normal(0, spread_mm, 2), -0.6, 0.6)
    return np.asarray(matrix @ cv2.getPerspectiveTransform(corners, (corners + off).astype(np.float32)))


def worn(rng: np.random.Generator, image: Pixels) -> Pixels:
    """Another lamp, another sensor: gain of each channel, gamma, a little blur."""
    gain = rng.normal(1, 0.02, 3) * rng.normal(1, 0.04)
    gamma = rng.uniform(0.94, 1.06)
    level = np.clip(np.arange(256)[:, None] / 255 * gain, 0, 1) ** gamma * 255
    out = np.dstack([cv2.LUT(np.ascontiguousarray(image[:, :, k]), level[:, k].astype(np.uint8)) for k in range(3)])
    return np.asarray(cv2.GaussianBlur(out, (0, 0), rng.uniform(0.25, 0.5)), dtype=np.uint8)


def document(model: str, seed: int, fraud: str | None = None, *, spread: float = 0.25, press: float = 0.12) -> Page:
    """One document of a model ("UTO:TD3:front"), captured by a reader under three lights and laid flat."""
    assert seed < 100000
    kept = CACHE / f"{model.replace(':', '_')}_{seed}_{fraud or 'genuine'}_{spread}_{press}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    issuer, name, side = model.split(":")
    rng = np.random.default_rng([seed, 77])
    recipe = draft(name, seed, issuer, 400.0, side=side)
    if fraud:
        recipe = falsified(recipe, fraud, seed)
    specimen = printed(rng, recipe, press)
    ppi, size = float(rng.uniform(300, 400)), SIZES_MM[Format(name)]
    sheets, rough, taken = {}, None, int(rng.integers(2**31))
    for light in (Light.WHITE, Light.UV, Light.IR):
        one = capture(specimen, taken, "reader", light=light.value, ppi=ppi)
        taken += 0 if rng.random() < 0.5 else 1
        error = np.linalg.inv(true_matrix(one)) @ roughly(rng, true_matrix(one), size, spread)
        rough = error if rough is None else rough
        near = roughly(rng, np.eye(3), size, 0.0 if light is Light.WHITE else 0.08)
        sheets[light] = laid_flat(worn(rng, one.image), true_matrix(one) @ rough @ near, Format(name), light)
    page = Page(Format(name), Side(side), sheets, Quality(ppi=ppi, edge_mm=0.12))
    CACHE.mkdir(exist_ok=True)
    kept.write_bytes(pickle.dumps(page))
    return page


def possible(model: str) -> list[str]:
    issuer, name, side = model.split(":")
    recipe = draft(name, 1, issuer, 400.0, side=side)
    return [name for name, fraud in FRAUDS.items() if fraud.possible(recipe)]


if __name__ == "__main__":
    pass
