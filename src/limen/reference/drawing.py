"""A reference as a picture for an examiner: what is static, how far it may differ, where the bearer's data stand."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork import Artwork
from limen.vision.artwork.learned import Kind
from limen.vision.page import PX_PER_MM

Pixels = NDArray[np.uint8]

_SCALE: Final = 0.5
_GAP: Final = 16
_COLOURS: Final = {"portrait": (200, 40, 40), "ghost": (200, 120, 20), "zone": (30, 90, 200), "print": (20, 140, 60)}
_TITLE_PX: Final = 34


def drawn(artwork: Artwork) -> Pixels:
    """One picture, RGB: white light with the regions, the fit that is asked for, ultraviolet and infrared."""
    panels = [
        ("white light, with the regions of variable data", _with_regions(artwork)),
        ("static artwork; green where line work must fit more closely, grey is not compared", _tolerance(artwork)),
    ]
    if artwork.uv is not None:
        panels.append(("ultraviolet", artwork.uv))
    if artwork.ir is not None:
        panels.append(("infrared", np.asarray(cv2.cvtColor(artwork.ir, cv2.COLOR_GRAY2RGB), dtype=np.uint8)))
    return _laid_out([_titled(title, image) for title, image in panels])


def _with_regions(artwork: Artwork) -> Pixels:
    image: Pixels = artwork.colour.copy()
    for region in artwork.regions:
        left, top, width, height = (one * PX_PER_MM * _SCALE for one in region.rect)
        colour = _COLOURS.get(region.kind, (90, 90, 90))
        cv2.rectangle(image, (round(left), round(top)), (round(left + width), round(top + height)), colour, 2)
        cv2.putText(image, region.name, (round(left) + 4, round(top) + 14), cv2.FONT_HERSHEY_SIMPLEX, 0.42, colour, 1)
    return image


def _tolerance(artwork: Artwork) -> Pixels:
    size = (artwork.colour.shape[1], artwork.colour.shape[0])
    ground = cv2.resize(artwork.ground, size, interpolation=cv2.INTER_AREA)
    static = cv2.resize((artwork.kind & Kind.STATIC).astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    fit = cv2.resize(np.nan_to_num(artwork.fit), size, interpolation=cv2.INTER_NEAREST)
    image = np.asarray(cv2.cvtColor(ground, cv2.COLOR_GRAY2RGB), dtype=np.float32)
    share = np.clip(fit, 0, 1)[:, :, None] * 0.6
    image = image * (1 - share) + np.array([40, 170, 60], dtype=np.float32) * share
    image[~static] = 0.5 * image[~static] + 64
    return np.asarray(np.clip(image, 0, 255), dtype=np.uint8)


def _titled(title: str, image: Pixels) -> Pixels:
    bar = np.full((_TITLE_PX, image.shape[1], 3), 255, dtype=np.uint8)
    cv2.putText(bar, title, (4, 23), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
    return np.concatenate([bar, image])


def _laid_out(panels: list[Pixels]) -> Pixels:
    """Two beside each other."""
    height, width = panels[0].shape[:2]
    rows = -(-len(panels) // 2)
    sheet = np.full((rows * (height + _GAP), min(2, len(panels)) * (width + _GAP), 3), 235, dtype=np.uint8)
    for index, panel in enumerate(panels):
        top, left = (index // 2) * (height + _GAP), (index % 2) * (width + _GAP)
        sheet[top : top + panel.shape[0], left : left + panel.shape[1]] = panel
    return sheet
