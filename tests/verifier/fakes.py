"""Tools that find what a test says, and documents to show them."""

import datetime

import numpy as np

from limen.icao.mrz import Format
from limen.verifier import NotFound, Tool, Tools, Verifier
from limen.vision.face import FaceReading, Found
from limen.vision.light import Light
from limen.vision.page import Page, Quality, Side, laid_flat
from limen.vision.text import TextReading

ON = datetime.date(2011, 11, 1)
MATRIX = np.diag([8.0, 8.0, 1.0])


def blank(shade=200, size=(1000, 704)):
    """A picture of one shade."""
    return np.full((size[1], size[0], 3), shade, np.uint8)


def page(image, side=Side.FRONT, format=Format.TD3):
    """A page that fills the picture."""
    return Page(format, side, {Light.WHITE: laid_flat(image, MATRIX, format, Light.WHITE)}, Quality(300, 0.12))


class Pages:
    """Finds a page in every picture, unless it is told why not; lays every light over it."""

    def __init__(self, refusal="", side=Side.FRONT):
        self.refusal, self.side = refusal, side

    def find(self, image, zone):
        if self.refusal:
            raise NotFound(self.refusal)
        return page(image, self.side)

    def add(self, found, light, image):
        sheets = {**found.sheets, light: laid_flat(image, MATRIX, found.format, light)}
        return Page(found.format, found.side, sheets, found.quality, found.found_by, found.problems)


class Texts:
    """Reads nothing, and remembers what it was to leave out."""

    def __init__(self):
        self.left_out = []

    def read(self, found, zone_rect=None):
        self.left_out.append(zone_rect)
        return TextReading((), "none")


class Faces:
    """Finds no face anywhere, and remembers where it looked."""

    def __init__(self):
        self.places = []

    def read(self, image, place):
        self.places.append(place)
        return FaceReading(place, Found.NONE)

    def read_page(self, found):
        self.places.append("page")
        return ()


class Breaks:
    """A tool that breaks off whatever it is asked."""

    def __getattr__(self, name):
        def call(*_, **__):
            raise ZeroDivisionError("division by zero")

        return call


def verifier(reading=None, **tools):
    """A Verifier whose reader finds `reading` in every picture, and nothing else but with the tools given."""
    made = {name: one if isinstance(one, Tool) else Tool.of(name, one) for name, one in tools.items()}
    read = made.pop("zone", None) or Tool.of("zone", lambda image: reading)
    seals = made.pop("seals", None) or Tool.of("seals", lambda image: ())
    return Verifier(Tools(read, seals, **made), on=ON)
