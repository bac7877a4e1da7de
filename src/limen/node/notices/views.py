"""The list of notices, the bell, and how one is told."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node import web
from limen.node.notices import devices, keys, mail, seeing, ways
from limen.node.notices.forms import WaysForm
from limen.node.notices.ways import FIELDS
from limen.node.people.templatetags.people import device as device_name
from limen.node.people.views.helping import NotDone, posted, telling
from limen.node.web.errors import Invalid

_WORKER = Path(web.__file__).with_name("static") / "limen" / "service-worker.js"
_A_PAGE = 50


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List the officer's notices."""
    page = Paginator(seeing.notices_of(request.user), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "unseen": seeing.unseen(request.user)})


@require_safe
def open_one(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to what a notice is about; it is seen then."""
    return HttpResponseRedirect(seeing.open_one(request.user, number).url)


@require_POST
def saw_all(request: HttpRequest) -> HttpResponse:
    """Mark all as seen."""
    seeing.saw_all(request.user)
    return redirect("notices:list")


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell alone, with the number as it is now; pages ask once a minute."""
    response = render(request, "notices/bell.html")
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show and change how the officer is told."""
    chosen = ways.ways_of(request.user)
    form = WaysForm(posted(request), initial={name: getattr(chosen, name) for name in FIELDS})
    try:
        if request.method == "POST" and form.is_valid():
            with telling(form):
                ways.choose(request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("notices:settings")
    except NotDone:
        pass
    shown = {
        "form": form,
        "devices": devices.devices_of(request.user),
        "mail": mail.is_possible(),
        "push": settings.LIMEN_PUSH,
        "key": keys.public_key(),
        "zone_chosen": not chosen._state.adding,
    }
    return render(request, "notices/settings.html", shown, status=422 if form.errors else 200)


@require_POST
def add_device(request: HttpRequest) -> HttpResponse:
    """Take a browser's subscription: JSON with `subscription`, and `instead_of` where it replaces one."""
    try:
        given = json.loads(request.body)
        subscription, instead_of = given["subscription"], given.get("instead_of") or ""
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid(_("The browser's subscription was not understood.")) from None
    name = device_name(request.headers.get("User-Agent", ""))
    device = devices.add(request.user, name, subscription, instead_of=str(instead_of))
    return JsonResponse({"device": device.pk})


@require_POST
def remove_device(request: HttpRequest, number: int) -> HttpResponse:
    """End one device."""
    devices.remove(request.user, number)
    messages.success(request, _("You are no longer told on this device."))
    return redirect("notices:settings")


@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """What the service worker, which has no page, needs to post; no other site can read the answer."""
    return JsonResponse({"token": get_token(request)}, headers={"Cache-Control": "no-store"})


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows notices, at the root so that it may open every page; browsers ask for it without cache."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _worker() -> bytes:
    try:
        return _WORKER.read_bytes()
    except FileNotFoundError:
        raise Http404 from None
