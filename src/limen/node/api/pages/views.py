"""The tokens of the own agency: listed, made, renewed, revoked, by its administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limen.node.api import actions
from limen.node.api.models import Token
from limen.node.api.pages.forms import DaysForm, NewTokenForm
from limen.node.people.rights import require_administrator
from limen.node.web.errors import Invalid


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens of the own agency."""
    agency = request.user.agency
    require_administrator(request.user, agency)
    return render(request, "api/tokens.html", {"agency": agency, "tokens": actions.tokens_of(agency)})


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a machine and its token, which is shown once."""
    require_administrator(request.user, request.user.agency)
    form = NewTokenForm(request.POST or None)
    return _made(request, form, {}, lambda **values: actions.make_token(request.user, **values))


@never_cache
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, number: int) -> HttpResponse:
    """Make another token for the same machine."""
    token = _token(request, number)
    form = DaysForm(request.POST or None)
    return _made(request, form, {"token": token}, lambda **values: actions.renew_token(request.user, number, **values))


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a token: asks first."""
    token = _token(request, number)
    if request.method != "POST":
        return render(request, "api/revoke_token.html", {"token": token})
    actions.revoke_token(request.user, number)
    messages.success(request, _("The token of %(name)s is void.") % {"name": token.name})
    return redirect("tokens:list")


def _made(
    request: HttpRequest, form: DaysForm, context: dict[str, Any], make: Callable[..., tuple[Token, str]]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = make(**form.cleaned_data)
            return render(request, "api/token_made.html", {"token": token, "secret": secret})
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    status = 422 if form.errors else 200
    return render(request, "api/new_token.html", context | {"form": form}, status=status)


def _token(request: HttpRequest, number: int) -> Token:
    require_administrator(request.user, request.user.agency)
    token = Token.objects.select_related("officer").filter(agency=request.user.agency, pk=number).first()
    if token is None:
        raise Http404
    return token
