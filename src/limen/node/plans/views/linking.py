"""Linking records to a plan, by the record's page and by the plan's."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from limen.node.plans import attaching, linking, reading
from limen.node.plans.views.common import officer_of
from limen.node.web.errors import Invalid


@require_POST
def link_record(request: HttpRequest, kind: str, record: str) -> HttpResponse:
    """Link the record of this page to the plan that was chosen."""
    of = linking.kind_named(kind)
    found = of.find(record)
    plan = reading.find(request.POST.get("plan", ""))
    linking.link(plan, officer_of(request), found)
    messages.success(request, _("%(record)s is linked to %(plan)s.") % {"record": found, "plan": plan})
    return redirect(of.url("show", found))


@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Link a record by its reference."""
    plan = reading.find(reference)
    try:
        linking.link_named(plan, officer_of(request), request.POST.get("reference", ""))
    except Invalid as error:
        if not request.headers.get("HX-Request"):
            raise
        return HttpResponse(attaching.links(request, plan, error.message), status=422)
    return _links(request, reference)


@require_POST
def unlink(request: HttpRequest, reference: str, uid: uuid.UUID) -> HttpResponse:
    """Take a link away."""
    linking.unlink(reading.find(reference), officer_of(request), uid)
    return _links(request, reference)


def _links(request: HttpRequest, reference: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(attaching.links(request, reading.find(reference)))
    return redirect(f"{reverse('plans:show', args=[reference])}#links")
