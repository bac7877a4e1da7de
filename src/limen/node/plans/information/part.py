"""The section of information requests on a plan's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from limen.node.people.models import Officer
from limen.node.plans import parts
from limen.node.plans import rights as of_plans
from limen.node.plans.information import reading
from limen.node.plans.information.telling import SUBJECT
from limen.node.plans.models import Plan, Stage

__all__ = ["SUBJECT", "section"]


def section(request: HttpRequest, plan: Plan) -> str:
    """The requests of a plan, as far as the viewer sees them."""
    officer: Officer = request.user
    may_ask = plan.stage == Stage.RUNNING and of_plans.may_act(plan, officer)
    rows = [{"request": each, "standing": reading.standing(each, officer)} for each in reading.within(plan)]
    if not rows and not may_ask:
        return ""
    context = {"plan": plan, "rows": rows, "may_ask": may_ask, "mine": officer.agency_id}
    return render_to_string("plans/information/section.html", context, request=request)


parts.register("information", section, order=60)
