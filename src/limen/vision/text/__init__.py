"""The visual zone's print: read by a library, placed on the page."""

from limen.vision.text.model import TextLine, TextReading

__all__ = ["TextLine", "TextReading"]
