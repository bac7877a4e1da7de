"""The table of information requests in the paper of a plan, as far as who prints it sees them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.plans.information import reading as information
from limen.node.plans.models import Plan
from limen.node.plans.printing.sections import Section, register


def of_information(plan: Plan, officer: Officer) -> Section:
    """Each request for information that the printing agency asked or was asked, without what was told."""
    rows = [
        [each.subject, each.asker.name, each.asked.name, str(information.standing(each, officer).word)]
        for each in information.within(plan)
    ]
    return Section(_("Information requests"), [_("Request"), _("Asks"), _("Is asked"), _("State")], rows)


register("information", of_information, order=50)
