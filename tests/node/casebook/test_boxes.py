"""Leitner's boxes: wrong ones come back sooner."""

import datetime
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.node.casebook.practice.boxes import WAITS, Standing, in_order, standing

NOON = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
answers = st.lists(st.booleans(), min_size=1, max_size=12)


def at(results):
    return [(NOON + datetime.timedelta(hours=number), right) for number, right in enumerate(results)]


@untimed
@given(answers)
def test_wrong_comes_back_sooner(results):
    """After a wrong answer a case study is due sooner than after a right one, whatever was before."""
    wrong, right = standing(at([*results, False])), standing(at([*results, True]))
    assert wrong.due < right.due
    assert (wrong.box, right.box) == (1, right.box)


@untimed
@given(answers)
def test_boxes_are_climbed_one_by_one(results):
    """A right answer moves one box up, to the last at most."""
    before, after = standing(at(results)), standing(at([*results, True]))
    assert after.box == min(before.box + 1, len(WAITS))


@untimed
@given(st.lists(st.tuples(st.integers(1, len(WAITS)), st.integers(-50, 50)), max_size=12), st.integers(0, 5))
def test_everything_is_asked_once(held, new):
    """The order holds every item once: what is due, the lowest box first, then what is new, then what is due later."""
    standings = {n: Standing(box, NOON + datetime.timedelta(hours=hours)) for n, (box, hours) in enumerate(held)}
    items = [*standings, *range(100, 100 + new)]
    order = in_order(items, standings, NOON, random.Random(1).shuffle)
    assert sorted(order) == sorted(items)
    groups = [1 if n not in standings else 0 if standings[n].due <= NOON else 2 for n in order]
    assert groups == sorted(groups)
    due = [standings[n].box for n, group in zip(order, groups, strict=True) if group == 0]
    assert due == sorted(due)


def test_nothing_answered():
    """What was never asked is in no box."""
    assert standing([]) is None
