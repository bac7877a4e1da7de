"""Reads the print of a page: `TextReader().read(page)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from limen.vision.page import Page, Rect
from limen.vision.text.finding import find_lines
from limen.vision.text.model import TextLine, TextReading
from limen.vision.text.networks import Networks
from limen.vision.text.recognising import Look, Recogniser

LEAST_CONFIDENCE = 0.3
"""What is read with less is line work taken for print, or a script that the recogniser does not know."""


class TextReader:
    """Finds and reads the lines of print on a page. Its networks are loaded when it first reads, and once."""

    def __init__(self) -> None:
        self._networks = Networks()
        self._recogniser = Recogniser(self._networks)

    def ready(self) -> Self:
        """Load the networks now instead of when it first reads."""
        self._networks.load()
        return self

    def read(self, page: Page, zone_rect: Rect | None = None) -> TextReading:
        """What the white sheet says; `zone_rect` is where its machine readable zone is, which is left out."""
        rects = find_lines(page, self._networks, zone_rect)
        lines = self._recogniser.parted(page.white, rects) if rects else ()
        found = tuple(line for line in lines if line.text and line.confidence >= LEAST_CONFIDENCE)

        def again(places: Sequence[Rect], *, once: bool = False) -> tuple[tuple[TextLine, ...], ...]:
            ways = (Look.PLAIN,) if once else tuple(Look)
            looks = [self._recogniser.read(page.white, places, look) for look in ways]
            return tuple(zip(*looks, strict=True))

        return TextReading(found, self._networks.name, again)
