"""What apps above add to the pages of shared records: each registers a function as it is loaded.

    extras.record_parts.append(lambda request, record: "")

Pages show them by `{% load records %}{% record_parts record %}`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from limen.node.sharing.models import Shareable

record_parts: list[Callable[[HttpRequest, Shareable], str]] = []
"""Of a request and a record: a part for the side of its page, empty for none."""
