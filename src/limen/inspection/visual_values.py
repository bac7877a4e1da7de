"""What the visual zone has to say, by what a machine readable zone says: Doc 9303-3, 8th edition, 3 and 4."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from limen.icao.mrz import DateKind, Mrz, MrzDate
from limen.icao.visual import (
    Compared,
    Day,
    Field,
    compare_code,
    compare_date,
    compare_full_name,
    compare_name,
    compare_number,
    compare_sex,
    compare_state,
)
from limen.inspection.visual_zone import Compare, Value

NEAR_NAME = 5
"""A line that differs from a name of at least so many letters in one of them is that name, labelled or not."""
LITTLE_NAME = 2
"""So many letters of a name, or fewer, stand on a page by chance, above all where the zone cut the name short."""
LEAST_NUMBER = 4
"""Fewer characters than this are no number that print would repeat."""
NEAR_NUMBER = 6
"""The same for a number, in one or two characters."""


_SEXES = {"": "X", "<": "X"}


def values_of(zone: Mrz, on: datetime.date) -> Mapping[Field, Value]:
    """By field, what the visual zone should say; a field that the zone leaves open is not there."""
    found = _names(zone) | _dates(zone, on) | _numbers(zone)
    sex = _SEXES.get(zone.sex, zone.sex)
    found[Field.SEX] = Value(Field.SEX, sex, _cached(partial(compare_sex, sex=zone.sex)), short=True)
    codes: dict[Field, tuple[str, Callable[..., Compared]]] = {
        Field.NATIONALITY: (zone.nationality, compare_state),
        Field.ISSUER: (zone.issuer, compare_state),
        Field.DOCUMENT_CODE: (zone.document_code, compare_code),
    }
    for field, (code, compare) in codes.items():
        if code:
            found[field] = Value(field, code, _cached(partial(compare, code=code)), short=True, expected=False)
    return found


def days_of(date: MrzDate, on: datetime.date, kind: DateKind) -> tuple[Day, ...]:
    """The days that a date of the zone may mean; of one that is not complete what is known of it."""
    full = date.candidates(on, kind)
    if full:
        return tuple(Day(one.year, one.month, one.day) for one in full)
    if date.year2 is None or date.complete:
        return ()
    century = on.year // 100 * 100
    return tuple(Day(century + shift + date.year2, date.month, date.day) for shift in (0, -100))


def _names(zone: Mrz) -> dict[Field, Value]:
    found = {}
    for field, part in ((Field.SURNAME, zone.name.primary), (Field.GIVEN_NAMES, zone.name.secondary)):
        if part:
            letters = len(part.replace(" ", ""))
            near = 1 if letters >= NEAR_NAME else 0
            compare = _cached(partial(_either, part, zone))
            found[field] = Value(field, part, compare, near, little=letters <= LITTLE_NAME)
    return found


def _either(part: str, zone: Mrz, text: str) -> Compared:
    """A line against a part of the name; one that gives the full name says each part."""
    alone = compare_name(text, part, truncated=zone.name.truncated, machine_read=True)
    if alone.agrees or len(text) < len(part) + 2:
        return alone
    whole = compare_full_name(text, zone.name, machine_read=True)
    return whole if whole.agrees or 0 < whole.edits < alone.edits else alone


def _dates(zone: Mrz, on: datetime.date) -> dict[Field, Value]:
    found = {}
    for field, date, kind in (
        (Field.BIRTH_DATE, zone.birth_date, DateKind.BIRTH),
        (Field.EXPIRY_DATE, zone.expiry_date, DateKind.EXPIRY),
    ):
        days = days_of(date, on, kind)
        if days:
            # No date is known by its neighbourhood: an issue may lie ten years before an expiry to the day.
            found[field] = Value(field, _shown(days[0]), _cached(partial(compare_date, days=days)))
    return found


def _shown(day: Day) -> str:
    month, date = (f"{part:02d}" if part else "??" for part in (day.month, day.day))
    return f"{day.year}-{month}-{date}"


def _numbers(zone: Mrz) -> dict[Field, Value]:
    found = {}
    personal = zone.personal_number or zone.optional_data
    for field, number in ((Field.NUMBER, zone.document_number), (Field.PERSONAL_NUMBER, personal)):
        if len(number.replace("<", "")) >= LEAST_NUMBER:
            near = 2 if len(number) >= NEAR_NUMBER else 0
            compare = _cached(partial(compare_number, number=number))
            found[field] = Value(field, number, compare, near, expected=field is Field.NUMBER)
    return found


def _cached(compare: Compare) -> Compare:
    return lru_cache(maxsize=512)(compare)
