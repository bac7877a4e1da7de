"""What every page knows of the agency's contribution: whether to say that it sees less, or soon will."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from limen.node.contribution.standing import Standing, standing
from limen.node.people.models import Officer

WARNED = ("coordinator", "analyst")
"""Who is warned before; that an agency sees less now, all of its officers are told."""


def contribution(request: HttpRequest) -> dict[str, Any]:
    """Where the officer's agency stands, asked for where a page shows it, if it concerns this officer."""
    officer = getattr(request, "user", None)
    if officer is None or not officer.is_authenticated:
        return {"contribution": None}
    return {"contribution": SimpleLazyObject(lambda: _Told(officer, standing(officer.agency_id)))}


class _Told:
    def __init__(self, officer: Officer, found: Standing) -> None:
        self.standing = found
        self.closed = not found.sees
        self.warned = found.warns and officer.has_role(*WARNED)
