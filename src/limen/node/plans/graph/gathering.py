"""What a viewer may see of the records linked to a plan, read class by class, as `facts`.

Row-level security stands behind each query. Names are read only where they are asked for, since each look is recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from limen.node.people.models import Officer
from limen.node.plans import linking
from limen.node.plans.graph import facts
from limen.node.plans.graph.annotating import entered
from limen.node.plans.graph.deriving import derive
from limen.node.plans.graph.joining import Graph, join
from limen.node.plans.linking import Linked
from limen.node.plans.models import Plan
from limen.node.reports.models import BearerDetail, DocumentDetail, Leg
from limen.node.sharing import policy
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.copying import may_copy


@dataclass(slots=True)
class Seen:
    """A plan's graph for one viewer."""

    graph: Graph
    records: dict[facts.Record, Linked] = field(default_factory=dict)
    """The records that it is made of."""
    has_names: bool = False
    """Whether there are names that the viewer could ask for."""
    named: list[str] = field(default_factory=list)
    """References of the records of which names were read."""
    kept_here: int = 0
    """Records left out since their marking forbids a copy."""


def gather(plan: Plan, officer: Officer, *, names: bool = False, to_copy: bool = False) -> Seen:
    """Read the records and make the graph; `to_copy` leaves out what may not be taken along."""
    linked = linking.visible(plan)
    records = linked
    if to_copy:
        here = policy.read_here()
        records = [each for each in linked if may_copy(each.record, officer, here)]
    told, named, has_names = _told(records, names)
    additions = entered(plan, names=names)
    graph = join([*map(derive, told), *additions.derived(told)], additions.same(told))
    seen = Seen(graph, {_record(each): each for each in records}, has_names or additions.has_names, named)
    seen.kept_here = len(linked) - len(records)
    return seen


def _told(linked: Iterable[Linked], names: bool) -> tuple[list[facts.Told], list[str], bool]:
    linked = list(linked)
    reports = [each.record.pk for each in linked if each.kind == "reports"]
    legs: dict[int, list[facts.Leg]] = defaultdict(list)
    for leg in policy.visible(Leg.objects.filter(report__in=reports)).order_by("report", "position"):
        legs[leg.report_id].append(facts.Leg(leg.place, leg.country, leg.carrier, leg.service, leg.on))
    documents = {
        row.report_id: facts.Document(row.number)
        for row in policy.visible(DocumentDetail.objects.filter(report__in=reports), FieldClass.DOCUMENT)
    }
    rows = policy.visible(BearerDetail.objects.filter(report__in=reports), FieldClass.BEARER)
    bearers = {row.report_id: _bearer(row) for row in rows} if names else {}
    told = []
    for each in linked:
        if each.kind == "reports":
            number = each.record.pk
            told.append(_report(each, tuple(legs[number]), documents.get(number), bearers.get(number)))
        else:
            told.append(_other(each))
    named = [each.reference for each in linked if each.kind == "reports" and each.record.pk in bearers]
    return told, named, bool(bearers) or rows.exists()


def _record(linked: Linked) -> facts.Record:
    return facts.Record(linked.kind, linked.record.pk, linked.reference)


def _bearer(row: BearerDetail) -> facts.Bearer:
    return facts.Bearer(
        row.surname, row.given_names, row.birth_date, row.established_name, row.facilitator, row.narrative
    )


def _report(
    linked: Linked, legs: tuple[facts.Leg, ...], document: facts.Document | None, bearer: facts.Bearer | None
) -> facts.Told:
    report = linked.record
    return facts.Told(
        _record(linked),
        report.detected_on,
        (report.issuer,) if report.issuer else (),
        report.place,
        report.detection_country,
        report.nationality_claimed,
        report.nationality_established,
        report.supply_country,
        legs,
        document,
        bearer,
    )


def _other(linked: Linked) -> facts.Told:
    """An alert, case study or request: what of class 0 it names."""
    record: Any = linked.record
    issuers = tuple(getattr(record, "issuers", None) or filter(None, [getattr(record, "issuer", "")]))
    return facts.Told(
        _record(linked),
        record.released_at.date() if record.released_at else None,
        issuers,
        places=tuple(getattr(record, "places", None) or ()),
        countries=tuple(getattr(record, "countries", None) or ()),
    )
