"""The fields of a plan that its lead writes: how what was typed becomes their values, how they are asked and told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from limen.node.plans import reading
from limen.node.plans.models import MOST_TEXT, Offence, Period, Plan
from limen.node.reports import blocks
from limen.node.reports.fields import BY_NAME as OF_REPORTS
from limen.node.reports.fields import Field
from limen.node.sharing.agreed import Agreement
from limen.node.terms import label, normalise
from limen.node.web.errors import Invalid

MOST_ROUTES, MOST_STOPS = 20, 12
ARROW = re.compile(r"\s*(?:>|→|–>|->|;)\s*")


@dataclass(frozen=True, slots=True)
class PlanField(Field):
    """A field of a plan."""

    @property
    def label(self) -> str:
        """What people call it, in the language in force."""
        return str(self._stored.verbose_name)

    @property
    def limit(self) -> int:
        """The most characters that it holds."""
        return getattr(self._stored, "max_length", None) or MOST_TEXT

    @property
    def hint(self) -> str:
        """What to know before one types."""
        return str(_HINTS[self.name]()) if self.name in _HINTS else str(self._stored.help_text)

    @property
    def _stored(self) -> Any:
        return Plan._meta.get_field(self.name)


def _language(field: Field, value: Any) -> str:
    if value not in dict(settings.LANGUAGES):
        raise ValueError
    return str(value)


def _offences(field: Field, value: Any) -> list[str]:
    chosen = {str(code) for code in (value if isinstance(value, list | tuple) else str(value).split(",")) if code}
    if chosen - set(Offence.values):
        raise ValueError
    return [code for code in Offence.values if code in chosen]


def _period(field: Field, value: Any) -> Period | None:
    if value in (None, "") or isinstance(value, Period):
        return value or None
    return reading.periods().get(uid=UUID(str(value)))


def _agreement(field: Field, value: Any) -> Agreement | None:
    if value in (None, "") or isinstance(value, Agreement):
        return value or None
    found = {each.reference: each for each in reading.agreements_in_force()}
    if (agreement := found.get(str(value).strip().upper())) is None:
        raise ValueError
    return agreement


def _routes(field: Field, value: Any) -> list[list[str]]:
    """Routes, one a line: places or countries, from the origin to the destination, with > between them."""
    lines = value if isinstance(value, list) else str(value or "").splitlines()
    routes = [_route(line) for line in lines if (line if isinstance(line, list) else line.strip())]
    if len(routes) > MOST_ROUTES:
        raise ValueError
    return routes


def _route(line: str | list[str]) -> list[str]:
    stops = line if isinstance(line, list) else [stop for stop in ARROW.split(line) if stop.strip()]
    if not 2 <= len(stops) <= MOST_STOPS:
        raise Invalid(
            _("A route leads from one place to another: “%(value)s”.") % {"value": str(line)[:60]}, field="routes"
        )
    return [_stop(str(stop)) for stop in stops]


def _stop(text: str) -> str:
    """The code of a country, or of a place, that a text means."""
    try:
        return normalise.code("country", text)
    except normalise.Unknown:
        return normalise.code("place", text)


_PLAIN, _CODES, _DATE = (OF_REPORTS[name].parse for name in ("summary", "other_methods", "issued_on"))

FIELDS: tuple[PlanField, ...] = (
    PlanField("title", _PLAIN, "text", required=True),
    PlanField("language", _language, "language"),
    PlanField("period", _period, "period"),
    PlanField("begins_on", _DATE, "date", required=True),
    PlanField("ends_on", _DATE, "date", required=True),
    PlanField("objective", _PLAIN, "long", required=True),
    PlanField("offences", _offences, "terms", required=True),
    PlanField("issuers", _CODES, "terms", terms="issuer"),
    PlanField("nationalities", _CODES, "terms", terms="nationality"),
    PlanField("routes", _routes, "routes"),
    PlanField("networks", _PLAIN, "long"),
    PlanField("agreement", _agreement, "agreement"),
)
BY_NAME = {field.name: field for field in FIELDS}
TEXTS = ("title", "objective", "networks")
"""Fields whose words are typed: whoever sees the plan reads them."""

_HINTS = {
    "routes": lambda: _("One a line, from origin to destination: Hanoi > BKK > CMB."),
    "agreement": lambda: _("Empty: single approvals, recorded below, are the legal basis."),
}
_WIDGETS = {
    "language": "select",
    "period": "select",
    "begins_on": "date",
    "ends_on": "date",
    "objective": "long",
    "offences": "checks",
    "issuers": "suggest_many",
    "nationalities": "suggest_many",
    "routes": "long",
    "networks": "long",
    "agreement": "select",
}


@dataclass(frozen=True)
class PlanControl(blocks.Control):
    """One field of the form (`reports/field.html` shows it)."""

    field: PlanField
    WIDGETS: ClassVar[Mapping[str, str]] = _WIDGETS

    @property
    def wide(self) -> bool:
        """Whether it takes a whole line."""
        return self.widget in ("long", "checks", "suggest_many") or self.name == "title"

    @property
    def help(self) -> str:
        """What to know before one types."""
        return self.field.hint

    @property
    def told(self) -> str:
        """The value in words."""
        return told(self.field, self.value)

    @property
    def plain(self) -> str:
        """The value as a text field holds it."""
        if self.name == "routes" and isinstance(self.value, list):
            return "\n".join(" > ".join(stop_words(code) for code in route) for route in self.value)
        if isinstance(self.value, Period | Agreement):
            return _value_of(self.value)
        return super().plain

    @cached_property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is chosen."""
        if self.name == "offences":
            return [(code, str(name), code in (self.value or [])) for code, name in Offence.choices]
        offered = _offered(self.name)
        if isinstance(self.value, Period | Agreement) and _value_of(self.value) not in {
            code for code, _name in offered
        }:
            offered.append((_value_of(self.value), _named(self.value)))
        return [(code, name, code == self.plain) for code, name in offered]


