"""Finds lines of monospaced print at any rotation.

Dark strokes stand out under a black-hat transform; dilated by about half a pitch they flow together along a
line but not across two, at whatever angle the line lies. What is left long and thin is a candidate, and a line of 30,
36 or 44 evenly spaced characters (Doc 9303-3, 4.2: 2.54 mm each) betrays itself by one sharp peak in its spectrum.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.geometry import Floats, Grey, Strip, cut

_KERNEL = 9
"""Width of the black-hat transform in pixels: strokes up to about this width stand out."""

_REACHES = (4, 7)
"""Pixels of the dilation under which the characters of a line flow together: for pitches of about 5 to 14."""

_LEAST_AREA = 10
"""Pixels of the smallest character's ink where characters are five pixels apart."""

_LEAST_ASPECT = 6.0
"""Length to height of a dilated line; a line of 30 characters at worst has about 12."""

_CYCLES = (9.0, 52.0)
"""Characters a line that the spectrum is searched for: a third of a line of 30, to 44 and a frame at each end."""


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate, in pixels of the image searched."""

    strip: Strip
    pitch: float
    """Distance of neighbouring characters."""
    regularity: float
    """Share of the spectrum's energy in the peak of even spacing, 0 to 1."""
    ink: float
    """Height of the print."""

    @property
    def count(self) -> float:
        """About how many characters the line holds."""
        return self.strip.length / self.pitch


def strokes(grey: Grey, kernel: int, share: float) -> tuple[Grey, Grey]:
    """How much darker than its surroundings every pixel is, and the mask of what stands out.

    A stroke needs this share of the strongest ones nearby: print stands above security print and texture.
    """
    element = cv2.getStructuringElement(cv2.MORPH_RECT, (kernel, kernel))
    hat = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, element), np.uint8)
    around = cv2.boxFilter(hat, cv2.CV_32F, (kernel * 6 + 1, kernel * 6 + 1))
    peaks = cv2.dilate(hat, np.ones((2 * kernel + 1, 2 * kernel + 1), np.uint8))
    strong = cv2.boxFilter(peaks, cv2.CV_32F, (kernel * 6 + 1, kernel * 6 + 1))
    mask = (hat > np.maximum(1.25 * around + 5, share * strong)).astype(np.uint8)
    return hat, mask


def find_lines(grey: Grey, share: float) -> list[Line]:
    """Candidates in a grey image of about a thousand pixels, the most regular first."""
    hat, mask = strokes(grey, _KERNEL, share)
    mask = _without_specks(mask)
    found = [line for reach in _REACHES for line in _lines_at(hat, mask, reach)]
    return _distinct(sorted(found, key=lambda line: -line.regularity * min(line.count, 20.0) ** 0.5))


def _without_specks(mask: Grey) -> Grey:
    """Without what is too small for a character: the grain of security print would tie lines to their surroundings."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    keep = (stats[:, 4] >= _LEAST_AREA).astype(np.uint8)
    keep[0] = 0
    return np.asarray(keep[labels], np.uint8)


def _lines_at(hat: Grey, mask: Grey, reach: int) -> list[Line]:
    """Candidates whose characters flow together under a dilation of `reach` pixels."""
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    flowed = cv2.dilate(mask, element)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(flowed, connectivity=4)
    lines = []
    for label in _long_ones(np.asarray(stats, np.int32), reach):
        x, y, w, h = (int(v) for v in stats[label, :4])
        window = labels[y : y + h, x : x + w] == label
        ys, xs = np.nonzero(mask[y : y + h, x : x + w] * window)
        if len(xs) < 60:
            continue
        line = _fit(hat, np.stack([xs + x, ys + y], axis=1).astype(np.float32))
        if line:
            lines.append(line)
    return lines


def _long_ones(stats: NDArray[np.int32], reach: int) -> list[int]:
    """Labels of components that are large enough to be a line; the background is label 0."""
    long = np.maximum(stats[:, 2], stats[:, 3])
    area = stats[:, 4]
    fits = (long > 60) & (area > long * reach) & (area < long * long / 3)
    return [int(label) for label in np.flatnonzero(fits) if label != 0]


def _fit(hat: Grey, points: NDArray[np.float32]) -> Line | None:
    """Axis, curve and height of a component's ink; None if it is not long and thin."""
    (cx, cy), (w, h), degrees = cv2.minAreaRect(points)
    if w < h:
        w, h, degrees = h, w, degrees + 90
    if w < _LEAST_ASPECT * (h + 1):
        return None
    angle = float(np.deg2rad(degrees))
    angle = (angle + np.pi / 2) % np.pi - np.pi / 2
    cos, sin = np.cos(angle), np.sin(angle)
    dx, dy = points[:, 0] - cx, points[:, 1] - cy
    along = (dx * cos + dy * sin).astype(np.float64)
    across = (-dx * sin + dy * cos).astype(np.float64)
    curve, spread = _middle(along, across)
    start, end = float(along.min()) - 0.5, float(along.max()) + 0.5
    strip = Strip((float(cx), float(cy)), angle, start, end, curve, half=max(spread, 2.0))
    return _measure(hat, strip, 2 * spread)


