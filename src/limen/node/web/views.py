"""The first page, language and theme, what went wrong, and the style guide."""

from __future__ import annotations

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import loader
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from limen.node.web.answers import Trouble, answer, standard
from limen.node.web.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To where the form was, if that is on this site."""
    target = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of this browser, and the officer's own when signed in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return answer(request, standard(400))
    officer = request.user
    if officer.is_authenticated and officer.language != language:
        officer.language = language
        officer.save(update_fields=["language"])
    translation.activate(language)
    response = _back(request)
    _remember(response, request, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Change between light, dark, and what the system asks for."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        return answer(request, standard(400))
    response = HttpResponse(status=204) if request.headers.get("X-Requested-With") == "fetch" else _back(request)
    _remember(response, request, THEME_COOKIE, theme)
    return response


def _remember(response: HttpResponse, request: HttpRequest, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return answer(request, standard(400))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django forbids is answered as if it were not there."""
    return answer(request, standard(404))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return answer(request, standard(404))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing that may have failed is used, neither session nor database nor context. 503 without a database."""
    status = 503 if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)) else 500
    try:
        if request.headers.get("HX-Request") == "true" or request.path.startswith("/api/"):
            return answer(request, standard(status))
    except Exception:  # noqa: S110 - the static page below is the last word
        pass
    return HttpResponse(loader.get_template(f"{status}.html").render(), status=status)


@login_not_required
@require_safe
def health(_: HttpRequest) -> HttpResponse:
    """Tell whoever balances load whether this machine serves, and nothing else: 200, or 503 without a database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("not ready\n", status=503, content_type="text/plain", headers={"Cache-Control": "no-store"})
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or its cookie is gone; say what helps. `reason` is for the log alone."""
    message = _("This page was open too long, or the browser blocks cookies. Reload it and try again.")
    return answer(request, Trouble(403, _("Reload the page"), message, "/problems/csrf"))
