"""Approvals: entered by one officer of an agency, confirmed by a second; by that of joining, a partner joins.

The database asks the same once more (migrations/sql/0002_security.sql), and so no request or race gets past the second
person.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.files.rows import delete_when_done, files_of_rows, named
from limen.node.people.models import Officer
from limen.node.plans import reading, rights, subject
from limen.node.plans.models import Approval, Of, Phase, Plan, Stage, Standing
from limen.node.sharing import papers
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused
from limen.node.web.typed import day


def record(
    plan: Plan,
    officer: Officer,
    of: Of,
    values: dict[str, Any],
    *,
    phase: Phase | None = None,
    document: tuple[str, bytes] | None = None,
) -> Approval:
    """Enter an approval; it counts when a second officer has confirmed it. Raises `Refused`, `Invalid`."""
    with transaction.atomic(), files_of_rows() as written:
        plan = hold(plan)
        _may(plan, officer, of)
        if of != Of.BASIS and _same(plan, officer, of, phase).exists():
            raise Refused(_("Your agency has recorded this approval; a second officer confirms it, or takes it back."))
        made = Approval(
            plan=plan,
            of=of,
            phase=phase,
            agency=officer.agency,
            authority=_text(values, "authority", 200),
            number=_text(values, "number", 120),
            decided_on=_day(values),
            recorded_by=officer,
        )
        if document is not None:
            papers.keep(made, *document)
            written.append(made.document)
        made.save(force_insert=True)
        log("plan.approval_recorded", subject=subject_of(plan), details=_told(made))
    return made


def confirm(approval: Approval, officer: Officer) -> Approval:
    """Confirm what another officer of one's agency entered. Raises `Refused`."""
    with transaction.atomic():
        plan = hold(approval.plan)
        locked = _locked(approval, officer)
        _may(plan, officer, Of(locked.of))
        if locked.is_confirmed:
            raise Refused(_("This approval was confirmed already."))
        if locked.recorded_by_id == officer.pk:
            raise Refused(_("You recorded this approval yourself; a second officer must confirm it."))
        if locked.of == Of.JOINING and not (
            officer.has_role("coordinator") or locked.recorded_by.has_role("coordinator")
        ):
            raise Refused(_("One of the two who join for an agency is a coordinator of it."))
        locked.confirmed_by = officer
        locked.confirmed_at = datetime.datetime.now(datetime.UTC)
        locked.save(update_fields=["confirmed_by", "confirmed_at"])
        action = "plan.joined" if locked.of == Of.JOINING else "plan.approval_confirmed"
        if locked.of == Of.JOINING:
            subject.lead(plan)
        log(action, subject=subject_of(plan), details=_told(locked) | {"recorded_by": locked.recorded_by_id})
    return locked


def take_back(approval: Approval, officer: Officer) -> None:
    """Delete an approval of one's agency that nobody has confirmed. Raises `Refused`."""
    with transaction.atomic():
        plan = hold(approval.plan)
        locked = _locked(approval, officer)
        _may(plan, officer, Of(locked.of))
        if locked.is_confirmed:
            raise Refused(_("This approval was confirmed already."))
        delete_when_done(named([locked.document]))
        details = _told(locked)
        locked.delete()
        log("plan.approval_taken_back", subject=subject_of(plan), details=details)


def refuse(plan: Plan, officer: Officer, reason: str) -> None:
    """Say for one's agency that it does not join. The plan is gone for it. Raises `Refused`, `Invalid`."""
    _close(plan, officer, Standing.ASKED, Standing.REFUSED, reason)


def leave(plan: Plan, officer: Officer, reason: str) -> None:
    """Take one's agency out of a plan that it joined. The plan is gone for it. Raises `Refused`, `Invalid`."""
    _close(plan, officer, Standing.JOINED, Standing.LEFT, reason)


def hold(plan: Plan) -> Plan:
    """The plan as it is now, locked until the transaction ends. Raises `Http404` where it is gone for the viewer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_hold(%s)", [plan.pk])
    return reading.find(plan.reference)


def _close(plan: Plan, officer: Officer, before: Standing, after: Standing, reason: str) -> None:
    if not (said := reason.replace("\x00", "").strip()[:2000]):
        raise Invalid(_("Say in a sentence why."), field="reason")
    with transaction.atomic():
        plan = hold(plan)
        partner = reading.partner_of(plan, officer.agency_id)
        if not rights.decides(officer):
            raise Refused(_("Coordinators and examiners decide for their agency; ask one of them."))
        if partner is None or partner.standing != before or plan.stage == Stage.ARCHIVED:
            raise Refused(_("Your agency does not stand in this plan as this needs; look at it again."))
        partner.standing, partner.closed_by, partner.comment = after, officer, said
        partner.save(update_fields=["standing", "closed_by", "comment"])
        subject.lead(plan)
        log(f"plan.{after}", subject=subject_of(plan), details={"reason": said})


def _may(plan: Plan, officer: Officer, of: Of) -> None:
    if not rights.decides(officer):
        raise Refused(_("Coordinators and examiners decide for their agency; ask one of them."))
    if plan.stage not in (Stage.DRAFT, Stage.RUNNING):
        raise Refused(_("This plan is closed; nothing of it changes any more."))
    if of == Of.JOINING:
        partner = reading.partner_of(plan, officer.agency_id)
        fits = partner is not None and partner.standing == Standing.ASKED
    else:
        fits = reading.is_inside(plan, officer)
    if not fits:
        raise Refused(_("Your agency does not stand in this plan as this needs; look at it again."))


def _same(plan: Plan, officer: Officer, of: Of, phase: Phase | None) -> Any:
    return plan.approvals.filter(of=of, phase=phase, agency=officer.agency, void=False)


def _locked(approval: Approval, officer: Officer) -> Approval:
    rows = Approval.objects.select_for_update(of=("self",)).select_related("recorded_by")
    found = rows.filter(pk=approval.pk, agency=officer.agency, void=False).first()
    if found is None:
        raise Http404
    return found


def _text(values: dict[str, Any], name: str, most: int) -> str:
    text = " ".join(str(values.get(name) or "").replace("\x00", "").split())
    if not 2 <= len(text) <= most:
        raise Invalid(_("Name the authority that approved it, and the reference of its decision."), field=name)
    return text


def _day(values: dict[str, Any]) -> datetime.date:
    given = day(values, "decided_on")
    if given is None:
        raise Invalid(_("Say on which day it was approved: 2026-11-30."), field="decided_on")
    if given > datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1):
        raise Invalid(_("An approval is recorded once it was given, not before."), field="decided_on")
    return given


def _told(approval: Approval) -> dict[str, Any]:
    return {"of": approval.of, "phase": approval.phase_id, "number": approval.number, "approval": approval.pk}
