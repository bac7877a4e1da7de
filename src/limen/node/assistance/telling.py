"""Who is told what of a request, by notices: that there is news, and nothing of what it is about."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.urls import reverse

from limen.node.assistance.models import Request
from limen.node.notices import tell


def sent(request: Any) -> None:
    """Tell the asked agency's examiners on duty that they are asked, or all of them where none is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assistance_watch(%s)", [request.pk])
        officers = cursor.fetchone()[0]
    tell_officers(request, officers)


def asker(request: Request) -> None:
    """Tell whoever asked."""
    tell_officers(request, [request.author_id])


def taker(request: Request) -> None:
    """Tell whoever took it, if somebody did."""
    tell_officers(request, [request.taken_by_id] if request.taken_by_id else [])


def tell_officers(request: Request, officers: list[int]) -> None:
    """Tell these officers that there is news of a request."""
    url = reverse("assistance:show", args=[request.reference])
    tell(officers, "assistance", request.reference, url, urgent=request.is_pressing)
