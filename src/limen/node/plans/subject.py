"""Who is told of a plan by notices, and what a notice says of it outside the site: that there is news."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from limen.node.notices import tell
from limen.node.notices.subjects import Subject, register
from limen.node.people.models import Officer
from limen.node.plans import reading
from limen.node.plans.models import Plan
from limen.node.sharing.kinds import RELEASERS

SUBJECT = register(
    Subject(
        "plans",
        _("There is news of a plan on Limen: %(number)s."),
        _("There is news of a plan on Limen: %(number)s (urgent)."),
        find=reading.find,
    )
)


def asked(plan: Plan) -> None:
    """Tell those who decide for the agencies that a plan was put to."""
    _tell(plan, plan.partners.values_list("agency", flat=True))


def lead(plan: Plan) -> None:
    """Tell those who decide for its lead."""
    _tell(plan, [plan.owner_id])


def _tell(plan: Plan, agencies: object) -> None:
    rows = Officer.objects.filter(agency__in=agencies, roles__overlap=list(RELEASERS), is_machine=False)
    tell(rows, "plans", plan.reference, reverse("plans:show", args=[plan.reference]))
