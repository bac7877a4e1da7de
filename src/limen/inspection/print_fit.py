"""How the characters of a zone stand, freed of how the camera looked at them.

Along one line, perspective and a bent page both move the characters smoothly, so a cubic through their
centres takes up either; what is left over is the print's own. Between two lines, perspective narrows the gap
as 1/w where it narrows the pitch as 1/w^2 (w is the depth of the place), so gap^2 / pitch stays the same
along a zone whose lines are parallel, however it is tilted.

All figures are in units of the pitch, the distance of neighbouring characters (2.54 mm by Doc 9303-3, 4.4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from limen.vision.reading import LineReading

Floats = NDArray[np.float64]

PITCH_MM = 2.54
LEAST_CHARACTERS = 20
"""A line of fewer characters does not carry a cubic."""
_DEGREE = 3
_STEPS = 45


@dataclass(frozen=True, slots=True)
class LineFit:
    """One line: where the cubic puts its characters, and how far each is off."""

    along: Floats
    """N: each character's offset along the line, in pitches."""
    across: Floats
    """N: each character's offset across the line, in pitches, downward positive."""
    path: Floats
    """45 x 2: points evenly spaced by character along the line, in pixels."""
    pitch: Floats
    """45: the pitch there, in pixels."""
    course: Floats
    """45 x 2: the unit vector of the line there."""

    @property
    def unevenness(self) -> float:
        """Root mean square of the offsets along the line."""
        return float(np.sqrt(np.mean(self.along**2)))

    @property
    def farthest_at(self) -> int:
        """The character that is farthest off along the line."""
        return int(np.abs(self.along).argmax())

    @property
    def farthest(self) -> float:
        """By how much."""
        return float(np.abs(self.along[self.farthest_at]))

    @property
    def raggedness(self) -> float:
        """Root mean square of the offsets across the line."""
        return float(np.sqrt(np.mean(self.across**2)))


def fit_line(line: LineReading) -> LineFit | None:
    """The fit of one line; None where it has too few characters or no extent."""
    count = len(line.glyphs)
    if count < LEAST_CHARACTERS:
        return None
    centres = np.array([np.mean(glyph.quad, axis=0) for glyph in line.glyphs], np.float64)
    at = np.linspace(-1.0, 1.0, count)
    curve = [np.polynomial.polynomial.Polynomial.fit(at, centres[:, axis], _DEGREE) for axis in (0, 1)]
    smooth, step = _follow(curve, at), 2.0 / (count - 1)
    course, pitch = _derivative(curve, at, step)
    if not float(pitch.min()) > 0:
        return None
    off = centres - smooth
    along = (off * course).sum(axis=1) / pitch
    across = (course[:, 0] * off[:, 1] - course[:, 1] * off[:, 0]) / pitch
    even = np.linspace(-1.0, 1.0, _STEPS)
    course, pitch = _derivative(curve, even, step)
    return LineFit(along, across, _follow(curve, even), pitch, course)


@dataclass(frozen=True, slots=True)
class GapFit:
    """Two neighbouring lines of the same length."""

    ratio: float
    """Distance of the lines, in pitches, at the middle of the zone, as the image shows it."""
    wedge_deg: float
    """Angle between the lines in degrees, perspective taken out."""


def fit_gap(upper: LineFit, lower: LineFit, line_pitches: float) -> GapFit:
    """How two lines lie to each other; `line_pitches` is their proper distance, in pitches."""
    between = lower.path - upper.path
    course = upper.course + lower.course
    course = course / np.linalg.norm(course, axis=1, keepdims=True)
    gap = course[:, 0] * between[:, 1] - course[:, 1] * between[:, 0]
    pitch = (upper.pitch + lower.pitch) / 2
    middle = _STEPS // 2
    # Without perspective the gap would be this, relative to the one in the middle.
    freed = gap / gap[middle] * np.sqrt(pitch[middle] / pitch)
    span = float(np.sum(np.linalg.norm(np.diff(upper.path, axis=0), axis=1) / pitch[1:]))
    slope = float(np.polynomial.polynomial.polyfit(np.linspace(-0.5, 0.5, _STEPS), freed, 1)[1])
    wedge = math.degrees(math.atan(slope * line_pitches / span))
    return GapFit(float(gap[middle] / pitch[middle]), wedge)


def _follow(curve: list[np.polynomial.Polynomial], at: Floats) -> Floats:
    return np.stack([axis(at) for axis in curve], axis=1)


def _derivative(curve: list[np.polynomial.Polynomial], at: Floats, step: float) -> tuple[Floats, Floats]:
    """Unit vectors and lengths in pixels of one character's step."""
    move = np.stack([axis.deriv()(at) * step for axis in curve], axis=1)
    length = np.linalg.norm(move, axis=1)
    return move / np.maximum(length, 1e-9)[:, None], length
