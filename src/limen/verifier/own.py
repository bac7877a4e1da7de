"""Limen's own tools, each imported and loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limen.verifier.loading import Missing, Tool
from limen.verifier.tools import Compares, FindSeals, NotFound, ReadsFaces, ReadsText, ReadZone, Tools

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
        Tool("text reader", _text),
        Tool("face reader", lambda: _faces(models)),
        Tool("store of references", lambda: _library(references)),
    )


def _zone() -> ReadZone:
    import numpy as np  # noqa: PLC0415

    from limen.vision import read_zone  # noqa: PLC0415
    from limen.vision.recognise import recognise  # noqa: PLC0415

    recognise([np.zeros((40, 400), np.uint8)])  # loads the network now, lest the first document pay for it
    return read_zone


def _seals() -> FindSeals:
    from limen.verifier.seals import find_seals  # noqa: PLC0415

    return find_seals


def _text() -> ReadsText:
    from limen.vision.text import TextReader  # noqa: PLC0415

    return TextReader().ready()


def _faces(folder: Path | None) -> ReadsFaces:
    from limen.vision.face import BadBands, BadEmbedder, FaceReader, ModelsMissing  # noqa: PLC0415

    try:
        return FaceReader.load(folder)
    except (ModelsMissing, BadBands, BadEmbedder) as error:
        raise Missing(str(error)) from error


def _library(path: Path | None) -> Compares:
    from limen.reference.errors import KeepingError  # noqa: PLC0415
    from limen.reference.library import Library  # noqa: PLC0415

    try:
        return Library.open(path)
    except KeepingError as error:
        raise Missing(str(error)) from error


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
