"""Alerts in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from limen.node.alerts.fields import told
from limen.node.alerts.models import Alert, Urgency
from limen.node.alerts.reading import Standing


@dataclass(frozen=True, slots=True)
class Look:
    """How a state or urgency is shown: badge, icon and word."""

    badge: str
    icon: str
    word: str | Promise


URGENCIES = {
    Urgency.ROUTINE: Look("note", "info", _lazy("Routine")),
    Urgency.IMPORTANT: Look("warn", "warning", _lazy("Important")),
    Urgency.URGENT: Look("bad", "danger", _lazy("Urgent: imminent danger")),
}
STANDINGS = {
    Standing.DRAFT: Look("plain", "edit", _lazy("Draft")),
    Standing.PROPOSED: Look("note", "clock", _lazy("Proposed")),
    Standing.RECALLED: Look("warn", "recall", _lazy("Recalled")),
    Standing.COMING: Look("note", "calendar", _lazy("Not yet in force")),
    Standing.IN_FORCE: Look("good", "success", _lazy("In force")),
    Standing.REPLACED: Look("plain", "history", _lazy("Replaced")),
    Standing.LAPSED: Look("plain", "clock", _lazy("Lapsed")),
}


def headline(alert: Alert) -> str:
    """Say in a line what an alert is of."""
    parts = (alert.title or _("without a title"), subject(alert))
    return " · ".join(part for part in parts if part)


def subject(alert: Alert) -> str:
    """Say of which documents and methods it is, by codes alone."""
    parts = (told("issuers", alert.issuers), told("category", alert.category), fraud(alert))
    return " · ".join(part for part in parts if part)


def fraud(alert: Alert) -> str:
    """The methods, or the class of fraud where none is named."""
    return told("methods", alert.methods) or told("fraud_class", alert.fraud_class)


def places(alert: Alert) -> str:
    """Where it was seen, or is to be looked out for."""
    return ", ".join(part for part in (told("places", alert.places), told("countries", alert.countries)) if part)
