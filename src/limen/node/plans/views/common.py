"""What the pages of plans share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from limen.node.people.models import Officer
from limen.node.plans import reading
from limen.node.plans.models import Plan


def officer_of(request: HttpRequest) -> Officer:
    """Who asks; the door lets nobody else in."""
    officer: Officer = request.user
    return officer


def own_of(request: HttpRequest, reference: str) -> Plan:
    """A plan that the officer's agency leads; others' are as absent here as those that do not exist."""
    plan = reading.find(reference)
    if plan.owner_id != officer_of(request).agency_id:
        raise Http404
    return plan


def child_of(rows: Any, uid: UUID) -> Any:
    """One of what hangs on a plan, as far as the viewer sees it. Raises `Http404`."""
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
