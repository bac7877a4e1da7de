"""What a form sends as text, made into values; one sentence where it cannot be."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from limen.node.web.errors import Invalid


def day(values: Mapping[str, Any], name: str, field: str = "", *, since: int = 2000) -> datetime.date | None:
    """A day as a date field sends it; None where it is empty.

    A year before `since` or after 2100 is a slip of the hand. Raises `Invalid`; the form may call it `field`.
    """
    text = str(values.get(name) or "").strip()
    if not text:
        return None
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not since <= found.year <= 2100:
        raise Invalid(_("“%(value)s” is no date; write 2026-11-30.") % {"value": text[:60]}, field=field or name)
    return found
