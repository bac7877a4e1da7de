"""A plan's link chart and timeline, each viewer's own, and what officers add to them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.plans import reading, rights
from limen.node.plans.graph import annotating, drawing, timeline, words
from limen.node.plans.graph.gathering import Seen, gather
from limen.node.plans.graph.joining import Edge, Node
from limen.node.plans.graph.kinds import NAMES, Kind
from limen.node.plans.graph.models import CLASSES, Entity, Tie
from limen.node.plans.models import Plan
from limen.node.plans.views.common import officer_of
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid

LISTED = 200
"""Entities and ties in the lists of the page; the files hold all."""


def asked(request: HttpRequest, reference: str) -> tuple[Plan, Seen, bool]:
    """The plan, its graph for who asks, and whether with names, whose reading is recorded."""
    plan = reading.find(reference)
    officer = officer_of(request)
    if not reading.is_inside(plan, officer):
        raise Http404
    names = request.GET.get("names") == "1"
    seen = gather(plan, officer, names=names)
    if names and seen.has_names:
        log("plan.names_seen", subject=subject_of(plan), details={"references": seen.named})
    return plan, seen, names


def hidden_of(request: HttpRequest) -> set[Kind]:
    """The kinds that are left out: all but those that are ticked, if any is."""
    shown = set(request.GET.getlist("kind")) & set(Kind)
    return {kind for kind in Kind if kind not in shown} if shown else set()


@never_cache
@require_safe
def chart(request: HttpRequest, reference: str) -> HttpResponse:
    """The link chart, with what is known of one entity beside it; that alone, where a script asks."""
    plan, seen, names = asked(request, reference)
    officer, hidden = officer_of(request), hidden_of(request)
    tokens = {annotating.token(plan, officer, node): node for node in seen.graph.nodes}
    chosen = tokens.get(request.GET.get("at", ""))
    about = _about(request, plan, seen, chosen, tokens)
    if request.headers.get("HX-Request"):
        return render(request, "plans/chart_about.html", about)
    links = {node.number: _link(request, token) for token, node in tokens.items()}
    degrees = seen.graph.degrees()
    shown = [node for node in seen.graph.nodes if node.kind not in hidden]
    by_ties = sorted(shown, key=lambda node: (-degrees[node.number], node.number))
    context = about | {
        **_page(request, plan, seen, names, hidden),
        "drawn": drawing.draw(
            seen.graph, lambda node: links[node.number], chosen=chosen.number if chosen else None, hidden=hidden
        )
        if shown
        else "",
        "listed": [_row(node, degrees, links) for node in by_ties[:LISTED]],
        "ties": [_tied(edge, seen, links) for edge in _heavy(seen, hidden)[:LISTED]],
        "most": LISTED,
        "more": len(shown) > LISTED or len(_heavy(seen, hidden)) > LISTED,
    }
    return render(request, "plans/chart.html", context)


@never_cache
@require_safe
def over_time(request: HttpRequest, reference: str) -> HttpResponse:
    """The timeline of the same entities, and its table."""
    plan, seen, names = asked(request, reference)
    hidden = hidden_of(request)
    graph = seen.graph.without(hidden)
    line = timeline.of(graph, by_kind=request.GET.get("lanes") == "kind")
    rtl = get_language_bidi()
    rows = [
        {
            "day": moment.day,
            "node": graph.nodes[moment.node],
            "key": drawing.key(graph.nodes[moment.node].kind),
            "what": timeline.what(moment),
            "record": seen.records.get(moment.record) if moment.record else None,
        }
        for moment in reversed(graph.moments[-LISTED:])
    ]
    context = {
        **_page(request, plan, seen, names, hidden),
        "line": line,
        "labels": timeline.labels(line, rtl=rtl) if line else "",
        "area": timeline.area(line, graph, rtl=rtl) if line else "",
        "wide": timeline.LABELS,
        "lanes": request.GET.get("lanes", ""),
        "rows": rows,
        "most": LISTED,
        "more": len(graph.moments) > LISTED,
    }
    return render(request, "plans/timeline.html", context)


@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add an entity."""
    plan = reading.find(reference)
    return _done(request, plan, lambda: annotating.add_entity(plan, officer_of(request), request.POST.dict()))


@require_POST
def tie(request: HttpRequest, reference: str) -> HttpResponse:
    """Tie two entities, or say that they are one."""
    plan = reading.find(reference)
    officer = officer_of(request)
    seen = gather(plan, officer, names=True)
    tokens = {annotating.token(plan, officer, node): node for node in seen.graph.nodes}
    one, other = tokens.get(request.POST.get("one", "")), tokens.get(request.POST.get("other", ""))
    if one is None:
        raise Http404
    if other is None:
        raise Invalid(_("Choose the other entity."), field="other")
    act = annotating.merge if request.POST.get("same") else annotating.add_tie
    return _done(request, plan, lambda: act(plan, officer, one, other, request.POST.dict()))


@require_POST
def entry(request: HttpRequest, reference: str, what: str, uid: uuid.UUID) -> HttpResponse:
    """Confirm or take away what was entered."""
    plan = reading.find(reference)
    row = annotating.row_of(plan, what, uid)
    act = annotating.confirm if "confirm" in request.POST else annotating.remove
    return _done(request, plan, lambda: act(row, officer_of(request)))


