"""Two agencies, their officers, and what the audit log was told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from limen.node.people.mail import send_or_log
from limen.node.people.models import Agency, Officer

PASSWORD = "seven herons over the delta"


@pytest.fixture(autouse=True)
def _house(settings, monkeypatch) -> None:
    """Ask for second factors as a real node does; hash quickly, and send mail at once."""
    monkeypatch.setattr("limen.node.people.adapters.send_in_background", send_or_log)
    settings.LIMEN_REQUIRE_SECOND_FACTOR = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def noted(monkeypatch) -> list[tuple[str, str, dict[str, Any]]]:
    """What was recorded: action, subject, details."""
    from limen.node import audit

    entries: list[tuple[str, str, dict[str, Any]]] = []
    record = audit.record

    def listen(action: str, *, subject: str = "", agency: Any = None, details: Any = None) -> None:
        entries.append((action, subject, dict(details or {})))
        record(action, subject=subject, agency=agency, details=details)

    monkeypatch.setattr(audit, "record", listen)
    return entries


@pytest.fixture
def operator(db) -> Agency:
    return Agency.objects.create(code="operator", name="Border Service of Utopia", country="UTO", operates_node=True)


@pytest.fixture
def agency(db) -> Agency:
    return Agency.objects.create(code="coast", name="Coast Guard of Utopia", country="UTO")


def make(agency: Agency, name: str, *roles: str, **fields: Any) -> Officer:
    email = f"{name.lower()}@{agency.code}.example"
    return Officer.objects.create_user(email, PASSWORD, name=name, agency=agency, roles=list(roles), **fields)


@pytest.fixture
def keeper_of_node(operator) -> Officer:
    return make(operator, "Odile", "administrator")


@pytest.fixture
def admin(agency) -> Officer:
    return make(agency, "Ada", "administrator", "examiner")


@pytest.fixture
def second_admin(agency) -> Officer:
    return make(agency, "Bao", "administrator")


@pytest.fixture
def examiner(agency) -> Officer:
    return make(agency, "Eve", "examiner")


@pytest.fixture
def stranger(operator) -> Officer:
    return make(operator, "Sam", "counter")


def signed_in(officer: Officer) -> Client:
    """A browser of somebody who has signed in and shown a second factor."""
    client = Client()
    client.force_login(officer)
    session = client.session
    session["people_second_factor"] = officer.pk
    session.save()
    return client


@pytest.fixture
def enter():
    """`enter(officer)` gives a browser in which the officer is signed in."""
    return signed_in
