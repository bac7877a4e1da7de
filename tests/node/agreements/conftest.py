"""Three agencies, their deciders, and an agreement between two of them."""

from types import SimpleNamespace

import pytest
from django.test import Client

from limen.node.agreements import acting
from limen.node.agreements.acting import Tells
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.viewer import viewing

NUMBERS = FieldClass.STATISTICAL | FieldClass.DOCUMENT
REPORTS = frozenset({"reports"})


@pytest.fixture
def parties(make):
    """Agencies a, b and c; of each an examiner, two coordinators and a counter officer, and their browsers."""

    def staff(code):
        agency = make.agency(code=code, name=f"Agency {code.upper()}")
        officers = {
            "first": make.officer(agency, "coordinator", name=f"First of {code.upper()}"),
            "second": make.officer(agency, "examiner", name=f"Second of {code.upper()}"),
            "third": make.officer(agency, "coordinator", name=f"Third of {code.upper()}"),
            "counter": make.officer(agency, "counter", name=f"Counter of {code.upper()}"),
        }
        return SimpleNamespace(agency=agency, **officers)

    return SimpleNamespace(a=staff("a"), b=staff("b"), c=staff("c"))


@pytest.fixture
def enter():
    """Sign an officer in: `enter(officer)` is a client."""

    def entered(officer):
        client = Client()
        client.force_login(officer)
        return client

    return entered


@pytest.fixture
def write(parties):
    """Write a draft of A's with B (and others): `write(parties.b.agency, kinds=..., classes=...)`."""

    def written(*others, kinds=REPORTS, classes=NUMBERS, back=True, **values):
        first = parties.a.first
        said = {"begins_on": "2026-01-01", "purposes": ["border"], "onward": "within"} | values
        with viewing(first.pk):
            edition = acting.draw_up(first, "Memorandum on document fraud")
            acting.write(edition, first, said)
            acting.set_parties(edition, first, [("a", "", ""), *((each.code, "", "") for each in others)])
            told = [Tells(parties.a.agency.pk, each.pk, kinds, classes) for each in others]
            if back:
                told += [Tells(each.pk, parties.a.agency.pk, kinds, classes) for each in others]
            acting.set_clauses(edition, first, told)
        return edition

    return written


@pytest.fixture
def agree(parties, write):
    """Have an agreement that all its parties consented to."""

    def agreed(*others, **values):
        others = others or (parties.b,)
        edition = write(*(each.agency for each in others), **values)
        with viewing(parties.a.first.pk):
            acting.propose(edition, parties.a.first)
        return consent_all(edition, parties.a, *others)

    return agreed


def consent_all(edition, *sides):
    for side in sides:
        for officer in (side.first, side.second):
            with viewing(officer.pk):
                acting.consent(edition, officer)
    with viewing(sides[0].first.pk):
        edition.refresh_from_db()
        return edition.agreement
