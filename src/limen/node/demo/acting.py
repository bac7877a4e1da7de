"""Officers of the demonstration doing what officers do: through the functions that pages call, in their own names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import F
from django.utils import translation

from limen.node.people.models import Officer
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Release, Shareable, State
from limen.node.sharing.viewer import viewing


def officer_at(address: str) -> Officer:
    """Find an officer by the beginning of the address: `analyst@thailand`."""
    return Officer.objects.select_related("agency").get(email=f"{address}.example")


@contextmanager
def acting(address: str, language: str = "en") -> Iterator[Officer]:
    """Let this officer look and act, until the block ends."""
    officer = officer_at(address)
    with viewing(officer.pk), translation.override(language):
        yield officer


def propose(record: Shareable, by: str) -> Release:
    """Propose to release a record to the whole community, TLP:GREEN."""
    with acting(by) as officer:
        audience = rules.Audience(officer.agency_id, Marking.GREEN, community=True)
        return releasing.propose(record, officer, audience)


def release(record: Shareable, by: str, second: str) -> None:
    """Release a record to the whole community, by two people where two are needed."""
    proposed = propose(record, by)
    if record.state != State.RELEASED:
        with acting(second) as officer:
            releasing.approve(record, proposed, officer)
            record.refresh_from_db()


def moved_back(record: Any, days: int) -> None:
    """Let a record, and its release, be some days older, so that not everything was written on the first day."""
    back = datetime.timedelta(days=days)
    rows = type(record)._default_manager.filter(pk=record.pk)
    rows.update(created_at=F("created_at") - back, updated_at=F("updated_at") - back)
    rows.exclude(released_at=None).update(released_at=F("released_at") - back)
    releases = Release.objects.filter(kind=record._meta.app_label, record=record.pk)
    releases.update(proposed_at=F("proposed_at") - back)
    releases.exclude(decided_at=None).update(decided_at=F("decided_at") - back)
    record.refresh_from_db()
