"""Parts of the form that are lists of rows: the route's legs, and companion documents.

A row's controls are named `leg-0-place`; a list is always sent and stored as a whole, since its rows have no names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from limen.node.people.models import Officer
from limen.node.reports import drafting
from limen.node.reports.models import Report
from limen.node.terms import choices, label
from limen.node.web.errors import Invalid

_LABELS: dict[str, str | Promise] = {
    "role": _("What it is to the journey"),
    "country": _("Country"),
    "place": _("Place"),
    "carrier": _("Carrier"),
    "service": _("Flight or service number"),
    "on": _("On"),
    "category": _("Kind of document"),
    "issuer": _("Issuer"),
    "note": _("Note"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One control of a row."""

    id: str
    name: str
    label: str
    widget: str
    value: str
    told: str
    options: list[tuple[str, str]]
    suggest: str


@dataclass(frozen=True, slots=True)
class List:
    """A list of rows: its prefix, the columns with their kinds of terms, and the most rows."""

    prefix: str
    title: str | Promise
    columns: dict[str, tuple[str, str]]
    """Name, then widget and kind of terms."""
    most: int
    read: Callable[[Report], list[dict[str, str]]]
    write: Callable[[Report, Officer, list[dict[str, str]]], object]

    def posted(self, data: QueryDict) -> list[dict[str, str]]:
        """The rows that were sent, in their order, empty ones too."""
        pattern = re.compile(rf"{self.prefix}-(\d{{1,3}})-({'|'.join(self.columns)})")
        found: dict[int, dict[str, str]] = {}
        for name in data:
            if match := pattern.fullmatch(name):
                found.setdefault(int(match[1]), {})[match[2]] = data[name]
        return [found[number] for number in sorted(found)][: 2 * self.most]

    def was_posted(self, data: QueryDict) -> bool:
        """Whether the list was part of what was sent."""
        return f"{self.prefix}-sent" in data

    def cells(self, rows: Iterable[dict[str, str]]) -> list[list[Cell]]:
        """The rows' controls."""
        return [[self._cell(number, name, row) for name in self.columns] for number, row in enumerate(rows)]

    def _cell(self, number: int, name: str, row: dict[str, str]) -> Cell:
        widget, kind = self.columns[name]
        value = str(row.get(name) or "")
        control = f"{self.prefix}-{number}-{name}"
        told = label(kind, value) if kind and value else value
        options = choices(kind) if widget == "select" else []
        return Cell(control, name, str(_LABELS[name]), widget, value, told, options, f"/terms/suggest/{kind}/")


def _legs(report: Report) -> list[dict[str, str]]:
    return [
        {
            "role": leg.role,
            "country": leg.country,
            "place": leg.place,
            "carrier": leg.carrier,
            "service": leg.service,
            "on": leg.on.isoformat() if leg.on else "",
        }
        for leg in report.legs.all()
    ]


def _set_companions(report: Report, officer: Officer, rows: list[dict[str, str]]) -> Report:
    return drafting.change(report, officer, {"companions": rows})


LEGS = List(
    "leg",
    _("Route"),
    {
        "role": ("select", "leg_role"),
        "place": ("suggest", "place"),
        "country": ("suggest", "country"),
        "carrier": ("suggest", "carrier"),
        "service": ("text", ""),
        "on": ("date", ""),
    },
    drafting.MOST_LEGS,
    _legs,
    drafting.set_legs,
)

COMPANIONS = List(
    "companion",
    _("Companion documents"),
    {"category": ("select", "document_category"), "issuer": ("suggest", "issuer"), "note": ("text", "")},
    20,
    lambda report: list(report.companions),
    _set_companions,
)


def store(rows: List, report: Report, officer: Officer, data: QueryDict) -> str:
    """Store the list that was sent; answers with what was wrong, empty where nothing was. Raises `Refused`."""
    try:
        rows.write(report, officer, rows.posted(data))
    except Invalid as error:
        return error.message
    return ""
