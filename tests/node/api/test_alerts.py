"""Alerts through the interface: those in force, one and its pictures, as far as they may be seen and copied."""

from __future__ import annotations

import pytest

from limen.node.alerts import drafting, linking
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

TOLD = {
    "title": "Counterfeits with a flat watermark",
    "urgency": "3",
    "issuers": ["UTO"],
    "methods": ["whole_counterfeit"],
    "places": ["THBKK"],
    "summary": "Printed by ink jet.",
    "points": [{"look": "Watermark", "light": "transmitted", "right": "soft", "wrong": "sharp"}],
}


@pytest.fixture
def alert(make):
    """Release an alert: `alert(reader.agency, marking="amber")`; to the community where no agency is named."""
    author = make.officer(make.agency(), "analyst")
    second = make.officer(author.agency, "coordinator")

    def alert(*agencies, marking="green", **values):
        named = frozenset(agency.pk for agency in agencies)
        audience = rules.Audience(author.agency_id, Marking(marking), community=not agencies, agencies=named)
        with viewing(author.pk):
            made = drafting.begin(author, TOLD | values)
            waiting = releasing.propose(made, author, audience)
        with viewing(second.pk):
            releasing.approve(made, waiting, second)
            made.refresh_from_db()
        return made

    return alert


def references(answer):
    assert answer.status_code == 200, answer.content
    return [each["reference"] for each in answer.json()["items"]]


def test_those_in_force(machine, alert):
    """The most urgent first; what is asked for and no other; that there are more is said."""
    api = machine("read0")
    routine, urgent = alert(urgency="1"), alert(issuers=["THA"])
    assert references(api.get("/alerts")) == [urgent.reference, routine.reference]
    assert references(api.get("/alerts?issuer=UTO")) == [routine.reference]
    assert references(api.get("/alerts?urgency=urgent")) == [urgent.reference]
    assert references(api.get("/alerts?method=photo_substitution")) == []
    one = api.get("/alerts?limit=1").json()
    assert (len(one["items"]), one["more"]) == (1, True)


def test_one_alert(make, machine, alert):
    """An alert is told whole, with the linked reports that the caller sees and no other."""
    api = machine("read0")
    made = alert()
    author = made.author
    hidden = make.report(author)
    with viewing(author.pk):
        linking.add(made, author, hidden)
    told = api.get(f"/alerts/{made.reference}").json()
    assert (told["title"], told["urgency"], told["standing"]) == (TOLD["title"], "urgent", "in_force")
    assert told["points"][0]["light"] == "transmitted"
    assert told["reports"] == []
    assert told["pictures"] == []


def test_what_is_not_seen_or_copied_is_absent(machine, alert, refused):
    """A draft, an alert for others, and one that may not be copied answer as one that never was."""
    api, named = machine("read0"), machine("read0")
    strict = alert(named.agency, marking="amber_strict")
    amber = alert(named.agency, marking="amber")
    with viewing(strict.author_id):
        draft = drafting.begin(strict.author, TOLD)
    for one in (strict, amber, draft):
        refused(api.get(f"/alerts/{one.reference}"), 404)
    assert references(api.get("/alerts")) == []
    assert references(named.get("/alerts")) == [amber.reference]
    refused(named.get(f"/alerts/{strict.reference}"), 404)
    refused(named.get(f"/alerts/{amber.reference}/pictures/0b5c"), 404)


def test_nothing_is_written(machine, alert, refused):
    """The interface changes no alert and acknowledges none."""
    api = machine("write", "read0")
    made = alert()
    for method in ("POST", "PATCH", "DELETE", "PUT"):
        assert api.call(method, f"/alerts/{made.reference}", {}).status_code in {404, 405}
        assert api.call(method, "/alerts", {}).status_code in {404, 405}
