"""An officer's own list of notices."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from limen.node.notices.models import Notice
from limen.node.people.models import Officer

MOST = 99
"""What the bell counts to."""


def notices_of(officer: Officer) -> QuerySet[Notice]:
    """The officer's notices, the newest first; row-level security asks the same."""
    return Notice.objects.filter(officer=officer).order_by("-id")


def unseen(officer: Officer) -> int:
    """How many the officer has not looked at, one more than `MOST` at most."""
    return len(notices_of(officer).filter(seen_at=None).order_by().values_list("pk")[: MOST + 1])


def open_one(officer: Officer, number: int) -> Notice:
    """Find a notice that is followed, seen with it, as are others of the same thing. Raises `Http404`."""
    notice = notices_of(officer).filter(pk=number).first()
    if notice is None:
        raise Http404
    saw(officer, notice.kind, notice.number)
    return notice


def saw(officer: Officer, kind: str, number: str) -> None:
    """The officer looked at what this was about, whichever way they came."""
    notices_of(officer).filter(kind=kind, number=number, seen_at=None).update(seen_at=timezone.now())


def saw_all(officer: Officer) -> None:
    """The officer has read the list."""
    notices_of(officer).filter(seen_at=None).update(seen_at=timezone.now())
