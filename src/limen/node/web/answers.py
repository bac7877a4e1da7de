"""How something that went wrong is answered: a page, a toast for htmx, or a problem document for programs."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

API_PREFIX = "/api/"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, as far as it is told."""

    status: int
    title: str
    message: str
    kind: str = "about:blank"
    field: str | None = None


def standard(status: int) -> Trouble:
    """The words for a status that nobody said more about. Absent and forbidden are told alike."""
    title, message = {
        400: (_("This request could not be understood"), _("Go back and try it once more.")),
        401: (_("You are not signed in"), _("Sign in and try again.")),
        403: (_("This is not open to you"), _("Ask your coordinator if you need it for your work.")),
        404: (_("Nothing here"), _("There is no such page, or it is not open to you.")),
        405: (_("This cannot be done here"), _("Go back and try it once more.")),
        413: (_("Too large"), _("What you sent is larger than this node accepts.")),
        429: (_("Too many requests"), _("Wait a minute and try again.")),
        500: (_("Something failed here"), _("It was recorded. Nothing you sent was half saved; try again.")),
        503: (_("Not ready"), _("The node is being updated or restarted. Try again in a minute.")),
    }.get(status, (_("This could not be done"), _("Go back and try it once more.")))
    return Trouble(status, title, message)


def wants_problem(request: HttpRequest) -> bool:
    """Whether a program asks: the API, or a script that accepts JSON and not HTML."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith(API_PREFIX) or ("json" in accept and "text/html" not in accept)


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Answer a request with what went wrong, in the form that its sender can show."""
    if wants_problem(request):
        return _document(request, trouble)
    if request.headers.get("HX-Request") == "true":
        return _toast(request, trouble)
    return render(request, "web/error.html", {"trouble": trouble}, status=trouble.status)


def _document(request: HttpRequest, trouble: Trouble) -> JsonResponse:
    body = {
        "type": trouble.kind,
        "title": HTTPStatus(trouble.status).phrase,
        "status": trouble.status,
        "detail": trouble.message,
        "instance": request.path,
    }
    if trouble.field:
        body["errors"] = {trouble.field: trouble.message}
    return JsonResponse(body, status=trouble.status, content_type="application/problem+json")


def _toast(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    response = render(request, "web/toast.html", {"level": "error", "message": trouble.message}, status=trouble.status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    response["HX-Push-Url"] = "false"
    return response
