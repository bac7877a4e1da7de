"""What every page knows about signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def signing_in(request: HttpRequest) -> dict[str, Any]:
    """Say whether a banner must warn that no second factor is asked for."""
    return {"second_factor_off": not settings.LIMEN_REQUIRE_SECOND_FACTOR}
