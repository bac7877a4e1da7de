"""What the own agency gave and received, on a page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.contribution import figures
from limen.node.people.models import Agency, Officer
from limen.node.reports.exporting.as_csv import safe
from limen.node.trends.tables import Table

READERS = ("coordinator", "analyst")
"""Whose page it is; others read what is asked."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the tables, as a page and a file need it."""

    name: str
    title: str
    about: str
    table: Table
    kind: str = "lines"
    sources: Sequence[tuple[Agency, list[str]]] = ()
    """From whom it is, and of which kinds."""


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Given, received, used, of the last twelve months."""
    officer: Officer = request.user
    if not officer.has_role(*READERS):
        return redirect("contribution:asked")
    to = _to(request)
    context = {"parts": _parts(officer, to), "to": to, "choices": figures.TO.items()}
    return render(request, "contribution/own.html", context)


@never_cache
@require_safe
def own_csv(request: HttpRequest, name: str) -> HttpResponse:
    """One of the tables: RFC 4180, UTF-8 with its mark, a note first, as other exports are; recorded."""
    officer: Officer = request.user
    to = _to(request)
    part = next((each for each in _parts(officer, to) if each.name == name), None)
    if part is None or not officer.has_role(*READERS):
        raise Http404
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    lines = [[safe(cell) for cell in names] + cells for names, cells in part.table.lines()]
    note = f"{part.title}. {part.about} {officer.agency.name}, {timezone.localdate().isoformat()}"
    writer.writerow([safe(note)] + [""] * (len(lines[0]) - 1))
    writer.writerows(lines)
    log("contribution.exported", details={"table": name, "to": to})
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="limen-{name}-{timezone.localtime():%Y%m%d-%H%M}.csv"'
    return response


def _to(request: HttpRequest) -> str:
    to = request.GET.get("to", "")
    if to not in figures.TO:
        raise Http404
    return to


def _parts(officer: Officer, to: str) -> list[Part]:
    shown = figures.months(timezone.now().date())
    by_month, sources = figures.received(officer, shown)
    return [
        Part(
            "given",
            _("Given by your agency"),
            _("Releases of your agency that are in force, to %(to)s.") % {"to": figures.TO[to]},
            figures.given(officer, shown, to),
        ),
        Part(
            "received",
            _("Received by your agency"),
            _("What others released and you can see now."),
            by_month,
            sources=sources,
        ),
        Part("used", _("Used by others"), _("What all other agencies together made of yours."), figures.used(shown)),
    ]
