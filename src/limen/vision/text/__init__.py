"""The print of the visual zone: its lines found, read, and two readings of a line weighed against each other."""

from limen.vision.text.model import ReadAgain, TextLine, TextReading
from limen.vision.text.reader import TextReader
from limen.vision.text.weighing import likelihood

__all__ = ["ReadAgain", "TextLine", "TextReader", "TextReading", "likelihood"]
