"""Reading case studies: what does not exist and what the viewer may not see are both `Http404`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from limen.node.casebook.models import CaseStudy, Link, Linked
from limen.node.people.models import Officer
from limen.node.reports import reading as reports
from limen.node.reports import telling
from limen.node.sharing import policy
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.terms import label

WRITERS = ("examiner", "analyst", "coordinator")
"""Roles that write case studies."""

EDITORS = ("examiner", "coordinator")
"""Of these, who change what others of their agency wrote."""


def cases() -> QuerySet[CaseStudy]:
    """All case studies that the viewer sees, of whatever state."""
    return policy.visible(CaseStudy.objects.select_related("owner"))


def case_of(reference: str) -> CaseStudy:
    """The case study with this reference. Raises `Http404` where there is none for this viewer."""
    found = cases().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def may_write(officer: Officer) -> bool:
    """Whether the officer writes case studies."""
    return officer.has_role(*WRITERS)


def may_edit(case: CaseStudy, officer: Officer) -> bool:
    """Whether the officer may change this one: its author, an examiner or a coordinator, before its release."""
    mine = (case.author_id == officer.pk and may_write(officer)) or officer.has_role(*EDITORS)
    return case.owner_id == officer.agency_id and mine and case.state in (State.DRAFT, State.RECALLED)


def may_copy(case: CaseStudy, officer: Officer) -> bool:
    """Whether the officer may take it off the screen: a file, a print."""
    return case.owner_id == officer.agency_id or Marking(case.marking).may_be_copied


def headline(case: CaseStudy) -> str:
    """Say in a line what a case study is of."""
    parts = (
        case.issuer and label("issuer", case.issuer),
        case.category and label("document_category", case.category),
        (case.methods and label("method", case.methods[0]))
        or (case.fraud_class and label("fraud_class", case.fraud_class)),
    )
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to, for a viewer who may open it."""

    number: int
    kind: str
    noun: str
    reference: str
    headline: str
    url: str


def links_of(case: CaseStudy) -> list[Opened]:
    """The reports and alerts that it leads to, of those that the viewer may open."""
    rows = list(Link.objects.filter(case=case))
    found: list[Opened] = []
    wanted = {row.record: row for row in rows if row.kind == Linked.REPORTS}
    for report in reports.reports().filter(pk__in=wanted).order_by("-detected_on", "-pk"):
        row = wanted[report.pk]
        url = reverse("reports:show", args=[report.reference])
        found.append(Opened(row.pk, row.kind, _("Report"), report.reference, telling.headline(report), url))
    return found


def linked_reports(case: CaseStudy) -> QuerySet[Any]:
    """The linked reports that the viewer may open."""
    wanted = Link.objects.filter(case=case, kind=Linked.REPORTS).values_list("record", flat=True)
    return reports.reports().filter(pk__in=list(wanted))
