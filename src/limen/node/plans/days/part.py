"""The section of joint operation days on a plan's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from limen.node.database.roles import CLOSED_TABLES
from limen.node.plans import parts
from limen.node.plans.days import reading
from limen.node.plans.models import Plan

CLOSED_TABLES["plans_tally"] = ("SELECT", "INSERT")
CLOSED_TABLES["plans_post"] = CLOSED_TABLES["plans_operationday"] = ("SELECT", "INSERT", "UPDATE")


def section(request: HttpRequest, plan: Plan) -> str:
    """The days of a plan, as far as the viewer sees them."""
    rows, may_make = reading.within(plan), reading.may_make(plan, request.user)
    if not rows and not may_make:
        return ""
    context = {"plan": plan, "days": rows, "may_make": may_make}
    return render_to_string("plans/days/section.html", context, request=request)


parts.register("days", section, order=65)
