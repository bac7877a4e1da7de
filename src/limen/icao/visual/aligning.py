"""Lays a printed text along the characters of the zone that it should stand for, at the least number of changes.

Spaces and punctuation cost nothing, on either side. A printed character may stand for several of the zone's.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from limen.icao.mrz.alphabet import FILLER

Forms = Callable[[str], tuple[str, ...]]
"""What a printed character may be in the zone; ("",) for one that is not written there."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a printed text has to be changed to stand for the zone's characters."""

    edits: int
    nearest: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    edits: int
    printed: int
    """Characters of the text that were used up."""
    written: int
    """Characters of the zone that were."""
    nearest: str
    places: tuple[int, ...]


def align(text: str, zone: str, forms: Forms, *, truncated: bool = False, most: int = 99) -> Alignment | None:
    """The cheapest way, found by walking the cheapest first; None where it takes more than `most` changes.

    With `truncated` the text may go on where a component of the zone ends.
    """
    zone = zone.strip(FILLER)
    queue: list[tuple[int, int, int, int, _Step]] = [(0, 0, 0, 0, _Step(0, 0, 0, "", ()))]
    seen: set[tuple[int, int]] = set()
    count = 0
    while queue:
        *_, step = heapq.heappop(queue)
        place = (step.printed, step.written)
        if place in seen:
            continue
        seen.add(place)
        if step.printed == len(text) and step.written == len(zone):
            return Alignment(step.edits, step.nearest, step.places)
        for following in _following(step, text, zone, forms, truncated=truncated):
            if following.edits <= most and (following.printed, following.written) not in seen:
                count += 1
                rank = (following.edits, -following.printed - following.written, len(following.places), count)
                heapq.heappush(queue, (*rank, following))
    return None


def _following(step: _Step, text: str, zone: str, forms: Forms, *, truncated: bool) -> list[_Step]:
    char = text[step.printed] if step.printed < len(text) else ""
    wanted = zone[step.written] if step.written < len(zone) else ""
    steps = []
    if wanted == FILLER:
        steps.append(_Step(step.edits, step.printed, step.written + 1, step.nearest, step.places))
    if char:
        for form in forms(char):
            if zone.startswith(form, step.written):
                steps.append(_moved(step, char, 1, len(form), 0))
            elif truncated and (rest := zone[step.written :].partition(FILLER)[0]) and form.startswith(rest):
                steps.append(_moved(step, char, 1, len(rest), 0))
        if truncated and step.written and wanted in ("", FILLER):
            steps.append(_moved(step, char, 1, 0, 0))
        steps.append(_moved(step, "", 1, 0, 1))
        if wanted and wanted != FILLER:
            steps.append(_moved(step, wanted, 1, 1, 1))
    if wanted and wanted != FILLER:
        steps.append(_moved(step, wanted, 0, 1, 1))
    return steps


def _moved(step: _Step, put: str, printed: int, written: int, cost: int) -> _Step:
    places = (*step.places, step.printed) if cost else step.places
    return _Step(step.edits + cost, step.printed + printed, step.written + written, step.nearest + put, places)
