"""The points of an alert to check: what to look at, in which light, what is right there, what is wrong.

A point may name one of the alert's pictures, and one of the places marked on it. The list is sent and stored whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from limen.node.terms import label, normalise
from limen.node.web.errors import Invalid

MOST = 8
ON_CARD = 5
"""The most points that a quick check card holds."""

LONGEST = 160
NAMES = ("look", "light", "right", "wrong", "picture")
WORDS = ("look", "right", "wrong")
"""Parts of a point that are typed in words."""

_SENT = re.compile(rf"point-(\d{{1,3}})-({'|'.join(NAMES)})")

_PICTURE = re.compile(r"(?:[0-9a-f-]{36}(?:#[1-9][0-9]?)?)?")
"""A picture's uid and, behind a hash, the number of a marked place."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point, for reading."""

    number: int
    look: str
    light: str
    right: str
    wrong: str
    exhibit: str
    """The uid of the picture that shows it; empty where none does."""
    region: str
    """Which of the places marked on it, from 1 on; empty where none is named."""


def posted(data: QueryDict) -> list[dict[str, str]]:
    """The rows that were sent, in their order, empty ones too."""
    found: dict[int, dict[str, str]] = {}
    for name in data:
        if match := _SENT.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = data[name]
    return [found[number] for number in sorted(found)][: 2 * MOST]


def clean(rows: Iterable[Any]) -> list[dict[str, str]]:
    """Turn rows into points; those that say nothing are dropped. Raises `Invalid`."""
    found = [point for number, row in enumerate(rows, start=1) if any((point := _clean(row, number)).values())]
    if len(found) > MOST:
        raise Invalid(_("An alert has at most %(most)d points to check.") % {"most": MOST}, field="points")
    return found


def read(points: Iterable[Mapping[str, str]]) -> list[Point]:
    """The points as they are shown, numbered."""
    return [
        Point(
            number,
            point["look"],
            label("image_light", point["light"]) if point.get("light") else "",
            point.get("right", ""),
            point.get("wrong", ""),
            *_place(point.get("picture", "")),
        )
        for number, point in enumerate(points, start=1)
    ]


def _place(picture: str) -> tuple[str, str]:
    uid, _hash, region = picture.partition("#")
    return uid, region


def _clean(row: Any, number: int) -> dict[str, str]:
    if not isinstance(row, Mapping) or row.keys() - set(NAMES):
        raise Invalid(_("A point holds what to look at, light, right, wrong, picture and place."), field="points")
    point = {name: _text(row.get(name), number) for name in NAMES}
    if point["light"]:
        try:
            point["light"] = normalise.code("image_light", point["light"])
        except normalise.Unknown as error:
            raise Invalid(str(error), field="points") from error
    if not _PICTURE.fullmatch(point["picture"]):
        raise Invalid(_("Point %(number)d is not understood.") % {"number": number}, field="points")
    if any(point.values()) and not point["look"]:
        raise Invalid(_("Point %(number)d does not say what to look at.") % {"number": number}, field="points")
    return point


def _text(value: Any, number: int) -> str:
    if value is not None and not isinstance(value, str):
        raise Invalid(_("Point %(number)d is not understood.") % {"number": number}, field="points")
    text = " ".join((value or "").replace("\x00", "").split())
    if len(text) > LONGEST:
        raise Invalid(
            _("Point %(number)d is too long: a part of it has at most %(most)d characters.")
            % {"number": number, "most": LONGEST},
            field="points",
        )
    return text
