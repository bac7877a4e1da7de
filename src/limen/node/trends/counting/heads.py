"""What stands at the head of a row or column: a value in words, and what the list is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from limen.node.people.models import Agency
from limen.node.reports.finding import Search
from limen.node.sharing.markings import Marking
from limen.node.trends.counting.dimensions import Dimension

OTHERS = None
"""The value under which statements give what is not among the first."""


@dataclass(frozen=True, slots=True)
class Head:
    """One value of a dimension. `code` is empty where it is not stated, and for all others, which have no link."""

    code: str
    label: str
    conditions: dict[str, str] | None
    kind: str = "value"
    """What it is: `value`, `unstated` or `others`."""

    def query(self, search: Search) -> str:
        """The query string of the list that shows what of a search has this value; empty where none does."""
        return "" if self.conditions is None else urlencode(search.asked() | self.conditions)


def heads(dimension: Dimension, values: Iterable[str | None]) -> dict[str | None, Head]:
    """Make the heads of values."""
    agencies = _agencies() if dimension.name == "agency" else {}
    return {value: _head(dimension, value, agencies) for value in values}


def ordered(totals: dict[str | None, int]) -> Sequence[str | None]:
    """Values in the order of a chart: the one with most first, then all others, then those that state nothing."""
    named = sorted((value for value in totals if value), key=lambda value: (-totals[value], value))
    return [*named, *(value for value in (OTHERS, "") if totals.get(value))]


def _head(dimension: Dimension, value: str | None, agencies: dict[str, tuple[str, str]]) -> Head:
    if value is OTHERS:
        return Head("", _("others"), None, "others")
    if not value:
        return Head("", dimension.told(""), dimension.conditions(""), "unstated")
    if dimension.name == "agency":
        code, name = agencies.get(value, (value, value))
        return Head(code, name, {"agency": code})
    if dimension.name == "marking":
        return Head(value, str(Marking(value).label), {"marking": value})
    return Head(value, dimension.told(value), dimension.conditions(value))


def _agencies() -> dict[str, tuple[str, str]]:
    return {str(key): (code, name) for key, code, name in Agency.objects.values_list("pk", "code", "name")}
