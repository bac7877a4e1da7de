"""Who calls: a machine by its token, or a person by the browser's session.

A request with an Authorization header is a machine's, whatever cookies come along. A session needs the second factor
that pages ask for, and, for whatever changes something, the CSRF token.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from limen.node.api.problems import Fault
from limen.node.api.secret import digest
from limen.node.people import second_factor
from limen.node.people.models import Officer


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a request. `token` is its number where a machine calls."""

    officer: Officer
    token: int | None = None
    expires_at: datetime.datetime | None = None


class TokenAuth(AuthBase):
    """`Authorization: Bearer limen_...`."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A token of an agency, made by its administrators: `Authorization: Bearer limen_...`."

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Name the machine that was recognised when the request came in."""
        caller: Caller | None = request.caller
        return caller if caller and caller.token else None


class SessionAuth(AuthBase):
    """The browser's session, with the header X-CSRFToken where something is changed."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "limen"
    openapi_description = (
        "The session of a person who is signed in to the site (the cookie is called `__Host-limen` where the site is "
        "reached through TLS); with the header `X-CSRFToken` for every method but GET."
    )

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Name the person who was recognised when the request came in."""
        caller: Caller | None = request.caller
        return caller if caller and not caller.token else None


def recognise(request: HttpRequest) -> Caller | None:
    """Say who calls; None for nobody who is known. Raises `Fault` for who must wait, or lacks a second factor."""
    header = request.headers.get("Authorization")
    if header is not None:
        scheme, _space, secret = header.partition(" ")
        return _machine(secret.strip()) if scheme.lower() == "bearer" else None
    return _person(request)


def _machine(secret: str) -> Caller | None:
    kept = digest(secret)
    if kept is None:
        return None
    per_minute = settings.LIMEN_API_PER_MINUTE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT token, officer, expires, wait FROM api_authenticate(%s, %s, %s)",
            [kept, per_minute / 60, per_minute],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    token, officer, expires, wait = found
    if wait:
        raise Fault(429, _("This token made more requests than it may; wait as long as Retry-After says."), wait=wait)
    return Caller(Officer.objects.select_related("agency").get(pk=officer), token, expires)


def _person(request: HttpRequest) -> Caller | None:
    if not request.user.is_authenticated:
        return None
    if second_factor.is_missing(request):
        raise Fault(403, _("Show your second factor on the site first."))
    if _lacks_csrf(request):
        raise Fault(403, _("The request lacks the header X-CSRFToken, or comes from another site."))
    return Caller(request.user)


def _lacks_csrf(request: Any) -> bool:
    return check_csrf(request) is not None
