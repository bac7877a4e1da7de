"""A visa label stuck on a visa page of a passport (Doc 9303-4, 2.1; 9303-7, 3 and 4), seen in every light.

The page has line work of its own, a heading and a number, so that whoever looks for the label meets more than paper.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from limen.specimen.canvas import IR_PAPER, UV_DULL
from limen.specimen.errors import NotPossibleError
from limen.specimen.geometry import MM_PER_INCH
from limen.specimen.issuers import Colour
from limen.specimen.model import Image, Light, Specimen

PAGE_MM = (125.0, 88.0)
"""Width and height of a passport's page."""
_MARGIN_MM = 1.2
"""Between the label and the page's edges at least."""
_TILT_DEG = 1.5
"""How far askew a label is stuck at most."""
_PAPER: dict[Light, Colour] = {Light.WHITE: (233, 226, 208), Light.IR: IR_PAPER, Light.UV: UV_DULL}
_LINES: dict[Light, Colour] = {Light.WHITE: (196, 176, 160), Light.IR: (200, 200, 200), Light.UV: (150, 60, 48)}
_PRINT: dict[Light, Colour] = {Light.WHITE: (120, 60, 70), Light.IR: (198, 198, 198), Light.UV: (20, 16, 40)}


def on_visa_page(label: Specimen, seed: int) -> Specimen:
    """The label on a visa page: the picture is the page's, the truth's outline the label's; all decided by `seed`.

    Raises `NotPossibleError` for a document that is no visa label.
    """
    if not label.truth.format.startswith("MRV"):
        raise NotPossibleError(f"{label.truth.format} is no visa label")
    rng = np.random.default_rng([seed, 83])
    scale = label.truth.ppi / MM_PER_INCH
    size = (round(PAGE_MM[0] * scale), round(PAGE_MM[1] * scale))
    matrix = _placed(rng, label, size, _MARGIN_MM * scale)
    waves = (float(rng.uniform(0, 6)), float(rng.uniform(5, 8)), int(rng.integers(8, 32)))
    images = {light: _laid(label.images[light], _page(light, size, scale, waves), matrix) for light in label.images}
    truth = label.truth.mapped(lambda points: points @ matrix[:, :2].T + matrix[:, 2], size_px=size, size_mm=PAGE_MM)
    return replace(label, images=images, truth=truth)


def _placed(rng: np.random.Generator, label: Specimen, size: tuple[int, int], margin: float) -> cv2.typing.MatLike:
    """Where the label comes to lie, 2 x 3: pixels of the label to pixels of the page."""
    width, height = label.truth.size_px
    room = ((size[0] - width) / 2 - margin, (size[1] - height) / 2 - margin)
    # A large label nearly fills its page: there is little room to stick it askew.
    most = min(_TILT_DEG, float(np.degrees(max(0.1, room[1]) / width * 2)))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-most, most)), 1.0)
    slack = [max(0.0, one) * 0.5 for one in room]
    for axis, (page, sticker) in enumerate(zip(size, (width, height), strict=True)):
        matrix[axis, 2] += (page - sticker) / 2 + rng.uniform(-1, 1) * slack[axis]
    return matrix


def _page(light: Light, size: tuple[int, int], scale: float, waves: tuple[float, float, int]) -> Image:
    """The bare page: wavy lines, its heading at the top and its number at the foot."""
    page = np.full((size[1], size[0], 3), _PAPER[light], dtype=np.uint8)
    phase, length, number = waves
    x = np.arange(0, size[0], 4)
    for row in np.arange(0, size[1], 1.6 * scale):
        y = row + 1.1 * scale * np.sin(x / (length * scale) + phase + row / (9 * scale))
        points = np.round(np.column_stack([x, y]) * 16).astype(np.int32)
        cv2.polylines(page, [points], False, _LINES[light], max(1, round(0.12 * scale)), cv2.LINE_AA, 4)
    for text, place in (("VISAS", (0.44, 3.2)), (f"{number}", (0.5, PAGE_MM[1] - 1.2))):
        at = (round(size[0] * place[0]), round(place[1] * scale))
        cv2.putText(page, text, at, cv2.FONT_HERSHEY_DUPLEX, 0.085 * scale, _PRINT[light], 1, cv2.LINE_AA)
    return page


def _laid(label: Image, page: Image, matrix: cv2.typing.MatLike) -> Image:
    """The label over the page, with the thin shade of its edge."""
    size = (page.shape[1], page.shape[0])
    cover = cv2.warpAffine(np.full(label.shape[:2], 255, np.uint8), matrix, size, flags=cv2.INTER_LINEAR)
    shade = cv2.GaussianBlur(np.roll(cover, 3, axis=(0, 1)), (0, 0), 2.0).astype(np.float32)[..., None] / 255
    under = page * (1 - 0.25 * shade)
    there = cv2.warpAffine(label, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = cover.astype(np.float32)[..., None] / 255
    return np.asarray(np.clip(there * share + under * (1 - share), 0, 255), dtype=np.uint8)
