"""The door of the interface: every request is recognised, and answered in its caller's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from limen.node.api import problems
from limen.node.api.authenticating import recognise
from limen.node.sharing.viewer import viewing

View = Callable[..., HttpResponse]


def entry(view: View) -> View:
    """Wrap a view of the interface: who calls looks, and whatever goes wrong is told as a problem."""

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _refuse_nul(request)
            request.caller = recognise(request)
            with viewing(request.caller.officer.pk if request.caller else None):
                response = view(request, *args, **kwargs)
        except Exception as error:
            return problems.told(request, error)
        return _finished(request, response)

    return entered


def _refuse_nul(request: HttpRequest) -> None:
    """Refuse what the database cannot hold, wherever in the address it stands."""
    if "\x00" in request.path or any("\x00" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
        raise problems.Fault(400, _("The address holds a NUL character."))


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell a wrong method as a problem too; let nobody keep an answer."""
    if response.status_code == 405:
        allowed = response["Allow"]
        response = problems.answer(request, 405, _("Only %(methods)s can be done here.") % {"methods": allowed})
        response["Allow"] = allowed
    response.setdefault("Cache-Control", "private, no-store")
    return response
