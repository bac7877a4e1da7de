"""Phases and tasks of a plan, and the periods of action that plans lie in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.plans import reading, rights
from limen.node.plans.approving import hold
from limen.node.plans.models import Period, Phase, Plan, Standing, Task, TaskState
from limen.node.plans.wording import open_text
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused
from limen.node.web.typed import day

MOST_PHASES, MOST_TASKS = 30, 300


def add_phase(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> Phase:
    """Add a phase. Raises `Refused`, `Invalid`."""
    said = _phase(values)
    with transaction.atomic():
        plan = _led(plan, officer)
        if plan.phases.count() >= MOST_PHASES:
            raise Invalid(_("A plan has at most %(most)d phases.") % {"most": MOST_PHASES}, field="name")
        phase = Phase.objects.create(plan=plan, position=plan.phases.count(), **said)
        log("plan.phase_added", subject=subject_of(plan), details={"phase": phase.pk})
    return phase


def change_phase(phase: Phase, officer: Officer, values: Mapping[str, Any]) -> Phase:
    """Change a phase that no approval was confirmed for. Raises `Refused`, `Invalid`."""
    said = _phase(values)
    with transaction.atomic():
        plan = _led(phase.plan, officer)
        _unapproved(phase)
        for name, value in said.items():
            setattr(phase, name, value)
        phase.save(update_fields=list(said))
        log("plan.phase_changed", subject=subject_of(plan), details={"phase": phase.pk})
    return phase


def remove_phase(phase: Phase, officer: Officer) -> None:
    """Delete a phase that no approval was recorded for. Raises `Refused`."""
    with transaction.atomic():
        plan = _led(phase.plan, officer)
        _unapproved(phase)
        if phase.approvals.exists():
            raise Refused(_("An approval was recorded for this phase; it is taken back first."))
        if phase.tasks.exclude(set_by=officer.agency).exists():
            raise Refused(_("A partner has set a task in this phase; it stays."))
        number = phase.pk
        phase.delete()
        log("plan.phase_removed", subject=subject_of(plan), details={"phase": number})


def add_task(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> Task:
    """Set a task: the lead for any agency of the plan, another for itself. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        plan = acted(plan, officer)
        said = _task(plan, officer, values)
        if plan.tasks.count() >= MOST_TASKS:
            raise Invalid(_("A plan has at most %(most)d tasks.") % {"most": MOST_TASKS}, field="title")
        task = Task.objects.create(plan=plan, set_by=officer.agency, **said)
        log("plan.task_set", subject=subject_of(plan), details={"task": task.pk, "agency": task.agency_id})
    return task


def move_task(task: Task, officer: Officer, values: Mapping[str, Any]) -> Task:
    """Say how far a task of one's agency is, who does it, and a note. Raises `Refused`, `Invalid`."""
    with transaction.atomic():
        plan = acted(task.plan, officer)
        locked = _locked(task)
        if locked.agency_id != officer.agency_id:
            raise Refused(_("How far a task is, is said by the agency that does it."))
        if (state := str(values.get("state", locked.state))) not in TaskState.values:
            raise Invalid(_("Choose one of the states."), field="state")
        locked.state = state
        locked.note = open_text(values.get("note", locked.note), "note")
        if "officer" in values:
            locked.officer = _colleague(officer, str(values["officer"] or ""))
        locked.save(update_fields=["state", "note", "officer"])
        log("plan.task_moved", subject=subject_of(plan), details={"task": locked.pk, "state": state})
    return locked


def remove_task(task: Task, officer: Officer) -> None:
    """Delete a task that one's agency set and nobody began. Raises `Refused`."""
    with transaction.atomic():
        plan = acted(task.plan, officer)
        locked = _locked(task)
        if locked.set_by_id != officer.agency_id or locked.state != TaskState.OPEN:
            raise Refused(_("Only a task that nobody has begun is deleted, by the agency that set it."))
        number = locked.pk
        locked.delete()
        log("plan.task_removed", subject=subject_of(plan), details={"task": number})


