"""Answering an alert: seen here or not, useful or unclear, a comment. Its owner reads it, other agencies do not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.alerts import linking
from limen.node.alerts.models import Alert, Feedback, Verdict
from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports import drafting as reports
from limen.node.reports.models import Report
from limen.node.reports.release import personal_in
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.terms import label, normalise
from limen.node.web.errors import Invalid, Refused

LONGEST, MOST_SEEN, SHOWN = 1000, 999, 200


def answer(alert: Alert, officer: Officer, values: Mapping[str, Any]) -> Feedback:
    """Give feedback on an alert that is released. Raises `Refused`, `Invalid`."""
    if officer.is_machine or alert.state != State.RELEASED:
        raise Refused(_("Only an alert that is released is answered, and by a person."))
    given = Feedback(alert=alert, owner=alert.owner, officer=officer, agency=officer.agency, **_clean(values))
    with transaction.atomic():
        given.save(force_insert=True)
        log("alert.answered", subject=subject_of(alert), details={"verdict": given.verdict, "count": given.count})
    return given


def answers(alert: Alert) -> list[Feedback]:
    """What was answered, as far as the viewer sees it, the newest first."""
    return list(Feedback.objects.filter(alert=alert).select_related("agency")[:SHOWN])


def report_sighting(alert: Alert, officer: Officer) -> Report:
    """Begin a report of what an alert told of, with what it says of the document, and link it. Raises `Refused`."""
    if alert.state != State.RELEASED:
        raise Refused(_("Only an alert that is released is answered, and by a person."))
    known = {
        "issuer": alert.issuers[0] if len(alert.issuers) == 1 else "",
        "category": alert.category,
        "model_name": alert.model_name,
        "model_year": alert.model_year,
        "fraud_class": alert.fraud_class,
        "method": alert.methods[0] if alert.methods else "",
        "other_methods": alert.methods[1:],
    }
    with transaction.atomic():
        report = reports.begin(officer, {name: value for name, value in known.items() if value})
        linking.sight(alert, officer, report)
    return report


def where(given: Feedback) -> str:
    """The place of an answer, in words."""
    return label("place", given.place) if given.place else ""


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    verdict = str(values.get("verdict", ""))
    comment = str(values.get("comment", "")).replace("\x00", "").strip()
    if verdict not in Verdict.values:
        raise Invalid(_("Choose what you want to say."), field="verdict")
    if verdict == "comment" and not comment:
        raise Invalid(_("Write the comment."), field="comment")
    if len(comment) > LONGEST:
        raise Invalid(_("The comment has at most %(most)d characters.") % {"most": LONGEST}, field="comment")
    if told := personal_in(comment):
        raise Invalid(_("The comment holds %(what)s; take it out.") % {"what": told}, field="comment")
    seen = verdict == "seen"
    return {
        "verdict": verdict,
        "comment": comment,
        "count": _count(values.get("count", "")) if seen else None,
        "on": _day(values.get("on", "")) if seen else None,
        "place": _place(values.get("place", "")) if seen else "",
    }


def _count(value: Any) -> int | None:
    text = str(value).strip()
    if not text:
        return None
    if not (text.isdecimal() and 1 <= int(text[:9]) <= MOST_SEEN):
        raise Invalid(_("How many were seen is a number from 1 to %(most)d.") % {"most": MOST_SEEN}, field="count")
    return int(text)


def _day(value: Any) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(str(value).strip()) if value else None
    except ValueError:
        day = datetime.date.max
    if day and not datetime.date(2000, 1, 1) <= day <= timezone.localdate() + datetime.timedelta(days=1):
        raise Invalid(_("The day it was seen is not understood, or lies in the future."), field="on")
    return day


def _place(value: Any) -> str:
    try:
        return normalise.code("place", str(value)) if str(value).strip() else ""
    except normalise.Unknown as error:
        raise Invalid(str(error), field="place") from error
