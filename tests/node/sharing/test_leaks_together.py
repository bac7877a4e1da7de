"""No way shows what agencies ask each other, or do together, to whom the rule does not: as `test_leaks`.

Agreements begin, change, rest and end meanwhile; requests are sent and recalled, partners join, refuse and leave.
"""

import os
import random
import re

import pytest
from django.http import Http404
from django.test import Client

from limen.node.assistance import reading as requests
from limen.node.plans import reading as plans
from limen.node.sharing import policy
from limen.node.sharing.viewer import viewing

from .together import build
from .world import as_site
from .world import build as build_world

pytestmark = pytest.mark.django_db

ACCESSES = int(os.environ.get("LEAK_ACCESSES", "6000")) // 6
CHANGES = 15
"""After so many accesses something happens to an agreement, and to a request or a plan."""
PARTS = {"assistance_requestdocument": 2, "assistance_requestbearer": 4, "assistance_requestoriginal": 8}
TOKEN = re.compile(r"zq([qp])(\d+)z", re.IGNORECASE)
PAGES = (
    *("/assistance/", "/assistance/?show=open", "/assistance/?show=asked", "/plans/", "/", "/releases/", "/notices/"),
    *("/assistance/{request}/", "/assistance/{request}/edit/", "/assistance/{request}/bearer/"),
    *("/plans/{plan}/", "/plans/{plan}/edit/", "/plans/{plan}/tasks/", "/plans/{plan}/phases/", "/plans/periods/"),
    *("/agreements/access/plans/{plan}/", "/agreements/access/assistance/{request}/", "/reports/{report}/"),
)


class Access:
    """One officer, one request, one plan."""

    def __init__(self, made, rng):
        self.made, self.rng = made, rng
        self.officer = rng.choice(made.world.officers)
        self.request, self.plan = rng.choice(made.requests), rng.choice(made.plans)

    def leaks(self, text):
        """The tokens in a text that the officer should not have seen."""
        seen = {"q": self.made.requests_seen(self.officer), "p": self.made.plans_seen(self.officer)}
        return [(kind, key) for kind, key in TOKEN.findall(text) if int(key) not in seen[kind.lower()]]


def rows(sql):
    """The numbers that the site's role is told."""
    return {row[0] for row in as_site(sql)}


def raw_requests(access):
    """Requests, what is said, and each part by its class."""
    seen = access.made.requests_seen(access.officer)
    assert rows("SELECT id FROM assistance_request") == seen
    assert rows("SELECT request_id FROM assistance_message") == seen
    for table, mask in PARTS.items():
        assert rows(f"SELECT request_id FROM {table}") == access.made.requests_seen(access.officer, mask), table


def raw_plans(access):
    """Plans and phases for who was asked; the rest for who is inside, and of others one's own row alone."""
    made, officer = access.made, access.officer
    seen, inside = made.plans_seen(officer), made.plans_seen(officer, "inside")
    assert rows("SELECT id FROM plans_plan") == rows("SELECT plan_id FROM plans_phase") == seen
    told = {
        (plan, agency)
        for plan, agency in made.standings
        if plan in inside or (plan in seen and agency == officer.agency_id)
    }
    assert set(as_site("SELECT plan_id, agency_id FROM plans_partner")) == told
    mine = {
        task for task, plan, agency in made.tasks if plan in inside or (plan in seen and agency == officer.agency_id)
    }
    assert rows("SELECT id FROM plans_task") == mine
    reports = made.world.visible(officer)
    linked = {link for link, plan, report in made.links if plan in inside and report in reports}
    assert rows("SELECT id FROM plans_planlink") == linked


def found(access):
    """By its reference, as pages find it: absent and forbidden alike."""
    for reading, record, seen in (
        (requests, access.request, access.made.requests_seen(access.officer)),
        (plans, access.plan, access.made.plans_seen(access.officer)),
    ):
        try:
            assert reading.find(record.reference).pk in seen
        except Http404:
            assert record.pk not in seen


def listed(access):
    """Lists, counts and classes."""
    made, officer = access.made, access.officer
    assert set(requests.in_sight().values_list("pk", flat=True)) == made.requests_seen(officer)
    assert plans.plans().count() == len(made.plans_seen(officer))
    if access.request.pk in made.requests_seen(officer):
        told = requests.sight(access.request, officer)
        assert told == made.of_request(officer, access.request)


def agreements(access):
    """Agreements, their editions and parties are known to their parties alone."""
    agency, mine = access.officer.agency_id, access.made.world.pacts.known(access.officer)
    assert rows("SELECT id FROM sharing_agreement") == mine
    assert rows("SELECT agreement_id FROM sharing_halt") <= mine
    clauses = policy.in_force()
    assert {clause.agreement for clause in clauses} <= mine, agency


CHANNELS = (raw_requests, raw_plans, found, found, found, listed, agreements)


@pytest.mark.parametrize("seed", range(2))
def test_nothing_leaks(make, keeping, seed):
    """Whatever is asked, by whom, through whichever channel, the answer is what the rule allows."""
    made = build(build_world(make, keeping, 70 + seed, reports=30), keeping, seed)
    rng = random.Random(2000 + seed)
    for number in range(ACCESSES // 2):
        if number % CHANGES == 0:
            with keeping():
                made.world.change()
                made.change()
        access = Access(made, rng)
        with viewing(access.officer.pk):
            rng.choice(CHANNELS)(access)
    seen = sum(len(made.plans_seen(officer)) + len(made.requests_seen(officer)) for officer in made.world.officers)
    assert 0.02 < seen / (60 * len(made.world.officers)) < 0.7


def test_no_page_tells(make, keeping):
    """No page of any officer holds a token that is not theirs, and none fails."""
    made = build(build_world(make, keeping, 80, reports=30), keeping, 80)
    rng = random.Random(80)
    clients = {officer.pk: Client(raise_request_exception=False) for officer in made.world.officers}
    for officer in made.world.officers:
        clients[officer.pk].force_login(officer)
    for number in range(ACCESSES // 8):
        if number % CHANGES == 0:
            with keeping():
                made.world.change()
                made.change()
        access = Access(made, rng)
        names = {"request": access.request.reference, "plan": access.plan.reference}
        names["report"] = rng.choice(made.world.reports).reference
        path = rng.choice(PAGES).format(**names)
        response = clients[access.officer.pk].get(path)
        assert response.status_code < 500, path
        text = response.content.decode()
        assert access.leaks(text) == [], path
        assert made.world.leaks(access.officer, text) == [], path
