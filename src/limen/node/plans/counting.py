"""What is counted of plans (`figures.register`): tasks, approvals, records linked, requests answered.

Each count asks tables whose row-level security leaves out what this viewer may not see: a report that is linked and not
the viewer's to see, a request between two other partners.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from limen.node.plans.figures import by_plan, register
from limen.node.plans.information.models import InformationRequest, ReplyStage
from limen.node.plans.models import Approval, PlanLink, Task, TaskState

LINKED = (("reports", _("reports linked")), ("alerts", _("alerts linked")), ("assistance", _("requests linked")))


def answered(plans: Sequence[int]) -> dict[int, int]:
    """Information requests that have a reply which was released, of those that the viewer asked or was asked."""
    rows = InformationRequest.objects.filter(plan__in=plans, replies__stage=ReplyStage.RELEASED).order_by()
    return dict(rows.values_list("plan").annotate(n=Count("pk", distinct=True)))


register("tasks", _("tasks"), lambda plans: by_plan(Task.objects, plans), order=10)
register("tasks_done", _("tasks done"), lambda plans: by_plan(Task.objects, plans, state=TaskState.DONE), order=11)
register(
    "approvals",
    _("approvals"),
    lambda plans: by_plan(Approval.objects.filter(~Q(confirmed_at=None)), plans, void=False),
    order=20,
)
register("answered", _("information requests answered"), answered, order=30)
for _kind, _words in LINKED:
    register(
        f"linked_{_kind}",
        _words,
        lambda plans, kind=_kind: by_plan(PlanLink.objects, plans, kind=kind),  # type: ignore[misc]
        order=40,
    )
