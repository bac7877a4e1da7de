"""The pictures of an alert: exhibits (`limen.node.exhibits`), of which its linked reports offer theirs first."""

from __future__ import annotations

from django.urls import reverse

from limen.node.alerts.linking import linked
from limen.node.alerts.models import Alert
from limen.node.exhibits import holders
from limen.node.exhibits.showing import pictures


def register() -> None:
    """Make alerts known to the pages of exhibits."""
    holders.register(
        holders.Holder(Alert, edit_url=lambda alert: reverse("alerts:edit", args=[alert.reference]), reports=linked)
    )


def shown_in(alert: Alert) -> list[tuple[str, str]]:
    """What a point may name: each picture, and each place marked on it."""
    found = []
    for picture in pictures(alert):
        uid, name = str(picture.exhibit.uid), f"{picture.number}. {picture.subject}, {picture.light}"
        found.append((uid, name))
        for number, region in enumerate(picture.regions, start=1):
            told = " ".join(part for part in (region.get("label", ""), region.get("text", "")) if part)
            found.append((f"{uid}#{number}", f"{picture.number}.{number} {told}".strip()))
    return found
