"""Where screening begins, what waits for protection officers, and the figures."""

from __future__ import annotations

from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.people.models import Officer
from limen.node.protection import reading, wording
from limen.node.protection.figures import LEAST, REFERRED
from limen.node.protection.models import Figure, Result
from limen.node.web.errors import Refused
from limen.node.web.names import country_name

PAGE = 25


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Begin one; one's own that are open; for protection officers what was handed over and referred to them."""
    officer: Officer = request.user
    if not reading.may_screen(officer):
        raise Refused(_("Officers who meet persons may begin a screening; your roles do not include it."))
    sees = reading.is_protection(officer)
    context = {
        "sees": sees,
        "keeps": reading.may_keep(officer),
        "open": reading.own_open()[:PAGE],
        "languages": wording.languages(),
        "manned": reading.protection_officers(officer.agency_id).exists(),
        "contacts": reading.mechanisms(officer.agency.country)[:PAGE],
    }
    if sees:
        context["handed"] = Paginator(reading.handed(), PAGE).get_page(request.GET.get("page"))
        context["received"] = Paginator(reading.received(officer), PAGE).get_page(request.GET.get("received"))
    return render(request, "protection/home.html", context)


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What was published, and sums of that alone: the page says nothing that the rows do not."""
    officer: Officer = request.user
    if not reading.may_keep(officer):
        raise Refused(_("Coordinators and protection officers read the figures of screening."))
    words = dict(Result.choices) | {REFERRED: _("Referrals made")}
    totals = Figure.objects.order_by().values("outcome").annotate(count=Sum("count"))
    by_outcome: dict[str, int] = defaultdict(int) | {row["outcome"]: row["count"] for row in totals}
    page = Paginator(Figure.objects.all(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(each, country_name(each.country) if each.country else "–", words[each.outcome]) for each in page],
        "totals": [(word, by_outcome[outcome]) for outcome, word in words.items() if by_outcome[outcome]],
        "least": LEAST,
    }
    return render(request, "protection/figures.html", context)
