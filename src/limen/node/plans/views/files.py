"""A plan's chart and timeline to take along: SVG and CSV, of records that may be copied alone. Each is recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.plans import reading
from limen.node.plans.graph import drawing, sheet, timeline, words
from limen.node.plans.graph.gathering import Seen, gather
from limen.node.plans.graph.joining import Edge
from limen.node.plans.graph.kinds import NAMES, Kind
from limen.node.plans.models import Plan
from limen.node.plans.views.chart import hidden_of
from limen.node.plans.views.common import officer_of
from limen.node.reports.exporting.as_csv import safe
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import Marking
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused

KINDS = {"csv": "text/csv; charset=utf-8; header=present", "svg": "image/svg+xml"}


@never_cache
@require_safe
def file(request: HttpRequest, reference: str, name: str, form: str) -> HttpResponse:
    """`chart.svg`, `timeline.svg`, `entities.csv`, `ties.csv` or `timeline.csv`."""
    plan, officer = reading.find(reference), officer_of(request)
    if (name, form) not in _MAKERS or not reading.is_inside(plan, officer):
        raise Http404
    if not may_copy(plan, officer):
        raise Refused(_("This plan is read here and not copied."))
    names = request.GET.get("names") == "1"
    seen = gather(plan, officer, names=names, to_copy=True)
    body = _MAKERS[name, form](plan, seen, hidden_of(request), _note(plan, seen, officer.agency.name))
    details = {"what": name, "format": form, "names": names, "records": len(seen.records), "references": seen.named}
    log("plan.chart_exported", subject=subject_of(plan), details=details)
    response = HttpResponse(body, content_type=KINDS[form])
    stamp = f"{timezone.localtime():%Y%m%d-%H%M}"
    response["Content-Disposition"] = f'attachment; filename="{plan.reference}-{name}-{stamp}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _note(plan: Plan, seen: Seen, agency: str) -> str:
    """Whose it is, how it is marked, and what is left out."""
    markings = {plan.marking, *(each.record.marking for each in seen.records.values())}
    marking = Marking(max(markings, key=Marking.values.index))
    told = [
        f"{plan.reference}. {marking.label}.",
        _("As an officer of %(agency)s saw it on %(day)s.")
        % {"agency": agency, "day": timezone.localdate().isoformat()},
    ]
    if seen.kept_here:
        told.append(_("Records left out since they may not be copied: %(n)d.") % {"n": seen.kept_here})
    return " ".join(told)


def _chart(_plan: Plan, seen: Seen, hidden: set[Kind], note: str) -> bytes:
    body, wide, high = drawing.sheet(seen.graph, hidden)
    return sheet.sheet(_("Link chart"), note, body, wide, high)


def _timeline(_plan: Plan, seen: Seen, hidden: set[Kind], note: str) -> bytes:
    graph = seen.graph.without(hidden)
    line = timeline.of(graph)
    body, high = sheet.beside(line, graph) if line else (SafeString(), 20)
    return sheet.sheet(_("Timeline"), note, body, sheet.WIDE, high)


def _entities(_plan: Plan, seen: Seen, hidden: set[Kind], note: str) -> bytes:
    degrees = seen.graph.degrees()
    heads = ("kind", "name", "code", "also", "ties", "records")
    rows = (
        (
            str(NAMES[node.kind]),
            node.name,
            node.code,
            "; ".join(node.also),
            str(degrees[node.number]),
            " ".join(record.reference for record in node.records),
        )
        for node in seen.graph.nodes
        if node.kind not in hidden
    )
    return _csv(note, heads, rows)


def _ties(_plan: Plan, seen: Seen, hidden: set[Kind], note: str) -> bytes:
    nodes = seen.graph.nodes
    edges = [edge for edge in seen.graph.edges if not {nodes[edge.one].kind, nodes[edge.other].kind} & hidden]
    return _csv(note, ("one", "tie", "other", "records"), (row for edge in edges for row in _strands(edge, seen)))


def _strands(edge: Edge, seen: Seen) -> Iterable[Sequence[str]]:
    for each in edge.strands:
        ends = (edge.one, edge.other) if each.forward else (edge.other, edge.one)
        one, other = (words.told(seen.graph.nodes[end]) for end in ends)
        yield one, words.strand(each), other, " ".join(record.reference for record in each.records)


def _days(_plan: Plan, seen: Seen, hidden: set[Kind], note: str) -> bytes:
    graph = seen.graph.without(hidden)
    rows = (
        (
            moment.day.isoformat(),
            words.told(graph.nodes[moment.node]),
            timeline.what(moment),
            moment.record.reference if moment.record else "",
        )
        for moment in graph.moments
    )
    return _csv(note, ("day", "entity", "what", "record"), rows)


def _csv(note: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180, UTF-8 with its mark, a note first, as exports of reports are."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(note)] + [""] * (len(heads) - 1))
    writer.writerow(heads)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


_MAKERS = {
    ("chart", "svg"): _chart,
    ("timeline", "svg"): _timeline,
    ("entities", "csv"): _entities,
    ("ties", "csv"): _ties,
    ("timeline", "csv"): _days,
}
