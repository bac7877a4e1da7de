"""`{{ request.left|span }}`: a length of time in two units at most, without its sign."""

from __future__ import annotations

import datetime

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def span(length: datetime.timedelta | None) -> str:
    """Say how long, from minutes to days; less than a minute counts as none."""
    if length is None:
        return ""
    minutes = int(abs(length).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    told = [
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "",
        ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d minute", "%(n)d minutes", left) % {"n": left} if left or not (days or hours) else "",
    ]
    return " ".join([each for each in told if each][:2])
