"""A plan's page offers screening to each officer of its agencies who meets persons; the plan itself knows of none."""

from __future__ import annotations

from django.http import HttpRequest

from limen.node.plans import parts
from limen.node.plans.models import Plan
from limen.node.protection import prompting


def _offer(request: HttpRequest, plan: Plan) -> str:
    return prompting.part(request, "plans", plan.reference)


parts.register("protection", _offer, order=90, aside=True)