def _middle(along: Floats, across: Floats) -> tuple[tuple[float, float, float], float]:
    """A parabola through the middle of the ink, and half the ink's height about it."""
    reach = max(float(np.abs(along).max()), 1.0)
    scaled = along / reach
    keep = np.ones(len(along), bool)
    curve = np.zeros(3)
    for _ in range(3):
        curve = np.asarray(np.polynomial.polynomial.polyfit(scaled[keep], across[keep], 2), np.float64)
        off = np.abs(across - np.polynomial.polynomial.polyval(scaled, curve))
        keep = off <= max(2.5 * float(np.median(off)), 1.0)
    rest = across - np.polynomial.polynomial.polyval(scaled, curve)
    low, high = np.percentile(rest, [3, 97])
    middle = (float(curve[0]) + float(low + high) / 2, float(curve[1]) / reach, float(curve[2]) / reach**2)
    return middle, float(high - low) / 2 + 0.5


def _measure(hat: Grey, strip: Strip, ink: float) -> Line | None:
    """The pitch, and how regular it is."""
    found = regular_pitch(hat, strip, ink)
    if found is None:
        return None
    return Line(strip, *found, ink)


def regular_pitch(hat: Grey, strip: Strip, ink: float) -> tuple[float, float] | None:
    """Pitch in pixels, and the share of the spectrum in its peak; None if no pitch suits print of this height.

    Characters with two upright strokes ring at twice their frequency, so of a peak and the one an octave below, that
    is taken which better suits the print's height: capitals are about as tall as the pitch is wide.
    """
    width = max(256, int(strip.length))
    profile = cut(hat, strip, width, 8).astype(np.float32).mean(axis=0)
    profile = profile / (cv2.blur(profile[None], (width // 12 * 2 + 1, 1))[0] + 4)
    profile = (profile - profile.mean()) * np.hanning(width).astype(np.float32)
    power = np.abs(np.fft.rfft(profile, 8 * width)) ** 2
    low = int(8 * max(_CYCLES[0], strip.length * 0.6 / ink))
    high = min(int(8 * min(_CYCLES[1], strip.length * 2.4 / ink)), len(power) - 1)
    if high <= low + 8:
        return None
    total = max(float(power[16 : max(high * 2, 480)].sum()), 1e-9)
    peak = low + int(power[low:high].argmax())
    if peak // 2 - 8 > low and ink * peak / 8 / strip.length > 1.35:
        octave = peak // 2 - 8 + int(power[peak // 2 - 8 : peak // 2 + 9].argmax())
        peak = octave if power[octave] > 0.08 * power[peak] else peak
    return strip.length * 8 / peak, float(power[peak - 12 : peak + 13].sum()) / total


def _distinct(lines: list[Line]) -> list[Line]:
    """Without lines that lie on a better one."""
    kept: list[Line] = []
    for line in lines:
        mid = _centre(line)
        if all(not _covers(other, mid) for other in kept):
            kept.append(line)
    return kept


def _centre(line: Line) -> tuple[float, float]:
    xs, ys = line.strip.points(np.array([0.5]), np.array([0.0]))
    return float(xs[0]), float(ys[0])


def locate(strip: Strip, point: tuple[float, float]) -> tuple[float, float]:
    """A point of the image in the strip's terms: pixels along its axis, and pixels below its middle there."""
    dx, dy = point[0] - strip.origin[0], point[1] - strip.origin[1]
    cos, sin = np.cos(strip.angle), np.sin(strip.angle)
    x, y = float(dx * cos + dy * sin), float(-dx * sin + dy * cos)
    c0, c1, c2 = strip.curve
    return x, y - (c0 + c1 * x + c2 * x * x)


def _covers(line: Line, point: tuple[float, float]) -> bool:
    x, y = locate(line.strip, point)
    return line.strip.start < x < line.strip.end and abs(y) < 0.7 * line.pitch