def controls(plan: Plan, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None) -> list[Any]:
    """The fields of the form, with what could not be stored and why."""
    values = {field.name: getattr(plan, field.name) for field in FIELDS} | (typed or {})
    return [PlanControl(field, values[field.name], (errors or {}).get(field.name, "")) for field in FIELDS]


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Turn what was sent into values. Raises `Invalid` for the first that is not understood."""
    for name in values:
        if name not in BY_NAME:
            raise Invalid(_("A plan has no field “%(name)s”.") % {"name": name[:40]})
    try:
        return {name: BY_NAME[name].clean(value) for name, value in values.items()}
    except Period.DoesNotExist as error:
        raise Invalid(_("There is no such period of action."), field="period") from error


def told(field: PlanField, value: Any) -> str:
    """Say a value in words; empty where there is none."""
    if value in ("", None, []):
        return ""
    if isinstance(value, list):
        return _told_list(field, value)
    if isinstance(value, Period | Agreement):
        return _named(value)
    if field.name == "language":
        return dict(settings.LANGUAGES).get(value, value)
    return value.isoformat() if field.kind == "date" else str(value)


def _told_list(field: PlanField, value: list[Any]) -> str:
    if field.name == "offences":
        return ", ".join(str(Offence(code).label) for code in value)
    if field.name == "routes":
        return "\n".join(route_words(route) for route in value)
    return ", ".join(label(field.terms, code) for code in value)


def route_words(route: list[str]) -> str:
    """A route in words, from its origin to its destination."""
    return " → ".join(stop_words(code) for code in route)


def stop_words(code: str) -> str:
    """A stop in words: a country's three letters, or a place's code."""
    kind = "country" if (named := label("country", code)) != code else "place"
    return named if kind == "country" else f"{label('place', code)} ({code})"


def _offered(name: str) -> list[tuple[str, str]]:
    if name == "language":
        return list(settings.LANGUAGES)
    rows = reading.periods() if name == "period" else reading.agreements_in_force()
    return [(_value_of(row), _named(row)) for row in rows]


def _value_of(row: Period | Agreement) -> str:
    return row.reference if isinstance(row, Agreement) else str(row.uid)


def _named(row: Period | Agreement) -> str:
    return f"{row.reference} {row.title}" if isinstance(row, Agreement) else str(row)
