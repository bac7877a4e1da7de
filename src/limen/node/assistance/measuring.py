"""How well a picture shows its page: measured once, on the picture as it was taken, and kept as numbers (class 0)."""

from __future__ import annotations

from typing import Any

from limen.node.exhibits.models import Exhibit
from limen.node.images.intake import Image
from limen.vision import read_zone
from limen.vision.page import NoPage, find_page

LIGHTS = ("white", "photo")
"""In which a page is found by itself; in others it is where the white picture shows it."""
PAGES = ("", "data_page", "card_back", "visa_page", "whole")
"""What a picture shows that is a page; of details and covers nothing is measured."""


def measured(exhibit: Exhibit, pixels: Image) -> list[dict[str, Any]]:
    """The figures of one picture, in a list: none where nothing is to be measured."""
    if exhibit.light not in LIGHTS or exhibit.subject not in PAGES:
        return []
    known: dict[str, Any] = {"of": "picture", "exhibit": str(exhibit.uid), "found": False}
    try:
        found = find_page(pixels, read_zone(pixels)).quality
    except NoPage:
        return [known]
    figures = {"ppi": found.ppi, "edge_mm": found.edge_mm, "glare": len(found.glare), "outside": found.outside}
    return [known | {"found": True} | figures]
