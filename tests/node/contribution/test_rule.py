"""The rule in Python and the rule in PostgreSQL say the same of who sees what is for the community."""

import datetime
import random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from limen.node.sharing import policy, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.contributing import Asked, Given, contributes, enough_until, later, stops_at
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Grant
from limen.node.sharing.viewer import viewing

MOMENTS = st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2028, 12, 31), timezones=st.just(datetime.UTC))
ASKED = st.builds(
    Asked,
    since=MOMENTS,
    until=st.none() | MOMENTS,
    is_on=st.booleans(),
    least=st.integers(1, 4),
    months=st.integers(1, 24),
    grace=st.integers(0, 24),
)
GIVEN = st.builds(
    Given,
    entered=MOMENTS,
    released=st.lists(MOMENTS, max_size=6).map(tuple),
    empty_months=st.lists(st.dates(datetime.date(2024, 1, 1), datetime.date(2027, 1, 1)), max_size=2).map(
        lambda days: tuple(day.replace(day=1) for day in days)
    ),
)


@given(ASKED, GIVEN, MOMENTS)
def test_enough_is_so_many_within_the_months(asked, given, now):
    """Who released so many within the months before now has given enough, and who did not, stated or is new to it."""
    window = [at for at in given.released if at <= now < later(at, asked.months)]
    new = now < later(given.entered, asked.grace)
    month_over = [datetime.datetime(day.year, day.month, 1, tzinfo=datetime.UTC) for day in given.empty_months]
    stated = any(now < later(at, 1 + asked.months) for at in month_over)
    assert (now < enough_until(asked, given, now)) == (len(window) >= asked.least or new or stated)


@given(st.lists(ASKED, max_size=3), GIVEN, MOMENTS, MOMENTS)
def test_from_the_moment_told_it_stops(conditions, given, now, at):
    """Until the moment that is told it sees, and from that moment it does not, if it gives nothing more."""
    begin = sorted({asked.since for asked in conditions})
    following = [*begin[1:], None]
    chain = [
        Asked(since, until, asked.is_on, asked.least, asked.months, asked.grace)
        for since, until, asked in zip(begin, following, conditions, strict=False)
        if until is None or until > now
    ]
    given = Given(given.entered, tuple(each for each in given.released if each <= now), given.empty_months)
    stop = stops_at([(asked, enough_until(asked, given, now)) for asked in chain], now)
    if stop is not None:
        assert not contributes(chain, given, stop)
    if now <= at and (stop is None or at < stop):
        assert contributes(chain, given, at)


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from(list(Marking)))
def test_only_the_community_is_closed(contributing, floor, named, marking):
    """Who does not contribute loses what is for the community; not what names it, and never a warning of danger."""
    audience = rules.Audience(
        1, marking, community=True, agencies=frozenset({2} if named else ()), kind="alerts", floor=floor
    )
    looker = rules.Looker(5, 2, ("examiner",), contributes=contributing)
    expected = not audience.fault and (contributing or floor or named)
    assert bool(rules.sees(looker, audience).classes) == expected
    assert rules.sees(rules.Looker(5, 1, ("examiner",), contributes=False), audience).classes or audience.fault


def enough_in_database(agency, asked):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sharing_enough_until(%s, %s, %s, %s)", [agency.pk, asked.least, asked.months, asked.grace]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_the_database_reckons_alike(make, keeping, now, gave, stated, entered, seed):
    """Random gifts of random days, of which some were recalled, are worth as long as the rule says."""
    rng = random.Random(seed)
    officer = make.officer(None, "coordinator")
    entered(officer.agency, rng.randint(0, 400))
    released = [now - datetime.timedelta(days=rng.uniform(-20, 500)) for _ in range(rng.randint(0, 6))]
    for at in released:
        gave(officer, at)
    gave(officer, now, decision="recalled")
    gave(officer, now, kind="casebook")
    months = {datetime.date(2026, rng.randint(1, 12), 1) for _ in range(rng.randint(0, 1))}
    for month in months:
        stated(officer, month)
    officer.agency.refresh_from_db()
    given = Given(officer.agency.created_at, tuple(released), tuple(months))
    with keeping():
        for _ in range(20):
            asked = Asked(now, None, True, rng.randint(1, 4), rng.randint(1, 24), rng.randint(0, 24))
            assert enough_in_database(officer.agency, asked) == enough_until(asked, given, now)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_conditions_follow_one_another(make, keeping, now, ask, seed):
    """Of random conditions that were confirmed one after another, the database has asked the last that had begun."""
    rng = random.Random(seed)
    conditions = []
    for number in range(rng.randint(1, 6)):
        condition = ask(is_on=rng.random() < 0.6, least=number + 1)
        condition.decided_at = now - datetime.timedelta(days=100 - number)
        condition.begins_at = condition.decided_at + datetime.timedelta(days=rng.choice([0, 30, 60, 99, 200]))
        with keeping():
            condition.save()
        conditions.append(condition)
    with keeping(), connection.cursor() as cursor:
        cursor.execute("SELECT is_on, at_least, since, until FROM sharing_asked()")
        rows = [Asked(since, until, is_on, least) for is_on, least, since, until in cursor.fetchall()]
    for days in range(-120, 250, 7):
        at = now + datetime.timedelta(days=days, seconds=1)
        begun = [each for each in conditions if each.begins_at <= at]
        expected = {begun[-1].least} if begun else set()
        assert {each.least for each in rows if each.holds(at)} == expected


@pytest.mark.django_db
def test_an_audience_of_warnings(make, entered, ask):
    """What warns of danger is its own audience, of its kind, and is granted without contribution."""
    officer, other = make.officer(None, "analyst"), make.officer(None, "analyst")
    entered(other.agency, 100)
    ask()
    plain = rules.Audience(officer.agency_id, Marking.GREEN, community=True)
    warning = rules.Audience(officer.agency_id, Marking.GREEN, community=True, kind="alerts", floor=True)
    with viewing(officer.pk):
        numbers = [policy.intern(plain), policy.intern(warning)]
    assert numbers[0] != numbers[1]
    with viewing(other.pk):
        assert [policy.sight(number) for number in numbers] == [FieldClass.NONE, FieldClass.STATISTICAL]


@pytest.mark.django_db
def test_what_is_read_here_alone(make, entered, ask, keeping):
    """Who sees by an agreement that forbids copies, and as one of the community no longer, copies no longer."""
    officer, other = make.officer(None, "analyst"), make.officer(None, "analyst")
    entered(other.agency, 100)
    with keeping():
        number = policy.intern(rules.Audience(officer.agency_id, Marking.GREEN, community=True))
        Grant.objects.create(audience_id=number, agency=other.agency, classes=1, own=False, copied=False)
    with viewing(other.pk):
        before = policy.read_here()
    ask()
    with viewing(other.pk):
        assert (before, policy.read_here()) == (frozenset(), {number})
