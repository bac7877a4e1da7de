"""Records linked to a plan: shown to whoever sees both, and to nobody else in any way."""

import json
import re
import uuid

import pytest
from django.db import connection

from limen.node.alerts import drafting as alerting
from limen.node.assistance import acting as assisting
from limen.node.plans import linking
from limen.node.plans.models import PlanLink
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

pytestmark = pytest.mark.django_db


def raw(officer, sql):
    with viewing(officer.pk), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def plain(answer):
    """A page without the token of its forms."""
    return re.sub(r'"[A-Za-z0-9]{64}"', "", answer.content.decode())


@pytest.fixture
def shared(make, audience, sides):
    """A report of A's that B sees, and one that is A's alone."""
    seen = make.released(sides.a.first, audience(sides.a.agency, "amber", sides.b.agency), second=sides.a.second)
    return seen, make.report(sides.a.first)


def test_linked_from_the_record_and_from_the_plan(enter, sides, running, shared, log):
    """A button on the record's page and a reference on the plan's link; twice is once."""
    plan, (seen, own) = running("b", "c"), shared
    client = enter(sides.a.first)
    page = client.get(f"/reports/{seen.reference}/").content.decode()
    assert f'action="/plans/link/reports/{seen.reference}/"' in page
    for _twice in range(2):
        answer = client.post(f"/plans/link/reports/{seen.reference}/", {"plan": plan.reference})
        assert (answer.status_code, answer["Location"]) == (302, f"/reports/{seen.reference}/")
        assert client.post(f"/plans/{plan.reference}/links/", {"reference": own.reference.lower()}).status_code == 302
    with viewing(sides.a.first.pk):
        assert [each.reference for each in linking.visible(plan)] == [own.reference, seen.reference]
    assert [json.loads(details)["record"] for _subject, details in log("plan.linked")] == [
        f"report:{seen}",
        f"report:{own}",
    ]
    page = client.get(f"/reports/{seen.reference}/").content.decode()
    assert f'href="/plans/{plan.reference}/"' in page
    assert "/plans/link/" not in page


def test_shown_to_whoever_sees_both(enter, sides, running, shared):
    """B sees one link of two, C none, D no plan at all; nothing tells how many there are."""
    plan, (seen, own) = running("b", "c"), shared
    with viewing(sides.a.first.pk):
        for record in (seen, own):
            linking.link(plan, sides.a.first, record)
    sights = {"a": 2, "b": 1, "c": 0, "d": 0}
    for code, count in sights.items():
        officer = getattr(sides, code).first
        assert raw(officer, "SELECT count(*) FROM plans_planlink") == [(count,)]
    guest = enter(sides.c.first).get(f"/plans/{plan.reference}/").content.decode()
    assert "Linked records" in guest
    assert not re.search(rf"{seen.reference}|{own.reference}", guest)
    page = enter(sides.b.first).get(f"/reports/{seen.reference}/").content.decode()
    assert plan.reference in page
    assert plan.reference not in enter(sides.b.first).get(f"/reports/{own.reference}/").content.decode()


def test_what_one_may_not_see_is_unknown(enter, sides, running, shared):
    """A reference of a hidden record gets what a wrong one gets, when linking and when unlinking."""
    plan, (_seen, own) = running("b", "c"), shared
    with viewing(sides.a.first.pk):
        linking.link(plan, sides.a.first, own)
        uid = PlanLink.objects.get().uid
    client = enter(sides.b.first)
    address = f"/plans/{plan.reference}/links/"
    hidden, wrong = (client.post(address, {"reference": each}) for each in (own.reference, "R26-2222-2222"))
    assert hidden.status_code == wrong.status_code == 422
    assert plain(hidden) == plain(wrong)
    for gone in (uid, uuid.uuid4()):
        assert client.post(f"{address}{gone}/remove/").status_code == 404
    for reference in (own.reference, "R26-2222-2222"):
        answer = client.post(f"/plans/link/reports/{reference}/", {"plan": plan.reference})
        assert answer.status_code == 404
    outside = enter(sides.d.first)
    assert outside.post(address, {"reference": own.reference}).status_code == 404
    assert outside.post(f"/plans/link/reports/{own.reference}/", {"plan": plan.reference}).status_code == 404


def test_who_links_and_who_takes_away(sides, running, shared):
    """A partner links what it sees, a counter officer does not; the lead takes away anybody's, a partner its own."""
    plan, (seen, own) = running("b", "c"), shared
    with viewing(sides.b.counter.pk), pytest.raises(Refused):
        linking.link(plan, sides.b.counter, seen)
    with viewing(sides.b.first.pk):
        linking.link(plan, sides.b.first, seen)
    with viewing(sides.a.first.pk):
        linking.link(plan, sides.a.first, own)
        theirs = next(each for each in linking.visible(plan) if each.reference == seen.reference)
        linking.unlink(plan, sides.a.first, theirs.uid)
        linking.link(plan, sides.a.first, seen)
        theirs = next(each for each in linking.visible(plan) if each.reference == seen.reference)
    with viewing(sides.b.first.pk), pytest.raises(Refused):
        linking.unlink(plan, sides.b.first, theirs.uid)


def test_alerts_link_too(enter, sides, running):
    """An alert's page has the same button."""
    plan = running("b", "c")
    with viewing(sides.a.first.pk):
        alert = alerting.begin(sides.a.first, {"title": "Counterfeits of one press", "issuers": ["UTO"]})
    client = enter(sides.a.first)
    assert f"/plans/link/alerts/{alert.reference}/" in client.get(f"/alerts/{alert.reference}/").content.decode()
    client.post(f"/plans/link/alerts/{alert.reference}/", {"plan": plan.reference})
    assert alert.reference in client.get(f"/plans/{plan.reference}/").content.decode()


def test_nothing_offered_without_a_plan(enter, sides, shared):
    """Whoever is in no plan finds no word of plans on a record's page."""
    seen, _own = shared
    assert "/plans/link/" not in enter(sides.b.first).get(f"/reports/{seen.reference}/").content.decode()


def test_requests_link_too(enter, sides, running):
    """From the page of a request, by either of its sides; the partner that was not asked sees nothing of it."""
    plan = running("b", "c")
    with viewing(sides.a.first.pk):
        asked = assisting.begin(
            sides.a.first,
            values={
                "question": "Was it altered?",
                "issuer": "UTO",
                "category": "passport",
                "asked": sides.b.agency.code,
            },
        )
        audience = rules.Audience(sides.a.agency.pk, Marking.AMBER_STRICT, agencies=frozenset({sides.b.agency.pk}))
        releasing.propose(asked, sides.a.first, audience)
    client, address = enter(sides.b.first), f"/plans/link/assistance/{asked.reference}/"
    assert f'action="{address}"' in client.get(f"/assistance/{asked.reference}/").content.decode()
    assert client.post(address, {"plan": plan.reference}).status_code == 302
    assert asked.reference in client.get(f"/plans/{plan.reference}/").content.decode()
    assert asked.reference not in enter(sides.c.first).get(f"/plans/{plan.reference}/").content.decode()
