"""How roles and devices are named on pages."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from limen.node.people.models import Role

register = template.Library()

_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Macintosh": "macOS",
    "Linux": "Linux",
}


@register.filter
def role_names(roles: Iterable[str]) -> str:
    """Name roles in the reader's language; what a machine may do is no role of a person, and stands at its token."""
    return ", ".join(str(Role(role).label) for role in roles if role in Role.values)


@register.filter
def device(user_agent: str) -> str:
    """Name browser and system as far as a user agent string gives them away."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), _("unknown browser"))
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), _("unknown system"))
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
