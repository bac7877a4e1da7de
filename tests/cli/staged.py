"""A drawn document and its reading, so that the command can be tested without the recogniser."""

import datetime
import math

import cv2
import numpy as np

from limen.cli.examine import Examined, Examiner, Timing
from limen.devices import Frame
from limen.inspection import CheckResult, Evidence, Inspection, Obligation, Verdict, aggregate, summarise
from limen.verifier import Examination, Picture
from limen.vision.reading import Glyph, LineReading, Why, ZoneReading

ON = datetime.date(2026, 1, 15)
SPECIMEN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


def zone(lines=SPECIMEN, angle=0.0, pitch=16.0, at=(60.0, 480.0), settled=()):
    """A reading whose characters sit on a grid, turned by `angle` degrees about (400, 300)."""
    across = (math.cos(math.radians(angle)), math.sin(math.radians(angle)))

    def turn(x, y):
        dx, dy = x - 400, y - 300
        return (400 + dx * across[0] - dy * across[1], 300 + dx * across[1] + dy * across[0])

    def quad(x0, y0, x1, y1):
        return (turn(x0, y0), turn(x1, y0), turn(x1, y1), turn(x0, y1))

    height, gap = pitch * 1.2, pitch * 2.5
    readings = []
    for row, text in enumerate(lines):
        top = at[1] + row * gap
        glyphs = []
        for column, char in enumerate(text):
            left = at[0] + column * pitch
            why = Why.POSITION if (row, column) in settled else None
            optical = "O" if why else char
            glyphs.append(Glyph(char, optical, 0.98, quad(left, top, left + pitch, top + height), why))
        readings.append(LineReading(tuple(glyphs), quad(at[0], top, at[0] + len(text) * pitch, top + height)))
    bottom = at[1] + (len(lines) - 1) * gap + height
    outline = quad(at[0], at[1], at[0] + max(map(len, lines)) * pitch, bottom)
    return ZoneReading(tuple(readings), outline, pitch, gap, angle, 0.97, (800, 600))


def picture(reading, size=(800, 600)):
    """The reading's characters drawn where it says, on a plain page."""
    image = np.full((size[1], size[0], 3), 235, np.uint8)
    image[40:300, 60:260] = (180, 190, 205)
    for line in reading.lines if reading else ():
        for glyph in line.glyphs:
            cell = np.full((24, 20, 3), 235, np.uint8)
            cv2.putText(cell, glyph.char, (2, 20), cv2.FONT_HERSHEY_PLAIN, 1.4, (20, 20, 20), 1, cv2.LINE_AA)
            source = np.array([(0, 0), (20, 0), (20, 24), (0, 24)], np.float32)
            matrix = cv2.getPerspectiveTransform(source, np.array(glyph.quad, np.float32))
            cv2.warpPerspective(cell, matrix, size, image, borderMode=cv2.BORDER_TRANSPARENT)
    return image


def result(code="mrz.made_up", verdict=Verdict.SUCCESSFUL, obligation=Obligation.MANDATORY, **rest):
    """A check's result with what is not given filled in."""
    known = {
        "title": f"Is {code} as it should be?",
        "reference": "Doc 9303-4, 4.2",
        "message": f"{code} it is.",
    }
    return CheckResult(code, verdict=verdict, obligation=obligation, **(known | rest))


def inspection(reading, *checks):
    """An inspection of the given checks."""
    from limen.icao.mrz import parse

    mrz = parse(reading.text) if reading else None
    return Inspection(reading, mrz, checks, aggregate(checks), summarise(checks))


def span(reading, line, first, last):
    """The quad of characters `first` to `last` of `line`, all from 1, ends included."""
    glyphs = reading.lines[line - 1].glyphs
    a, b = glyphs[first - 1].quad, glyphs[last - 1].quad
    return (a[0], b[1], b[2], a[3])


def examined(checks=(), reading=None, scale=1.0, source="photo.jpg", page=None):
    """One examined image."""
    image = picture(reading)
    size = (round(800 / scale), round(600 / scale))
    frame = Frame(source, page, image, None, size, scale)
    return Examined(frame, inspection(reading, *checks), Timing(1.0, 2.0, 3.0))


def examiner(judge, reading=None, on_crash=lambda error: None):
    """An examiner that reads `reading` in every image and judges it by `judge(reading)`."""

    def examine(shown, read_chip=None):
        picture = Picture.WHITE if reading else None
        return Examination(judge(reading), Evidence(reading), shown.pictures, picture)

    return Examiner(examine, on_crash)
