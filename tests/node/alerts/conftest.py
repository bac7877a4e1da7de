"""Two agencies with their officers, signed-in clients, and alerts at any point of their way."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from limen.node.alerts import drafting
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

FILLED = {
    "title": "Counterfeit passports with a flat watermark",
    "urgency": "3",
    "issuers": ["UTO"],
    "category": "passport",
    "fraud_class": "counterfeit",
    "methods": ["whole_counterfeit"],
    "countries": ["THA"],
    "places": ["THBKK"],
    "summary": "The data page is printed by ink jet. The watermark is printed too.",
    "points": [
        {"look": "Watermark against the light", "light": "transmitted", "right": "soft shades", "wrong": "sharp edges"}
    ],
}


class Service:
    """An agency with an officer for each role: `mine.analyst`, `mine.client("analyst")`."""

    def __init__(self, make, **values):
        self.agency = make.agency(**values)
        for role in ("counter", "analyst", "examiner", "coordinator", "administrator"):
            setattr(self, role, make.officer(self.agency, role))
        self.second = make.officer(self.agency, "coordinator")

    def client(self, role: str) -> Client:
        """A browser in which that officer is signed in."""
        client = Client()
        client.force_login(getattr(self, role))
        return client


@pytest.fixture
def mine(make, db):
    return Service(make, country="THA")


@pytest.fixture
def theirs(make, db):
    return Service(make, country="VNM")


def community(owner) -> rules.Audience:
    """Everybody on the platform."""
    return rules.Audience(owner.pk, Marking.GREEN, community=True)


@pytest.fixture
def begun():
    """Begin a draft that lacks nothing: `begun(officer, urgency="1")`."""

    def begun(officer, **values):
        with viewing(officer.pk):
            return drafting.begin(officer, FILLED | values)

    return begun


@pytest.fixture
def released(begun):
    """Release an alert of a service by its analyst and coordinator, to the community or to an audience."""

    def released(service, audience=None, **values):
        alert = begun(service.analyst, **values)
        with viewing(service.analyst.pk):
            release = releasing.propose(alert, service.analyst, audience or community(service.agency))
        with viewing(service.coordinator.pk):
            releasing.approve(alert, release, service.coordinator)
            alert.refresh_from_db()
        return alert

    return released


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()
