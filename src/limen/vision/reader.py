"""Reads the machine readable zone of one image.

The steps, numbered in the code:

1. The image is searched at several sizes, the likeliest first; the search ends with the first zone that is read surely.
2. A line of evenly spaced print (a seed) is read alone, both ways up; what does not read as a zone's line is dropped.
3. The rows above and below the seed are traced and read; two of 36 or 44 characters, or three of 30, make a zone.
4. Each line is cut out anew by where its characters were found, and read once more, in doubt with variations.
5. Where a position admits only another class and the recogniser held the two for near equals, that is settled and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Charset, find_layout
from limen.vision.assemble import Candidate, Chosen, assemble, pitch_of
from limen.vision.compare import compared
from limen.vision.decode import Spelled, spell
from limen.vision.geometry import Grey, Pyramid, Strip
from limen.vision.lines import Line, find_lines, locate
from limen.vision.normalise import HEIGHT, WIDTH
from limen.vision.reading import ZoneReading
from limen.vision.recognise import recognise
from limen.vision.refine import recut, refine
from limen.vision.settle import settle
from limen.vision.zones import Row, rows_around

_SEARCHES = ((560, 0.4), (560, 0.1), (380, 0.1), (850, 0.4), (850, 0.1), (1300, 0.4), (2000, 0.4))
"""Longest side in pixels at which lines are sought (a zone's characters should be 6 to 14 pixels apart there), and how
far a stroke must stand out (see `strokes`): on busy paper more, beside bold print less."""

_SEEDS = 6
"""Seeds tried at each size."""

_REGULAR = 0.28
"""Least regularity of a seed."""

_SEED_WIDTH = 34.0
"""Characters that the crop of a seed spans at least: the recogniser knows 30 to 47."""

_LEAST_DIGITS = 6
"""A zone holds at least a date."""

_LIKE_LAYOUT = 0.7
"""Least share of positions restricted to letters or digits that hold what they should; frauds pass, prose fails."""

_SURE = 0.93
"""Mean confidence at which the search ends."""

_LEAST = 0.80
"""Mean confidence below which no zone is reported: other print reads at 0.3 to 0.75."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A zone, its mean confidence, and the rows it was made of."""

    reading: ZoneReading
    confidence: float


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is cut out of a row, and whether the row goes on to its left and its right."""

    row: Row
    strip: Strip
    goes_on: tuple[bool, bool]


def read_zone(image: NDArray[np.uint8]) -> ZoneReading | None:
    """The machine readable zone in an image (H x W grey, or H x W x 3 RGB, uint8), at any rotation; None without one.

    Raises ValueError for an array of another shape or type.
    """
    grey = to_grey(image)
    if min(grey.shape) < 16:
        return None
    pyramid = Pyramid(grey)
    best: _Found | None = None
    for size, share in _searches(grey):
        for found in _search(pyramid, size, share):
            if best is None or found.confidence > best.confidence:
                best = found
            if best.confidence >= _SURE:
                return best.reading
    return best.reading if best is not None and best.confidence >= _LEAST else None


def to_grey(image: NDArray[np.uint8]) -> Grey:
    """Luminance of an RGB image; a grey one as it is."""
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
        raise ValueError(f"an image is H x W or H x W x 3 of uint8, not {image.shape} of {image.dtype}")
    if image.ndim == 2:
        return image
    if not image.size:
        return image[:, :, 0]  # OpenCV refuses an empty image
    return cast("Grey", cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def _searches(grey: Grey) -> Iterator[tuple[int, float]]:
    """The sizes to search at; enlarging by more than three times shows nothing new."""
    longest = max(grey.shape)
    for size, share in _SEARCHES:
        if size <= 3 * longest and (size <= 1.25 * longest or size <= 850):
            yield size, share


def _search(pyramid: Pyramid, size: int, share: float) -> Iterator[_Found]:
    """1. Zones found with the image scaled to `size`."""
    factor = size / max(pyramid.base.shape)
    shape = (max(round(pyramid.base.shape[1] * factor), 8), max(round(pyramid.base.shape[0] * factor), 8))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cast("Grey", cv2.resize(pyramid.base, shape, interpolation=how))
    tried: list[Line] = []
    for line in find_lines(small, share):
        if len(tried) >= _SEEDS or line.regularity < _REGULAR:
            continue
        seed = replace(line, strip=line.strip.scaled(1 / factor), pitch=line.pitch / factor, ink=line.ink / factor)
        if any(_beside(seed, other) for other in tried):
            continue
        tried.append(seed)
        found = _grow(pyramid, seed)
        if found is not None:
            yield found


def _beside(seed: Line, other: Line) -> bool:
    """Whether the seed lies in the zone that another seed has been tried for."""
    xs, ys = seed.strip.points(np.array([0.5]), np.array([0.0]))
    x, y = locate(other.strip, (float(xs[0]), float(ys[0])))
    within = other.strip.start - 20 * other.pitch < x < other.strip.end + 20 * other.pitch
    alike = 0.8 < seed.pitch / other.pitch < 1.25
    return within and alike and abs(y) < 5.5 * other.pitch


def _grow(pyramid: Pyramid, seed: Line) -> _Found | None:
    """2 to 5. The zone that a seed belongs to."""
    direction = _direction(pyramid, seed)
    if direction is None:
        return None
    turned, pitch = direction
    rows = rows_around(pyramid, replace(seed, pitch=pitch))
    if turned:
        rows = [replace(row, strip=row.strip.turned(), offset=-row.offset) for row in reversed(rows)]
    candidates = _read_rows(pyramid, rows)
    measured = _pitch(candidates)
    if measured is not None and abs(measured / rows[0].pitch - 1) > 0.025:
        candidates = _read_rows(pyramid, [replace(row, pitch=measured) for row in rows])
    chosen = assemble(candidates)
    if chosen is None:
        return None
    if _may_go_on(chosen):
        beyond = _read_cuts(pyramid, [cut for line in chosen for cut in _beyond(line)])
        longer = assemble([c for line in chosen for c in [line.candidate, *beyond] if c.row is line.candidate.row])
        chosen = longer or chosen
    if chosen[0].length == 36:
        chosen = _as_44(pyramid, chosen) or chosen
    lines = refine(pyramid, chosen)
    reading = settle(lines, (pyramid.base.shape[1], pyramid.base.shape[0]), compared(pyramid, lines))
    if not _plausible(reading):
        return None
    confidence = float(np.mean([line.spelled.confidence.mean() for line in lines]))
    return _Found(reading, confidence)


def _plausible(reading: ZoneReading) -> bool:
    """Whether the lines are a zone and not prose: fillers, digits, and most positions as a layout has them."""
    text = "".join(reading.text)
    layout = find_layout(reading.text)
    if layout is None or "<" not in text or sum(char.isdigit() for char in text) < _LEAST_DIGITS:
        return False
    places = [
        char in layout.charset(index, column).characters
        for index, line in enumerate(reading.text)
        for column, char in enumerate(line)
        if layout.charset(index, column) is not Charset.ANY
    ]
    return sum(places) >= _LIKE_LAYOUT * len(places)


def _direction(pyramid: Pyramid, seed: Line) -> tuple[bool, float] | None:
    """2. Whether the seed reads upside down, and its pitch by the characters read; None if it does not read at all."""
    room = max(0.6, (_SEED_WIDTH - seed.count) / 2) * seed.pitch
    strip = replace(seed.strip, half=0.88 * seed.pitch)
    if room > seed.pitch:
        strip = _straight(strip)
    strip = strip.widened(room, room)
    crop = pyramid.cut(strip, WIDTH, HEIGHT)
    turned = np.ascontiguousarray(crop[::-1, ::-1])
    upright, upside_down = (spell(scores.probability) for scores in recognise([crop, turned]))
    quality, other = _quality(upright), _quality(upside_down)
    if max(quality, other) < 0.55:
        return None
    spelled = upside_down if other > quality else upright
    pitch = spelled.step * strip.length
    return other > quality, pitch if 0.8 < pitch / seed.pitch < 1.3 else seed.pitch


def _straight(strip: Strip) -> Strip:
    """Without its curve, which must not be followed far beyond the print it was fitted to."""
    mid = (strip.start + strip.end) / 2
    c0, c1, c2 = strip.curve
    slope = c1 + 2 * c2 * mid
    return replace(strip, curve=(c0 + c1 * mid + c2 * mid * mid - slope * mid, slope, 0.0))


def _quality(spelled: Spelled) -> float:
    """Mean confidence, less for few characters."""
    return float(spelled.confidence.mean()) * min(1.0, len(spelled) / 12) if len(spelled) else 0.0


def _read_rows(pyramid: Pyramid, rows: list[Row]) -> list[Candidate]:
    """3. What each row says; a row that runs far over a line's length is read in windows."""
    return _read_cuts(pyramid, [cut for row in rows for cut in _windows(row)])


def _pitch(candidates: list[Candidate]) -> float | None:
    """Distance of the characters by the surest rows; None if no row reads."""
    pitches = [
        c.spelled.step * c.strip.length
        for c in candidates
        if len(c.spelled) >= 20 and float(c.spelled.confidence.mean()) > 0.9
    ]
    return float(np.median(pitches)) if pitches else None


def _read_cuts(pyramid: Pyramid, cuts: list[_Cut]) -> list[Candidate]:
    if not cuts:
        return []
    scores = recognise([pyramid.cut(cut.strip, WIDTH, HEIGHT) for cut in cuts])
    return [
        Candidate(cut.row, cut.strip, spell(score.probability), score.ocrb, cut.goes_on)
        for cut, score in zip(cuts, scores, strict=True)
    ]


def _may_go_on(chosen: list[Chosen]) -> bool:
    """Whether a line may be part of a longer one whose other end is too faint for its row to have been followed."""
    if any(line.after - line.first < line.length for line in chosen):
        return True
    ends = [line.candidate.spelled.confidence[line.first : line.after] for line in chosen]
    return any(float(min(end[:3].min(), end[-3:].min())) < 0.8 for end in ends)


def _as_44(pyramid: Pyramid, chosen: list[Chosen]) -> list[Chosen] | None:
    """The lines of 44 characters that those of 36 are a part of, if they are."""
    cuts = []
    for line, strip in zip(chosen, recut(chosen), strict=True):
        more = 8 * strip.half / 0.88
        row = line.candidate.row
        cuts += [_Cut(row, strip.widened(before, more - before), (False, False)) for before in (0.0, more / 2, more)]
    longer = assemble(_read_cuts(pyramid, cuts), shapes=((2, 44),))
    if longer is None or min(line.confidence for line in longer) < 0.9:
        return None
    return longer


def _beyond(line: Chosen) -> Iterator[_Cut]:
    """The row followed by up to eight more characters to the left, and to the right."""
    row, pitch = line.candidate.row, pitch_of(line)
    more = 8.6 * pitch
    less = max(row.strip.length + more - 47.0 * pitch, -0.6 * pitch)
    straight = _straight(row.strip)
    yield _Cut(row, straight.widened(more, -less), (False, less > 0))
    yield _Cut(row, straight.widened(-less, more), (less > 0, False))


def _windows(row: Row) -> Iterator[_Cut]:
    """The row with a margin; if it is too long for the recogniser, its left, middle and right parts."""
    margin, longest = 0.6 * row.pitch, 47.0 * row.pitch
    over = row.strip.length - longest
    if over <= 0:
        yield _Cut(row, row.strip.widened(margin, margin), (False, False))
        return
    for share in (0.0, 0.5, 1.0) if over > 3 * row.pitch else (0.0, 1.0):
        strip = row.strip.widened(-over * share + margin, -over * (1 - share) + margin)
        yield _Cut(row, strip, (share > 0, share < 1))
