"""Writing a request: begun from a report, from an inspection or from nothing, changed, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.assistance import bundling, fields, reading
from limen.node.assistance.captured import Inspection
from limen.node.assistance.models import Request
from limen.node.audit import record as log
from limen.node.exhibits import deleting
from limen.node.files.rows import delete_when_done, named
from limen.node.people.models import Officer
from limen.node.reports.drafting import number_key
from limen.node.reports.models import Report
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.models import State
from limen.node.sharing.releasing import subject_of
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Invalid, Refused


def begin(
    officer: Officer,
    report: Report | None = None,
    inspection: Inspection | None = None,
    *,
    values: Mapping[str, Any] | None = None,
    include: FieldClass = FieldClass.NONE,
) -> Request:
    """Begin a draft, with what a report of the own agency or an inspection gives. Raises `Refused`, `Invalid`.

    `include` says which classes beyond 0 are copied: numbers, the bearer, pictures as they were taken. What the officer
    does not see in the report is not copied.
    """
    if not reading.may_ask(officer):
        raise Refused(_("Counter officers, examiners and coordinators ask for assistance; ask one of your agency."))
    if report is not None and report.owner_id != officer.agency_id:
        raise Refused(_("A request is begun from a report of your own agency."))
    known = bundling.of_report(report, include) if report else {}
    known |= bundling.of_inspection(inspection, include) if inspection else {}
    cleaned = fields.clean(known | dict(values or {}))
    results = list(inspection.results) if inspection else []
    request = _begun(officer, cleaned, report, results)
    try:
        measured = bundling.take_pictures(request, officer, report, include) if report else []
        measured += bundling.add_pictures(request, officer, inspection, include) if inspection else []
    except Invalid:  # a picture that is none, say: nothing is begun by half
        discard(request, officer)
        raise
    if measured:
        request.results += measured
        request.save(update_fields=["results"])
    return request


def again(request: Request, officer: Officer) -> Request:
    """Begin a draft that asks the same of another agency, with the report's pictures where there is a report.

    What was said with the agency that was asked before stays between the two. Raises `Refused`.
    """
    if request.owner_id != officer.agency_id:
        raise Refused(_("A request is begun from one of your own agency."))
    same = ("question", "priority", "language", "issuer", "category", "model_name", "fraud_class")
    return begin(officer, reading.report_of(request), values={name: getattr(request, name) for name in same})


def write(request: Request, officer: Officer, values: Mapping[str, Any]) -> Request:
    """Change some fields of a draft. Raises `Refused`, `Invalid`; then nothing was changed."""
    cleaned = fields.clean(dict(values))
    with transaction.atomic():
        locked = lock_draft(request, officer)
        if "asked" in cleaned and locked.sent_at is not None and cleaned["asked"] != locked.asked:
            raise Refused(_("This request was sent already; ask another agency by a new one."))
        if cleaned.get("asked") == locked.owner:
            raise Refused(_("Your own agency needs no request; choose another."))
        _store(locked, cleaned)
        log("request.changed", subject=subject_of(locked), details={"fields": sorted(cleaned)})
    return locked


def set_originals(request: Request, officer: Officer, *, included: bool) -> int:
    """Include the pictures as they were taken (class 3), or leave them out. How many. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(request, officer)
        count = bundling.include_originals(locked) if included else bundling.leave_originals(locked)
        log("request.changed", subject=subject_of(locked), details={"originals": count if included else -count})
    return count


def discard(request: Request, officer: Officer) -> None:
    """Delete a draft that was never sent. Raises `Refused`."""
    with transaction.atomic():
        locked = lock_draft(request, officer)
        if locked.state != State.DRAFT or locked.sent_at is not None:
            raise Refused(_("A request that was sent is kept until its retention ends; it can only be recalled."))
        subject = subject_of(locked)
        deleting.go_with([locked])
        delete_when_done(named([each.file for each in locked.originals.all()]))
        locked.delete()
        log("request.discarded", subject=subject)


def lock_draft(request: Request, officer: Officer) -> Request:
    """Lock a draft for a change by this officer. Raises `Refused`."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("owner", "asked")
    locked = rows.filter(pk=request.pk).first()
    if locked is None or not reading.may_edit(locked, officer):
        raise Refused(
            _("Only its author, an examiner or a coordinator of the agency changes a request, before it is sent.")
        )
    return locked


def _begun(officer: Officer, cleaned: Mapping[str, Any], report: Report | None, results: list[Any]) -> Request:
    for _attempt in range(5):
        try:  # the drawn reference may be taken
            with transaction.atomic():
                request = Request(
                    owner=officer.agency,
                    author=officer,
                    audience_id=policy.intern(rules.Audience.private(officer.agency_id)),
                    language=officer.language if officer.language in dict(settings.LANGUAGES) else "en",
                    retain_until=months_after(timezone.localdate(), officer.agency.retention_months),
                    report=report.pk if report else None,
                    results=results,
                )
                request.save(force_insert=True)
                _store(request, cleaned)
                details = {"report": report.reference} if report else {}
                log("request.begun", subject=subject_of(request), details=details)
            return request
        except IntegrityError:
            continue
    raise Refused(_("The request could not be begun just now; try again."))


def _store(request: Request, cleaned: Mapping[str, Any]) -> None:
    """Save values into the tables that they belong to."""
    own = [name for name in cleaned if not fields.BY_NAME[name].part]
    for name in own:
        setattr(request, name, cleaned[name])
    if own:
        request.save(update_fields=[*own, "updated_at"])
    for part, model in fields.PARTS.items():
        given = {name: value for name, value in cleaned.items() if fields.BY_NAME[name].part == part}
        if not part or not given:
            continue
        if "number" in given:
            given["number_key"] = number_key(given["number"])
        if any(given.values()) or model.objects.filter(request=request).exists():
            model.objects.update_or_create(request=request, defaults=given)
