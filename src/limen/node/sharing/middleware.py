"""Every request is somebody's: the database is told whose before any row is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from limen.node.sharing.viewer import viewing


class ViewerMiddleware:
    """Tells the database who looks, for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the name of its officer, or of nobody."""
        officer = request.user
        with viewing(officer.pk if officer.is_authenticated else None):
            return self.get_response(request)
