"""The door: no page without sign-in, and none without a second factor but those that enrol one. And its language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from limen.node.people import second_factor

API = "/api/"
"""Below it, requests bring tokens; the interface refuses by itself whoever brings neither token nor session."""

SHOWING = frozenset({"account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
"""What an officer with a second factor may open in a session that has not been shown it."""

ENROLLING = SHOWING | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
}
"""What an officer without any second factor may open, to enrol one."""


class LanguageMiddleware:
    """Speaks an officer's own language in whatever browser; to others, what the cookie or the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the language of who asks."""
        officer = request.user
        if officer.is_authenticated and officer.language in dict(settings.LANGUAGES):
            translation.activate(officer.language)
            request.LANGUAGE_CODE = officer.language
        return self.get_response(request)


class DoorMiddleware(LoginRequiredMiddleware):
    """Sends whoever is not signed in to the sign-in page, and whoever lacks a second factor to where it is enrolled."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Let the request through, or answer in the view's place."""
        if request.path.startswith(API):
            return _refuse_api(request)
        response = super().process_view(request, view_func, view_args, view_kwargs)
        if response is not None or not request.user.is_authenticated:
            return _for_htmx(request, response)
        return _for_htmx(request, self._ask_second_factor(request, view_func))

    def _ask_second_factor(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse | None:
        if not getattr(view_func, "login_required", True) or not second_factor.is_missing(request):
            return None
        enrolled = second_factor.factors(request.user).exists()
        match = request.resolver_match
        if not match.namespaces and match.url_name in (SHOWING if enrolled else ENROLLING):
            return None
        if enrolled:
            return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        return redirect("mfa_index")


def _refuse_api(request: HttpRequest) -> HttpResponse | None:
    """Refuse a session that lacks a second factor; a token needs none."""
    if not request.user.is_authenticated or not second_factor.is_missing(request):
        return None
    detail = _("Show or enrol a second factor first.")
    problem = {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": detail, "instance": request.path}
    return JsonResponse(problem, status=403, content_type="application/problem+json")


def _for_htmx(request: HttpRequest, response: HttpResponse | None) -> HttpResponse | None:
    """Make a part of a page that was asked for lead the whole page to the door, not put the door into the page."""
    if response is None or request.headers.get("HX-Request") != "true":
        return response
    return HttpResponseClientRedirect(response["Location"])
