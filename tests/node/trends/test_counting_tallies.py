"""What the tally holds, and how a span of days is covered by it."""

import datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from limen.node.reports.finding import Search
from limen.node.trends.counting import DIMENSIONS
from limen.node.trends.counting.asked import begin_of, end_of
from limen.node.trends.counting.tallies import SETS, cover, filters

DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2027, 12, 31))
GRAINS = st.sampled_from([("month", "week"), ("month",), ("week",), ()])


@given(DAYS, DAYS, GRAINS, st.sampled_from([None, "month", "week"]))
def test_a_cover_is_the_span(one, other, grains, by):
    """Months, weeks and days are the span, each day once; wholes are whole, and cross no period of the chart."""
    since, until = sorted((one, other))
    found = cover((since, until), grains, by=by)
    spans = [*found.months, *found.weeks, *found.days]
    days = [day.toordinal() for span in spans for day in span]
    covered = [number for first, last in spans for number in range(first.toordinal(), last.toordinal() + 1)]
    assert sorted(covered) == list(range(since.toordinal(), until.toordinal() + 1))
    assert days
    for grain, wholes in (("month", found.months), ("week", found.weeks)):
        assert not wholes or grain in grains
        assert all(begin_of(grain, first) == first and end_of(grain, last) == last for first, last in wholes)
    assert by != "week" or not found.months
    if by == "month":
        assert all(begin_of("month", first) == begin_of("month", last) for first, last in found.weeks)
    if set(grains) == {"month", "week"} and by is None:
        assert len(found.days) <= 4
        assert all((last - first).days < 12 for first, last in found.days)


@pytest.mark.django_db
def test_the_database_tallies_the_same():
    """The sets that the database keeps are those that are read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dimension, part, value FROM reports_tally_sets()")
        kept = {name: {dim for dim in (part, value) if dim} for name, part, value in cursor.fetchall()}
    read = {each.name: set(names) for sets in SETS.values() for names, each in sets.items()}
    route = {"month route": {"route_from", "via>to"}}
    assert kept == read | route
    assert set().union(*read.values()) <= set(DIMENSIONS)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {}),
        ({"issuer": "UTO", "principal": "-"}, {"issuer": "UTO", "method": ""}),
        ({"country": "THA", "place": "-"}, {"country": "THA", "place": "THA"}),
        ({"place": "-"}, None),
        ({"method": "photo_substitution"}, None),
        ({"nationality": "UTO"}, None),
        ({"nationality_claimed": "UTO"}, {"nationality": "UTO"}),
        ({"route_from": "LKA"}, None),
        ({"route_from": "LKA-", "route_via": "-"}, {"route_from": "LKA", "route_via": ""}),
        ({"q": "ink"}, None),
        ({"agency": "a"}, None),
    ],
)
def test_what_a_tally_can_tell(asked, expected):
    """Conditions on one value of a dimension are told by a tally; others are not."""
    assert filters(Search(**asked)) == expected
