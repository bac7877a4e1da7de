"""The section of joint operation days on a plan's page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.node.database.roles import CLOSED_TABLES
from limen.node.people.models import Officer
from limen.node.plans import figures, parts
from limen.node.plans.days import reading
from limen.node.plans.days.models import Counted, OperationDay, Tally
from limen.node.plans.models import Plan
from limen.node.plans.printing import sections

CLOSED_TABLES["plans_tally"] = ("SELECT", "INSERT")
CLOSED_TABLES["plans_post"] = CLOSED_TABLES["plans_operationday"] = ("SELECT", "INSERT", "UPDATE")


def section(request: HttpRequest, plan: Plan) -> str:
    """The days of a plan, as far as the viewer sees them."""
    rows, may_make = reading.within(plan), reading.may_make(plan, request.user)
    if not rows and not may_make:
        return ""
    context = {"plan": plan, "days": rows, "may_make": may_make}
    return render_to_string("plans/days/section.html", context, request=request)


def paper(plan: Plan, _officer: Officer) -> sections.Section | None:
    """What each day counted, on the paper of a plan: a line a day and partner."""
    rows = []
    for day in reading.within(plan):
        for column in reading.sheet(day).columns:
            figures = [str(column.totals.get(what, 0)) for what in Counted.values]
            rows.append([day.title, reading.days_in_words([day.first_on, day.last_on]), str(column.agency), *figures])
    columns = [_("Day"), _("When"), _("Agency"), *(str(text) for text in Counted.labels)]
    return sections.Section(_("Joint operation days"), columns, rows)


def counted(what: str) -> figures.Counter:
    """Of plans' numbers: what their days counted of something."""

    def by_plan(numbers: Sequence[int]) -> dict[int, int]:
        rows = Tally.objects.filter(post__day__plan__in=numbers, what=what).order_by().values_list("post__day__plan")
        return dict(rows.annotate(n=Sum("amount")))

    return by_plan


parts.register("days", section, order=65)
sections.register("days", paper, order=65)
figures.register(
    "days", gettext_lazy("joint operation days"), lambda plans: figures.by_plan(OperationDay.objects, plans), order=60
)
figures.register("inspected", gettext_lazy("inspected"), counted("inspected"), order=61)
figures.register("objected", gettext_lazy("documents objected to"), counted("objected"), order=62)
