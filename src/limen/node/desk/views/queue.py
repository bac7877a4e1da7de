"""What waits for a decision: proposals to release, of all kinds of records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.people.models import Officer
from limen.node.sharing import policy
from limen.node.sharing.kinds import RELEASERS, kind_of, kinds
from limen.node.sharing.models import Decision, Release
from limen.node.sharing.recipients import classes_in_words

MOST, DECIDED = 200, 20


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show first what this officer can decide, then what this officer proposed."""
    officer: Officer = request.user
    waiting = open_releases(officer, MOST)
    decided = _rows(officer).exclude(decision=Decision.OPEN).order_by("-decided_at")[:DECIDED]
    context = {
        "mine": [each for each in waiting if each["release"].proposed_by_id == officer.pk],
        "others": [each for each in waiting if each["release"].proposed_by_id != officer.pk],
        "decides": officer.has_role(*RELEASERS),
        "decided": _entries(list(decided)),
    }
    return render(request, "desk/queue.html", context)


def open_releases(officer: Officer, most: int, *, of_others: bool = False) -> list[dict[str, Any]]:
    """The oldest proposals of the officer's agency that wait, or those alone that somebody else made."""
    rows = _rows(officer).filter(decision=Decision.OPEN)
    if of_others:
        rows = rows.exclude(proposed_by=officer)
    return _entries(list(rows.order_by("proposed_at")[:most]))


def _rows(officer: Officer) -> Any:
    rows = Release.objects.filter(owner=officer.agency_id, kind__in=[kind.label for kind in kinds()])
    return rows.select_related("audience", "proposed_by", "decided_by")


def _entries(releases: list[Release]) -> list[dict[str, Any]]:
    """Each with its record, as far as the officer sees it; of others nothing is said."""
    records: dict[tuple[str, int], Any] = {}
    for kind in kinds():
        wanted = [each.record for each in releases if each.kind == kind.label]
        if wanted:
            records |= {(kind.label, row.pk): row for row in kind.rows().filter(pk__in=wanted)}
    return [_entry(each, record) for each in releases if (record := records.get((each.kind, each.record))) is not None]


def _entry(each: Release, record: Any) -> dict[str, Any]:
    kind = kind_of(each.kind)
    return {
        "release": each,
        "record": record,
        "noun": kind.noun,
        "show": kind.url("show", record),
        "decide": kind.url("release", record),
        "headline": kind.headline(record),
        "classes": classes_in_words(policy.described(each.audience).classes),
    }
