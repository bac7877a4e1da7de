"""All measures of one page against one reference."""

from __future__ import annotations

from typing import Final

from limen.vision.artwork import ground as grounds
from limen.vision.artwork import lights, portrait, tone, writing
from limen.vision.artwork.ground import Ground
from limen.vision.artwork.laid import Laid
from limen.vision.artwork.learned import Artwork
from limen.vision.artwork.measured import Measures
from limen.vision.page import Page

BACKGROUNDS: Final = {1: "background of one", 3: "background of three", 6: "background"}
"""Measures of the ground about characters of the visual zone, by how many are taken together."""


def measure(page: Page, laid: Laid, art: Artwork) -> tuple[Measures, Ground]:
    """What the page's lights allow; and the maps that the line work was judged by."""
    ground = grounds.examine(laid, art)
    written = writing.characters(laid, art)
    lower = writing.characters(laid, art, zone=True)
    found = (
        grounds.line_work(ground, art)
        | grounds.by_count(_kept(ground, written), BACKGROUNDS)
        | grounds.background(_kept(ground, lower), "zone background")
        | tone.colour(laid, ground, art)
        | tone.pattern(page.white.image, page.size_mm)
        | portrait.overprint(laid, art)
        | portrait.rim(laid, art)
        | writing.typeface(written, art)
        | lights.fluorescence(laid, ground, art)
        | lights.absorption(laid, ground, art)
    )
    return found, ground


def _kept(ground: Ground, written: writing.Written) -> list[grounds.Kept]:
    return grounds.about_characters(ground, written.boxes, writing.lines(written.boxes))
