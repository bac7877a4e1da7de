"""The pages where administrators make and revoke tokens."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def test_an_administrator_makes_and_revokes_a_token(person, refused):
    """The secret is shown once, works, and is void when it was revoked."""
    from .conftest import Api

    client = person(None, "administrator").client
    page = client.post("/people/tokens/new/", {"name": "Gate 7", "scopes": ["write"], "days": 30})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    [secret] = set(re.findall(r"limen_[\w-]{43}", page.content.decode()))
    assert Api(secret).get("/me").json()["name"] == "Gate 7"
    listed = client.get("/people/tokens/").content.decode()
    assert "Gate 7" in listed
    assert secret not in listed
    revoke = re.search(r"/people/tokens/\d+/revoke/", listed)[0]
    assert client.get(revoke).status_code == 200
    assert client.post(revoke).status_code == 302
    refused(Api(secret).get("/me"), 401)
    assert "revoked" in client.get("/people/tokens/").content.decode()


def test_what_is_missing_is_said_beside_its_field(person):
    """The form comes back with it."""
    page = person(None, "administrator").client.post("/people/tokens/new/", {"name": "", "days": 9999})
    assert page.status_code == 422
    assert b"errorlist" in page.content or b"error" in page.content


@pytest.mark.parametrize("path", ["", "new/", "1/renew/", "1/revoke/"])
def test_others_do_not_see_the_pages(person, path):
    """Only administrators."""
    assert person(None, "coordinator", "examiner").client.get(f"/people/tokens/{path}").status_code == 403


@pytest.mark.parametrize("doing", ["renew", "revoke"])
def test_a_token_of_another_agency(machine, person, doing):
    """It is as if there were none."""
    api = machine("write")
    client = person(None, "administrator").client
    assert client.get(f"/people/tokens/{api.token.pk}/{doing}/").status_code == 404
    assert client.post(f"/people/tokens/{api.token.pk}/{doing}/", {"days": 1}).status_code == 404
