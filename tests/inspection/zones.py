"""Readings without pictures: glyphs laid out on the millimetres of Doc 9303 and seen by a pinhole camera."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from limen.icao.mrz import check_digit
from limen.vision.reading import Glyph, LineReading, Point, Quad, Why, ZoneReading

PITCH_MM = 2.54
GLYPH_MM = (1.8, 2.4)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRV_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")

Camera = Callable[[float, float], Point]
"""From millimetres on the page, the middle of the zone at (0, 0), to pixels."""


def camera(
    px_per_mm: float = 6.0,
    *,
    turn: float = 0.0,
    tilt: float = 0.0,
    swing: float = 0.0,
    distance: float = 300.0,
) -> Camera:
    """A camera `distance` millimetres away; angles in degrees: `turn` in the image's plane, `tilt` about the
    lines' direction, `swing` about the upright."""
    t, a, b = (math.radians(v) for v in (turn, tilt, swing))

    def see(x: float, y: float) -> Point:
        x, z = x * math.cos(b), x * math.sin(b)
        y, z = y * math.cos(a) - z * math.sin(a), y * math.sin(a) + z * math.cos(a)
        scale = px_per_mm * distance / (distance + z)
        x, y = x * scale, y * scale
        return 1000 + x * math.cos(t) - y * math.sin(t), 800 + x * math.sin(t) + y * math.cos(t)

    return see


def zone(
    lines: Sequence[str],
    *,
    see: Camera | None = None,
    confidence: float = 0.99,
    unsure: dict[tuple[int, int], float] | None = None,
    corrected: dict[tuple[int, int], str] | None = None,
    line_mm: float | None = None,
    shift: Callable[[int, int], Point] = lambda line, column: (0.0, 0.0),
    ocrb: float = 0.98,
) -> ZoneReading:
    """A reading of `lines`.

    `unsure` gives single confidences by (line, column), `corrected` what the pixels favour there, `shift` how
    many millimetres a character stands off its place, `line_mm` the distance of lines.
    """
    see = see or camera()
    gap = line_mm if line_mm is not None else (4.23 if len(lines) == 3 else 6.35)
    width = max(map(len, lines)) * PITCH_MM
    readings = []
    for index, text in enumerate(lines):
        y = (index - (len(lines) - 1) / 2) * gap
        glyphs = []
        for column, char in enumerate(text):
            dx, dy = shift(index, column)
            at = ((column + 0.5) * PITCH_MM - width / 2 + dx, y + dy)
            sure = (unsure or {}).get((index, column), confidence)
            optical = (corrected or {}).get((index, column))
            why = None if optical is None else Why.POSITION
            glyphs.append(Glyph(char, optical or char, sure, _quad(see, at, GLYPH_MM), why))
        quad = _hull(glyphs[0].quad, glyphs[-1].quad)
        readings.append(LineReading(tuple(glyphs), quad))
    first, last = readings[0].quad, readings[-1].quad
    outline: Quad = (first[0], first[1], last[2], last[3])
    here, right, below = see(0, 0), see(PITCH_MM, 0), see(0, gap)
    angle = math.degrees(math.atan2(right[1] - here[1], right[0] - here[0]))
    return ZoneReading(
        tuple(readings), outline, math.dist(here, right), math.dist(here, below), angle, ocrb, (2000, 1600)
    )


def _quad(see: Camera, at: Point, size: Point) -> Quad:
    (x, y), (w, h) = at, (size[0] / 2, size[1] / 2)
    return see(x - w, y - h), see(x + w, y - h), see(x + w, y + h), see(x - w, y + h)


def _hull(first: Quad, last: Quad) -> Quad:
    return first[0], last[1], last[2], first[3]


def td3(
    *,
    code: str = "P<",
    issuer: str = "UTO",
    name: str = "ERIKSSON<<ANNA<MARIA",
    number: str = "L898902C3",
    nationality: str = "UTO",
    birth: str = "740812",
    sex: str = "F",
    expiry: str = "120415",
    optional: str = "",
) -> tuple[str, str]:
    """The lines of a passport with all check digits right."""
    number, optional = number.ljust(9, "<"), optional.ljust(14, "<")
    number, birth, expiry = (text + check_digit(text) for text in (number, birth, expiry))
    optional += check_digit(optional)
    lower = number + nationality.ljust(3, "<") + birth + sex + expiry + optional
    composite = check_digit(number + birth + expiry + optional)
    return (code + issuer.ljust(3, "<") + name).ljust(44, "<"), lower + composite
