"""Periods of action, and what came of the plans in one, of those that the viewer is in."""

from __future__ import annotations

import csv
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limen.node.audit import record as log
from limen.node.plans import figures, reading, rights, tasking
from limen.node.plans.views.common import child_of, officer_of
from limen.node.web.errors import Invalid

MOST = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """The periods that the viewer knows of, the newest first; a post names another."""
    officer, wrong = officer_of(request), ""
    if request.method == "POST":
        try:
            made = tasking.make_period(officer, request.POST.dict())
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:period", made.uid)
    context = {
        "periods": reading.periods()[:MOST],
        "decides": rights.decides(officer),
        "wrong": wrong,
        "typed": request.POST if wrong else {},
    }
    return render(request, "plans/periods.html", context, status=422 if wrong else 200)


@never_cache
@require_safe
def period(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One period: its plans and their figures."""
    found = child_of(reading.periods(), uid)
    return render(request, "plans/period.html", {"period": found, "table": figures.of_period(found)})


@never_cache
@require_safe
def figures_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same figures as a file; recorded."""
    found = child_of(reading.periods(), uid)
    table = figures.of_period(found)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="period-{found.first_day}.csv"'
    response.write("\ufeff")
    lines = csv.writer(response)
    lines.writerow([_("Plan"), *table.columns])
    lines.writerows(
        [plan.reference, *("" if value is None else value for value in values)] for plan, values in table.rows
    )
    lines.writerow([_("All"), *table.totals])
    log("plan.figures_exported", subject=f"period:{found.pk}", details={"plans": len(table.rows)})
    return response
