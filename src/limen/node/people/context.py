"""What every page knows about signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from limen.node.people import second_factor


def signing_in(request: HttpRequest) -> dict[str, Any]:
    """Say whether a banner must warn that no second factor is asked for, and whether this officer must show one."""
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return {
        "demonstration": settings.LIMEN_DEMO,
        "second_factor_off": not settings.LIMEN_REQUIRE_SECOND_FACTOR,
        "second_factor_missing": signed_in and second_factor.is_missing(request),
    }
