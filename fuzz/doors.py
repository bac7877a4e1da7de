"""The doors through which input from outside comes in, and what is promised at each: docs/fuzzing.md.

Each door takes one input, whatever it is, and returns a word for what came of it. It raises `Broken` where a promise is
not kept; any other exception that escapes is one that is not documented, and so a finding, too.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
from numpy.typing import NDArray

from limen.cli.examine import Examined, Examiner, Timing, load_examiner
from limen.cli.record import error_record, record, to_line
from limen.cli.schema import schema_text
from limen.cli.screen import card, error_line, plain
from limen.devices import Frame, InputError, Source
from limen.icao.mrz import ALPHABET, LAYOUTS, DateKind, Format, Mrz, ShapeError, parse
from limen.inspection import Inspection, Verdict, inspect
from limen.vision import Glyph, LineReading, Quad, ZoneReading, read_zone

ON = datetime.date(2026, 1, 1)
SHAPES = {(3, 30), (2, 36), (2, 44)}
PRINTABLE = set(ALPHABET) | set("ÑÄÖÜ")


class Broken(AssertionError):  # noqa: N818 - reads as what it says
    """A promise was not kept."""


def promise(kept: bool, what: str) -> None:
    """Raise `Broken` unless it was kept."""
    if not kept:
        raise Broken(what)


def through_text(lines: Sequence[str]) -> str:
    """`parse`: any lines give a zone taken apart, or a `ShapeError`; and any zone can be inspected."""
    shape = tuple(map(len, lines))
    known = shape in {layout.line_lengths for layout in LAYOUTS}
    plain = shape in {layout.line_lengths for layout in LAYOUTS if layout.format is not Format.OTHER}
    try:
        mrz = parse(lines)
    except ShapeError:
        promise(not plain, f"lines of a known shape were refused: {lines!r}")
        return "fits no layout"
    promise(known, f"lines of no known shape were taken apart: {lines!r}")
    _check_mrz(mrz, lines)
    zone = _zone(lines)
    _check_inspection(inspect(zone, on=ON))
    examined = Examined(_frame(np.full((40, 60, 3), 255, np.uint8)), inspect(zone, on=ON), Timing(0, 0, 0))
    _check_output(examined)
    return "all check digits hold" if mrz.valid else "taken apart"


def through_file(data: bytes, folder: Path) -> str:
    """`limen verify`: any bytes give images that are examined, or one line that says why not."""
    path = folder / "input"
    path.write_bytes(data)
    crashes: list[Exception] = []
    seen = "refused"
    for outcome in _examiner(crashes).outcomes(Source(str(path), path)):
        if crashes:
            raise crashes[0]
        if isinstance(outcome, InputError):
            _schema().validate(json.loads(to_line(error_record(outcome))))
            promise(len(error_line(outcome).splitlines()) == 1, f"more than one line: {outcome}")
            continue
        _check_frame(outcome.frame)
        _check_inspection(outcome.inspection)
        _check_output(outcome)
        zone = outcome.inspection.zone
        if zone is not None:
            _check_zone(zone)
        seen = "zone read" if zone is not None else "no zone" if seen == "refused" else seen
    return seen


def through_array(image: NDArray[Any]) -> str:
    """`read_zone`: any image gives a well-formed reading or None; what is no image a `ValueError`."""
    fine = image.dtype == np.uint8 and (image.ndim == 2 or (image.ndim == 3 and image.shape[2] == 3))
    before = image.copy()
    try:
        zone = read_zone(image)
    except ValueError:
        promise(not fine, f"an image of {image.shape} was refused")
        return "refused"
    promise(fine, f"{image.shape} of {image.dtype} was taken for an image")
    promise(bool(np.array_equal(image, before)), "the image was changed")
    if zone is None:
        return "no zone"
    _check_zone(zone)
    _check_inspection(inspect(zone, on=ON))
    return "zone read"


@cache
def _schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema_text()))


def _examiner(crashes: list[Exception]) -> Examiner:
    return load_examiner(ON, crashes.append)


def _check_mrz(mrz: Mrz, lines: Sequence[str]) -> None:
    promise(mrz.lines == tuple(lines), "the lines were changed")
    for problem in mrz.problems:
        inside = 0 <= problem.line < len(lines) and 0 <= problem.start <= problem.end <= len(lines[problem.line])
        promise(inside, f"a problem lies outside the zone: {problem}")
    for date in (mrz.birth_date, mrz.expiry_date):
        for kind in DateKind:
            date.resolve(ON, kind)


def _check_inspection(inspection: Inspection) -> None:
    for result in inspection.checks:
        promise(result.verdict is not Verdict.ABORTED, f"{result.code} broke off: {result.message}")
        margin = result.margin
        promise(margin is None or -1 <= margin <= 1, f"{result.code} has the margin {margin}")


def _check_output(examined: Examined) -> None:
    _schema().validate(json.loads(to_line(record(examined, ON))))
    promise(plain(card(examined, ON, True)).endswith("\n"), "the text does not end its line")


def _check_frame(frame: Frame) -> None:
    image = frame.image
    well = image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3 and image.flags["C_CONTIGUOUS"]
    promise(well and 0 < frame.scale <= 1, f"a frame of {image.shape} of {image.dtype}, scale {frame.scale}")


def _check_zone(zone: ZoneReading) -> None:
    lengths = {len(line.glyphs) for line in zone.lines}
    promise(len(lengths) == 1 and (len(zone.lines), *lengths) in SHAPES, f"a zone of {zone.text!r}")
    for line in zone.lines:
        for glyph in line.glyphs:
            promise(glyph.char in PRINTABLE and glyph.optical in PRINTABLE, f"the character {glyph}")
            promise(0 <= glyph.confidence <= 1.000001, f"the confidence of {glyph}")
            promise(all(math.isfinite(v) for point in glyph.quad for v in point), f"the place of {glyph}")
            promise((glyph.why is None) == (glyph.char == glyph.optical), f"settled without a reason: {glyph}")
    numbers = (zone.pitch_px, zone.line_pitch_px, zone.angle_deg, zone.ocrb)
    promise(all(math.isfinite(v) for v in numbers) and zone.pitch_px > 0, f"the measures {numbers}")


def _zone(lines: Sequence[str]) -> ZoneReading:
    """A reading as if these lines were printed 6 pixels to the millimetre; whatever their characters."""
    readings = []
    for row, text in enumerate(lines):
        top = 20.0 + row * 38
        glyphs = tuple(Glyph(char, char, 0.99, _box(10.0 + 15 * k, top, 11, 15)) for k, char in enumerate(text))
        readings.append(LineReading(glyphs, _box(10, top, 15.0 * len(text), 15)))
    outline = _box(10, 20, 15.0 * max(map(len, lines)), 38.0 * len(lines))
    return ZoneReading(tuple(readings), outline, 15.24, 38.1, 0.0, 0.99, (800, 600))


def _box(left: float, top: float, width: float, height: float) -> Quad:
    return (left, top), (left + width, top), (left + width, top + height), (left, top + height)


def _frame(image: NDArray[np.uint8]) -> Frame:
    return Frame("input", None, image, None, (image.shape[1], image.shape[0]))
