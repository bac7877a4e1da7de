"""Asking: a request written, put forward, sent, ended, a function each: it checks the right, does, and records.

What tells no number and no name is sent by its author; what does, by a second person of the asker's who decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.plans import rights as of_plans
from limen.node.plans.information import reading, telling
from limen.node.plans.information.models import InformationItem, InformationRequest, ItemDetail, RequestStage, Sort
from limen.node.plans.information.wording import clean, open_text
from limen.node.plans.models import Plan, Stage
from limen.node.sharing.classes import FieldClass, ceiling
from limen.node.sharing.kinds import RELEASERS
from limen.node.web.errors import Invalid, Refused
from limen.node.web.typed import day

MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item as a form says it."""

    sort: str
    asked: str
    why: str
    field_class: int = 0
    detail: str = ""


def begin(
    officer: Officer, plan: Plan, asked: Agency | None, values: Mapping[str, Any], wanted: Sequence[Wanted] = ()
) -> InformationRequest:
    """Begin to ask one other agency of the plan. Raises `Refused`, `Invalid`."""
    _acts(plan, officer)
    said = _said(plan, officer, asked, values, wanted)
    for _attempt in range(5):
        try:  # the drawn reference may be taken
            with transaction.atomic():
                request = InformationRequest.objects.create(plan=plan, asker=officer.agency, author=officer, **said)
                _set_items(request, wanted)
                log("information.begun", subject=subject_of(request), details={"plan": plan.reference})
            return request
        except IntegrityError:
            continue
    raise Refused(_("The request could not be begun just now; try again."))


def write(
    request: InformationRequest, officer: Officer, asked: Agency | None, values: Mapping[str, Any],
    wanted: Sequence[Wanted],
) -> InformationRequest:  # fmt: skip
    """Change a draft: whom, what about, until when, and every item. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        request = _locked(request, officer, RequestStage.DRAFT)
        for name, value in _said(request.plan, officer, asked, values, wanted).items():
            setattr(request, name, value)
        _sees_all(request, officer)
        request.save(update_fields=["asked", "subject", "basis", "wanted_by"])
        request.items.all().delete()
        _set_items(request, wanted)
        log("information.changed", subject=subject_of(request), details={"items": len(wanted)})
    return request


def needs_two(request: InformationRequest) -> bool:
    """Whether a second person sends it: where it tells a number or a name, and where the agency always asks for one."""
    return request.items.filter(field_class__gt=0).exists() or request.asker.second_person_always


def send(request: InformationRequest, officer: Officer) -> bool:
    """Put a draft forward; say whether it is sent, or waits for a second person. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        request = _locked(request, officer, RequestStage.DRAFT)
        if not request.items.exists():
            raise Invalid(_("Ask for at least one thing."))
        waits = needs_two(request)
        if waits:
            request.stage, request.proposed_by = RequestStage.WAITING, officer
            request.save(update_fields=["stage", "proposed_by"])
        else:
            _send(request, officer)
        (telling.tell_second if waits else telling.tell_asked)(request, officer)
        log(f"information.{'proposed' if waits else 'sent'}", subject=subject_of(request))
    return not waits


def confirm(request: InformationRequest, officer: Officer) -> None:
    """Send, as the second person, what another put forward. Raises `Refused`."""
    with transaction.atomic():
        request = _locked(request, officer, RequestStage.WAITING)
        if not officer.has_role(*RELEASERS):
            raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
        if request.proposed_by_id == officer.pk:
            raise Refused(_("You prepared this yourself; a second person must do it."))
        _send(request, officer)
        telling.tell_asked(request, officer)
        log("information.sent", subject=subject_of(request))


def take_back(request: InformationRequest, officer: Officer) -> None:
    """Make what waits for a second person a draft again. Raises `Refused`."""
    with transaction.atomic():
        request = _locked(request, officer, RequestStage.WAITING)
        request.stage, request.proposed_by = RequestStage.DRAFT, None
        request.save(update_fields=["stage", "proposed_by"])
        log("information.returned", subject=subject_of(request))


def discard(request: InformationRequest, officer: Officer) -> None:
    """Delete a draft. Raises `Refused`."""
    with transaction.atomic():
        request = _locked(request, officer, RequestStage.DRAFT)
        subject = subject_of(request)
        request.delete()
        log("information.discarded", subject=subject)


