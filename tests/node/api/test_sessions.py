"""A person's browser calls the same interface, with the session and the CSRF token."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_a_person_reads_and_writes(person, full):
    """In their own name and roles."""
    api = person(None, "counter")
    assert api.get("/me").json()["is_machine"] is False
    assert api.post("/reports", full).status_code == 201
    assert len(api.get("/reports?state=draft&mine=true").json()["items"]) == 1


def test_an_administrator_writes_no_reports(person, full, refused):
    """The action says who may."""
    refused(person(None, "administrator").post("/reports", full), 403)


def test_a_change_needs_the_csrf_token(person, full, refused):
    """Another site cannot make the browser change something; reading it cannot read the answer."""
    api = person(None, "counter", enforce_csrf_checks=True)
    assert api.get("/me").status_code == 200
    refused(api.post("/reports", full), 403)
    api.client.cookies["csrftoken"] = token = "a" * 32
    refused(api.post("/reports", full, X_CSRFToken="b" * 32), 403)
    assert api.post("/reports", full, X_CSRFToken=token).status_code == 201


def test_a_token_needs_no_csrf_token(machine, full):
    """No browser sends it by itself."""
    api = machine("write")
    api.client.handler.enforce_csrf_checks = True
    assert api.post("/reports", full).status_code == 201


def test_a_header_is_not_mended_by_a_session(person, refused):
    """Whoever brings a token is taken for the machine, or for nobody."""
    refused(person(None, "counter").get("/me", Authorization="Bearer limen_wrong"), 401)


def test_a_session_without_second_factor(person, refused, settings):
    """It opens no more here than on the pages."""
    settings.LIMEN_REQUIRE_SECOND_FACTOR = True
    refused(person(None, "counter").get("/me"), 403)
