"""Brings the middle of a strip onto the middle of the print in it.

A row is traced in a small picture and carried on in a straight line where it was too faint to be followed; at its ends
it may miss the print by half a character, which turns a 3 into a 2. Here each part of the line is shifted to where a
band as high as the print holds most ink and its surroundings least.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limen.vision.geometry import Floats, Pyramid, Strip
from limen.vision.lines import strokes
from limen.vision.zones import robust_fit

_CELL = 10
"""Pixels a character in the picture examined."""

_REACH = 1.5
"""Half its height, in pitches: up to where the next line begins."""

_FARTHEST = 8
"""The farthest shift, in its pixels."""


def levelled(pyramid: Pyramid, strip: Strip, length: int) -> Strip:
    """The strip of `length` characters (and margins at its ends), moved onto its print."""
    pitch = strip.half / 0.88
    height = round(2 * _REACH * _CELL)
    width = round(strip.length / pitch * _CELL)
    picture = pyramid.cut(replace(strip, half=_REACH * pitch), width, height)
    _, mask = strokes(picture, 7, 0.2)
    shifts = _shifts(mask.astype(np.float64), width)
    if len(shifts) < 5:
        return strip
    unit = pitch / _CELL
    at = strip.start + shifts[:, 0] / width * strip.length
    by = shifts[:, 1] * unit
    fits = [robust_fit(at, by, degree) for degree in (1, 2)]
    errors = [float(np.mean(np.abs(by - np.polynomial.polynomial.polyval(at, fit)))) for fit in fits]
    best = fits[1] if errors[1] < 0.75 * errors[0] else fits[0]
    c0, c1, c2 = strip.curve
    return replace(strip, curve=(c0 + float(best[0]), c1 + float(best[1]), c2 + float(best[2])))


def _shifts(mask: Floats, width: int) -> Floats:
    """For every second character: where it is along the picture, and how far its print lies below the middle."""
    band = np.zeros(2 * _CELL + 1)
    band[_CELL - 5 : _CELL + 6] = 1.0
    band[_CELL - 8 : _CELL - 5] = band[_CELL + 6 : _CELL + 9] = -1.0
    middle = mask.shape[0] // 2
    nodes = []
    for x in range(_CELL // 2, width - _CELL, 2 * _CELL):
        part = mask[:, x : x + 4 * _CELL]
        ink = part.sum(axis=1)
        if ink.sum() < 2 * _CELL:
            continue
        fit = np.convolve(ink, band, mode="same")[middle - _FARTHEST : middle + _FARTHEST + 1]
        top = np.flatnonzero(fit >= fit.max() - 1e-9)
        nodes.append((x + part.shape[1] / 2, float(top.mean()) - _FARTHEST))
    return np.array(nodes).reshape(-1, 2)
