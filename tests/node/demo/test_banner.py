"""Whoever looks at the demonstration is told on every page that nothing in it is real."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("demonstration", [True, False])
def test_pages_say_so(make, client, settings, demonstration):
    """The banner is on the pages of a demonstration, whether or not a second factor is asked for, and on no other."""
    settings.LIMEN_DEMO = demonstration
    client.force_login(make.officer())
    page = client.get("/releases/").content.decode()
    assert ("Agencies, officers, documents and bearers are invented." in page) == demonstration
    settings.LIMEN_REQUIRE_SECOND_FACTOR = True
    client.logout()
    assert ("are invented." in client.get("/account/login/").content.decode()) == demonstration
