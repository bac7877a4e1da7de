"""Deciding what the community asks, and signing that a month brought nothing: a function each.

The database asks the same once more (sharing/migrations/sql/0008_conditions.sql): one administrator of the operator
proposes, another confirms.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.sharing.models import Condition, ConditionStage, Statement
from limen.node.web.errors import Invalid, Refused


def propose(
    officer: Officer, *, is_on: bool = True, least: int = 1, months: int = 6, grace: int = 6, reason: str = ""
) -> Condition:
    """Propose what shall be asked, or that nothing shall be. Raises `Refused`, `Invalid`."""
    _operates(officer)
    if not reason.strip():
        raise Invalid(_("Say in a sentence why: every agency reads it."), field="reason")
    condition = Condition(
        is_on=is_on, least=least, months=months, grace=grace, reason=reason.strip()[:2000], proposed_by=officer
    )
    try:
        condition.clean_fields()
    except ValidationError as error:
        raise Invalid(limits()) from error
    try:
        with transaction.atomic():
            condition.save()
            log("condition.proposed", subject=subject_of(condition), details=_told(condition))
    except IntegrityError as error:
        raise Refused(_("Another proposal waits; decide that one first.")) from error
    return condition


def confirm(condition: Condition, officer: Officer) -> Condition:
    """Confirm what another proposed. Raises `Refused`."""
    _operates(officer)
    with transaction.atomic():
        locked = _waiting(condition)
        if locked.proposed_by_id == officer.pk:
            raise Refused(_("You proposed this yourself; a second administrator must confirm it."))
        _decide(locked, officer, ConditionStage.CONFIRMED)
        log("condition.confirmed", subject=subject_of(locked), details=_told(locked) | {"begins": locked.begins_at})
    return locked


def withdraw(condition: Condition, officer: Officer) -> None:
    """Take a proposal back, one's own or another's. Raises `Refused`."""
    _operates(officer)
    with transaction.atomic():
        locked = _waiting(condition)
        _decide(locked, officer, ConditionStage.WITHDRAWN)
        log("condition.withdrawn", subject=subject_of(locked))


def sign(officer: Officer, month: datetime.date) -> Statement:
    """Sign that a month brought the agency nothing to report, or nothing else. Raises `Refused`, `Invalid`."""
    if not officer.has_role("coordinator") or officer.is_machine or not officer.may_act:
        raise Refused(_("Only a coordinator signs for the agency."))
    this, month = timezone.now().date().replace(day=1), month.replace(day=1)
    if not this - datetime.timedelta(days=2 * 365) <= month < this:
        raise Invalid(_("Sign for a month that is over, and not two years old."), field="month")
    try:
        with transaction.atomic():
            made = Statement.objects.create(agency=officer.agency, month=month, signed_by=officer)
            log("statement.signed", subject=f"statement:{month:%Y-%m}")
    except IntegrityError as error:
        raise Refused(_("This month was signed for already.")) from error
    return made


def limits() -> str:
    """What can be asked at all."""
    return _("Ask for 1 to 1,000 reports within 1 to 24 months, after at most 24 months of grace.")


def subject_of(condition: Condition) -> str:
    """Name a condition in the log."""
    return f"condition:{condition.pk}"


def _operates(officer: Officer) -> None:
    if not officer.operates_node or not officer.may_act or officer.is_machine:
        raise Refused(_("Administrators of the agency that operates this node decide this."))


def _waiting(condition: Condition) -> Condition:
    """Lock the row, so that of two decisions at once the second sees the first."""
    rows = Condition.objects.select_for_update().filter(pk=condition.pk, stage=ConditionStage.PROPOSED)
    if (locked := rows.first()) is None:
        raise Refused(_("This proposal was already decided."))
    return locked


def _decide(condition: Condition, officer: Officer, stage: ConditionStage) -> None:
    condition.stage, condition.decided_by = stage, officer
    condition.save(update_fields=["stage", "decided_by"])
    condition.refresh_from_db()


def _told(condition: Condition) -> dict[str, object]:
    if not condition.is_on:
        return {"is_on": False}
    return {"is_on": True, "reports": condition.least, "months": condition.months, "grace": condition.grace}
