"""The same page in the image of another light."""

from __future__ import annotations

from dataclasses import replace

from limen.vision.light import Light
from limen.vision.page.finding import as_rgb
from limen.vision.page.model import Page, Pixels, laid_flat


def add_light(page: Page, light: Light, image: Pixels) -> Page:
    """The page with the sheet of another light, or with the reason in `problems` why it has none."""
    image = as_rgb(image)
    if (image.shape[1], image.shape[0]) == page.white.image_size:
        sheet = laid_flat(image, page.white.to_image, page.format, light)
        return replace(page, sheets={**page.sheets, light: sheet})
    return page
