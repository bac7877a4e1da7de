"""The steps of a case study and what it is linked to: each function is one change of a draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.alerts import reading as alerts
from limen.node.audit import record as log
from limen.node.casebook.drafting import index, lock_draft
from limen.node.casebook.fields import STEP_BY_NAME, clean
from limen.node.casebook.models import CaseStudy, Link, Linked, Step
from limen.node.people.models import Officer
from limen.node.reports import reading as reports
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid

MOST_STEPS = 20
MOST_LINKS = 40


def add_step(case: CaseStudy, officer: Officer, values: Mapping[str, Any] | None = None) -> Step:
    """Add a step at the end. Raises `Refused`, `Invalid`."""
    cleaned = _clean(values or {})
    with transaction.atomic():
        locked = lock_draft(case, officer)
        if locked.steps.count() >= MOST_STEPS:
            raise Invalid(_("A case study has at most %(most)d steps.") % {"most": MOST_STEPS})
        last = locked.steps.aggregate(last=Max("position"))["last"]
        step = Step.objects.create(case=locked, position=0 if last is None else last + 1, **cleaned)
        _changed(locked)
    return step


def change_step(case: CaseStudy, officer: Officer, number: int, values: Mapping[str, Any]) -> Step:
    """Change some fields of a step. Raises `Refused`, `Invalid`, `Http404`."""
    cleaned = _clean(values)
    with transaction.atomic():
        locked = lock_draft(case, officer)
        step = _step(locked, number)
        for name, value in cleaned.items():
            setattr(step, name, value)
        step.save(update_fields=list(cleaned))
        _changed(locked)
    return step


def remove_step(case: CaseStudy, officer: Officer, number: int) -> None:
    """Delete a step. Raises `Refused`, `Http404`."""
    with transaction.atomic():
        locked = lock_draft(case, officer)
        _step(locked, number).delete()
        _changed(locked)


def move_step(case: CaseStudy, officer: Officer, number: int, by: int) -> None:
    """Move a step one place towards the beginning (-1) or the end (1). Raises `Refused`, `Http404`."""
    with transaction.atomic():
        locked = lock_draft(case, officer)
        steps = list(locked.steps.all())
        at = next((at for at, step in enumerate(steps) if step.pk == number), None)
        if at is None:
            raise Http404
        to = min(max(at + by, 0), len(steps) - 1)
        steps.insert(to, steps.pop(at))
        for position, step in enumerate(steps):
            if step.position != position:
                step.position = position
                step.save(update_fields=["position"])
        _changed(locked)


def link(case: CaseStudy, officer: Officer, reference: str) -> None:
    """Lead to a report or alert that the officer sees. Raises `Refused`, `Invalid`."""
    kind, record = _named(reference.strip())
    with transaction.atomic():
        locked = lock_draft(case, officer)
        if Link.objects.filter(case=locked).count() >= MOST_LINKS:
            message = _("A case study leads to at most %(most)d records.")
            raise Invalid(message % {"most": MOST_LINKS}, field="reference")
        Link.objects.get_or_create(case=locked, kind=kind, record=record)
        log("case.changed", subject=subject_of(locked), details={"fields": ["links"]})


def unlink(case: CaseStudy, officer: Officer, number: int) -> None:
    """Take a link away. Raises `Refused`, `Http404`."""
    with transaction.atomic():
        locked = lock_draft(case, officer)
        gone, _each = Link.objects.filter(case=locked, pk=number).delete()
        if not gone:
            raise Http404
        log("case.changed", subject=subject_of(locked), details={"fields": ["links"]})


def _named(reference: str) -> tuple[str, int]:
    try:
        if reference[:1].upper() == "A":
            return str(Linked.ALERTS), int(alerts.alert_of(reference).pk)
        return str(Linked.REPORTS), int(reports.report_of(reference).pk)
    except Http404:
        message = _("There is no report or alert with this reference that you may see.")
        raise Invalid(message, field="reference") from None


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """`place` says picture and marked place in one value, as the form sends it: "uid", "uid:number" or nothing."""
    given = dict(values)
    cleaned: dict[str, Any] = {}
    if "place" in given:
        cleaned["exhibit"], cleaned["region"] = _place(str(given.pop("place") or ""))
    return cleaned | clean(given, STEP_BY_NAME)


def _place(text: str) -> tuple[uuid.UUID | None, int | None]:
    uid, _colon, number = text.partition(":")
    try:
        return (uuid.UUID(uid) if uid else None), (int(number) % 1000 if number else None)
    except ValueError as error:
        raise Invalid(_("This marked place is not understood; choose it again."), field="place") from error


def _step(case: CaseStudy, number: int) -> Step:
    if (step := case.steps.filter(pk=number).first()) is None:
        raise Http404
    return step


def _changed(case: CaseStudy) -> None:
    index(case)
    case.save(update_fields=["updated_at"])
    log("case.changed", subject=subject_of(case), details={"fields": ["steps"]})
