"""The stories of the demonstration are the surges that its analysts see, and hardly anything beside them is."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from limen.node.demo import load
from limen.node.people.models import Officer
from limen.node.sharing.viewer import viewing
from limen.node.trends.surges.watching import watch

pytestmark = pytest.mark.django_db

WHO = ("analyst@thailand.example", "analyst@vietnam.example", "examiner@australia.example", "counter@laos.example")
OUTBREAK = {"model|UTO|Utopian passport|2021", "kind|UTO|passport|counterfeit", "method|UTO|whole_counterfeit"}
LABEL = {"model|UTO|Utopian visa label|2024", "kind|UTO|visa_label|forgery", "method|UTO|visa_altered"}
BESIDE = 2
"""Surges that no story explains, at most."""


def test_both_stories_are_the_first_surges(keeping, settings):
    """Whoever looks finds the outbreak and the labels first; the streams of a story are one surge."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    caches["local"].clear()
    with keeping():
        load(reports=2500)
        officers = [Officer.objects.get(email=email) for email in WHO]
    for officer in officers:
        with viewing(officer.pk):
            surges = watch().surges
        streams = [{each.stream.token for each in (surge, *surge.also)} for surge in surges]
        assert any(stream & OUTBREAK for stream in streams[:2]), officer.email
        assert any(stream & LABEL for stream in streams[:2]), officer.email
        assert len(surges) <= 2 + BESIDE, officer.email
    caches["local"].clear()
