"""Tables of the paper that come from operation days and information requests, as far as who prints it sees them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.plans.days import reading as days
from limen.node.plans.information import reading as information
from limen.node.plans.models import Plan
from limen.node.plans.printing.sections import Section, register


def of_days(plan: Plan, officer: Officer) -> Section:
    """Each operation day with what was counted on it."""
    del officer
    rows, columns = [], [_("Operation day"), _("Days")]
    for day in days.within(plan):
        lines = days.sheet(day).lines
        columns = [*columns[:2], *(str(line["label"]) for line in lines)]
        rows.append([day.title, f"{day.first_on.isoformat()} – {day.last_on.isoformat()}"])
        rows[-1] += [str(line["total"]) for line in lines]
    return Section(_("Joint operation days"), columns, rows)


def of_information(plan: Plan, officer: Officer) -> Section:
    """Each request for information that the printing agency asked or was asked, without what was told."""
    rows = [
        [each.subject, each.asker.name, each.asked.name, str(information.standing(each, officer).word)]
        for each in information.within(plan)
    ]
    return Section(_("Information requests"), [_("Request"), _("Asks"), _("Is asked"), _("State")], rows)


register("days", of_days, order=40)
register("information", of_information, order=50)
