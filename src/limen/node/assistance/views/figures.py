"""Turnaround, load, and how far opinions held."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.assistance import figures, scale
from limen.node.people.models import Officer
from limen.node.web.errors import Refused

READERS = ("examiner", "coordinator", "analyst")


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The figures of the own agency, of both sides. Raises `Refused`."""
    officer: Officer = request.user
    if not officer.has_role(*READERS):
        raise Refused(_("Examiners, coordinators and analysts read these figures."))
    days = next((each for each in figures.DAYS if str(each) == request.GET.get("days")), figures.DAYS[1])
    context = {
        "days": [(each, each == days) for each in figures.DAYS],
        "load": [(each, each.name or _("nobody yet")) for each in figures.load(officer)],
        "sides": [_side(officer, "asked", days), _side(officer, "asking", days)],
    }
    return render(request, "assistance/figures.html", context)


def _side(officer: Officer, which: str, days: int) -> dict[str, Any]:
    found = figures.side(officer, which, days)
    tables = (
        (_("By priority"), _("Priority"), found.by_priority),
        (_("By issuer"), _("Issuer"), found.by_issuer),
    )
    return {
        "name": which,
        "title": _("What your agency was asked") if which == "asked" else _("What your agency asked"),
        "whole": _row(found.whole),
        "tables": [(title, heading, [_row(each) for each in rows]) for title, heading, rows in tables if rows],
        "held": [_held(each) for each in found.held],
    }


def _row(row: figures.Turnaround) -> dict[str, Any]:
    return {
        "name": row.name,
        "asked": row.asked,
        "answered": row.answered,
        "taken": [span(each) for each in row.taken or ()],
        "took": [span(each) for each in row.took or ()],
        "in_time": row.in_time,
        "share": round(100 * row.in_time / row.answered) if row.answered else None,
    }


def _held(row: figures.Held) -> dict[str, Any]:
    share = round(100 * row.confirmed / row.known) if row.confirmed is not None and row.known else None
    return {"row": row, "words": scale.words(row.degree), "share": share}


def span(length: datetime.timedelta) -> str:
    """A length of time in words, by its largest units."""
    minutes = max(0, round(length.total_seconds() / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return (
            f"{ngettext('%d day', '%d days', days) % days} {hours} h"
            if hours
            else ngettext("%d day", "%d days", days) % days
        )
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