def make_period(officer: Officer, values: Mapping[str, Any]) -> Period:
    """Name a period of action. Raises `Refused`, `Invalid`."""
    if not rights.decides(officer):
        raise Refused(_("Coordinators and examiners name periods of action; ask one of your agency."))
    first, last = _days(values)
    name = _name(values)
    with transaction.atomic():
        period = Period.objects.create(
            name=name,
            first_day=first,
            last_day=last,
            for_community=bool(values.get("for_community")),
            maker=officer.agency,
        )
        log("plan.period_made", subject=f"period:{period.pk}", details={"for_community": period.for_community})
    return period


def _led(plan: Plan, officer: Officer) -> Plan:
    held = hold(plan)
    if not rights.may_lead(held, officer):
        raise Refused(_("Phases are set by the lead of a plan, until it is closed."))
    return held


def acted(plan: Plan, officer: Officer) -> Plan:
    """The plan, locked, in which the officer may work now. Raises `Refused`, `Http404`."""
    held = hold(plan)
    if not rights.may_act(held, officer):
        raise Refused(_("Only agencies that are in a plan work in it, while it runs."))
    return held


def _locked(task: Task) -> Task:
    found = Task.objects.select_for_update(of=("self",)).filter(pk=task.pk).first()
    if found is None:
        raise Http404
    return found


def _unapproved(phase: Phase) -> None:
    if phase.approvals.filter(confirmed_at__isnull=False).exists():
        raise Refused(_("This phase was approved and changes no more; add another."))


def _phase(values: Mapping[str, Any]) -> dict[str, Any]:
    first, last = _days(values)
    return {
        "name": _name(values),
        "first_day": first,
        "last_day": last,
        "aim": open_text(values.get("aim", ""), "aim"),
    }


def _task(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> dict[str, Any]:
    agency = _agency(plan, officer, str(values.get("agency") or officer.agency.code))
    begins, due = day(values, "begins_on"), day(values, "due_on")
    if begins and due and due < begins:
        raise Invalid(_("The last day lies before the first."), field="due_on")
    phase = str(values.get("phase") or "")
    known = {str(each.uid): each for each in plan.phases.all()}
    if phase and phase not in known:
        raise Invalid(_("Choose a phase of this plan."), field="phase")
    title = open_text(values.get("title", ""), "title", 200)
    if not title:
        raise Invalid(_("Say what is to be done."), field="title")
    return {"agency": agency, "begins_on": begins, "due_on": due, "phase": known.get(phase), "title": title}


def _agency(plan: Plan, officer: Officer, code: str) -> Agency:
    """An agency of the plan by its code; of others than the lead, one's own alone."""
    fit = [officer.agency]
    if plan.owner_id == officer.agency_id:
        gone = (Standing.REFUSED, Standing.LEFT)
        fit += [each.agency for each in reading.partners(plan) if each.standing not in gone]
    found = next((agency for agency in fit if agency.code == code.strip().lower()), None)
    if found is None:
        raise Invalid(_("Choose an agency of this plan."), field="agency")
    return found


def _colleague(officer: Officer, number: str) -> Officer | None:
    if not number:
        return None
    rows = Officer.objects.filter(agency=officer.agency, is_active=True, is_machine=False)
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise Invalid(_("Choose an officer of your agency."), field="officer")
    return found


def _name(values: Mapping[str, Any]) -> str:
    name = open_text(values.get("name", ""), "name", 120)
    if len(name) < 2:
        raise Invalid(_("Give it a name."), field="name")
    return name


def _days(values: Mapping[str, Any]) -> tuple[datetime.date, datetime.date]:
    first, last = day(values, "first_day"), day(values, "last_day")
    if first is None or last is None:
        raise Invalid(_("Say the first and the last day."), field="first_day")
    if last < first:
        raise Invalid(_("The last day lies before the first."), field="last_day")
    return first, last
