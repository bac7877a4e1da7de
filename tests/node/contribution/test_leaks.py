"""Who does not contribute finds no way to what is for the community; warnings of danger find their way to all.

The random worlds, channels and rules of `tests/node/sharing` and `tests/node/alerts`, in which agencies give, recall,
fall below what is asked and come back between accesses. `LEAK_ACCESSES` sets how many are tried.
"""

import os
import random

import pytest

from limen.node.alerts.models import Urgency
from limen.node.sharing import copying, policy
from limen.node.sharing.viewer import viewing

from ..alerts import test_leaks as of_alerts
from ..alerts.world import build as build_alerts
from ..sharing import test_leaks as of_reports
from ..sharing.world import as_site, build
from .giving import Giving

pytestmark = pytest.mark.django_db

ACCESSES = int(os.environ.get("LEAK_ACCESSES", "6000")) // 4
CHANGES = 8
"""After so many accesses something happens."""


def tallied(access):
    """The community's counts are told to who sees what is for the community, and to nobody else."""
    [(told,)] = as_site("SELECT reports_sees_community()")
    reads = any(role not in ("write",) for role in access.officer.roles)
    acts = access.officer.is_active and access.officer.agency.is_active
    assert told == (acts and reads and access.officer.agency_id not in access.world.shut_out)


def told_of_itself(access):
    """Which agencies are shut out is not told: to an officer, at most that their own is."""
    own = {access.officer.agency_id} & access.world.shut_out
    acts = access.officer.is_active and access.officer.agency.is_active
    assert policy.closed() == (own if acts else set())


def taken_along(access):
    """What may leave the screen, which agreements may forbid: no ground of the community counts for who is shut out."""
    if access.allowed:
        may = copying.may_copy(access.report, access.officer)
        assert may == bool(access.world.copied(access.officer, access.report))


@pytest.mark.parametrize("seed", range(2))
def test_no_report_leaks(make, keeping, seed):
    """Whatever is asked of reports, the answer is what the rule allows who contributed so much."""
    world = build(make, keeping, seed, reports=60)
    rng = random.Random(2000 + seed)
    with keeping():
        giving = Giving.begin(rng, world.officers)
    closed = 0
    for number in range(ACCESSES // 3):
        if number % CHANGES == 0:
            with keeping():
                giving.change()
                world.shut_out = giving.shut_out()
                assert policy.closed() == world.shut_out
        access = of_reports.Access(world, rng)
        closed += access.officer.agency_id in world.shut_out
        with viewing(access.officer.pk):
            rng.choice([*of_reports.CHANNELS, tallied, told_of_itself, taken_along])(access)
    assert 0.1 < closed / (ACCESSES // 3) < 0.9


def test_no_alert_leaks(make, keeping):
    """Whatever is asked of alerts, the answer is what the rule allows; warnings for the community reach all."""
    made = build_alerts(make, keeping, 5)
    rng = random.Random(2005)
    with keeping():
        giving = Giving.begin(rng, made.world.officers)
    warned = 0
    for number in range(ACCESSES // 3):
        if number % CHANGES == 0:
            with keeping():
                giving.change()
                made.world.shut_out = giving.shut_out()
        access = of_alerts.Access(made, rng)
        closed = access.officer.agency_id in made.world.shut_out
        warned += closed and access.allowed and access.alert.urgency == Urgency.URGENT
        with viewing(access.officer.pk):
            rng.choice(of_alerts.CHANNELS)(access)
    assert warned > ACCESSES // 300
