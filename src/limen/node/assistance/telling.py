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
    _tell(request, officers)


def asker(request: Request) -> None:
    """Tell whoever asked."""
    _tell(request, [request.author_id])


def taker(request: Request) -> None:
    """Tell whoever took it, if somebody did."""
    _tell(request, [request.taken_by_id] if request.taken_by_id else [])


def _tell(request: Request, officers: list[int]) -> None:
    url = reverse("assistance:show", args=[request.reference])
    tell(officers, "assistance", request.reference, url, urgent=request.is_pressing)
