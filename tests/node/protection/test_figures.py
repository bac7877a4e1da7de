"""Figures tell nothing of fewer than five: neither by themselves nor by subtraction, whatever is looked at and when."""

import datetime
import itertools
import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.node.protection import acting, figures
from limen.node.protection.models import Figure, Pending, Screening
from limen.node.sharing.viewer import viewing

BUSIEST = 10
STREAMS = [(country, result) for country in ("THA", "VNM") for result in ("calls", "some", "none")]
MONTHS = st.lists(st.integers(0, 12), max_size=40)


@given(MONTHS)
def test_spans_hold_five_or_more_and_never_overlap(counts):
    """Each is a row of whole months, they follow one another, and no row that is shorter holds five."""
    told = list(figures.spans(counts))
    assert all(total >= figures.LEAST and total == sum(counts[first : last + 1]) for first, last, total in told)
    assert [first for first, _last, _total in told] == ([0] + [last + 1 for _first, last, _total in told])[: len(told)]
    for first, last, _total in told:
        assert sum(counts[first:last]) < figures.LEAST
    rest = told[-1][1] + 1 if told else 0
    assert sum(counts[rest:]) < figures.LEAST


def test_nothing_hidden_can_be_worked_out():
    """Of all worlds of four months that are told alike, a month within a row, or untold, held anything from 0 to 4."""
    worlds = defaultdict(list)
    for counts in itertools.product(range(BUSIEST), repeat=4):
        worlds[tuple(figures.spans(counts))].append(counts)
    for told, alike in worlds.items():
        if any(total >= BUSIEST for _first, _last, total in told):
            continue  # busier worlds that are told alike were not tried
        ends = {last for _first, last, _total in told}
        begins = {first for first, _last, _total in told}
        for month in range(4):
            values = {counts[month] for counts in alike}
            if month not in ends:
                assert values == set(range(figures.LEAST)), (told, month)
            elif month not in begins:
                assert len(values) == figures.LEAST, (told, month)


@pytest.fixture
def counted(here, keeping):
    """Have so many screenings handed over in a month: `counted(2026, 3, 4, "calls", "THA")`."""

    def made(year, month, count, result="none", country="THA"):
        moment = datetime.datetime(year, month, 15, tzinfo=datetime.UTC)
        known = {"agency": here["agency"], "author": here["counter"], "stage": "handed", "handed_at": moment}
        with keeping():
            Screening.objects.bulk_create(Screening(**known, result=result, country=country) for _ in range(count))

    return made


@pytest.mark.django_db
def test_months_are_published_once_they_are_over(counted, keeping):
    """The month that runs is not counted; too few wait for the next; what is told says the months that it holds."""
    counted(2026, 1, 3)
    counted(2026, 2, 4)
    counted(2026, 3, 6)
    with keeping():
        assert figures.publish(datetime.date(2026, 2, 20)) == 0
        assert (Figure.objects.count(), Pending.objects.get().count) == (0, 3)
        assert figures.publish(datetime.date(2026, 3, 31)) == 1
        assert figures.publish(datetime.date(2026, 3, 31)) == 0
        assert figures.publish(datetime.date(2026, 5, 1)) == 1
        told = Figure.objects.order_by("first").values_list("first", "last", "count", "outcome")
        day = datetime.date
        assert list(told) == [
            (day(2026, 1, 1), day(2026, 2, 1), 7, "none"),
            (day(2026, 3, 1), day(2026, 3, 1), 6, "none"),
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_each_stream_is_told_by_itself(counted, keeping, seed):
    """Month by month, what is told of a country and outcome depends on these alone: none is a remainder."""
    rng = random.Random(seed)
    world = {(country, result): [rng.choice([0, 0, 1, 2, 4, 6]) for _ in range(6)] for country, result in STREAMS}
    counted(2026, 1, 1)
    world["THA", "none"][0] += 1
    for (country, result), months in world.items():
        for month, count in enumerate(months, start=1):
            counted(2026, month, count - (country == "THA" and result == "none" and month == 1), result, country)
    with keeping():
        for month in range(1, 9):
            figures.publish(datetime.date(2026, month, 3))
        for (country, result), months in world.items():
            told = Figure.objects.filter(country=country, outcome=result).order_by("first")
            assert [(each.first.month - 1, each.last.month - 1, each.count) for each in told] == list(
                figures.spans(months)
            )


@pytest.mark.django_db
def test_a_figure_outlives_what_it_counted_and_does_not_change(counted, here, keeping):
    """After screenings are deleted the figure stands as it was told: no difference tells of who withdrew."""
    counted(2026, 1, 5)
    with keeping():
        figures.publish(datetime.date(2026, 2, 1))
    with viewing(here["protection"].pk):
        for screening in Screening.objects.all():
            acting.delete(screening, here["protection"])
    with keeping():
        assert figures.publish(datetime.date(2026, 3, 2)) == 0
        assert Figure.objects.get().count == 5
