"""By which values entities of different records are one: numbers, names, codes, each brought to one form.

Names are written in the alphabet of the machine readable zone (Doc 9303-3, 8th edition, section 6), so that one spelt
in Cyrillic or Arabic letters meets its Latin spelling; scripts without a table there are folded (`terms.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from limen.icao.mrz.transliteration import TransliterationError, transliterate
from limen.node.plans.graph.facts import Bearer, Record
from limen.node.plans.graph.kinds import Kind
from limen.node.terms.fold import squeeze

LONGEST_NAME = 80
"""A line on facilitators that is longer is a story and no name."""

_PHONE = re.compile(r"(?<![\w+])(?:\+|00)([1-9](?:[ .\-/]?\(?\d\)?){6,16})(?![\w])")
"""International numbers alone: a plus or 00, a country code, 8 to 15 digits (ITU-T E.164), one sign between groups."""
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def document(issuer: str, number: str) -> str:
    """A document by issuer and number; empty where there is no number."""
    plain = "".join(char for char in number.upper() if char.isascii() and char.isalnum())
    return f"{Kind.DOCUMENT}:{issuer}:{plain}" if plain else ""


def person(bearer: Bearer, record: Record) -> str:
    """The bearer by name and whole date of birth; without that date, the record's alone. Empty without a name."""
    name = "<<".join(part for part in (zone(bearer.surname), zone(bearer.given_names)) if part)
    return _person(name, bearer.birth_date, record)


def established(bearer: Bearer, record: Record) -> str:
    """Who the bearer was found to be: the name alone is known, so it stands for this record's person only."""
    return _person(zone(bearer.established_name), "", record)


def _person(name: str, born: str, record: Record) -> str:
    if not name:
        return ""
    if _FULL_DATE.fullmatch(born):
        return f"{Kind.PERSON}:{name}:{born}"
    return f"{Kind.PERSON}:{name}:{record.kind}.{record.number}"


def zone(name: str) -> str:
    """A name as a machine readable zone writes it, or folded where its script has no table."""
    try:
        return transliterate(name)
    except TransliterationError:
        return squeeze(name)


def facilitators(text: str) -> Iterator[str]:
    """The names on facilitators: a line each, telephone numbers taken out."""
    for line in text.splitlines():
        name = " ".join(_PHONE.sub(" ", line).split()).strip(" ,;:-–·•*()")
        if zone(name) and len(name) <= LONGEST_NAME:
            yield name


def phones(text: str) -> Iterator[str]:
    """International telephone numbers in a text, as +66812345678, each once."""
    found = ("".join(filter(str.isdecimal, match[1])) for match in _PHONE.finditer(text))
    yield from dict.fromkeys(f"+{digits}" for digits in found if 8 <= len(digits) <= 15 and digits.isascii())


def spot(place: str, country: str) -> str:
    """A place by its code, or its country where no place is known; empty without either."""
    if place:
        return f"{Kind.PLACE}:{place}"
    return f"{Kind.COUNTRY}:{country}" if country else ""
