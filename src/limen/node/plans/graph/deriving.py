"""From one record to entities, ties and events.

What a record is about is its *subject*, the most telling thing that the viewer sees of it: the document where they see
its number, else the bearer, else the issuer. The rest is tied to the subject, so that each viewer's chart hangs
together without standing in for what they do not see.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from limen.node.plans.graph import keys
from limen.node.plans.graph.facts import Bearer, Record, Told
from limen.node.plans.graph.kinds import CLASSES, Kind, Nature
from limen.node.sharing.classes import FieldClass


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that a record names; `name` as it is written there, or a code."""

    key: str
    name: str
    kind: Kind
    classes: FieldClass


@dataclass(frozen=True, slots=True)
class Tie:
    """That two entities belong together, by a record or by an officer's word."""

    one: str
    other: str
    nature: Nature
    words: str = ""
    """What is known beyond its nature: a flight number, or what the officer wrote."""


@dataclass(frozen=True, slots=True)
class Event:
    """That an entity was somewhere on a day."""

    day: datetime.date
    key: str
    nature: Nature
    words: str = ""


@dataclass(slots=True)
class Derived:
    """What one record gives; `record` is None for what an officer entered, which `source` then names."""

    record: Record | None
    source: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def entity(self, key: str, name: str) -> str:
        """Add an entity, if there is one, and say its key."""
        if key:
            kind = Kind(key.partition(":")[0])
            self.entities.setdefault(key, Entity(key, name, kind, CLASSES[kind]))
        return key

    def spot(self, place: str, country: str) -> str:
        """Add a place, or its country."""
        return self.entity(keys.spot(place, country), place or country)

    def tie(self, one: str, other: str, nature: Nature, words: str = "") -> None:
        """Add a tie between two entities, if both are there and differ."""
        made = Tie(one, other, nature, words)
        if one and other and one != other and made not in self.ties:
            self.ties.append(made)

    def event(self, day: datetime.date | None, key: str, nature: Nature, words: str = "") -> None:
        """Add an event, if there is a day."""
        if day and key:
            self.events.append(Event(day, key, nature, words))


def derive(told: Told) -> Derived:
    """Everything that one record gives this viewer."""
    made = Derived(told.record, f"{told.record.kind}:{told.record.number}")
    issuers = [made.spot("", issuer) for issuer in told.issuers]
    document = _document(told, made)
    person = _person(told, made)
    subject = document or person or (issuers[0] if issuers else "")
    for issuer in issuers:
        made.tie(subject, issuer, Nature.ISSUED)
    _where(told, made, subject, person)
    if told.bearer is not None:
        _helpers(told.bearer, made, person or subject)
    _concerned(told, made, issuers)
    return made


def _document(told: Told, made: Derived) -> str:
    if told.document is None:
        return ""
    issuer = told.issuers[0] if told.issuers else ""
    return made.entity(keys.document(issuer, told.document.number), told.document.number)


def _person(told: Told, made: Derived) -> str:
    """The bearer, who they were found to be, and that they presented the document."""
    if told.bearer is None:
        return ""
    written = ", ".join(part for part in (told.bearer.surname, told.bearer.given_names) if part)
    person = made.entity(keys.person(told.bearer, told.record), written)
    found = made.entity(keys.established(told.bearer, told.record), told.bearer.established_name)
    made.tie(person, found, Nature.ALIAS)
    person = person or found
    if document := next((key for key, each in made.entities.items() if each.kind == Kind.DOCUMENT), ""):
        made.tie(document, person, Nature.HELD)
    return person


def _where(told: Told, made: Derived, subject: str, person: str) -> None:
    """Where it was found, the journey, and countries that are told of."""
    found = made.spot(told.place, told.country)
    made.tie(subject, found, Nature.FOUND)
    for key in dict.fromkeys((subject, person, found)):
        made.event(told.day, key, Nature.FOUND)
    for country, nature in (
        (told.claimed, Nature.CLAIMED),
        (told.established, Nature.ESTABLISHED),
        (told.supply, Nature.SUPPLIED),
    ):
        made.tie((nature != Nature.SUPPLIED and person) or subject, made.spot("", country), nature)
    _journey(told, made)


def _journey(told: Told, made: Derived) -> None:
    stops = []
    for leg in told.legs:
        stop = made.spot(leg.place, leg.country)
        carrier = made.entity(f"{Kind.CARRIER}:{leg.carrier}" if leg.carrier else "", leg.carrier)
        made.tie(stop, carrier, Nature.CARRIED, leg.service)
        made.event(leg.on, stop, Nature.ROUTE, leg.service)
        made.event(leg.on, carrier, Nature.CARRIED, leg.service)
        if stop:
            stops.append(stop)
    for one, other in pairwise(stops):
        made.tie(one, other, Nature.ROUTE)


def _helpers(bearer: Bearer, made: Derived, person: str) -> None:
    """Facilitators, and telephones: in the line of a facilitator they are theirs, elsewhere the bearer's."""
    theirs = set()
    for line in bearer.facilitator.splitlines():
        name = next(keys.facilitators(line), "")
        helper = made.entity(f"{Kind.ORGANISATION}:{keys.zone(name)}" if name else "", name)
        made.tie(person, helper, Nature.HELPED)
        for number in keys.phones(line):
            made.tie(helper or person, made.entity(f"{Kind.PHONE}:{number}", number), Nature.REACHED)
            theirs.add(number)
    for number in keys.phones(bearer.narrative):
        phone = made.entity(f"{Kind.PHONE}:{number}", number)
        if number not in theirs:
            made.tie(person, phone, Nature.REACHED)


def _concerned(told: Told, made: Derived, issuers: list[str]) -> None:
    """What an alert is about: its documents' issuers, and where they are expected."""
    where = [*(made.spot(place, "") for place in told.places), *(made.spot("", each) for each in told.countries)]
    first, *others = issuers or where or [""]
    for spot in dict.fromkeys(where if issuers else others):
        made.tie(first, spot, Nature.CONCERNS)
    for key in _once([*issuers, *where]):
        if told.places or told.countries:
            made.event(told.day, key, Nature.CONCERNS)


def _once(found: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(found)