def _done(request: HttpRequest, plan: Plan, action: Callable[[], Any]) -> HttpResponse:
    action()
    messages.success(request, _("Saved."))
    names = "?names=1" if request.POST.get("names") == "1" else ""
    return redirect(f"{reverse('plans:chart', args=[plan.reference])}{names}")


def _page(request: HttpRequest, plan: Plan, seen: Seen, names: bool, hidden: set[Kind]) -> dict[str, Any]:
    """What chart and timeline share."""
    kinds = {node.kind for node in seen.graph.nodes}
    shown = [("kind", kind) for kind in request.GET.getlist("kind") if kind in set(Kind)]
    return {
        "plan": plan,
        "seen": seen,
        "names": names,
        "may_copy": may_copy(plan, officer_of(request)),
        "kinds": [(kind, NAMES[kind], drawing.key(kind), kind not in hidden) for kind in Kind if kind in kinds],
        "kept": urlencode([*([("names", "1")] if names else []), *shown]),
        "shown": urlencode(shown),
    }


def _about(
    request: HttpRequest, plan: Plan, seen: Seen, chosen: Node | None, tokens: dict[str, Node]
) -> dict[str, Any]:
    officer = officer_of(request)
    by_number = {node.number: token for token, node in tokens.items()}
    context: dict[str, Any] = {
        "plan": plan,
        "names": request.GET.get("names") == "1",
        "may_act": rights.may_act(plan, officer),
        "kinds_offered": [(kind.value, name) for kind, name in NAMES.items()],
        "classes": CLASSES,
        "entries": _entries(plan, officer, request.GET.get("names") == "1"),
    }
    if chosen is None:
        return context
    ties = []
    for edge in seen.graph.edges_of(chosen.number):
        end = seen.graph.nodes[edge.other if edge.one == chosen.number else edge.one]
        records = _records(edge, seen)
        ties.append(
            {
                "end": end,
                "key": drawing.key(end.kind),
                "url": _link(request, by_number[end.number]),
                "told": words.tie(edge),
                "records": records,
            }
        )
    return context | {
        "chosen": chosen,
        "chosen_token": by_number[chosen.number],
        "chosen_kind": NAMES[chosen.kind],
        "chosen_key": drawing.key(chosen.kind),
        "number_class": annotating.highest(chosen).number,
        "chosen_ties": ties,
        "chosen_records": [seen.records[record] for record in chosen.records],
        "others": [(token, words.told(node)) for token, node in tokens.items() if node.number != chosen.number],
        "may_merge": chosen.kind in annotating.MERGED,
    }


def _entries(plan: Plan, officer: Officer, names: bool) -> list[dict[str, Any]]:
    """What was added, as far as this viewer sees it, with what they may do about it."""
    acts, decides = rights.may_act(plan, officer), rights.decides(officer)
    rows: list[Entity | Tie] = [
        *Entity.objects.filter(plan=plan).select_related("agency"),
        *Tie.objects.filter(plan=plan).select_related("agency"),
    ]
    return [
        {
            "row": row,
            "what": row._meta.model_name,
            "told": _entry(row),
            "number_class": FieldClass(row.classes).number,
            "may_confirm": acts and decides and row.waits and mine and row.added_by_id != officer.pk,
            "may_remove": acts and mine,
        }
        for row in rows
        for mine in [row.agency_id == officer.agency_id]
        if names or row.classes < FieldClass.BEARER
    ]


def _entry(row: Entity | Tie) -> str:
    if isinstance(row, Entity):
        return f"{NAMES[Kind(row.kind)]}: {row.name}"
    return _("Two entities are one") if row.same else _("Tie: %(words)s") % {"words": row.words}


def _link(request: HttpRequest, token: str) -> str:
    """The chart with an entity chosen, and otherwise as it is."""
    kept = [(name, value) for name, values in request.GET.lists() if name in ("names", "kind") for value in values]
    return f"?{urlencode([*kept, ('at', token)])}#about"


def _row(node: Node, degrees: dict[int, int], links: dict[int, str]) -> dict[str, Any]:
    return {
        "node": node,
        "kind": NAMES[node.kind],
        "key": drawing.key(node.kind),
        "url": links[node.number],
        "ties": degrees[node.number],
        "records": len(node.records),
    }


def _heavy(seen: Seen, hidden: set[Kind]) -> list[Edge]:
    """Ties between what is shown, those told by most records first."""
    nodes = seen.graph.nodes
    shown = [edge for edge in seen.graph.edges if not {nodes[edge.one].kind, nodes[edge.other].kind} & hidden]
    return sorted(shown, key=lambda edge: (-edge.weight, edge.one, edge.other))


def _tied(edge: Edge, seen: Seen, links: dict[int, str]) -> dict[str, Any]:
    one, other = seen.graph.nodes[edge.one], seen.graph.nodes[edge.other]
    return {
        "one": words.full(one),
        "one_url": links[one.number],
        "other": words.full(other),
        "other_url": links[other.number],
        "told": words.tie(edge),
        "records": _records(edge, seen),
    }


def _records(edge: Edge, seen: Seen) -> list[Any]:
    found = {record for strand in edge.strands for record in strand.records}
    return [seen.records[record] for record in sorted(found)]
