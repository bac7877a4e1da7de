"""What operations answer when they do not do what was asked."""

from __future__ import annotations

from typing import Any

from limen.node.api.schemas import Problem

_ALWAYS = (400, 401, 403, 429)


def answers(shown: dict[int, Any], *more: int) -> dict[int, Any]:
    """What an operation answers: when it goes well, and with a problem for these statuses and those that all have."""
    return shown | dict.fromkeys(sorted({*_ALWAYS, *more}), Problem)
