"""Limen's own tools, each imported and loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limen.verifier.loading import Tool
from limen.verifier.tools import FindSeals, NotFound, ReadZone, Tools

if TYPE_CHECKING:
    from pathlib import Path

    from limen.vision.light import Light
    from limen.vision.page import Page, Pixels
    from limen.vision.reading import ZoneReading


def all_tools(*, models: Path | None = None, references: Path | None = None) -> Tools:
    """Everything there is. `models` is the folder of face models, `references` the store, instead of the usual ones."""
    return Tools(
        Tool("reader of machine readable zones", _zone),
        Tool("reader of seals", _seals),
        Tool("page finder", _Pages),
    )


def _zone() -> ReadZone:
    from limen.vision import read_zone  # noqa: PLC0415

    return read_zone


def _seals() -> FindSeals:
    from limen.verifier.seals import find_seals  # noqa: PLC0415

    return find_seals


class _Pages:
    """`limen.vision.page`."""

    def find(self, image: Pixels, zone: ZoneReading | None) -> Page:
        """The page in a white image. Raises `NotFound`."""
        from limen.vision.page import NoPage, find_page  # noqa: PLC0415

        try:
            return find_page(image, zone)
        except NoPage as error:
            raise NotFound(str(error)) from error

    def add(self, page: Page, light: Light, image: Pixels) -> Page:
        """The page with one more light."""
        from limen.vision.page import add_light  # noqa: PLC0415

        return add_light(page, light, image)
