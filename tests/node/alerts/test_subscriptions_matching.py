"""Whether an alert is one that somebody subscribed to: the pure rule, with any alerts and subscriptions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.node.alerts.subscriptions.matching import Matter, Part, matches, own_country

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

codes = st.frozensets(st.sampled_from("abc"), max_size=3)
parts = st.frozensets(st.builds(Part, st.sampled_from("XY"), st.sampled_from(["", "1", "2"])), max_size=3)
matters = st.builds(Matter, codes, codes, parts, parts)
NAMES = ("issuers", "categories", "frauds", "places")


@untimed
@given(matters)
def test_who_asks_for_nothing_is_told_of_everything(about):
    """Empty conditions ask for nothing, and an alert that names nothing concerns everybody."""
    assert matches(Matter(), about)
    assert matches(about, Matter())


@untimed
@given(matters)
def test_an_alert_fits_what_is_made_of_it(about):
    """Whoever subscribes to exactly what an alert names is told of it."""
    assert matches(about, about)


@untimed
@given(matters, matters)
def test_both_sides_weigh_the_same(wanted, about):
    """To name what is asked for, and to be asked for what is named, are one."""
    assert matches(wanted, about) == matches(about, wanted)


@untimed
@given(matters, matters)
def test_all_conditions_must_fit(wanted, about):
    """An alert fits where it fits each condition by itself."""
    each = [Matter(**{name: getattr(wanted, name)}) for name in NAMES]
    assert matches(wanted, about) == all(matches(one, about) for one in each)


@untimed
@given(matters, matters, st.sampled_from(NAMES))
def test_fewer_conditions_fit_more(wanted, about, name):
    """Taking a condition away never loses an alert."""
    if matches(wanted, about):
        assert matches(replace(wanted, **{name: frozenset()}), about)


@untimed
@given(matters, matters, matters, st.sampled_from(NAMES))
def test_more_of_a_condition_fits_more(wanted, about, more, name):
    """Naming one more issuer, method or place never loses an alert, if any was named."""
    had = getattr(wanted, name)
    if had and matches(wanted, about):
        assert matches(replace(wanted, **{name: had | getattr(more, name)}), about)


@untimed
@given(st.frozensets(st.sampled_from("12"), min_size=1), st.frozensets(st.sampled_from("12"), min_size=1))
def test_a_country_matches_its_places(wanted, named):
    """Who asks for a country is told of any place in it; who asks for a place, of its country and no other place."""
    places = frozenset(Part("X", code) for code in named)
    assert matches(Matter(places=frozenset({Part("X")})), Matter(places=places))
    assert matches(Matter(places=places), Matter(places=frozenset({Part("X")})))
    assert not matches(Matter(places=frozenset({Part("Y")})), Matter(places=places))
    asked = frozenset(Part("X", code) for code in wanted)
    assert matches(Matter(places=asked), Matter(places=places)) == bool(wanted & named)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (Matter(issuers=frozenset({"THA"}), places=frozenset({Part("VNM", "VNSGN")})), True),
        (Matter(issuers=frozenset({"UTO"}), places=frozenset({Part("THA", "THBKK")})), True),
        (Matter(issuers=frozenset({"UTO"}), places=frozenset({Part("VNM", "VNSGN")})), False),
        (Matter(issuers=frozenset({"UTO"})), True),
    ],
)
def test_the_own_country(about, told):
    """By default, alerts of the own country's documents, and in it; without a place, it concerns every place."""
    assert any(matches(wanted, about) for wanted in own_country("THA")) == told


def test_an_organization_has_no_country():
    """Its officers subscribe themselves."""
    assert own_country("") == ()
