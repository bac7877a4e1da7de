"""What a document says besides who its bearer is, and its machine readable zone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

import numpy as np

from limen.icao.mrz import Content, Format, Name, build, fit_name, layout_named, transliterate
from limen.specimen.issuers import ISSUERS, Issuer
from limen.specimen.people import EPOCH, Person

_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_OPTIONAL_ROOM: Final = {Format.TD1: 15, Format.TD2: 7, Format.TD3: 14, Format.MRV_A: 16, Format.MRV_B: 8}
# From this day a passport's second letter is set (Doc 9303-4, 4.4).
_SECOND_LETTER_FROM: Final = datetime.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Papers:
    """The entries of one document."""

    format: Format
    issuer: str
    nationality: str
    code: str
    number: str
    issued: datetime.date
    expires: datetime.date
    place: str
    personal_number: str
    """Optional data of the zone; empty where the issuer has none."""


def papers(rng: np.random.Generator, format: Format, issuer: Issuer) -> Papers:
    """Draws the entries of a document that is valid at `EPOCH` and for some years on."""
    visa = format in (Format.MRV_A, Format.MRV_B)
    issued = EPOCH - datetime.timedelta(days=int(rng.integers(5, 500 if visa else 1900)))
    years = 5 if visa else 10
    expires = issued.replace(year=issued.year + years, day=min(issued.day, 28)) - datetime.timedelta(days=1)
    foreign = visa and issuer.code != "UTO"
    return Papers(
        format=format,
        issuer=issuer.code,
        nationality=str(rng.choice(list(ISSUERS))) if foreign else issuer.code,
        code=_code(rng, format, issued),
        number=_number(rng, issuer.number),
        issued=issued,
        expires=expires,
        place=str(rng.choice(issuer.towns)),
        personal_number=_personal(rng, format) if rng.random() < 0.5 else "",
    )


def _code(rng: np.random.Generator, format: Format, issued: datetime.date) -> str:
    if format is Format.TD3:
        return "PP" if issued >= _SECOND_LETTER_FROM else "P"
    if format in (Format.MRV_A, Format.MRV_B):
        return "V"
    return str(rng.choice(["I", "ID"]))


def _number(rng: np.random.Generator, pattern: str) -> str:
    drawn = {"9": _DIGITS, "A": _LETTERS}
    return "".join(str(rng.choice(list(drawn[char]))) if char in drawn else char for char in pattern)


def _personal(rng: np.random.Generator, format: Format) -> str:
    room = _OPTIONAL_ROOM[format]
    length = int(rng.integers(room // 2, room + 1))
    letters = int(rng.integers(0, 3))
    return _number(rng, "A" * letters + "9" * (length - letters))


def zone_lines(person: Person, entries: Papers) -> tuple[str, ...]:
    """The machine readable zone of that person's document, check digits included."""
    return build(
        Content(
            layout=entries.format.value,
            document_code=entries.code,
            issuer=entries.issuer,
            name=zone_name(person, entries.format),
            document_number=entries.number,
            birth_date=person.birth,
            expiry_date=entries.expires,
            nationality=entries.nationality,
            sex="<" if person.sex == "X" else person.sex,
            optional_data=entries.personal_number,
        )
    )


def zone_name(person: Person, format: Format) -> Name:
    """The person's name as that format's zone writes it: in its letters, cut where it is too long."""
    primary, secondary = (transliterate(part).replace("<", " ") for part in (person.primary, person.secondary))
    field = layout_named(format.value).field("name")
    return fit_name(Name(primary, secondary), field.length if field else 0)
