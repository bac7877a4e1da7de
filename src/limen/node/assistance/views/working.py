"""What both sides do with a request that was sent, each by one form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from limen.node.assistance import acting, reading
from limen.node.assistance.views.common import officer_of
from limen.node.assistance.views.showing import page
from limen.node.web.errors import Invalid


@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it to answer it."""
    acting.take(reading.find(reference), officer_of(request))
    messages.success(request, _("You have taken %(reference)s.") % {"reference": reference})
    return redirect("assistance:show", reference)


@require_POST
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it back to whoever takes it next."""
    acting.give_back(reading.find(reference), officer_of(request))
    messages.success(request, _("%(reference)s is open again.") % {"reference": reference})
    return redirect("assistance:show", reference)


@require_POST
def say(request: HttpRequest, reference: str) -> HttpResponse:
    """Say something to the other side, or ask back."""
    found = reading.find(reference)
    text = request.POST.get("text", "")
    try:
        acting.say(found, officer_of(request), text, asks=request.POST.get("asks") == "1")
    except Invalid as error:
        return page(request, reading.find(reference), {"typed": text, "wrong": error.message}, status=422)
    return redirect("assistance:show", reference)


@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close one's own request."""
    acting.close(reading.find(reference), officer_of(request))
    messages.success(request, _("%(reference)s is closed.") % {"reference": reference})
    return redirect("assistance:show", reference)
