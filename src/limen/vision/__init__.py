"""Pixels to readings: the machine readable zone found and read in an image (Doc 9303-3, 4)."""

from limen.vision.reader import read_zone
from limen.vision.reading import Glyph, LineReading, Point, Quad, Why, ZoneReading

__all__ = ["Glyph", "LineReading", "Point", "Quad", "Why", "ZoneReading", "read_zone"]
