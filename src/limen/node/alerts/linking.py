"""Reports that belong to an alert. Whoever sees both sees the link, and nobody else counts it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from limen.node.alerts import drafting
from limen.node.alerts.models import Alert, Link
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports import reading as reports
from limen.node.reports.models import Report
from limen.node.sharing import policy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

MOST = 200


def linked(alert: Alert) -> list[Report]:
    """The reports linked, as far as the viewer sees them; the newest first."""
    return list(rows(alert)[:MOST])


def rows(alert: Alert) -> QuerySet[Report]:
    """The same, to be narrowed further."""
    linked = Link.objects.filter(alert=alert).values("report")
    return reports.reports().filter(pk__in=linked).order_by("-detected_on", "-pk")


def alerts_of(report: Report) -> list[Alert]:
    """The alerts to which a report is linked, as far as the viewer sees them."""
    rows = Link.objects.filter(report=report).values("alert")
    return list(policy.visible(Alert.objects.filter(pk__in=rows)).order_by("-released_at", "-pk")[:20])


def add(alert: Alert, officer: Officer, report: Report) -> None:
    """Link a report that the officer sees to an alert of the own agency. Raises `Refused`, `Invalid`."""
    _may(alert, officer)
    if Link.objects.filter(alert=alert).count() >= MOST:
        raise Invalid(_("An alert has at most %(most)d linked reports.") % {"most": MOST}, field="report")
    with transaction.atomic():
        _add(alert, officer, report)
        log("alert.linked", subject=subject_of(alert), details={"report": report.reference})


def add_named(alert: Alert, officer: Officer, reference: str) -> None:
    """Link the report of this reference. Raises `Refused`, `Invalid`."""
    found = reports.reports().filter(reference=reference.strip().upper()[:16]).first()
    if found is None:
        raise Invalid(_("You see no report with this reference."), field="report")
    add(alert, officer, found)


def remove(alert: Alert, officer: Officer, reference: str) -> None:
    """Take a link away. Raises `Refused`."""
    _may(alert, officer)
    with transaction.atomic():
        gone, _rows = Link.objects.filter(alert=alert, report__reference=reference.upper()).delete()
        if gone:
            log("alert.unlinked", subject=subject_of(alert), details={"report": reference.upper()})


def sight(alert: Alert, officer: Officer, report: Report) -> None:
    """Link a report of the own agency to an alert of whomever, as seen there too."""
    with transaction.atomic():
        _add(alert, officer, report, is_sighting=True)
        log("alert.sighted", subject=subject_of(alert), details={"report": report.reference})


def _may(alert: Alert, officer: Officer) -> None:
    if alert.owner_id != officer.agency_id or not officer.has_role(*drafting.WRITERS):
        raise Refused(_("Only officers of the agency that owns the alert can do this."))


def _add(alert: Alert, officer: Officer, report: Report, *, is_sighting: bool = False) -> None:
    try:
        with transaction.atomic():
            Link.objects.create(alert=alert, report=report, agency=officer.agency, is_sighting=is_sighting)
    except IntegrityError:
        return  # it is linked already, by whomever
