"""Documents and bearers of the invented reports: what is of class 1 and 2."""

from __future__ import annotations

import datetime
import random
from functools import cache
from typing import NamedTuple

import numpy as np

from limen.icao.mrz import Content, Format, Name, build, fit_name, layout_named, transliterate
from limen.node.demo.world import YEARS
from limen.specimen import Recipe, Side, draft
from limen.specimen.issuers import issuer_named
from limen.specimen.people import Person, person

POOL = 2000
"""People who are drawn once; each appears with many birth dates, which is enough to look like many."""

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_LAYOUTS = {"passport": "TD3", "official_passport": "TD3", "visa_label": "MRV-A"}
FORMATS = {"passport": Format.TD3, "visa_label": Format.MRV_A, "identity_card": Format.TD1}
"""Kinds of document that `limen.specimen` makes pictures of."""


class Paper(NamedTuple):
    """The document's entries (class 1), dates as ISO 8601."""

    number: str = ""
    series: str = ""
    personal_number: str = ""
    mrz: str = ""
    issued_on: str | None = None
    expires_on: str | None = None


class Bearer(NamedTuple):
    """The bearer's (class 2)."""

    surname: str = ""
    given_names: str = ""
    birth_date: str = ""
    established_name: str = ""
    facilitator: str = ""
    narrative: str = ""


@cache
def _pool() -> tuple[Person, ...]:
    rng = np.random.default_rng(415)
    towns = ("AMAUROT", *issuer_named("UTO").towns)
    drawn = (person(rng, towns) for _ in range(POOL * 2))
    return tuple(one for one in drawn if one.secondary and one.sex in "FM")[:POOL]


@cache
def _of_sex(sex: str) -> tuple[Person, ...]:
    return tuple(one for one in _pool() if one.sex == sex)


def birth_date(rng: random.Random, age_band: str, on: datetime.date) -> datetime.date:
    """Draw a day on which somebody was born who is of that age now."""
    low, high = YEARS[age_band]
    return on - datetime.timedelta(days=rng.randint(low * 366, high * 365 + 364))


def bearer(rng: random.Random, sex: str, age_band: str, on: datetime.date) -> tuple[Bearer, datetime.date]:
    """Invent a bearer."""
    people = _of_sex(sex) or _pool()
    one, other = rng.choice(people), rng.choice(people)
    born = birth_date(rng, age_band, on)
    drawn = rng.random()
    return Bearer(
        surname=one.primary,
        given_names=one.secondary,
        birth_date=born.isoformat() if drawn < 0.9 else str(born.year),
        established_name=f"{other.primary}, {other.secondary}" if drawn < 0.2 else "",
        facilitator="Met at the bus station by a man who took the passport back." if drawn > 0.93 else "",
        narrative="Told at the second desk where the document came from, and asked for an interpreter."
        if drawn > 0.8
        else "",
    ), born


def paper(rng: random.Random, on: datetime.date) -> Paper:
    """Invent a document's entries, without a machine readable zone."""
    number = f"{rng.choice(_LETTERS)}{rng.choice(_LETTERS)}{rng.randrange(10**7):07d}"
    issued = on - datetime.timedelta(days=rng.randint(40, 2900))
    expires = issued + datetime.timedelta(days=3651)
    return Paper(number, number[:4], "", "", issued.isoformat(), expires.isoformat())


def with_zone(details: Paper, issuer: str, category: str, who: Bearer, born: datetime.date) -> Paper:
    """Add the machine readable zone, where that kind of document has one that all issuers write alike."""
    layout = _LAYOUTS.get(category)
    if layout is None:
        return details
    field = layout_named(layout).field("name")
    primary, secondary = (transliterate(part).replace("<", " ") for part in (who.surname, who.given_names))
    lines = build(
        Content(
            layout=layout,
            document_code="V" if layout == "MRV-A" else "P",
            issuer=issuer,
            name=fit_name(Name(primary, secondary), field.length if field else 0),
            document_number=details.number,
            birth_date=born,
            expiry_date=datetime.date.fromisoformat(details.expires_on or ""),
            nationality=issuer,
            sex="<",
            optional_data="",
        )
    )
    return details._replace(mrz="\n".join(lines))


def specimen(category: str, seed: int, ppi: float = 200.0) -> Recipe:
    """Draft the Utopian document of a report that gets pictures; its entries are those of the report."""
    kind = FORMATS[category]
    return draft(kind, seed, "UTO", ppi, side=Side.FRONT if kind is Format.TD1 else None)


def entries_of(recipe: Recipe) -> tuple[Paper, Bearer, str]:
    """Read a report's parts, and the bearer's sex, off a drafted document."""
    papers, who = recipe.papers, recipe.person
    details = Paper(
        papers.number,
        papers.number[:4],
        papers.personal_number,
        "\n".join(recipe.lines) if recipe.has_zone else "",
        papers.issued.isoformat(),
        papers.expires.isoformat(),
    )
    return details, Bearer(who.primary, who.secondary, who.birth.isoformat()), who.sex
