"""Inventing one report after another, the same ones for the same seed and day."""

from __future__ import annotations

import datetime
import math
import random
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

from limen.node.demo import persons, world
from limen.node.demo.agencies import SITES, Site
from limen.node.demo.telling import summary

YEARS = 5
DAYS = YEARS * 365 + 1


class Stop(NamedTuple):
    """A leg of the route, with the names that `limen.node.reports.models.Leg` has."""

    role: str
    country: str
    place: str
    carrier: str
    service: str
    on: datetime.date


@dataclass(slots=True)
class Invented:
    """A report before it has a number, an author or an audience. Fields are named as the columns are."""

    site: str
    detected_on: datetime.date
    detection_country: str
    issuer: str = ""
    category: str = "passport"
    document_type: str = "P"
    model_name: str = ""
    model_year: int | None = None
    fraud_class: str = "counterfeit"
    method: str = ""
    other_methods: tuple[str, ...] = ()
    place: str = ""
    setting: str = "arrival"
    line: int | None = 1
    means: tuple[str, ...] = ()
    nationality_claimed: str = ""
    nationality_established: str = ""
    sex: str = ""
    age_band: str = ""
    facilitated: str = "unknown"
    summary: str = ""
    price: int | None = None
    currency: str = ""
    supply_country: str = ""
    supply_place: str = ""
    companions: tuple[dict[str, str], ...] = ()
    outcome: str = ""
    source_reliability: str = ""
    information_credibility: str = ""
    legs: list[Stop] = field(default_factory=list)
    document: persons.Paper | None = None
    bearer: persons.Bearer | None = None
    story: str = ""
    specimen: int | None = None
    """Seed of the Utopian document that its pictures show."""
    reference: str = ""


class Draw:
    """Draws by weight, the sums made once."""

    def __init__(self, weights: dict[Any, float]) -> None:
        self._keys, self._sums = list(weights), list(accumulate(weights.values()))

    def __call__(self, rng: random.Random) -> Any:
        """Draw one."""
        return self._keys[bisect(self._sums, rng.random() * self._sums[-1])]


_site = Draw({site: site.weight for site in SITES})
_posts = {country: Draw({post: post.weight for post in posts}) for country, posts in world.POSTS.items()}
_anywhere = Draw({country: sum(s.weight for s in SITES if s.country == country) or 1 for country in world.POSTS})
_issuer = Draw(world.ISSUERS)
_category = Draw({category: weight for category, (weight, _) in world.CATEGORIES.items()})
_classes = {category: Draw(weights) for category, weights in world.CLASSES.items()}
_methods = {key: Draw(weights) for key, weights in world.METHODS.items()}
_outcomes = {setting: Draw(weights) for setting, weights in world.OUTCOMES.items()}
_setting, _age = Draw(world.SETTINGS), Draw(world.AGES)
_origin = Draw({airport: airport.weight for airport in world.ORIGINS})
_hub = Draw({airport: airport.weight for airport in world.HUBS})
_final = Draw({airport: airport.weight for airport in world.FINALS})
_line = Draw({1: 55, 2: 38, 3: 7})
_reliability, _credibility = Draw({"A": 35, "B": 45, "C": 15, "F": 5}), Draw({"1": 40, "2": 38, "3": 17, "6": 5})


def invent(rng: random.Random, days: Iterable[datetime.date]) -> Iterator[Invented]:
    """Invent a report for each day given; stories are not among them."""
    for day in days:
        yield _report(rng, day)


