"""The two stories that are hidden in the data, to be found from lists, maps and counts.

The outbreak: in the last ten weeks one counterfeit of the Utopian passport of 2021 comes along one route, Colombo,
Kuala Lumpur, Bangkok, Sydney, more of it each week, always with the same printing fault.

The label: in the last five weeks Utopian visa labels of 2024 turn up at the visa office in Vientiane and at the airport
of Hanoi, with washed dates that were printed over.

Their issuer is Utopia, the country that Doc 9303 made up for specimens.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Final

from limen.node.demo.inventing import Invented, Stop, fill

OUTBREAK, LABEL = "outbreak", "label"
OUTBREAK_DAYS: Final = 70
LABEL_DAYS: Final = 35
OUTBREAK_SHARE: Final = 0.0055
LABEL_SHARE: Final = 0.0023
"""Of all reports."""
OUTBREAK_MODEL: Final = ("Utopian passport", 2021)
LABEL_MODEL: Final = ("Utopian visa label", 2024)

_SEEN_AT: Final = (
    ("demo-thailand", "THA", "THBKK", "arrival", 44),
    ("demo-malaysia", "MYS", "MYKUL", "transit", 30),
    ("demo-australia", "AUS", "AUSYD", "arrival", 16),
    ("demo-srilanka", "LKA", "LKCMB", "departure", 10),
)
_FAULT: Final = (
    "The word PASSPORT is printed twice, half a millimetre apart, and a quarter of the rosette is missing.",
    "Same fault as in earlier cases of this model: a doubled title, and a gap at the lower left of the rosette.",
    "Doubled title line; the rosette lacks its lower left quarter. No fluorescent print in ultraviolet light.",
    "The rosette has a gap and the title a shadow; the paper shines in ultraviolet light.",
)
_WASHED: Final = (
    "The dates of the label were washed out and printed over; the line work under them is gone.",
    "Where the validity stands the background is thin and glows in ultraviolet light.",
    "Validity lengthened: the figures stand too high, and the paper under them is bright in ultraviolet light.",
)


def both(rng: random.Random, count: int, today: datetime.date) -> list[Invented]:
    """Tell both, in the measure of all reports, the oldest first."""
    told = [
        *outbreak(rng, max(14, round(count * OUTBREAK_SHARE)), today),
        *label(rng, max(8, round(count * LABEL_SHARE)), today),
    ]
    return sorted(told, key=lambda one: one.detected_on)


def outbreak(rng: random.Random, count: int, today: datetime.date) -> Iterator[Invented]:
    """Tell the story of the counterfeit, more and more often to this day."""
    for number in range(count):
        day = today - datetime.timedelta(days=int(OUTBREAK_DAYS * (1 - rng.random() ** 0.7)))
        site, country, place, setting, _ = rng.choices(_SEEN_AT, [row[-1] for row in _SEEN_AT])[0]
        one = Invented(site, day, country, "UTO", fraud_class="counterfeit", method="whole_counterfeit")
        one.model_name, one.model_year = OUTBREAK_MODEL
        one.place, one.setting, one.line = place, setting, rng.choice((1, 2, 2))
        one.legs = _along_the_route(place, day, rng)
        fill(rng, one)
        one.nationality_claimed, one.facilitated = "UTO", rng.choice(("yes", "unknown"))
        one.means = rng.choice((("light",), ("reader",), ("light", "reader")))
        one.summary = rng.choice(_FAULT)
        one.supply_country, one.supply_place = ("MYS", "by messenger and post") if rng.random() < 0.4 else ("", "")
        one.story, one.specimen = OUTBREAK, 40_000 + number
        yield one


def _along_the_route(place: str, day: datetime.date, rng: random.Random) -> list[Stop]:
    """Give the legs up to where the document was found, and where the journey was to end."""
    before = day - datetime.timedelta(days=1)
    route = [
        Stop("embarkation", "LKA", "LKCMB", "", "", before),
        Stop("transit", "MYS", "MYKUL", "UL", "UL314", before),
        Stop("destination", "THA", "THBKK", "MH", rng.choice(("MH784", "MH788")), day),
        Stop("final", "AUS", "AUSYD", "TG", "TG475", day),
    ]
    if place == "LKCMB":
        return [route[0]._replace(on=day), route[-1]._replace(carrier="", service="")]
    if place == "AUSYD":
        return [*route[:2], route[2]._replace(role="transit"), route[3]._replace(role="destination")]
    return [*route[: 2 if place == "MYKUL" else 3], route[3]]


def label(rng: random.Random, count: int, today: datetime.date) -> Iterator[Invented]:
    """Tell the story of the visa label."""
    for number in range(count):
        day = today - datetime.timedelta(days=int(LABEL_DAYS * rng.random()))
        office = rng.random() < 0.45
        site, country = ("demo-laos", "LAO") if office else ("demo-vietnam", "VNM")
        one = Invented(site, day, country, "UTO", "visa_label", "V", fraud_class="forgery", method="visa_altered")
        one.model_name, one.model_year = LABEL_MODEL
        one.other_methods = ("washed",)
        one.place, one.setting = ("LAVTE", "visa_office") if office else ("VNHAN", "arrival")
        one.line = 2
        if not office:
            one.legs = [
                Stop("embarkation", "LAO", "LAVTE", "", "", day),
                Stop("destination", "VNM", "VNHAN", "QV", "QV310", day),
            ]
        fill(rng, one)
        one.means, one.summary = ("light",), rng.choice(_WASHED)
        one.story, one.specimen = LABEL, 80_000 + number
        yield one
