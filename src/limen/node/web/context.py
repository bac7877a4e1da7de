"""What every page's layout needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from limen.node.web.navigation import first_url, places
from limen.node.web.strings import STRINGS

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "limen_theme"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, theme, languages and the scripts' sentences, for `web/base.html`."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    officer = getattr(request, "user", None)
    signed_in = bool(officer and officer.is_authenticated)
    return {
        "shell": {
            "theme": theme if theme in THEMES else "auto",
            "languages": settings.LANGUAGES,
            "strings": {key: str(text) for key, text in STRINGS.items()},
            "places": places(request) if signed_in else [],
            "search_url": first_url(["reports:list"]) if signed_in else "",
            "new_report_url": first_url(["reports:new", "reports:create"]) if signed_in else "",
            "settings_url": first_url(["people:profile", "people:me"]) if signed_in else "",
            "sign_out_url": first_url(["account_logout"]),
        },
    }
