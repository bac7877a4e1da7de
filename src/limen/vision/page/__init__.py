"""The document's page: found, measured, and laid flat under every light."""

from limen.vision.page.errors import NoPage
from limen.vision.page.finding import find_page
from limen.vision.page.lights import add_light
from limen.vision.page.model import (
    PX_PER_MM,
    SIZES_MM,
    Matrix,
    Page,
    Pixels,
    Quality,
    Rect,
    Sheet,
    Side,
    cut_off,
    laid_flat,
    pixels_of,
    sheet_size,
)

__all__ = [
    "PX_PER_MM",
    "SIZES_MM",
    "Matrix",
    "NoPage",
    "Page",
    "Pixels",
    "Quality",
    "Rect",
    "Sheet",
    "Side",
    "add_light",
    "cut_off",
    "find_page",
    "laid_flat",
    "pixels_of",
    "sheet_size",
]
