"""What the measures of a portrait mean: advice for a live picture, departures for a portrait of a document.

The two ask for different things. A live picture is to be taken again only where it hampers the comparison: thresholds
were set where the embedder's distance to another picture of the same person grows by about 0.02 on the median (two
bands lie 0.1 apart). A portrait of a document is held against what Doc 9303-3, 3.9.1 and ISO/IEC 39794-5, D.1 want,
each with what our measure errs by.
"""

from __future__ import annotations

from collections.abc import Callable

from limen.vision.face.model import PortraitQuality

OUTSIDE = 0.1
"""Share of the face's outline beyond the picture: more than a hair or an ear is missing."""
APART_PX = 24
"""Between the eyes, for a live picture. Of 27 public pictures made smaller, the distance grew by 0.008 on the median at
24 pixels, by 0.02 at 14 and by 0.05 at 10; one in ten by 0.02 at 24 and by 0.05 at 18."""
APART_WANTED_PX = 60
"""What the advice names: from there on nothing grew."""
YAW_DEG = 20.0
"""To either side. In 469 pairs of public pictures the median distance was 0.29 where the head was turned by less than
10 degrees, 0.32 from 15 to 20, 0.35 from 20 to 35, 0.38 beyond."""
PITCH_DEG = 25.0
"""Up or down. Beyond it were 9 of those pictures, at 0.35 on the median against 0.31; up to it there was no trend."""
DARK = 0.015
"""Mean luminance. It grew by 0.017 at 0.013 and by 0.025 at 0.009, with the noise of a good camera. The standard's own
mapping calls anything below 0.2 dark; by it, many a dark face in good light would be."""
BRIGHT = 0.3
"""Share of the face that is all but white. It grew by 0.005 where a tenth of the pictures had 0.28, by 0.04 at 0.46."""
ONE_SIDED = 0.1
"""Light on the darker cheek as a share of the other's. It grew by 0.025 to 0.03 at 0.12 to 0.09."""
BLURRED = 1.4
"""Sharpness. It grew by 0.02 at 1.8 and by 0.04 at 1.4; of 70 pictures as they are two had less than 1.4."""
EYES_SHUT = 0.03
"""Opening of the narrower eye. No public picture of 469 had less; the standard's middle between shut and open is 0.02,
by landmarks that go further apart."""

TURNED_DEG = 15.0
"""Yaw and pitch of a portrait: 5 degrees are allowed; the rest is room for the mesh, whose error was not measured."""
LEANS_DEG = 10.0
"""Roll of a portrait: 8 degrees are allowed, and the mesh errs by up to 2."""
MOUTH_OPEN = 0.2
"""The standard's middle between closed and open (ISO/IEC 29794-5, mouth closed)."""
UNEVEN = 0.35
"""Light on the darker cheek as a share of the other's."""
BLACKENED = 0.03
"""Mean luminance. The standard asks for the share that is all but black: 0.99 of a very dark face in good light."""
WHITENED = 0.3
"""Share of a portrait's face that is all but white."""
SMALLEST_HEAD, LARGEST_HEAD = 0.27, 0.5
"""From the eyes to the chin as a share of the height: a head of 60 to 90 % has 0.3 to 0.45."""
BUSY = 45.0
"""Spread of the background in grey levels: a plain one with a shadow has up to 25 or so."""

_Rule = tuple[Callable[[PortraitQuality], bool], Callable[[PortraitQuality], str]]

_LIVE: tuple[_Rule, ...] = (
    (lambda q: q.outside > OUTSIDE, lambda _: "Show the whole face: a part of it is outside the picture."),
    (
        lambda q: q.eye_distance_px < APART_PX,
        lambda q: f"Move closer: the eyes are {q.eye_distance_px:.0f} pixels apart, {APART_WANTED_PX} are wanted.",
    ),
    (lambda q: q.exposure < DARK, lambda _: "Put more light on the face: it is almost black."),
    (
        lambda q: q.over_exposed > BRIGHT,
        lambda q: f"Put less light on the face: {q.over_exposed:.0%} of it is all but white.",
    ),
    (lambda q: q.sharpness < BLURRED, lambda _: "Hold still and wipe the lens: the face is blurred."),
    (
        lambda q: abs(q.yaw_deg) > YAW_DEG,
        lambda q: f"Look straight at the camera: the head is turned {abs(q.yaw_deg):.0f} degrees.",
    ),
    (lambda q: q.pitch_deg > PITCH_DEG, lambda q: f"Lower the chin: the head is raised {q.pitch_deg:.0f} degrees."),
    (lambda q: q.pitch_deg < -PITCH_DEG, lambda q: f"Raise the chin: the head is bent {-q.pitch_deg:.0f} degrees."),
    (
        lambda q: q.even_light < ONE_SIDED,
        lambda q: f"Light both sides of the face: one has {q.even_light:.0%} of the other's light.",
    ),
    (lambda q: q.eyes_open < EYES_SHUT, lambda _: "Open the eyes: they are shut."),
)
"""What helps most comes first: no other advice mends a face that is not there, or too small."""

_PORTRAIT: tuple[_Rule, ...] = (
    (lambda q: abs(q.yaw_deg) > TURNED_DEG, lambda q: f"the head is turned {abs(q.yaw_deg):.0f} degrees"),
    (lambda q: abs(q.pitch_deg) > TURNED_DEG, lambda q: f"the head is {_bent(q.pitch_deg)} degrees"),
    (lambda q: abs(q.roll_deg) > LEANS_DEG, lambda q: f"the head leans {abs(q.roll_deg):.0f} degrees"),
    (lambda q: q.eyes_open < EYES_SHUT, lambda _: "the eyes are shut"),
    (lambda q: q.mouth_open > MOUTH_OPEN, lambda _: "the mouth is open"),
    (lambda q: q.exposure < BLACKENED, lambda _: "the face is almost black"),
    (lambda q: q.over_exposed > WHITENED, lambda q: f"{q.over_exposed:.0%} of the face is all but white"),
    (lambda q: q.even_light < UNEVEN, lambda q: f"one cheek has {q.even_light:.0%} of the other's light"),
    (lambda q: q.background_spread > BUSY, lambda _: "the background is not plain"),
    (lambda q: q.head_share < SMALLEST_HEAD, lambda _: "the head is too small for its frame"),
    (lambda q: q.head_share > LARGEST_HEAD, lambda _: "the head is too large for its frame"),
)


def live_advice(quality: PortraitQuality) -> tuple[str, ...]:
    """What hampers the comparison of a live picture and what to do, one sentence each, what helps most first."""
    return tuple(words(quality) for applies, words in _LIVE if applies(quality))


def departures(quality: PortraitQuality) -> tuple[str, ...]:
    """In what a portrait of a document is not as Doc 9303 wants it; what was not measured (NaN) departs in nothing."""
    return tuple(words(quality) for applies, words in _PORTRAIT if applies(quality))


def _bent(pitch_deg: float) -> str:
    return f"{'raised' if pitch_deg > 0 else 'bent'} {abs(pitch_deg):.0f}"
