"""Writing a case study: begun, from a report or from nothing, changed field by field as it is typed, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.casebook import prefilling, reading, wording
from limen.node.casebook.fields import clean
from limen.node.casebook.models import CaseStudy, Link, Linked, Step
from limen.node.exhibits import adding, deleting
from limen.node.people.models import Officer
from limen.node.reports.models import Report
from limen.node.sharing import policy, rules
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Refused


def begin(officer: Officer, values: Mapping[str, Any] | None = None) -> CaseStudy:
    """Begin a draft. Raises `Refused`, `Invalid`."""
    may_begin(officer)
    cleaned = clean(dict(values or {}))
    for _attempt in range(5):
        try:  # the drawn reference may be taken
            with transaction.atomic():
                case = _begin(officer, cleaned)
                log("case.begun", subject=subject_of(case))
            return case
        except IntegrityError:
            continue
    raise Refused(_("The case study could not be begun just now; try again."))


def from_report(officer: Officer, report: Report) -> CaseStudy:
    """Begin a draft from a report of one's own agency: fields, means of detection as steps, pictures, a link to it.

    Raises `Refused`.
    """
    may_begin(officer)
    if report.owner_id != officer.agency_id:
        raise Refused(_("A case study is begun from a report of your own agency."))
    cleaned = clean(prefilling.values(report, officer))
    with transaction.atomic():
        case = _begin(officer, cleaned)
        for position, step in enumerate(prefilling.steps(report)):
            Step.objects.create(case=case, position=position, **step)
        Link.objects.create(case=case, kind=Linked.REPORTS, record=report.pk)
        index(case)
        log("case.begun", subject=subject_of(case), details={"report": report.reference})
    if adding.may_take(report, officer):
        for image in list(report.images.filter(masks_confirmed=True))[: adding.MOST]:
            adding.take(case, officer, image)
    return case


def change(case: CaseStudy, officer: Officer, values: Mapping[str, Any]) -> CaseStudy:
    """Change some fields of a draft. Raises `Refused`, `Invalid`; then nothing was changed."""
    cleaned = clean(dict(values))
    with transaction.atomic():
        locked = lock_draft(case, officer)
        for name, value in cleaned.items():
            setattr(locked, name, value)
        locked.save(update_fields=[*cleaned, "updated_at"])
        index(locked)
        log("case.changed", subject=subject_of(locked), details={"fields": sorted(cleaned)})
    return locked


def discard(case: CaseStudy, officer: Officer) -> None:
    """Delete a draft that was never released. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(case, officer)
        if locked.state != State.DRAFT:
            raise Refused(
                _("A case study that was released is kept until its retention ends; it can only be recalled.")
            )
        subject = subject_of(locked)
        deleting.go_with([locked])
        locked.delete()
        log("case.discarded", subject=subject)


def may_begin(officer: Officer) -> None:
    """Let writers pass. Raises `Refused`."""
    if not reading.may_write(officer):
        raise Refused(_("Examiners, analysts and coordinators write case studies; ask one of your agency."))


def lock_draft(case: CaseStudy, officer: Officer) -> CaseStudy:
    """Lock a draft for a change by this officer. Raises `Refused`."""
    locked = CaseStudy.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=case.pk).first()
    if locked is None or not reading.may_edit(locked, officer):
        raise Refused(
            _("Only its author, an examiner or a coordinator of the agency changes a case study, before its release.")
        )
    return locked


def index(case: CaseStudy) -> None:
    """Keep what it is found by in step with its texts."""
    case.words = wording.words_of(case, [step.text for step in case.steps.all()])
    case.save(update_fields=["words"])


def _begin(officer: Officer, cleaned: Mapping[str, Any]) -> CaseStudy:
    case = CaseStudy(
        owner=officer.agency,
        author=officer,
        audience_id=policy.intern(rules.Audience.private(officer.agency_id)),
        language=officer.language if officer.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        retain_until=months_after(timezone.localdate(), officer.agency.retention_months),
    )
    for name, value in cleaned.items():
        setattr(case, name, value)
    case.words = wording.words_of(case)
    case.save(force_insert=True)
    return case
