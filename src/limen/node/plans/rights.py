"""What an officer may do in a plan. Pages ask it for their buttons, actions ask again, the database a third time."""

from __future__ import annotations

from limen.node.people.models import Officer
from limen.node.plans import reading
from limen.node.plans.models import Plan, Stage, Standing
from limen.node.sharing import releasing
from limen.node.sharing.kinds import RELEASERS
from limen.node.sharing.models import State

WRITERS = ("examiner", "analyst", "coordinator")
"""Roles that write plans and work in them."""


def may_write(officer: Officer) -> bool:
    """Whether the officer writes plans for the agency."""
    return officer.has_role(*WRITERS) and not officer.is_machine


def decides(officer: Officer) -> bool:
    """Whether the officer decides for the agency: joins, approves, closes."""
    return officer.has_role(*RELEASERS) and officer.may_act and not officer.is_machine


def may_edit(plan: Plan, officer: Officer) -> bool:
    """Whether the officer may change what the plan says: of its lead, before it is put to partners."""
    mine = (plan.author_id == officer.pk and may_write(officer)) or officer.has_role(*RELEASERS)
    before = plan.state in (State.DRAFT, State.RECALLED) and plan.stage == Stage.DRAFT
    return plan.owner_id == officer.agency_id and mine and before


def may_lead(plan: Plan, officer: Officer) -> bool:
    """Whether the officer may set phases and tasks: of its lead, until it is closed."""
    acts = plan.stage == Stage.RUNNING or (plan.stage == Stage.DRAFT and plan.state != State.PROPOSED)
    return plan.owner_id == officer.agency_id and acts and may_write(officer)


def may_act(plan: Plan, officer: Officer) -> bool:
    """Whether the officer may work in the plan: of its lead until it is closed, of one that joined while it runs."""
    if plan.owner_id == officer.agency_id:
        return may_lead(plan, officer)
    return plan.stage == Stage.RUNNING and may_write(officer) and reading.is_inside(plan, officer)


def rights(plan: Plan, officer: Officer) -> dict[str, bool]:
    """Which actions the plan's page offers this officer."""
    mine = plan.owner_id == officer.agency_id
    partner = None if mine else reading.partner_of(plan, officer.agency_id)
    standing = partner.standing if partner else ""
    deciding = decides(officer)
    alive = plan.stage in (Stage.DRAFT, Stage.RUNNING)
    given = releasing.rights(plan, officer)
    return given | {
        "may_edit": may_edit(plan, officer),
        "may_discard": may_edit(plan, officer) and plan.state == State.DRAFT,
        "may_propose": given["may_propose"] and plan.stage == Stage.DRAFT,
        "may_lead": may_lead(plan, officer),
        "may_act": may_act(plan, officer),
        "may_join": deciding and alive and standing == Standing.ASKED,
        "may_refuse": deciding and alive and standing == Standing.ASKED,
        "may_leave": deciding and plan.stage != Stage.ARCHIVED and standing == Standing.JOINED,
        "may_approve": deciding and alive and (mine or standing == Standing.JOINED),
        "may_close": mine and deciding and plan.stage == Stage.RUNNING,
        "may_archive": mine and deciding and plan.stage == Stage.CLOSED,
        "may_correct": mine and deciding and plan.stage == Stage.CLOSED,
        "inside": mine or standing == Standing.JOINED,
        "decides": deciding,
    }
