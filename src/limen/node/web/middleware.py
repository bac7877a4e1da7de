"""Problems become answers; pages go out compressed."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

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


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages and JSON, which a link of 256 kbit/s needs; pictures and files are compressed already.

    Compression beside reflected input lets who watches the wire guess a secret of the page from lengths (BREACH).
    It takes thousands of requests with the officer's cookie, made by another site: the cookie is SameSite=Lax and goes
    along with none but a visible navigation. And what could be guessed changes or is blurred: Django masks the CSRF
    token anew in each answer, and up to 100 random bytes are added here (Heal the BREACH). How many reports a search
    finds is told by the length of the uncompressed answer just as well.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress a text for who accepts that."""
        if not response.get("Content-Type", "").startswith(("text/html", "application/json")):
            return response
        return super().process_response(request, response)
