"""A case study to read, step by step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.casebook import reading, telling
from limen.node.casebook.views.common import officer_of
from limen.node.sharing import releasing
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.reasons import why


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The case study, as far as the viewer may see what it leads to."""
    case = reading.case_of(reference)
    officer = officer_of(request)
    mine = case.owner_id == officer.agency_id
    context = {
        **telling.known(case),
        "headline": reading.headline(case),
        "links": reading.links_of(case),
        "mine": mine,
        "reason": why(case, officer),
        "meaning": MEANINGS[Marking(case.marking)],
        "may_copy": may_copy(case, officer),
        "history": releasing.history(case) if mine else [],
        **releasing.rights(case, officer),
        "may_edit": reading.may_edit(case, officer),
    }
    return render(request, "casebook/show.html", context)
