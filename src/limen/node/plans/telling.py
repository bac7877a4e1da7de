"""A plan in words: where it stands, what it is about, its phases with their approvals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.plans import fields, reading
from limen.node.plans.models import Approval, Of, Partner, Phase, Plan, Stage, Standing
from limen.node.sharing.models import State


@dataclass(frozen=True, slots=True)
class Told:
    """Where something stands: a word, and how it looks."""

    word: str
    look: str


def standing(plan: Plan, *, inside: bool = True) -> Told:
    """Say where a plan stands, from its first draft to the archive.

    A partner that has not joined is not told that it runs: that others have joined is theirs to know.
    """
    if not inside:
        return Told(str(Standing.ASKED.label), "note")  # type: ignore[attr-defined]
    if plan.stage == Stage.ARCHIVED:
        return Told(_("archived"), "")
    if plan.stage == Stage.CLOSED:
        return Told(_("closed"), "")
    if plan.state == State.RECALLED:
        return Told(_("recalled"), "warn")
    if plan.stage == Stage.RUNNING:
        return Told(_("running"), "good")
    words = {
        State.DRAFT: Told(_("draft"), ""),
        State.PROPOSED: Told(_("waiting for release"), "note"),
        State.RELEASED: Told(_("waiting for partners to join"), "note"),
    }
    return words[State(plan.state)]


LOOKS = {
    Standing.NAMED: "",
    Standing.ASKED: "note",
    Standing.JOINED: "good",
    Standing.REFUSED: "bad",
    Standing.LEFT: "bad",
}


def facts(plan: Plan) -> list[tuple[str, str]]:
    """Label and value of what the plan says, but for title and texts, which stand by themselves."""
    apart = {"title", "objective", "networks", "agreement", "begins_on", "ends_on", "language"}
    told = [(each, fields.told(each, getattr(plan, each.name))) for each in fields.FIELDS if each.name not in apart]
    return [(each.label[:1].upper() + each.label[1:], value) for each, value in told if value]


def partners(plan: Plan) -> list[dict[str, Any]]:
    """Each partner that the viewer may know of, and where it stands."""
    return [_partner(each) for each in reading.partners(plan)]


def _partner(partner: Partner) -> dict[str, Any]:
    word = str(Standing(partner.standing).label)
    return {"partner": partner, "word": word, "look": LOOKS[Standing(partner.standing)]}


def approvals(plan: Plan, officer: Officer, phase: Phase | None = None) -> list[dict[str, Any]]:
    """Each approval, of the plan or of one phase, and what this officer may do with it."""
    return [
        _approval(each, officer) for each in reading.approvals(plan) if each.phase_id == (phase.pk if phase else None)
    ]


def _approval(approval: Approval, officer: Officer) -> dict[str, Any]:
    mine = approval.agency_id == officer.agency_id
    return {
        "approval": approval,
        "of": str(Of(approval.of).label),
        "mine": mine,
        "may_confirm": mine and not approval.is_confirmed and approval.recorded_by_id != officer.pk,
        "may_take_back": mine and not approval.is_confirmed,
    }


def phases(plan: Plan, officer: Officer, *, acts: bool) -> list[dict[str, Any]]:
    """Each phase with its approvals, and whether the officer's agency has one to record yet."""
    found = []
    for phase in plan.phases.all():
        given = approvals(plan, officer, phase)
        recorded = any(each["mine"] for each in given)
        confirmed = any(each["approval"].is_confirmed for each in given)
        found.append(
            {"phase": phase, "approvals": given, "may_record": acts and not recorded, "is_approved": confirmed}
        )
    return found
