"""What officers do with a plan as a whole: begun and written (`drafting`), joined (`approving`), closed, archived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.plans import rights
from limen.node.plans.approving import confirm, leave, record, refuse, take_back
from limen.node.plans.drafting import begin, change, discard, set_partners
from limen.node.plans.models import Plan, Stage
from limen.node.plans.wording import open_text
from limen.node.sharing.releasing import subject_of
from limen.node.sharing.retention import months_after
from limen.node.web.errors import Invalid, Refused

__all__ = [
    "archive",
    "begin",
    "change",
    "close",
    "confirm",
    "discard",
    "leave",
    "record",
    "refuse",
    "set_partners",
    "take_back",
]

COUNTS = ("arrests", "refusals", "referrals")
MOST_COUNTED = 1_000_000


def close(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> Plan:
    """End the work of a plan and say what came of it; of one that is closed, correct what was said.

    Raises `Refused`, `Invalid`.
    """
    counts = {name: _count(values, name) for name in COUNTS}
    outcome = open_text(values.get("outcome"), "outcome")
    if not outcome:
        raise Invalid(_("Say in a few sentences what came of it."), field="outcome")
    with transaction.atomic():
        locked = _led(plan, officer, Stage.RUNNING, Stage.CLOSED)
        corrects = locked.stage == Stage.CLOSED
        locked.stage, locked.outcome = Stage.CLOSED, outcome
        for name, number in counts.items():
            setattr(locked, name, number)
        locked.save(update_fields=["stage", "outcome", *COUNTS, "updated_at"])
        log("plan.outcome_corrected" if corrects else "plan.closed", subject=subject_of(locked), details=counts)
    return locked


def archive(plan: Plan, officer: Officer) -> Plan:
    """Put a closed plan away: from now on it is read, and deleted when its time is over. Raises `Refused`."""
    with transaction.atomic():
        locked = _led(plan, officer, Stage.CLOSED)
        locked.stage = Stage.ARCHIVED
        locked.retain_until = months_after(timezone.localdate(), locked.owner.retention_months)
        locked.save(update_fields=["stage", "retain_until", "updated_at"])
        log("plan.archived", subject=subject_of(locked), details={"kept_until": locked.retain_until})
    return locked


def _led(plan: Plan, officer: Officer, *stages: Stage) -> Plan:
    locked = Plan.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=plan.pk).first()
    if locked is None or locked.owner_id != officer.agency_id or not rights.decides(officer):
        raise Refused(_("Coordinators and examiners of the lead agency close a plan and archive it."))
    if locked.stage not in stages:
        raise Refused(_("This plan does not stand where this can be done; look at it again."))
    return locked


def _count(values: Mapping[str, Any], name: str) -> int:
    text = str(values.get(name) if values.get(name) is not None else "").strip()
    if not text.isdecimal() or not text.isascii() or int(text) > MOST_COUNTED:
        raise Invalid(_("Say how many there were, in digits; none is 0."), field=name)
    return int(text)
