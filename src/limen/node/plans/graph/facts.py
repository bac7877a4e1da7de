"""What one linked record tells a viewer, as plain values: whatever the viewer may not see is not in them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """Which record it is. Equal by kind and number; references are the viewer's to read, for they see the record."""

    kind: str
    number: int
    reference: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a route (class 0)."""

    place: str = ""
    country: str = ""
    carrier: str = ""
    service: str = ""
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The document's number (class 1)."""

    number: str = ""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What tells of persons (class 2)."""

    surname: str = ""
    given_names: str = ""
    birth_date: str = ""
    established_name: str = ""
    facilitator: str = ""
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A record; `document` and `bearer` are None where the viewer sees none."""

    record: Record
    day: datetime.date | None = None
    issuers: tuple[str, ...] = ()
    place: str = ""
    country: str = ""
    claimed: str = ""
    established: str = ""
    supply: str = ""
    legs: tuple[Leg, ...] = ()
    document: Document | None = None
    bearer: Bearer | None = None
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Places and countries that an alert concerns."""
