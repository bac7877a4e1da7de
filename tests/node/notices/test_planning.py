"""When a notice is sent: quiet hours, daily messages, time zones."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.node.notices.models import ByEmail, Notice, Way, Ways
from limen.node.notices.planning import is_quiet, next_at, steps, zone_of

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ZONES = (
    "UTC",
    "Asia/Bangkok",
    "Asia/Colombo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Europe/Paris",
    "America/St_Johns",
)
moments = st.datetimes(datetime.datetime(2010, 1, 1), datetime.datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=datetime.UTC)
)
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))
zones = st.sampled_from(ZONES)


def ways_of(start, end, zone="UTC", email=ByEmail.AT_ONCE):
    return Ways(email=email, quiet_from=start, quiet_until=end, zone=zone)


@untimed
@given(moments, times, zones)
def test_next_time_is_next(now, time, zone):
    """The next moment that a clock shows a time is later than now, two days away at most, and shows it."""
    found = next_at(now, time, ZoneInfo(zone))
    assert datetime.timedelta() < found - now <= datetime.timedelta(days=2, hours=2)
    shown = found.astimezone(ZoneInfo(zone)).time()
    # A time that a change of clocks leaves out is shown as much later as the change is long.
    gap = datetime.timedelta(hours=shown.hour - time.hour, minutes=shown.minute - time.minute)
    assert gap in (datetime.timedelta(), datetime.timedelta(hours=1), datetime.timedelta(minutes=30))


@untimed
@given(moments, times, times, zones, st.booleans())
def test_nothing_but_urgent_in_quiet_hours(now, start, end, zone, urgent):
    """What is not urgent is sent outside quiet hours, at once or at their end; what is urgent, at once."""
    ways = ways_of(start, end, zone)
    (step,) = steps(Notice(urgent=urgent), ways, [], now)
    if urgent or not is_quiet(now, ways):
        assert step.due == now
    else:
        assert now < step.due
        assert not is_quiet(step.due, ways)


@pytest.mark.parametrize(
    ("clock", "quiet"), [("21:59", False), ("22:00", True), ("23:59", True), ("06:59", True), ("07:00", False)]
)
def test_quiet_hours_go_over_midnight(clock, quiet):
    """From ten to seven, in Bangkok's time."""
    now = datetime.datetime.fromisoformat(f"2026-11-26T{clock}:00+07:00")
    assert is_quiet(now, ways_of(datetime.time(22), datetime.time(7), "Asia/Bangkok")) == quiet


def test_no_quiet_hours_by_default():
    """Who chose nothing is told at once, day and night."""
    assert not is_quiet(datetime.datetime(2026, 1, 1, 3, tzinfo=datetime.UTC), Ways())


@pytest.mark.parametrize(
    ("email", "urgent", "expected"),
    [
        (ByEmail.AT_ONCE, False, [Way.EMAIL]),
        (ByEmail.DAILY, False, [Way.DIGEST]),
        (ByEmail.DAILY, True, [Way.EMAIL]),
        (ByEmail.NEVER, True, []),
    ],
)
def test_ways_of_email(email, urgent, expected):
    """A day's notices are one message; an urgent one goes at once; never is never."""
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    found = list(steps(Notice(urgent=urgent), Ways(email=email), [7, 8], now))
    assert [step.way for step in found] == [*expected, Way.PUSH, Way.PUSH]
    assert [step.device for step in found if step.way == Way.PUSH] == [7, 8]


def test_a_notice_may_be_cut_to_the_list():
    """What was told without e-mail and push is on the page alone."""
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    assert not list(steps(Notice(by_email=False, by_push=False), Ways(), [7], now))


def test_an_unknown_zone_is_utc():
    """A machine without that zone sends at a wrong hour rather than never."""
    assert zone_of("Nowhere/Atlantis") == datetime.UTC
    assert zone_of("../../etc/passwd") == datetime.UTC