def end(request: InformationRequest, officer: Officer, stage: RequestStage, reason: str) -> None:
    """Close what was answered, or take back what was asked, saying why. Raises `Refused`, `Invalid`."""
    if not (said := open_text(reason, 2000, "reason")):
        raise Invalid(_("Say in a sentence why."), field="reason")
    with transaction.atomic():
        request = _locked(request, officer, RequestStage.SENT, running=False)
        if not (officer.has_role(*RELEASERS) or request.author_id == officer.pk):
            raise Refused(_("Only a coordinator or an examiner does this; ask one of your agency."))
        request.stage, request.end_reason, request.ended_at = stage, said, timezone.now()
        request.save(update_fields=["stage", "end_reason", "ended_at"])
        telling.tell_asked(request, officer)
        log(f"information.{stage}", subject=subject_of(request))


def subject_of(request: InformationRequest) -> str:
    """How the log names it."""
    return f"information:{request.reference}"


def _send(request: InformationRequest, officer: Officer) -> None:
    request.stage, request.sent_by, request.sent_at = RequestStage.SENT, officer, timezone.now()
    request.save(update_fields=["stage", "sent_by", "sent_at"])


def _acts(plan: Plan, officer: Officer) -> None:
    if plan.stage != Stage.RUNNING or not of_plans.may_act(plan, officer):
        raise Refused(_("Examiners, analysts and coordinators of the agencies in a plan do this, while it runs."))


def _locked(
    request: InformationRequest, officer: Officer, stage: RequestStage, *, running: bool = True
) -> InformationRequest:
    """The request, locked, at this stage and of one's own agency. Raises `Refused`."""
    rows = InformationRequest.objects.select_for_update(of=("self",)).select_related("plan__owner", "asker", "asked")
    found = rows.filter(pk=request.pk).first()
    if found is None or found.asker_id != officer.agency_id:
        raise Refused(_("This has moved on meanwhile; look at it again."))
    if running:
        _acts(found.plan, officer)
    if found.stage != stage:
        raise Refused(_("This has moved on meanwhile; look at it again."))
    return found


def _sees_all(request: InformationRequest, officer: Officer) -> None:
    """Let nobody write over what they do not see. Raises `Refused`."""
    seen = ceiling(list(officer.roles), own=True)
    for each in reading.items(request):
        if each.detail is None and each.item.field_class and not seen & FieldClass(1 << each.item.field_class):
            raise Refused(_("Your role does not see all that is written here; ask who wrote it."))


def _said(
    plan: Plan, officer: Officer, asked: Agency | None, values: Mapping[str, Any], wanted: Sequence[Wanted]
) -> dict[str, Any]:
    if asked is None or asked not in reading.partners_to_ask(plan, officer):
        raise Invalid(_("Choose one of the other agencies in the plan."), field="asked")
    details = [each.detail for each in wanted]
    subject = open_text(values.get("subject"), 160, "subject", details)
    if not subject:
        raise Invalid(_("Say in a few words what it is about."), field="subject")
    basis = open_text(values.get("basis"), 400, "basis", details)
    if not basis and any(each.field_class for each in wanted):
        raise Invalid(_("Name the legal basis on which more than statistical data are asked for."), field="basis")
    return {"asked": asked, "subject": subject, "basis": basis, "wanted_by": _wanted_by(values)}


def _set_items(request: InformationRequest, wanted: Sequence[Wanted]) -> None:
    if len(wanted) > MOST_ITEMS:
        raise Invalid(_("A request has at most %(most)d items.") % {"most": MOST_ITEMS}, field="items")
    details = [each.detail for each in wanted]
    for position, each in enumerate(wanted):
        if each.sort not in Sort.values or each.field_class not in (0, 1, 2, 3):
            raise Invalid(_("Choose for each item what is asked for, and its class."), field="items")
        asked = open_text(each.asked, 1000, "items", details)
        why = open_text(each.why, 1000, "items", details)
        if not asked or not why:
            raise Invalid(_("Say of each item what is asked, and why it is needed."), field="items")
        if each.detail and not each.field_class:
            raise Invalid(_("A number or a name is of class 1 or more; choose its class."), field="items")
        item = InformationItem.objects.create(
            request=request, position=position, sort=each.sort, asked=asked, why=why, field_class=each.field_class
        )
        if detail := clean(each.detail, 1000):
            ItemDetail.objects.create(
                item=item, text=detail, writer=request.asker, author=request.author, field_class=0
            )


def _wanted_by(values: Mapping[str, Any]) -> datetime.date | None:
    found = day(values, "wanted_by")
    if found is not None and found < timezone.localdate():
        raise Invalid(_("The day by which it is wanted has passed."), field="wanted_by")
    return found
