"""Conditions that charts lead to: one value of what a report is counted by, or that it states nothing there."""

import pytest
from django.test import Client

from limen.node.reports.finding import Search
from limen.node.sharing.markings import Marking
from limen.node.sharing.rules import Audience
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(make):
    """An officer who sees three reports that differ in what is asked for."""
    officer = make.officer(None, "counter")
    to_all = Audience(officer.agency_id, Marking.GREEN, community=True)
    washed = {"method": "washed", "other_methods": ["photo_substitution"], "fraud_class": "forgery"}
    make.released(officer, to_all, **washed, nationality_claimed="UTO", model_name="Passport", model_year=2021)
    make.released(officer, to_all, method="photo_substitution", nationality_established="UTO", setting="arrival")
    make.released(officer, to_all)
    return officer


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ({"method": "photo_substitution"}, 2),
        ({"principal": "photo_substitution"}, 1),
        ({"principal": "-"}, 1),
        ({"nationality": "UTO"}, 2),
        ({"nationality_claimed": "UTO"}, 1),
        ({"nationality_claimed": "-"}, 2),
        ({"nationality_established": "-", "nationality_claimed": "-"}, 1),
        ({"setting": "-"}, 2),
        ({"model_name": "Passport"}, 1),
        ({"model_year": "2021"}, 1),
        ({"model_year": "-"}, 2),
        ({"issuer": "-"}, 0),
    ],
)
def test_what_a_condition_finds(officer, asked, n):
    """Each finds what holds the value, or states none; its query string means the same again."""
    with viewing(officer.pk):
        search = Search.of(asked)
        assert search.count() == (n, True)
        assert Search.of(search.asked()) == search


@pytest.mark.parametrize(
    "asked", [{"model_year": "first"}, {"principal": "no method"}, {"route_from": "nowhere at all"}]
)
def test_what_is_no_value(officer, asked):
    """A value that is none is said to be none, in a sentence."""
    with viewing(officer.pk), pytest.raises(Invalid):
        Search.of(asked)


def test_chips_and_form_keep_them(officer):
    """The list names each condition in words, and the form carries on those that it has no field for."""
    client = Client()
    client.force_login(officer)
    page = client.get("/reports/?principal=washed&setting=-&route_via=-&nationality_claimed=UTO").content.decode()
    for words in ("Principal method", "Nationality claimed", "no transit", "not stated"):
        assert words in page
    assert '<input type="hidden" name="principal" value="washed">' in page
    assert '<option value="-" selected>' in page
