"""What plans add to the pages of records, and linked records to the page of a plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from limen.node.plans import linking, parts, reading, rights
from limen.node.plans.models import Linked, Plan
from limen.node.sharing import extras


def register() -> None:
    """Add them, once, as the app is loaded."""
    extras.record_parts.append(_of_record)
    parts.register("links", _of_plan, order=30)


def _of_record(request: HttpRequest, record: Any) -> str:
    """The plans that lead to the record, and those that may; nothing where there is neither."""
    officer: Any = request.user
    if record.kind_label not in Linked.values:
        return ""
    plans = linking.plans_of(record)
    offered = linking.offered(record) if rights.may_write(officer) else []
    if not plans and not offered:
        return ""
    context = {"record": record, "plans": plans, "offered": offered}
    return render_to_string("plans/of_record.html", context, request)


def _of_plan(request: HttpRequest, plan: Plan) -> str:
    officer: Any = request.user
    if not reading.is_inside(plan, officer):
        return ""
    return links(request, plan)


def links(request: HttpRequest, plan: Plan, wrong: str = "") -> str:
    """The section of a plan's page that lists what it leads to."""
    officer: Any = request.user
    may_act = rights.may_act(plan, officer)
    context = {
        "plan": plan,
        "links": linking.visible(plan),
        "may_act": may_act,
        "lead": may_act and plan.owner_id == officer.agency_id,
        "wrong": wrong,
        "typed": request.POST.get("reference", "") if wrong else "",
    }
    return render_to_string("plans/links.html", context, request)
