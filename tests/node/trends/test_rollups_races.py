"""Roll-ups and tally under many writers at once: they hold what a recount finds, and nobody meets a deadlock."""

import datetime
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from limen.node.demo import recounting
from limen.node.reports.models import Leg, Moved, Report, Rollup, Tally
from limen.node.reports.tallying import merge, settle
from limen.node.sharing import policy, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing
from limen.node.trends.counting import Asked, series

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, STEPS = 6, 25
SINCE, UNTIL = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


def writer(number, officer, audiences):
    """Insert, release, recall, delete, date back and send elsewhere, several reports a transaction, in any order."""
    rng = random.Random(number)
    try:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        for _ in range(STEPS):
            with transaction.atomic():
                for _ in range(rng.randrange(1, 4)):
                    change(rng, officer, audiences)
    finally:
        connection.close()


def change(rng, officer, audiences):
    mine = Report.objects.filter(author=officer)
    act = rng.choice(["insert", "insert", "move", "move", "delete", "legs", "day"])
    if act == "insert" or not mine.exists():
        released = rng.random() < 0.7
        Report.objects.bulk_create(
            Report(
                owner=officer.agency, author=officer, audience_id=rng.choice(audiences),
                issuer=rng.choice(["UTO", "THA"]), category="passport", fraud_class="forgery",
                method=rng.choice(["washed", ""]), detection_country="THA",
                place=rng.choice(["THBKK", ""]), state=State.RELEASED if released else State.DRAFT,
                detected_on=SINCE + datetime.timedelta(days=rng.randrange(300)),
            )
            for _ in range(rng.randrange(1, 4))
        )  # fmt: skip
        return
    one = rng.choice(list(mine))
    match act:
        case "move":
            one.audience_id, one.state = rng.choice(audiences), rng.choice([State.RELEASED, State.RECALLED])
            one.save()
        case "delete":
            one.delete()
        case "legs":
            Leg.objects.filter(report=one).delete()
            Leg.objects.bulk_create(
                Leg(report=one, position=at, role=role, country=rng.choice(["LKA", "THA"]))
                for at, role in enumerate(["embarkation", "transit", "destination"])
            )
        case "day":
            Report.objects.filter(pk__in=mine.values("pk")[:5]).update(detected_on=UNTIL)


def tallying(stop):
    """Tally and merge, over and over, until the writers are done."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        while not stop:
            settle()
            merge()
        return True
    finally:
        connection.close()


def test_many_writers_and_a_tallier(make, keeping):
    """Nobody fails, and afterwards roll-ups, tally and what moved are what the reports say; so is a chart."""
    officers = [make.officer(None, "counter", "coordinator") for _ in range(WRITERS)]
    with keeping():
        audiences = [
            [
                policy.intern(rules.Audience.private(officer.agency_id)),
                policy.intern(rules.Audience(officer.agency_id, Marking.GREEN, community=True)),
                policy.intern(rules.Audience(officer.agency_id, Marking.CLEAR, community=True)),
            ]
            for officer in officers
        ]
    stop = []
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        talliers = [pool.submit(tallying, stop) for _ in range(2)]
        writers = [
            pool.submit(writer, number, *both) for number, both in enumerate(zip(officers, audiences, strict=True))
        ]
        for each in writers:
            each.exception()
        stop.append(True)
        assert all(each.result() is None for each in writers)
        assert all(each.result() for each in talliers)
    with viewing(officers[0].pk):
        expected = policy.visible(Report.objects.filter(state=State.RELEASED)).count()
        assert series(Asked(since=SINCE, until=UNTIL), "issuer").total == expected > 0
    with keeping():
        assert Tally.objects.filter(n__gt=0).exists()
        assert not recounting.differences()


def test_settling_changes_no_figure(make, keeping):
    """A released report counts at once, from what moved; then from the tally; merged, roll-ups have one row a key."""
    officer = make.officer(None, "counter")
    to_all = rules.Audience(officer.agency_id, Marking.GREEN, community=True)
    for _ in range(3):
        make.released(officer, to_all)
    for step in (None, settle, merge):
        with keeping():
            if step:
                step()
        with viewing(officer.pk):
            assert series(Asked(since=SINCE, until=UNTIL), "issuer").total == 3
            assert sum(Rollup.objects.filter(dimension="all").values_list("n", flat=True)) == 3
    with keeping():
        assert not Moved.objects.exists()
        assert Rollup.objects.filter(dimension="all").count() == 1
