"""Whether a place hits a marked region: what must hold of every place and region."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from limen.node.casebook.practice.scoring import COLUMNS, FIELDS, ROWS, TOLERANCE, Box, field, hits

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
shares = st.floats(0, 1)


@st.composite
def regions(draw, least=0.004):
    """A region somewhere in the picture."""
    x, y = draw(st.floats(0, 1 - least)), draw(st.floats(0, 1 - least))
    return Box(x, y, draw(st.floats(least, max(least, 1 - x))), draw(st.floats(least, max(least, 1 - y))))


@untimed
@given(regions(), shares, shares)
def test_a_point_in_a_region_hits(region, along, down):
    """Whoever points into a region hits it."""
    assert hits(Box(region.x + along * region.w, region.y + down * region.h), [region])


@untimed
@given(regions(), shares, shares)
def test_a_point_far_from_a_region_misses(region, x, y):
    """Whoever points farther away than the tolerance misses it."""
    outside = max(region.x - x, x - region.x - region.w, region.y - y, y - region.y - region.h)
    assume(outside > TOLERANCE + 1e-6)
    assert not hits(Box(x, y), [region])


@untimed
@given(regions(), shares, shares)
def test_a_point_is_judged_by_distance_alone(region, x, y):
    """A point hits exactly where it lies in the region or within the tolerance of it."""
    outside = max(region.x - x, x - region.x - region.w, region.y - y, y - region.y - region.h)
    assume(abs(outside - TOLERANCE) > 1e-6)
    assert hits(Box(x, y), [region]) is (outside < TOLERANCE)


@untimed
@given(regions())
def test_the_region_itself_hits(region):
    """Whoever draws a region exactly as it is marked hits it."""
    assert hits(region, [region])


@untimed
@given(regions())
def test_every_region_is_hit_by_a_field(region):
    """Without a pointer no region is out of reach: at least one field of the grid hits it."""
    assert any(hits(field(name), [region]) for name in FIELDS)


@untimed
@given(regions())
def test_fields_far_from_a_region_miss(region):
    """A field that shares nothing with the region and its tolerance misses."""
    wide = region.widened(TOLERANCE + 1e-6)
    for name in FIELDS:
        one = field(name)
        apart = one.x > wide.x + wide.w or wide.x > one.x + one.w or one.y > wide.y + wide.h or wide.y > one.y + one.h
        assert not (apart and hits(one, [region])), name


@untimed
@given(regions())
def test_the_whole_picture_hits_nothing_small(region):
    """To draw everything is no answer, unless the region is half of the picture or more each way."""
    wide = region.widened(TOLERANCE)
    assert hits(Box(0, 0, 1, 1), [region]) is (wide.w >= 0.5 - 1e-9 and wide.h >= 0.5 - 1e-9)


@untimed
@given(st.lists(regions(), max_size=4), regions())
def test_one_of_several_is_enough(others, place):
    """More regions never turn a hit into a miss, and none is never hit."""
    assert not hits(place, [])
    for region in others:
        if hits(place, [region]):
            assert hits(place, others)


@untimed
@given(regions(), regions(least=0.2))
def test_a_place_on_a_canvas(place, frame):
    """A place becomes the same place as a share of the picture on the canvas, and never leaves it."""
    found = place.within(frame)
    assert 0 <= found.x <= found.x + found.w <= 1 + 1e-9
    assert 0 <= found.y <= found.y + found.h <= 1 + 1e-9
    inside = Box(frame.x + place.x * frame.w, frame.y + place.y * frame.h, place.w * frame.w, place.h * frame.h)
    back = inside.within(frame)
    assert (back.x, back.y, back.w, back.h) == pytest.approx((place.x, place.y, place.w, place.h), abs=1e-9)


def test_the_fields_are_the_picture():
    """The fields tile the picture, and each has a name of its own."""
    assert len(set(FIELDS)) == COLUMNS * ROWS
    assert sum(field(name).w * field(name).h for name in FIELDS) == pytest.approx(1)
    for name in ("", "G1", "A5", "A0", "a1", "A11"):
        with pytest.raises(ValueError, match=f"^{name}$"):
            field(name)
