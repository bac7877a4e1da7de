"""Writing an alert: begun, from a report or a surge perhaps, changed field by field as it is typed, discarded.

A counter officer may begin one, as a suggestion; an analyst, examiner or coordinator of the agency proposes it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from limen.node.alerts import points, words
from limen.node.alerts.fields import clean
from limen.node.alerts.models import Alert
from limen.node.audit import record as log
from limen.node.exhibits import deleting
from limen.node.people.models import Officer
from limen.node.reports.models import Report
from limen.node.sharing import policy, rules
from limen.node.sharing.releasing import may_edit, subject_of
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Invalid, Refused

PROPOSERS = ("analyst", "examiner", "coordinator")
WRITERS = ("counter", *PROPOSERS)
"""Roles that may begin an alert."""

DAYS = 90
"""How long an alert holds, where nobody says."""


def begin(officer: Officer, known: Mapping[str, Any] | None = None) -> Alert:
    """Begin a draft of what is known: fields by name, `points` as a list. Raises `Refused`, `Invalid`."""
    if officer.is_machine or not officer.has_role(*WRITERS):
        raise Refused(_("Your role does not write alerts; ask a coordinator of your agency."))
    values = dict(known or {})
    listed = points.clean(values.pop("points", []))
    cleaned = clean(_usual(officer) | values)
    for _attempt in range(5):
        try:
            with transaction.atomic():
                return _begin(officer, cleaned, listed)
        except IntegrityError:
            continue  # the reference drawn was taken
    raise Refused(_("The alert could not be begun just now; try again."))


def change(alert: Alert, officer: Officer, values: Mapping[str, Any]) -> Alert:
    """Change some fields of a draft. Raises `Refused`, `Invalid`; then nothing was changed."""
    cleaned = clean(values)
    with transaction.atomic():
        locked = lock_draft(alert, officer)
        _check_replaced(locked, cleaned)
        for name, value in cleaned.items():
            setattr(locked, name, value)
        _store(locked, *cleaned)
    return locked


def set_points(alert: Alert, officer: Officer, rows: Iterable[Any]) -> Alert:
    """Replace the points of a draft. Raises `Refused`, `Invalid`."""
    listed = points.clean(rows)
    with transaction.atomic():
        locked = lock_draft(alert, officer)
        locked.points = listed
        _store(locked, "points")
    return locked


def discard(alert: Alert, officer: Officer) -> None:
    """Delete a draft that was never released. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(alert, officer)
        if locked.state != "draft":
            raise Refused(_("An alert that was released is kept until its retention ends; it can only be recalled."))
        subject = subject_of(locked)
        deleting.go_with([locked])
        locked.delete()
        log("alert.discarded", subject=subject)


def lock_draft(alert: Alert, officer: Officer) -> Alert:
    """Lock a draft for a change by this officer. Raises `Refused`."""
    locked = Alert.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=alert.pk).first()
    if locked is None or not may_edit(locked, officer):
        raise Refused(
            _("Only its author, an examiner or a coordinator of the agency changes an alert, before it is released.")
        )
    return locked


def known_of(report: Report) -> dict[str, Any]:
    """What a report tells an alert: codes alone, no text of its author's."""
    return {
        "issuers": [report.issuer] if report.issuer else [],
        "category": report.category,
        "model_name": report.model_name,
        "model_year": report.model_year,
        "fraud_class": report.fraud_class,
        "methods": [code for code in (report.method, *report.other_methods) if code],
        "countries": [report.detection_country] if report.detection_country else [],
        "places": [report.place] if report.place else [],
    }


def _usual(officer: Officer) -> dict[str, Any]:
    """What every alert begins with."""
    today = timezone.localdate()
    return {
        "action": _(
            "Refer the bearer and the document to second line and name this alert. A hit proves nothing by itself. "
            "The bearer may be a victim: ask whether they need help before you ask anything else."
        ),
        "contact": officer.agency.contact or officer.agency.name,
        "language": get_language() or "en",
        "valid_from": today,
        "valid_until": today + datetime.timedelta(days=DAYS),
    }


def _begin(officer: Officer, cleaned: Mapping[str, Any], listed: list[dict[str, str]]) -> Alert:
    private = policy.intern(rules.Audience.private(officer.agency_id))
    alert = Alert(owner=officer.agency, author=officer, audience_id=private, points=listed)
    alert.retain_until = months_after(timezone.localdate(), officer.agency.retention_months)
    _check_replaced(alert, cleaned)
    for name, value in cleaned.items():
        setattr(alert, name, value)
    alert.words = words.words_of(alert)
    alert.save(force_insert=True)
    log("alert.begun", subject=subject_of(alert))
    return alert


def _check_replaced(alert: Alert, cleaned: Mapping[str, Any]) -> None:
    """An agency says of its own alerts alone that others take their place."""
    replaced = cleaned.get("supersedes")
    if replaced is not None and (replaced.owner_id != alert.owner_id or replaced.pk == alert.pk):
        raise Invalid(_("There is no such alert of your agency that was ever released."), field="supersedes")


def _store(alert: Alert, *names: str) -> None:
    alert.words = words.words_of(alert)
    alert.save(update_fields=[*names, "words", "updated_at"])
    log("alert.changed", subject=subject_of(alert), details={"fields": sorted(names)})
