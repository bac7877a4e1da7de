"""No page, file or answer of the interface shows what the policy denies.

As `test_leaks`, through HTTP: every text that comes back is searched for tokens that the officer must not see, and what
does not exist is answered exactly as what may not be seen.
"""

import os
import random
import re
import uuid

import pytest
from django.test import Client

from limen.node.reports.models import Image
from limen.node.sharing.models import State

from .world import ISSUERS, PLACES, build

pytestmark = pytest.mark.django_db

ACCESSES = int(os.environ.get("LEAK_ACCESSES", "6000")) // 10
ABSENT = "R26-2222-2222"
PAGES = [
    "/reports/{ref}/",
    "/reports/{ref}/",
    "/reports/{ref}/bearer/",
    "/reports/{ref}/edit/",
    "/reports/{ref}/release/",
    "/releases/",
    "/",
    "/audit/",
    "/reports/?state=any&q={token}c0",
    "/reports/?issuer={issuer}&state=any",
    "/reports/?q={token}c1",
    "/reports/?name={token}c2",
    "/reports/?similar={uid}",
    "/reports/map/",
    "/reports/map/data/?issuer={issuer}",
    "/reports/export/?format=csv&q={token}c0",
    "/reports/export/?format=json&issuer={issuer}",
    "/api/v1/reports?limit=200",
    "/api/v1/reports?issuer={issuer}&state=any&limit=200",
    "/api/v1/reports/{ref}",
    "/api/v1/reports/{ref}?include=bearer",
    "/api/v1/images/{uid}/masked",
    "/api/v1/images/{uid}/original",
]
ONE_REPORT = ["/reports/{ref}/", "/reports/{ref}/edit/", "/reports/{ref}/bearer/", "/api/v1/reports/{ref}"]
FILES = {"/reports/images/{uid}/": 1, "/reports/images/{uid}/thumb/": 1, "/reports/images/{uid}/original/": 8}


class Visit:
    """One officer's browser at one report."""

    def __init__(self, world, rng, clients):
        self.rng = rng
        self.officer = rng.choice(world.officers)
        self.report = rng.choice(world.reports)
        self.allowed = world.classes(self.officer, self.report)
        self.client = clients[self.officer.pk]
        self.uid = world.uids[self.report.pk]

    def path(self, pattern):
        return pattern.format(
            ref=self.report.reference,
            token=f"zq{self.report.pk}",
            uid=self.uid,
            issuer=self.rng.choice(ISSUERS),
            place=self.rng.choice(PLACES)[1],
        )


def text_of(response):
    """All that came back: body and headers, streamed or not."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + str(response.headers)


def plain(response, *names):
    """An answer without the names that were asked for, and without what is random in it."""
    text = text_of(response)
    for name in names:
        text = text.replace(name, "X").replace(name.lower(), "X")
    return re.sub(r'(value|nonce|content|data-csrf|href)="[^"]*"', "", text)


@pytest.fixture
def explored(make, keeping, request):
    """A world, and a browser for each officer who can sign in."""
    world = build(make, keeping, 50 + request.param, reports=60)
    with keeping():
        world.uids = dict(Image.objects.values_list("report_id", "uid"))
    clients = {}
    for officer in world.officers:
        clients[officer.pk] = Client(raise_request_exception=False)
        clients[officer.pk].force_login(officer)
    return world, clients, random.Random(request.param)


@pytest.mark.parametrize("explored", range(2), indirect=True)
def test_no_page_tells(explored):
    """Whatever is asked for, no token of a class that the officer must not see comes back, and no server error."""
    world, clients, rng = explored
    for _ in range(ACCESSES // 2):
        visit = Visit(world, rng, clients)
        path = visit.path(rng.choice(PAGES))
        response = visit.client.get(path)
        assert response.status_code < 500, path
        asked_for = set(re.findall(r"zq\d+c\d", path))
        told = re.sub("|".join(asked_for) or "$^", "", text_of(response)) if asked_for else text_of(response)
        if asked_for and not visit.allowed:
            assert visit.report.reference not in told, path
        assert world.leaks(visit.officer, told, copied=path.startswith("/api/")) == [], path


@pytest.mark.parametrize("explored", range(2), indirect=True)
def test_files_by_class(explored):
    """A picture opens by its class alone; a forbidden address answers as one that never was."""
    world, clients, rng = explored
    for _ in range(ACCESSES // 6):
        visit = Visit(world, rng, clients)
        pattern, mask = rng.choice(list(FILES.items()))
        response = visit.client.get(visit.path(pattern))
        if visit.client.session.get("_auth_user_id") is None or not visit.officer.is_active:
            assert response.status_code in (302, 404)
            continue
        assert (response.status_code == 200) == bool(visit.allowed & mask), (visit.officer.roles, pattern)
        assert world.leaks(visit.officer, text_of(response)) == []
        if response.status_code != 200:
            never = str(uuid.UUID(int=rng.getrandbits(128)))
            absent = visit.client.get(pattern.format(uid=never))
            assert plain(absent, never) == plain(response, str(visit.uid))


@pytest.mark.parametrize("explored", range(2), indirect=True)
def test_absent_and_forbidden_are_alike(explored):
    """A report that may not be seen answers as one that does not exist, on pages and through the interface."""
    world, clients, rng = explored
    hidden = 0
    for _ in range(ACCESSES // 6):
        visit = Visit(world, rng, clients)
        pattern = rng.choice(
            ["/reports/{ref}/", "/reports/{ref}/edit/", "/reports/{ref}/bearer/", "/api/v1/reports/{ref}"]
        )
        if visit.allowed or not visit.officer.is_active:
            continue
        hidden += 1
        forbidden = visit.client.get(pattern.format(ref=visit.report.reference))
        absent = visit.client.get(pattern.format(ref=ABSENT))
        assert forbidden.status_code == absent.status_code
        assert plain(forbidden, visit.report.reference) == plain(absent, ABSENT)
    assert hidden > 5


@pytest.mark.parametrize("explored", range(2), indirect=True)
def test_counts_are_of_what_is_seen(explored):
    """The interface counts the released reports that the officer sees and may copy, and no other."""
    world, clients, rng = explored
    for _ in range(ACCESSES // 12):
        visit = Visit(world, rng, clients)
        response = visit.client.get(f"/api/v1/counts?by={rng.choice(['issuer', 'place', 'method', 'month'])}")
        if response.status_code != 200:
            continue
        expected = sum(
            report.state == State.RELEASED and bool(world.copied(visit.officer, report)) for report in world.reports
        )
        assert response.json()["total"] == expected
