"""The quick check card of an alert: one page that is read in seconds, on a screen or in print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from limen.node.alerts import points, telling
from limen.node.alerts.models import Alert
from limen.node.alerts.points import Point
from limen.node.exhibits.showing import Picture, pictures
from limen.node.sharing.markings import Marking

MOST_PICTURES = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a picture, in shares of it, with the number of the point that names it; empty where none does."""

    x: float
    y: float
    w: float
    h: float
    number: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the card, and what is marked on it."""

    picture: Picture
    marks: list[Mark]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """The marks in pixels of the picture, as a drawing of its size has them."""
        wide, high = self.picture.exhibit.width, self.picture.exhibit.height
        return [_drawn(mark, wide, high) for mark in self.marks]


def _drawn(mark: Mark, wide: int, high: int) -> dict[str, Any]:
    """A mark and the disc with its number, which stays on the picture."""
    radius = max(wide, high) / 28
    room = max(2 * radius, radius * (0.9 + 0.75 * len(mark.number)))
    start = min(max(mark.x * wide - radius, 0), wide - room)
    top = min(max(mark.y * high - radius, 0), high - 2 * radius)
    pixels = {
        **{"x": mark.x * wide, "y": mark.y * high, "w": mark.w * wide, "h": mark.h * high},
        **{"start": start, "top": top, "room": room, "tall": 2 * radius, "radius": radius},
        **{"middle": start + room / 2, "base": top + 1.45 * radius, "size": 1.3 * radius},
    }
    return {"number": mark.number} | {name: str(round(value)) for name, value in pixels.items()}


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card."""

    alert: Alert
    urgency: telling.Look
    subject: str
    places: str
    points: list[Point]
    left_out: int
    """How many points stand on the alert's page alone."""
    pictures: list[Shown]
    marking: Marking


def card_of(alert: Alert) -> Card:
    """Gather a card: the first points, and the pictures that they name before the others."""
    listed = points.read(alert.points)
    first = listed[: points.ON_CARD]
    named = [point.exhibit for point in first if point.exhibit]
    found = sorted(pictures(alert), key=lambda each: _rank(str(each.exhibit.uid), named))
    return Card(
        alert,
        telling.URGENCIES[alert.urgency],
        telling.subject(alert),
        telling.places(alert),
        first,
        len(listed) - len(first),
        [Shown(each, _marks(each, first)) for each in found[:MOST_PICTURES]],
        Marking(alert.marking),
    )


def _rank(uid: str, named: list[str]) -> int:
    return named.index(uid) if uid in named else len(named)


def _marks(picture: Picture, listed: Iterable[Point]) -> list[Mark]:
    """The places that the points name, by their numbers; where none is named, all that are marked."""
    numbers: dict[str, list[str]] = {}
    for point in listed:
        if point.region and point.exhibit == str(picture.exhibit.uid):
            numbers.setdefault(point.region, []).append(str(point.number))
    marks = []
    for at, region in enumerate(picture.regions, start=1):
        if numbers and str(at) not in numbers:
            continue
        x, y, w, h = (float(region[name]) for name in ("x", "y", "w", "h"))
        marks.append(Mark(x, y, w, h, ",".join(numbers.get(str(at), []))))
    return marks
