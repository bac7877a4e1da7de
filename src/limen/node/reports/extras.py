"""What apps above reports add to its pages: each registers a function as it is loaded.

extras.report_actions.append(lambda report, officer: [Action("Draft an alert", url, "alerts")])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from limen.node.images.reading import Prefill
from limen.node.people.models import Officer


@dataclass(frozen=True, slots=True)
class Action:
    """A button on a report's page."""

    label: str
    url: str
    icon: str


report_actions: list[Callable[[Any, Officer], Iterable[Action]]] = []
"""Of a report and who looks: further actions."""

verified_parts: list[Callable[[HttpRequest, Prefill], str]] = []
"""Of a request and what was read from a picture: a part to stand first beside the result, empty for none."""
