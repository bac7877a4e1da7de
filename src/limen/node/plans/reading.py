"""Reading plans: what does not exist and what the viewer may not see are both `Http404`.

Row-level security decides; nothing here asks more of the database than the viewer may know. A partner that was asked
sees what the plan is, its lead and its phases; who else is in it, and what is done in it, once it has joined.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from limen.node.people.models import Agency, Officer
from limen.node.plans.models import Approval, Partner, Period, Plan, Stage, Standing
from limen.node.sharing import policy
from limen.node.sharing.agreed import Agreement
from limen.node.sharing.models import State


def plans() -> QuerySet[Plan]:
    """All plans that the viewer sees, of whatever stage."""
    return policy.visible(Plan.objects.select_related("owner", "period"))


def find(reference: str) -> Plan:
    """The plan with this reference. Raises `Http404` where there is none for this viewer."""
    found = plans().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def periods() -> QuerySet[Period]:
    """The periods of action that the viewer knows of."""
    return Period.objects.select_related("maker")


def partners(plan: Plan) -> list[Partner]:
    """The partners that the viewer may know of: all, to whoever is in the plan; one's own agency alone, before."""
    return list(plan.partners.select_related("agency", "closed_by"))


def partner_of(plan: Plan, agency: int) -> Partner | None:
    """Where an agency stands in a plan, as far as the viewer may know."""
    return plan.partners.select_related("agency").filter(agency=agency).first()


def members(plan: Plan) -> list[Agency]:
    """The agencies that are in a plan: its lead, then those that have joined, as far as the viewer may know."""
    return [plan.owner, *(each.agency for each in partners(plan) if each.standing == Standing.JOINED)]


def is_inside(plan: Plan, officer: Officer) -> bool:
    """Whether the officer's agency leads the plan or has joined it."""
    partner = None if plan.owner_id == officer.agency_id else partner_of(plan, officer.agency_id)
    return plan.owner_id == officer.agency_id or (partner is not None and partner.standing == Standing.JOINED)


def approvals(plan: Plan) -> list[Approval]:
    """The approvals that the viewer may know of and that count or may come to."""
    rows = plan.approvals.filter(void=False).select_related("agency", "phase", "recorded_by", "confirmed_by")
    return list(rows)


def agreement(plan: Plan) -> Agreement | None:
    """The agreement that it stands on, for a viewer whose agency is a party to it."""
    return Agreement.objects.filter(pk=plan.agreement_id).first() if plan.agreement_id else None


def agreements_in_force() -> list[Agreement]:
    """Agreements in force to which the viewer's agency is a party."""
    numbers = {clause.agreement for clause in policy.in_force()}
    return list(Agreement.objects.filter(pk__in=numbers).order_by("title"))


def is_waiting(plan: Plan) -> bool:
    """Whether it was put to partners of which none has joined yet."""
    return plan.state == State.RELEASED and plan.stage == Stage.DRAFT
