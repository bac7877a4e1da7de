"""Every address of the site that names something, and what each name stands for.

The URL configuration is walked, so that a page that is added later is asked too; what it names must be said in `NAMED`,
or why nobody can be a stranger to it in `OPEN`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

NAMED = {
    r"^agreements/access/<slug:label>/<str:reference>": "record",
    r"^plans/link/<slug:kind>/<slug:record>/": "record",
    r"^api/v1/reports/<reference>|<ref:reference>": "report",
    r"^api/v1/alerts/<reference>|<alert:reference>": "alert",
    r"<case:reference>": "case",
    r"<mref:reference>": "agreement",
    r"<request:reference>": "request",
    r"<plan:reference>": "plan",
    r"<information:number>": "information",
    r"^plans/periods/<uuid:uid>/": "period",
    r"<screening:reference>": "screening",
    r"<referral:reference>": "referral",
    r"^protection/contacts/<uuid:number>/": "contact",
    r"^reports/images/<uuid:uid>|^api/v1/images/<uid>": "image",
    r"^exhibits/<uuid:uid>": "exhibit",
    r"^exhibits/<slug:kind>/<int:number>": "exhibits",
    r"^notices/<int:number>/": "notice",
    r"^reports/filters/<int:number>/": "filter",
    r"^alerts/subscriptions/<int:number>/": "subscription",
}
"""What the first name of an address is a name of."""

OPEN = {
    "account/": "one's own",
    "setup/": "a secret of its own",
    "people/": "who is in an agency is known in it, and which agencies there are to all",
    "releases/recipients/": "agencies and officers, offered alike",
    "terms/": "words",
    "cases/practice/": "a secret of its own",
    "contribution/": "of the own agency, and what the community asks of all alike",
    "protection/questions/": "words",
    "protection/texts/": "words",
    "trends/surges/put-aside/": "of the own agency",
    "notices/devices/": "one's own",
    "api/v1/terms/": "words",
    "api/<path:rest>": "nothing",
}

NOBODY = "00000000-0000-4000-8000-00000000dead"


def routes() -> list[str]:
    """Every address, as the configuration writes it."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route)
        else:
            yield route


def naming() -> dict[str, str]:
    """The addresses that name something of somebody's, each with what."""
    found, unknown = {}, []
    for route in routes():
        kinds = [kind for pattern, kind in NAMED.items() if re.search(pattern, route)]
        if kinds:
            found[route] = kinds[0]
        elif "<" in route and not any(route.startswith(begin) for begin in OPEN):
            unknown.append(route)
    assert not unknown, f"say in NAMED what these name, or in OPEN that nobody is a stranger to it: {unknown}"
    return found


def filled(route: str, *names: str, number: int = 1, word: str = "x") -> str:
    """The address with its first names filled in; every further one with a number or a word."""
    given = list(names)

    def fill(found: re.Match[str]) -> str:
        if given:
            return given.pop(0)
        return {"int": str(number), "uuid": NOBODY}.get(found[1], word)

    return "/" + re.sub(r"<(?:(\w+):)?\w+>", fill, route)
