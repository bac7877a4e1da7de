"""The places of the top bar. A place appears as soon as an app offers an address of its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: what it is called, where it may lead (the first name that exists), who sees it, its key after g."""

    key: str
    label: str | Promise
    names: tuple[str, ...]
    shortcut: str
    roles: tuple[str, ...] = ()
    apart: bool = False
    """Whether it stands in the menu at the end of the bar: what is needed now and then."""


PLACES = (
    Place("home", _("Home"), ("home",), "h"),
    Place("reports", _("Reports"), ("reports:list",), "r"),
    Place("alerts", _("Alerts"), ("alerts:list",), "l"),
    Place("trends", _("Trends"), ("trends:dashboard",), "t"),
    Place("cases", _("Cases"), ("casebook:list",), "c"),
    Place("assistance", _("Assistance"), ("assistance:list",), "x"),
    Place("verify", _("Verify"), ("verify",), "v"),
    Place("releases", _("Releases"), ("queue",), "e"),
    Place("map", _("Map"), ("reports:map",), "m", apart=True),
    Place("plans", _("Plans"), ("plans:list",), "i", ("coordinator", "examiner", "analyst"), apart=True),
    Place("agreements", _("Agreements"), ("agreements:list",), "o", ("coordinator", "examiner", "analyst"), apart=True),
    Place(
        "contribution",
        _("Contribution"),
        ("contribution:own",),
        "u",
        ("coordinator", "analyst", "administrator"),
        apart=True,
    ),
    Place(
        "protection",
        _("Protection"),
        ("protection:home",),
        "s",
        ("protection", "counter", "examiner", "coordinator"),
        apart=True,
    ),
    Place("people", _("People"), ("people:list",), "p", ("coordinator", "administrator"), apart=True),
    Place("audit", _("Audit"), ("audit:list",), "a", ("coordinator", "administrator"), apart=True),
)


OWN = ("people:profile", "people:sessions", "notices:list", "notices:settings")
"""Pages of the officer's own account; they lie in no place of the bar."""


def first_url(names: Iterable[str]) -> str:
    """The address of the first name that exists; empty without any."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def places(request: HttpRequest) -> list[dict[str, object]]:
    """The entries that this officer sees, the one where they are marked as current."""
    officer = request.user
    shown = []
    for place in PLACES:
        if place.roles and not officer.has_role(*place.roles):
            continue
        url = first_url(place.names)
        if url:
            entry = {"key": place.key, "label": place.label, "url": url, "shortcut": place.shortcut}
            shown.append(entry | {"apart": place.apart})
    here = max((str(entry["url"]) for entry in shown if _within(request.path, str(entry["url"]))), key=len, default="")
    if getattr(request.resolver_match, "view_name", "") in OWN:
        here = ""
    for entry in shown:
        entry["current"] = entry["url"] == here
    return shown


def _within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
