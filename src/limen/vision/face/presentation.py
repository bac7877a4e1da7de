"""A hint that a live picture shows a face on a screen or on paper (presentation attack, ISO/IEC 30107-1).

Two things are looked for: lines of a pixel grid, or what they become when the camera's own grid beats with them, which
are the same all about the face and stand out of its spectrum; and straight edges that enclose the head as the border
of a display or of a print does. Neither shows where a sharp display is shown from so far that its pixels blur and from
so near that its border is out of sight. What was measured: docs/portrait-quality.md.
"""

from __future__ import annotations

import cv2
import numpy as np

from limen.vision.face.enclosing import enclosing_sides
from limen.vision.face.model import Face, Floats, Pixels

SUSPECT = 0.5
"""From here on the hint speaks for a screen or a print."""
LEAST_APART = 24
"""Pixels between the outer corners of the eyes: of a smaller face too little is seen."""
WINDOW = 128
"""Pixels of the windows whose spectra are averaged."""
STEP = 32
"""From one window to the next: the mean of few windows has peaks by chance."""
AROUND = 256
"""Side of the square about the middle of the face that is looked at, as far as the picture reaches."""
SLOWEST = 0.1
"""Cycles to a pixel: slower patterns are what faces and rooms have."""
PEAK_DOUBT, PEAK_SURE = 1.9, 2.9
"""How far a peak stands out of the mean logarithm of the power around it: nothing speaks for a grid up to the first.
Of 52 simulated live pictures the highest had 2.1, of 104 simulated prints 2.3; two thirds of the displays from near had
more than 2.4."""
SIDES = (0.0, 0.0, 0.2, 0.7, 0.95)
"""The hint by the number of sides of the head along which a straight edge goes."""


def presentation_hint(image: Pixels, face: Face) -> float | None:
    """From 0, nothing speaks for it, to 1; None where the face is too small to tell."""
    across = face.points[263, :2] - face.points[33, :2]
    if float(np.hypot(*across)) < LEAST_APART or min(image.shape[:2]) < WINDOW:
        return None
    peak = grid_peak(image, face)
    grid = float(np.clip((peak - PEAK_DOUBT) / (PEAK_SURE - PEAK_DOUBT), 0, 1))
    return max(grid, SIDES[enclosing_sides(image, face)])


def grid_peak(image: Pixels, face: Face) -> float:
    """How far the strongest regular pattern about the face stands out of the spectrum, in units of log power."""
    part = _about(image, face).astype(np.float32)
    planes = (part @ np.array([0.299, 0.587, 0.114], np.float32), part[..., 0] - part[..., 2])
    return max(_standing_out(_spectrum(plane)) for plane in planes)


def _about(image: Pixels, face: Face) -> Pixels:
    """The square about the face, moved into the picture."""
    middle = (face.points[:, :2].min(axis=0) + face.points[:, :2].max(axis=0)) / 2
    height, width = image.shape[:2]
    left, top = (int(max(0, v)) for v in np.minimum(middle - AROUND / 2, (width - AROUND, height - AROUND)))
    return image[top : top + AROUND, left : left + AROUND]


def _spectrum(plane: Floats) -> Floats:
    """Mean logarithm of the power over windows, the half plane from -0.5 to 0.5 down and 0 to 0.5 cycles across."""
    fade = np.outer(np.hanning(WINDOW), np.hanning(WINDOW)).astype(np.float32)
    total = np.zeros((WINDOW, WINDOW // 2 + 1), np.float32)
    tops = range(0, plane.shape[0] - WINDOW + 1, STEP)
    lefts = range(0, plane.shape[1] - WINDOW + 1, STEP)
    for top in tops:
        for left in lefts:
            window = plane[top : top + WINDOW, left : left + WINDOW]
            total += np.log(np.abs(np.fft.rfft2((window - window.mean()) * fade)) ** 2 + WINDOW).astype(np.float32)
    return np.asarray(np.fft.fftshift(total, axes=0) / (len(tops) * len(lefts)), np.float32)


def _standing_out(spectrum: Floats) -> float:
    """The highest peak above its surroundings, among the frequencies where faces have none."""
    around = cv2.blur(spectrum, (17, 17), borderType=cv2.BORDER_REFLECT)
    above = cv2.blur(spectrum, (3, 3), borderType=cv2.BORDER_REFLECT) - around
    return float(above[_LOOKED_AT].max())


def _looked_at() -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    down = np.abs(np.arange(WINDOW) - WINDOW // 2)[:, None]
    across = np.arange(WINDOW // 2 + 1)[None, :]
    fast = np.hypot(down, across) >= SLOWEST * WINDOW
    return np.asarray(fast & (down < WINDOW // 2 - 2) & (across < WINDOW // 2 - 2), np.bool_)


_LOOKED_AT = _looked_at()
"""JPEG's blocks need no exception: in 16 pictures of qualities 8 to 60 they gave no peak of more than 2.0."""
