"""Whatever two agencies do with each other, nothing that a third one can open changes by it.

Agreements, requests, plans and records between A and B come, change, rest and end; every page, list, count, suggestion,
picker, chart and file that officers of C can ask for is the same afterwards as it was before, word for word.
"""

import re

import pytest
from django.test import Client

from limen.node.agreements import acting as agreements
from limen.node.assistance import acting as requests
from limen.node.plans import acting as plans
from limen.node.sharing import releasing
from limen.node.sharing.viewer import viewing

from .addresses import routes
from .hidden import Hidden, agree, ask, fill, plan_together, staff
from .test_alike import plain

pytestmark = pytest.mark.django_db

SKIPPED = ("account/", "setup/", "people/join/", "people/sessions/", "audit/", "notices/devices/token/")
"""One's own sign-in, and the log of what one opened: asking changes them."""
ASKED = ("?q=hidden&state=any", "?show=open")
TYPED = (
    "/terms/suggest/place/?q=ban",
    "/releases/recipients/agency/?q=agency",
    "/releases/recipients/officer/?q=of a",
    "/releases/recipients/officer/?q=ex",
    "/reports/?q=X7654322&state=any",
    "/reports/?q=hidden",
    "/alerts/?q=hidden",
    "/cases/?q=hidden",
    "/api/v1/reports?state=any&limit=200",
    "/api/v1/alerts?limit=200",
    "/api/v1/counts?by=issuer",
    "/trends/series/?by=place",
)


@pytest.fixture
def sides(make):
    """A and B, and C's officers at their browsers."""
    made, third = Hidden(staff(make, "a"), staff(make, "b")), staff(make, "c")
    clients = {}
    for role in ("coordinator", "counter", "administrator"):
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(getattr(third, role))
    return made, clients


def seen(clients):
    """All that C can ask for, as it looks now."""
    asked = [
        f"/{route}" for route in routes() if "<" not in route and not route.startswith(SKIPPED) and "^" not in route
    ]
    listed = [way + more for way in asked if way.count("/") == 2 and way.endswith("/") for more in ASKED]
    found = {}
    for role, client in clients.items():
        for way in (*asked, *listed, *TYPED):
            response = client.get(way)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            found[role, way] = (response.status_code, plain(body.decode("utf-8", "replace"), ()))
    return found


def act(made, make, keeping):
    """All that two agencies do with each other: begun, changed, halted, taken back, closed, ended."""
    fill(made, make, keeping)
    first, other = made.a.coordinator, made.b.coordinator
    ended, halted = agree(made, "Ended"), agree(made, "Halted")
    with viewing(first.pk):
        agreements.halt(halted, first, "Hidden")
        agreements.amend(halted, first)
    with viewing(other.pk):
        agreements.end(ended, other, "Hidden")
    recalled, closed = ask(made), ask(made)
    with viewing(first.pk):
        releasing.recall(recalled, first, "Hidden")
        closed.refresh_from_db()
        requests.close(closed, first)
    left, over = plan_together(made), plan_together(made)
    with viewing(other.pk):
        plans.leave(left, other, "Hidden")
    with viewing(first.pk):
        over.refresh_from_db()
        counts = {"arrests": "1", "refusals": "2", "referrals": "0"}
        plans.archive(plans.close(over, first, {"outcome": "Hidden", **counts}), first)


def test_nothing_changes_for_a_third(sides, make, keeping):
    """What C sees before and after is the same, in every role."""
    made, clients = sides
    seen(clients)
    before = seen(clients)
    act(made, make, keeping)
    after = seen(clients)
    assert len(before) > 150
    assert sum(status == 200 for status, _text in before.values()) > 100
    log = clients["coordinator"].get("/audit/?limit=500").content.decode()
    assert not re.findall(r"[AMPQRC]26-\w{4}-\w{4}", log)
    changed = [key for key in before if before[key] != after[key]]
    assert not changed, (changed, *_first(before[changed[0]][1], after[changed[0]][1]))


def _first(one, other):
    """Where two texts part."""
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return one[max(0, at - 200) : at + 200], other[max(0, at - 200) : at + 200]
