"""What tests of the interface share: a client that signs its requests, and machines of invented agencies."""

from __future__ import annotations

import json

import pytest
from django.test import Client


class Api:
    """Calls the interface over HTTP, in a machine's name, a person's, or nobody's."""

    def __init__(self, secret=None, officer=None, **options):
        self.client = Client(**options)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        if officer is not None:
            self.client.force_login(officer)

    def call(self, method, path, body=None, content_type="application/json", **headers):
        data = body if isinstance(body, str | bytes) or body is None else json.dumps(body)
        headers = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, f"/api/v1{path}", data or b"", content_type=content_type, headers=headers)

    def get(self, path, **headers):
        return self.call("GET", path, **headers)

    def post(self, path, body, **options):
        return self.call("POST", path, body, **options)

    def patch(self, path, body, **options):
        return self.call("PATCH", path, body, **options)

    def delete(self, path, **headers):
        return self.call("DELETE", path, **headers)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """Persons of these tests sign in by name alone; the door is tested where it belongs."""
    settings.LIMEN_REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def machine(make):
    """Make a machine with a token: `machine("write", "read1")`."""
    from limen.node.api.actions import make_token
    from limen.node.sharing.viewer import viewing

    def made(*scopes, agency=None):
        agency = agency or make.agency()
        by = make.officer(agency, "administrator", "coordinator")
        with viewing(by.pk):
            token, secret = make_token(by, name="Gate 7", scopes=list(scopes or ["write"]), days=30)
        api = Api(secret)
        api.token, api.officer, api.agency, api.by, api.secret = token, token.officer, agency, by, secret
        return api

    return made


@pytest.fixture
def person(make):
    """Make a person who is signed in: `person(agency, "coordinator")`."""

    def made(agency=None, *roles, **options):
        officer = make.officer(agency, *roles)
        api = Api(officer=officer, **options)
        api.officer, api.agency = officer, officer.agency
        return api

    return made


@pytest.fixture
def refused():
    """Check that an answer is a problem of that status in one sentence: `refused(response, 404)`."""

    def check(response, status):
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        body = response.json()
        assert body["status"] == status
        assert body["detail"][-1] in ".?"
        return body

    return check


@pytest.fixture
def full():
    """The fields without which nothing is released."""
    return {
        "issuer": "UTO",
        "category": "passport",
        "fraud_class": "counterfeit",
        "detected_on": "2026-11-02",
        "detection_country": "THA",
    }
