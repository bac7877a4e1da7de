"""The page of the log."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from limen.node.audit import reading
from limen.node.audit.recording import record
from limen.node.audit.verifying import verify_chain
from limen.node.people.models import Officer

MOST_EXPORTED = 50_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show one page of the log; htmx asks for the entries alone."""
    asked = reading.ask(request.GET, request.user)
    lines, more = reading.page(asked, request.GET.get("before", ""))
    query = urlencode(asked.query)
    context = {"asked": asked, "lines": lines, "more": more, "query": query, "is_later": "before" in request.GET}
    if request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers:
        response = render(request, "audit/entries.html", context)
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
        return response
    officers = Officer.objects.filter(agency=request.user.agency_id).order_by("name").values_list("pk", "name")
    context |= {"actions": reading.actions(asked), "officers": [(str(pk), name) for pk, name in officers]}
    return render(request, "audit/log.html", context)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Recompute the chain that the page shows, and say whether it holds."""
    asked = reading.ask(request.POST, request.user)
    context = {"verified": verify_chain(asked.chain), "at": timezone.now(), "asked": asked}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "audit/check.html" if part else "audit/checked.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The entries asked for as CSV, the newest first; this is recorded, too."""
    asked = reading.ask(request.POST, request.user)
    lines = reading.lines(list(reading.entries(asked)[:MOST_EXPORTED]))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["position", "time", "officer", "action", "subject", "details", "digest"])
    for line in lines:
        entry = line.entry
        cells = (line.actor, entry.action, entry.subject, entry.details)
        start = [entry.position, entry.at.isoformat()]
        writer.writerow([*start, *map(_safe, cells), bytes(entry.digest).hex()])
    record("audit.exported", details={"count": len(lines), "search": asked.query})
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="limen-audit-{timezone.now():%Y%m%d-%H%M}.csv"'
    return response


def _safe(text: str) -> str:
    """Let no spreadsheet take a text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
