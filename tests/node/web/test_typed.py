"""What a form sends as text becomes a value, or one sentence that names the field."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.node.web.errors import Invalid
from limen.node.web.typed import day


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)))
def test_a_day_comes_back(on):
    """With or without spaces around it."""
    assert day({"on": f" {on.isoformat()} "}, "on") == on


@given(st.text(max_size=30))
def test_whatever_else_is_sent_is_refused_or_nothing(text):
    """Never another error, and never a year that nobody meant."""
    found = None
    with suppress(Invalid):
        found = day({"on": text}, "on")
    assert found is None or 2000 <= found.year <= 2100


@pytest.mark.parametrize("text", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_slip_of_the_hand_is_no_day(text):
    """Unless the form asks for older ones."""
    with pytest.raises(Invalid) as told:
        day({"on": text}, "on", "when")
    assert told.value.field == "when"
    assert day({"on": "1998-05-04"}, "on", since=1900) == datetime.date(1998, 5, 4)
