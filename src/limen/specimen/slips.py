"""Entries of the visual zone with one character that the machine readable zone contradicts."""

from __future__ import annotations

import datetime
import string
from typing import Final

from limen.icao.mrz import transliterate
from limen.specimen.layout import date_text, page_of
from limen.specimen.papers import zone_name
from limen.specimen.people import EPOCH
from limen.specimen.recipe import Recipe

Slip = tuple[int, str]
"""The column that differs, and the entry with that difference."""

REPEATED: Final = ("number", "birth_date", "expiry_date", "surname", "given_names", "sex")
"""Entries that the zone of every format repeats."""


def slips(recipe: Recipe) -> dict[str, list[Slip]]:
    """By entry, every way in which one character can differ so that the entry is plausible and the zone is not met."""
    texts = {entry.name: entry.text for entry in page_of(recipe).entries if entry.name in REPEATED}
    found = {name: _options(recipe, name, text) for name, text in texts.items()}
    return {name: options for name, options in found.items() if options}


def _options(recipe: Recipe, name: str, text: str) -> list[Slip]:
    if name in ("birth_date", "expiry_date"):
        return _dates(recipe, name, text)
    if name == "sex":
        return [(0, other) for other in "FM" if text in "FM" and other != text]
    pools = (string.digits, string.ascii_uppercase)
    return [
        (column, changed)
        for column, char in enumerate(text)
        for pool in pools
        if char in pool
        for other in pool
        if other != char
        for changed in [text[:column] + other + text[column + 1 :]]
        if name == "number" or _told_apart(recipe, name, changed)
    ]


def _dates(recipe: Recipe, name: str, text: str) -> list[Slip]:
    """Dates one character away: a person of age, a document in force."""
    birth = name == "birth_date"
    first = datetime.date(1930, 1, 1) if birth else EPOCH + datetime.timedelta(days=1)
    last = recipe.papers.issued - datetime.timedelta(days=16 * 366) if birth else datetime.date(2046, 1, 1)
    found = []
    for days in range((last - first).days):
        other = date_text(first + datetime.timedelta(days=days))
        apart = [column for column, (a, b) in enumerate(zip(text, other, strict=True)) if a != b]
        if len(apart) == 1 and apart[0] not in (7, 8):
            found.append((apart[0], other))
    return found


def _told_apart(recipe: Recipe, name: str, changed: str) -> bool:
    """Whether the zone has room for the letter that differs: a long name is cut there."""
    person = recipe.person
    now = person.primary if name == "surname" else person.secondary
    full = zone_name(person, recipe.format)
    part = full.primary if name == "surname" else full.secondary
    before, after = (transliterate(value).replace("<", " ")[: len(part)] for value in (now, changed))
    return before != after and part.startswith(before)
