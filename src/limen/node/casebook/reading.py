"""Reading case studies: what does not exist and what the viewer may not see are both `Http404`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.alerts import reading as alerts
from limen.node.alerts import telling as alerts_telling
from limen.node.casebook.models import CaseStudy, Link, Linked
from limen.node.people.models import Officer
from limen.node.reports import reading as reports
from limen.node.reports import telling
from limen.node.sharing import policy
from limen.node.sharing.kinds import kind_of
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
    links = list(Link.objects.filter(case=case))
    wanted = {kind: {link.record: link for link in links if link.kind == kind} for kind in Linked.values}
    seen_reports = reports.reports().filter(pk__in=wanted[Linked.REPORTS]).order_by("-detected_on", "-pk")
    seen_alerts = alerts.alerts().filter(pk__in=wanted[Linked.ALERTS]).order_by("-pk")
    return [_opened(wanted[Linked.REPORTS], each, _("Report"), telling.headline(each)) for each in seen_reports] + [
        _opened(wanted[Linked.ALERTS], each, _("Alert"), alerts_telling.headline(each)) for each in seen_alerts
    ]


def _opened(links: Mapping[int, Link], record: Any, noun: str, told: str) -> Opened:
    link = links[record.pk]
    return Opened(link.pk, link.kind, noun, record.reference, told, kind_of(record).url("show", record))


def linked_reports(case: CaseStudy) -> QuerySet[Any]:
    """The linked reports that the viewer may open."""
    wanted = Link.objects.filter(case=case, kind=Linked.REPORTS).values_list("record", flat=True)
    return reports.reports().filter(pk__in=list(wanted))
