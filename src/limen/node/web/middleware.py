"""Problems become answers."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from limen.node.web.answers import Trouble, answer, standard
from limen.node.web.errors import Problem

GetResponse = Callable[[HttpRequest], HttpResponse]


class ProblemsMiddleware:
    """Answers `Refused` and `Invalid`, which any view or action may raise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a problem; leave everything else to Django."""
        if isinstance(exception, Problem):
            title = standard(exception.status).title if exception.status != 422 else standard(0).title
            return answer(
                request,
                Trouble(exception.status, title, exception.message, f"/problems/{exception.kind}", exception.field),
            )
        if isinstance(exception, RequestDataTooBig):
            return answer(request, standard(413))
        return None
