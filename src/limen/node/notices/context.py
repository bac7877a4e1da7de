"""What every page knows about notices: the bell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from limen.node.notices import seeing


def bell(request: HttpRequest) -> dict[str, Any]:
    """The number at the bell; counted where a page shows it, and nowhere else."""
    officer = getattr(request, "user", None)
    if officer is None or not officer.is_authenticated:
        return {"bell": None}
    return {"bell": SimpleLazyObject(lambda: _Bell(seeing.unseen(officer)))}


class _Bell:
    def __init__(self, unseen: int) -> None:
        self.unseen = unseen
        self.shown = str(unseen) if unseen <= seeing.MOST else f"{seeing.MOST}+"