def days_of(rng: random.Random, count: int, today: datetime.date) -> list[datetime.date]:
    """Draw days of the last five years, in order: growing, with seasons, quieter at the weekend."""
    days = [today - datetime.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    weights = [
        math.exp(world.GROWTH * number / 365) * world.SEASON[day.month - 1] * (0.8 if day.weekday() > 4 else 1.0)
        for number, day in enumerate(days)
    ]
    return sorted(rng.choices(days, weights, k=count))


def _report(rng: random.Random, day: datetime.date) -> Invented:
    site: Site = _site(rng)
    country = site.country or _anywhere(rng)
    category = _category(rng)
    kind = _classes.get(category, _classes[""])(rng)
    method = _methods_of(kind, category)(rng)
    one = Invented(site.code, day, country, fraud_class=kind, category=category, method=method)
    one.issuer = _issuer(rng)
    one.document_type = world.CATEGORIES[category][1]
    if category in ("passport", "visa_label", "identity_card", "residence_permit") and rng.random() < 0.6:
        one.model_year = rng.choice((2006, 2010, 2014, 2017, 2019, 2021, 2023))
    if kind == "forgery" and rng.random() < 0.2:
        one.other_methods = (rng.choice(("laminate_lifted", "page_removed", "stamp_counterfeit")),)
    one.setting = _setting(rng) if site.country else "inland"
    _place(rng, one, office=bool(site.country))
    fill(rng, one)
    return one


def _methods_of(kind: str, category: str) -> Draw:
    likest = (category, "card", "") if category in world.CARDS else (category, "")
    return next(_methods[kind, one] for one in likest if (kind, one) in _methods)


def _place(rng: random.Random, one: Invented, *, office: bool) -> None:
    if not office:
        one.line = 3
        return
    post: world.Post = _posts[one.detection_country](rng)
    if one.setting == "transit" and post.mode != "air":
        one.setting = "arrival"
    one.place, one.line = post.place, _line(rng)
    if one.setting in ("arrival", "transit", "departure"):
        one.legs = _route(rng, one, post)


def fill(rng: random.Random, one: Invented) -> None:
    """Add what every report has, once class, method and place are known."""
    means = rng.choice(world.MEANS[one.fraud_class])
    one.means = (means,) if rng.random() < 0.7 else (means, "interview" if means != "interview" else "database")
    one.nationality_claimed = one.issuer if one.category == "passport" or rng.random() < 0.5 else _issuer(rng)
    if one.fraud_class != "fraudulently_obtained" and rng.random() < 0.45:
        one.nationality_established = _issuer(rng)
    one.sex = "F" if rng.random() < 0.34 else "M"
    one.age_band = _age(rng)
    one.facilitated = rng.choice(("unknown", "unknown", "yes", "no"))
    one.outcome = _outcomes[one.setting](rng)
    one.source_reliability, one.information_credibility = _reliability(rng), _credibility(rng)
    one.summary = summary(rng, one.detection_country, one.fraud_class, one.method, means)
    if rng.random() < 0.16:
        one.currency, low, high = rng.choice(world.CURRENCIES)
        one.price = rng.randint(low // 100, high // 100) * 100
        one.supply_country, one.supply_place = rng.choice(world.SUPPLIERS), rng.choice(world.SUPPLY_PLACES)
    if rng.random() < 0.12:
        category = rng.choice(("identity_card", "driving_licence", "visa_label", "supporting_document"))
        one.companions = ({"category": category, "issuer": one.issuer, "note": ""},)


def _route(rng: random.Random, one: Invented, post: world.Post) -> list[Stop]:
    if post.mode != "air":
        beside = rng.choice(world.BESIDE[one.detection_country].split())
        carrier = rng.choice(world.GENERIC[post.mode])
        here = (one.detection_country, post.place, carrier, "", one.detected_on)
        pair = [Stop("embarkation", beside, "", "", "", one.detected_on), Stop("destination", *here)]
        return pair if one.setting == "arrival" else [Stop("embarkation", *here[:2], "", "", one.detected_on)]
    return _by_air(rng, one, post)


def _by_air(rng: random.Random, one: Invented, post: world.Post) -> list[Stop]:
    day, before = one.detected_on, one.detected_on - datetime.timedelta(days=1)
    legs: list[Stop] = []
    last = _origin(rng)
    if one.setting == "departure":
        legs.append(Stop("embarkation", one.detection_country, post.place, "", "", day))
    else:
        while last.country == one.detection_country:
            last = _origin(rng)
        legs.append(Stop("embarkation", last.country, last.place, "", "", before if rng.random() < 0.4 else day))
        hub = _hub(rng)
        if rng.random() < 0.42 and hub.country not in (one.detection_country, last.country):
            legs.append(Stop("transit", hub.country, hub.place, *_flight(rng, last), day))
            last = hub
        role = "transit" if one.setting == "transit" else "destination"
        legs.append(Stop(role, one.detection_country, post.place, *_flight(rng, last), day))
    if one.setting != "arrival" or rng.random() < 0.35:
        final = _final(rng)
        if final.country != one.detection_country:
            legs.append(Stop("final", final.country, final.place, *_flight(rng, final), day))
    return legs


def _flight(rng: random.Random, airport: world.Airport) -> tuple[str, str]:
    carrier = rng.choice(airport.carriers)
    return carrier, f"{carrier}{rng.randint(100, 989)}"


def add_persons(rng: random.Random, one: Invented, *, zones: bool = True) -> Invented:
    """Give most reports a document's entries and a bearer; those with a specimen get what is printed in it."""
    if one.specimen is not None:
        one.document, one.bearer, one.sex = persons.entries_of(persons.specimen(one.category, one.specimen))
        return one
    who, born = persons.bearer(rng, one.sex, one.age_band, one.detected_on)
    one.bearer = who if rng.random() < 0.6 else None
    if rng.random() < 0.8:
        one.document = persons.paper(rng, one.detected_on)
        if zones and one.bearer and rng.random() < 0.7:
            one.document = persons.with_zone(one.document, one.issuer, one.category, one.bearer, born)
    return one
