"""Without a database the site says so, to people, programs and whoever balances load."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from limen.node.web import views


@pytest.mark.django_db
def test_health_is_for_everybody_and_tells_nothing():
    """No sign-in, no cookie, no redirect."""
    response = Client().get("/health/")
    assert (response.status_code, response.content, response.cookies) == (200, b"ok\n", {})


def test_health_without_a_database(monkeypatch):
    """503, so that requests go to another machine."""

    def away(*_):
        raise OperationalError("no")

    monkeypatch.setattr("limen.node.web.views.connection.cursor", away)
    assert views.health(RequestFactory().get("/health/")).status_code == 503


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (ValueError, 500)])
@pytest.mark.parametrize("path", ["/", "/api/v1/reports"])
def test_a_database_that_is_away_is_no_fault_of_the_page(error, status, path):
    """503 asks programs and people to come again."""
    request = RequestFactory().get(path)
    try:
        raise error
    except error:
        assert views.server_error(request).status_code == status
