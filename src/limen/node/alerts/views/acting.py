"""What an officer does with an alert: acknowledges it, answers it, begins a report of a sighting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from limen.node.alerts import acknowledging, answering, reading
from limen.node.alerts.models import Verdict
from limen.node.alerts.views.common import officer_of
from limen.node.alerts.views.showing import page
from limen.node.web.errors import Invalid


@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that one has read and understood it."""
    alert = reading.alert_of(reference)
    acknowledging.acknowledge(alert, officer_of(request))
    messages.success(request, _("You acknowledged %(reference)s.") % {"reference": alert.reference})
    return redirect("alerts:show", alert.reference)


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Give feedback to the owner."""
    alert = reading.alert_of(reference)
    try:
        given = answering.answer(alert, officer_of(request), request.POST.dict())
    except Invalid as error:
        return page(request, alert, typed=request.POST.dict(), wrong=error)
    if given.verdict == Verdict.SEEN:
        messages.success(request, _("The owner is told. Begin a report of it, if none was written."))
    else:
        messages.success(request, _("The owner is told."))
    return redirect("alerts:show", alert.reference)


@require_POST
def sighting(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a report with what the alert says of the document."""
    alert = reading.alert_of(reference)
    report = answering.report_sighting(alert, officer_of(request))
    messages.success(request, _("A report was begun and linked to %(reference)s.") % {"reference": alert.reference})
    return redirect("reports:edit", report.reference)
