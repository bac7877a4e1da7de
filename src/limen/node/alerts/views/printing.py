"""The quick check card of an alert: on a screen, and as a file to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.alerts import cards, printing, reading, telling
from limen.node.alerts.views.common import officer_of
from limen.node.audit import record as log
from limen.node.sharing.copying import may_copy
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused


@never_cache
@require_safe
def card(request: HttpRequest, reference: str) -> HttpResponse:
    """The card, read at two metres; what may not be copied is not printed."""
    alert = reading.alert_of(reference)
    context = {
        "alert": alert,
        "card": cards.card_of(alert),
        "standing": telling.STANDINGS[reading.standing(alert)],
        "may_copy": may_copy(alert, officer_of(request)),
    }
    return render(request, "alerts/card.html", context)


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The card as PDF of A5, or A4; recorded."""
    alert = reading.alert_of(reference)
    officer = officer_of(request)
    if not may_copy(alert, officer):
        raise Refused(_("It is read here and not taken away."))
    paper = "a4" if request.GET.get("paper") == "a4" else "a5"
    response = HttpResponse(printing.write(cards.card_of(alert), officer, paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{alert.reference}-{paper}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    log("alert.printed", subject=subject_of(alert), details={"paper": paper})
    return response
