"""A node filled with a small demonstration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from limen.node.demo import load
from limen.node.terms.editions import forget

COUNT = 300


@pytest.fixture(autouse=True)
def _house(settings) -> Iterator[None]:
    """Files in memory, and terms read anew in each test."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    forget()
    yield
    forget()


@pytest.fixture
def filled(db, keeping) -> Iterator[None]:
    """A demonstration of 300 reports; tests look at it as the keeper unless they sign somebody in."""
    with keeping():
        load(reports=COUNT)
        yield
