"""The parts of the graph without a database: keys, what a record gives, joining, places on the sheet."""

from __future__ import annotations

import datetime
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.node.plans.graph import keys, layout
from limen.node.plans.graph.deriving import derive
from limen.node.plans.graph.facts import Bearer, Document, Leg, Record, Told
from limen.node.plans.graph.joining import join
from limen.node.plans.graph.kinds import Kind, Nature

RECORD = Record("reports", 7, "R26-AAAA-AAAA")
DAY = datetime.date(2026, 11, 1)


def told(**values):
    return Told(**{"record": RECORD, "day": DAY, "issuers": ("UTO",), "place": "THBKK", "country": "THA"} | values)


def nodes(graph, kind):
    return [node.name for node in graph.nodes if node.kind == kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call +66 81 234 5678, or 0066812345678", ["+66812345678"]),
        ("tel. +1 (202) 555-0147.", ["+12025550147"]),
        ("his passport L898902C3 and 66812345678", []),
        ("+66 81 234", []),
        ("+668123456789012345", []),
        ("A+66812345678", []),
        ("on 2026-11-01, paid 00 50", []),
    ],
)
def test_phones(text, found):
    """Only international numbers count as telephones, whatever signs part their groups."""
    assert list(keys.phones(text)) == found


def test_names_are_one_across_scripts():
    """A name in Cyrillic and its Latin spelling are one person, if the whole date of birth is the same."""
    one = Bearer("Иванов", "Сергей", "1980-01-02")
    other = Bearer("IVANOV", "SERGEI", "1980-01-02")
    later = Record("reports", 8, "R26-BBBB-BBBB")
    assert keys.person(one, RECORD) == keys.person(other, later)
    assert keys.person(Bearer("IVANOV", "SERGEI", "1980-01"), RECORD) != keys.person(
        Bearer("IVANOV", "SERGEI", "1980-01"), later
    )
    assert keys.person(Bearer(), RECORD) == ""


def test_document_is_one_by_issuer_and_number():
    """Blanks and small letters do not matter; another issuer's number is another document."""
    assert keys.document("UTO", "l 898902-c3") == keys.document("UTO", "L898902C3") != keys.document("THA", "L898902C3")
    assert keys.document("UTO", " - ") == ""


def test_record_hangs_on_what_is_seen():
    """The document is what is found where its number is seen, else the bearer, else the issuer; nothing is repeated."""
    bearer = Bearer("DOE", "JANE", "1980-01-02")
    whole = derive(told(document=Document("X1234567"), bearer=bearer))
    assert [tie.one for tie in whole.ties if tie.nature == Nature.FOUND] == ["document:UTO:X1234567"]
    assert [tie.other for tie in whole.ties if tie.nature == Nature.HELD] == ["person:DOE<<JANE:1980-01-02"]
    names = derive(told(bearer=bearer))
    assert [tie.one for tie in names.ties if tie.nature == Nature.FOUND] == ["person:DOE<<JANE:1980-01-02"]
    open_ = derive(told())
    assert [tie.one for tie in open_.ties if tie.nature == Nature.FOUND] == ["country:UTO"]
    assert set(open_.entities) == {"country:UTO", "place:THBKK"}


def test_journey_and_helpers():
    """Legs follow each other, carriers are tied to where they were used, and a facilitator's line has its telephone."""
    made = derive(
        told(
            legs=(Leg("VNSGN", "VNM", "TG", "TG 551", DAY), Leg("THBKK", "THA")),
            bearer=Bearer("DOE", "JANE", facilitator="Sunrise Travel +66 81 234 5678", narrative="+84 90 123 4567"),
        )
    )
    ties = {(tie.one.split(":")[0], tie.nature, tie.other) for tie in made.ties}
    assert ("place", Nature.ROUTE, "place:THBKK") in ties
    assert ("place", Nature.CARRIED, "carrier:TG") in ties
    assert ("organisation", Nature.REACHED, "phone:+66812345678") in ties
    assert ("person", Nature.REACHED, "phone:+84901234567") in ties
    assert ("person", Nature.HELPED, "organisation:SUNRISE<TRAVEL") in ties


@pytest.mark.django_db
def test_joined_and_numbered():
    """Two reports of one document share it; numbers run from nought without a gap; order of records does not matter."""
    one = derive(told(document=Document("X1234567")))
    other = derive(told(record=Record("reports", 9, "R26-CCCC-CCCC"), place="VNSGN", document=Document("x 1234567")))
    graph = join([one, other])
    assert nodes(graph, Kind.DOCUMENT) == ["X1234567"]
    assert [node.number for node in graph.nodes] == list(range(len(graph.nodes)))
    assert len(graph.nodes[0].records) == 2
    assert join([other, one]) == graph


@pytest.mark.django_db
def test_same():
    """What officers say is one is one; a key that is not there changes nothing."""
    parts = [
        derive(told(record=Record("reports", at, f"R26-{at}"), document=Document(f"X000000{at}"))) for at in range(3)
    ]
    one, other, third = (f"document:UTO:X000000{at}" for at in range(3))
    graph = join(parts, [(one, other), (other, "document:UTO:HIDDEN")])
    assert [node.keys for node in graph.nodes if node.kind == Kind.DOCUMENT] == [(one, other), (third,)]
    assert graph.nodes[0].also == ("X0000001",)


def drawn(seed):
    """A graph of some entities and ties."""
    rng = random.Random(seed)
    count = rng.randint(1, 40)
    pairs = {tuple(sorted(rng.sample(range(count), 2))) for _ in range(rng.randint(0, 60))} if count > 1 else set()
    return count, tuple(sorted(pairs))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_places(seed):
    """Every entity has a place on the sheet, no two boxes overlap, and the same graph has the same places."""
    count, pairs = drawn(seed)
    points = layout.place(count, pairs)
    layout.place.cache_clear()
    assert layout.place(count, pairs) == points
    wide, high = layout.extent(points)
    at = np.array(points)
    assert len(points) == count
    assert (at >= 0).all()
    assert (at <= (wide, high)).all()
    apart = (np.abs(at[:, None] - at[None]) >= (layout.WIDE - 2, layout.HIGH - 2)).any(axis=2)
    assert apart[np.triu_indices(count, 1)].all()
