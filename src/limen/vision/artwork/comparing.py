"""Holds a page against the learned artwork of its model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork import ground as grounds
from limen.vision.artwork import lights
from limen.vision.artwork.align import Grey, Placement, grey_of, place
from limen.vision.artwork.ground import Ground
from limen.vision.artwork.laid import Laid, bare_ground, lay
from limen.vision.artwork.learned import CELL, Artwork
from limen.vision.artwork.measuring import measure
from limen.vision.artwork.model import Comparison, Deviation, Field, Property
from limen.vision.artwork.rules import judged
from limen.vision.light import Light
from limen.vision.page import Page, Rect, sheet_size

FOUND: Final = 0.25
"""Share of blocks in place from which on a page counts as found on the reference."""
LEAST_PPI: Final = 200.0
"""Below this line work is not resolved and a page that is not found says nothing."""
_NARROWED: Final = frozenset({"visual zone", "paper"})
"""Regions that are told by what lies at the place where they are worst."""
_NARROW_MM: Final = 5.0
"""Height of a place up to which it is one entry's."""
SIMILAR: Final = 0.6
"""Correlation of line work from which on two pages show the same artwork; others stay below 0.3."""


def compare(
    page: Page,
    artwork: Artwork,
    *,
    model: str,
    counts: bool,
    fields: Sequence[Field] = (),
    placement: Placement | None = None,
) -> Comparison:
    """The page against the artwork. `fields` are the entries that were read on it and name the places of findings.

    `placement` is what `locate` found, where it was asked already.

    The caller knows the model by the machine readable zone or by `similarity`: a sharp page on which the artwork is not
    found deviates in its line work. Where the page is of another format or too coarse, `note` says so.
    """
    if (page.format, page.side) != (artwork.format, artwork.side):
        return Comparison(model, counts, (), note="The reference is of another format or side: take that of this side.")
    placement = placement or locate(page, artwork)
    if placement.agreement < FOUND:
        return _not_found(page, placement.agreement, model, counts)
    laid = lay(page, artwork, placement)
    found, maps = measure(page, laid, artwork)
    judgements = [judged(name, one, artwork) for name, one in found.items()]
    deviations = [_on_page(one, laid, fields, artwork) for one in judgements if one is not None]
    deviating = {one.light for one in deviations if one.margin < 0}
    return Comparison(model, counts, tuple(deviations), _heat(laid, maps, artwork, deviating))


def similarity(page: Page, artwork: Artwork) -> float:
    """How much of the artwork's line work the page shows, 0 to 1; from `SIMILAR` on it is the same artwork."""
    return locate(page, artwork).agreement


def locate(page: Page, artwork: Artwork) -> Placement:
    """Where the page lies over the artwork; its agreement is `similarity`, 0 for another format or side."""
    if (page.format, page.side) != (artwork.format, artwork.side):
        return Placement(np.eye(3), 0.0)
    return place(grey_of(page.white.image), artwork.ground.astype(np.float32), bare_ground(artwork))


def _not_found(page: Page, share: float, model: str, counts: bool) -> Comparison:
    if page.quality.ppi < LEAST_PPI:
        note = f"The image is too coarse to compare ({page.quality.ppi:.0f} ppi): take it at 300 ppi or more."
        return Comparison(model, counts, (), note=note)
    width, height = page.size_mm
    deviation = Deviation(
        "static artwork", Light.WHITE, Property.LINE_WORK, float(np.clip(share / FOUND - 1, -1, 0)),
        (0.0, 0.0, width, height), f"{share:.0%} of the artwork found in its place", f"at least {FOUND:.0%}",
    )  # fmt: skip
    return Comparison(model, counts, (deviation,), note="")


def _on_page(one: Deviation, laid: Laid, fields: Sequence[Field], art: Artwork) -> Deviation:
    """The same with its place on the page, and by the name of the entry that lies there."""
    rect = moved(one.rect, laid)
    return replace(one, region=_place(one, rect, fields, art), rect=rect)


def _place(one: Deviation, rect: Rect, fields: Sequence[Field], art: Artwork) -> str:
    """The region's name: of a place in the visual zone or a patch of paper, the entry or portrait that lies there."""
    if one.region not in _NARROWED or one.margin >= 0 or rect[3] > _NARROW_MM:
        return one.region
    names = [f"viz.{field.name}" for field in fields if _meets(field.rect, rect)]
    known = [area for area in art.regions if area.kind in ("portrait", "zone") or area.name.startswith("viz.")]
    names += [area.name for area in known if _meets(area.rect, one.rect)]
    return names[0] if names else one.region


def moved(rect: Rect, laid: Laid) -> Rect:
    """A rectangle of the reference, on the page."""
    left, top, width, height = rect
    scale = np.diag([1 / 12.0, 1 / 12.0, 1.0]) @ laid.placement.matrix @ np.diag([12.0, 12.0, 1.0])
    ends = np.array([[[left, top], [left + width, top + height]]], dtype=np.float64)
    (x0, y0), (x1, y1) = cv2.perspectiveTransform(ends, scale)[0]
    return (float(x0), float(y0), float(x1 - x0), float(y1 - y0))


def _meets(a: Rect, b: Rect) -> bool:
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return across > 0 and down > 0.4 * min(a[3], b[3])


def _heat(laid: Laid, maps: Ground, art: Artwork, wanted: set[Light]) -> dict[Light, NDArray[np.float32]]:
    """By light, in multiples of the tolerance; laid back on the page. Only where something deviates is it looked at."""
    heat = {}
    if Light.WHITE in wanted:
        heat[Light.WHITE] = _laid_back(_white_heat(maps, art), laid, page_cells(art))
    if Light.UV in wanted and laid.uv is not None:
        heat[Light.UV] = _laid_back(lights.uv_heat(laid.uv, art), laid, page_cells(art))
    if Light.IR in wanted and laid.ir is not None and art.ir is not None:
        heat[Light.IR] = _laid_back(lights.ir_heat(laid.ir, art.ir, maps, art), laid, page_cells(art))
    return heat


def _white_heat(maps: Ground, art: Artwork) -> Grey:
    lack, valid = grounds.lacking(maps, art)
    white = np.where(valid, np.clip(lack, 0, None) / 0.25, 0.0)
    kept = grounds.retained(maps)
    about = maps.print_valid & (maps.printed.var_reference > 25)
    white = np.maximum(white, np.where(about, np.clip((1 - kept) / 0.55, 0, 3), 0.0))
    return np.asarray(white, dtype=np.float32)


def page_cells(art: Artwork) -> tuple[int, int]:
    """Width and height of a heat map."""
    width, height = sheet_size(art.format)
    return width // CELL, height // CELL


def _laid_back(values: Grey, laid: Laid, size: tuple[int, int]) -> NDArray[np.float32]:
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    shrink = np.diag([1 / CELL, 1 / CELL, 1.0])
    matrix = shrink @ laid.placement.matrix @ np.linalg.inv(shrink)
    return np.asarray(cv2.warpPerspective(small, matrix, size, flags=cv2.INTER_LINEAR), dtype=np.float32)
