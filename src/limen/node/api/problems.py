"""What goes wrong is answered in one sentence, as application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from limen.node.web.errors import Invalid, Refused

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger(__name__)


class Fault(Exception):  # noqa: N818 - it is the asker's
    """A request that is answered with a status other than 403, 404 or 422."""

    def __init__(self, status: int, message: str, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.wait = wait


def answer(
    request: HttpRequest, status: int, message: str, *, kind: str = "about:blank", errors: dict[str, str] | None = None
) -> HttpResponse:
    """Make the answer; `errors` has a sentence for each field that is to blame."""
    body: dict[str, Any] = {
        "type": kind,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "instance": request.path,
    }
    if errors:
        body["errors"] = errors
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="limen"'
    return response


def absent(request: HttpRequest, **_kw: Any) -> HttpResponse:
    """Answer for what is not there, and in the same words for what this caller may not see."""
    return answer(request, 404, _("There is no such thing, or it is not open to you."))


def told(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer an exception; one that nobody foresaw is logged and told as no more than that."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, Fault | RequestDataTooBig | UnreadablePostError):
        error = error.__cause__
    for kinds, tell in _TELLING:
        if isinstance(error, kinds):
            return tell(request, error)
    log.exception("A request to the interface failed.", exc_info=error)
    return answer(request, 500, _("Something failed here; it was recorded."))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors: dict[str, str] = {}
    for each in error.errors[:20]:
        place = (
            ".".join(str(part)[:60] for part in each["loc"][1:] if part not in ("data", "filters")) or each["loc"][0]
        )
        errors.setdefault(place, str(each["msg"])[:300].rstrip("."))
    place, message = next(iter(errors.items()))
    sentence = _("“%(field)s”: %(message)s.") % {"field": place, "message": message}
    return answer(request, 422, sentence, kind="/problems/invalid", errors=errors)


def _unprocessable(request: HttpRequest, error: Invalid) -> HttpResponse:
    named = {error.field: error.message} if error.field else None
    return answer(request, 422, error.message, kind="/problems/invalid", errors=named)


def _fault(request: HttpRequest, error: Fault) -> HttpResponse:
    response = answer(request, error.status, error.message)
    if error.wait is not None:
        response["Retry-After"] = str(max(1, math.ceil(error.wait)))
    return response


def _away(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("The database did not answer.", exc_info=error)
    response = answer(request, 503, _("The node is being updated or restarted. Try again in a minute."))
    response["Retry-After"] = "5"
    return response


def _too_large(request: HttpRequest, _error: Exception) -> HttpResponse:
    return answer(request, 413, _("What you sent is larger than this node accepts."))


_TELLING: tuple[tuple[Any, Callable[[HttpRequest, Any], HttpResponse]], ...] = (
    (Http404, lambda request, _error: absent(request)),
    (Refused, lambda request, error: answer(request, 403, error.message, kind="/problems/refused")),
    (Invalid, _unprocessable),
    (ValidationError, _invalid),
    (Fault, _fault),
    (AuthenticationError, lambda request, _error: answer(request, 401, _("Bring a token that is valid, or sign in."))),
    ((RequestDataTooBig, TooManyFilesSent), _too_large),
    ((OperationalError, InterfaceError), _away),
    (
        (HttpError, SuspiciousOperation, MultiPartParserError, UnreadablePostError),
        lambda request, _error: answer(request, 400, _("The request could not be read.")),
    ),
)
"""What is told of which exception; the first that fits."""


def register(api: NinjaAPI) -> None:
    """Let the interface answer every exception so; the nearest class in a tree of exceptions wins."""
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, told)
