"""What reports can be counted by. Each report has exactly one value of each: nothing is counted twice.

By what it was detected (`means`) and all methods of a report are none of them: a report may hold several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from limen.node.reports.finding import NOT_STATED
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: what it is called, where its value stands, and how the list is asked for a value."""

    name: str
    label: Any
    expression: Any
    """The value, in a query of reports; text, and empty where nothing is stated."""
    condition: str
    """The condition of the reports' list."""
    kind: str = ""
    """The kind of terms that its values are."""

    def conditions(self, value: str) -> dict[str, str]:
        """What the list is asked for, to show the reports with this value."""
        return {self.condition: value or NOT_STATED}

    def told(self, value: str) -> str:
        """A value in the viewer's language."""
        return label(self.kind, value) if value else str(_("not stated"))


class _Place(Dimension):
    """Where it was detected: a place, or the country where no place is stated."""

    def conditions(self, value: str) -> dict[str, str]:
        if not value:
            return {"country": NOT_STATED, "place": NOT_STATED}
        return {"country": value, "place": NOT_STATED} if len(value) == 3 else {"place": value}

    def told(self, value: str) -> str:
        return place_or_country(value) if value else str(_("not stated"))


class _End(Dimension):
    """An end of the route: a place, or the country where no place is known, asked for as "THA-"."""

    def conditions(self, value: str) -> dict[str, str]:
        return {self.condition: value + NOT_STATED if len(value) in (0, 3) else value}

    def told(self, value: str) -> str:
        if value:
            return place_or_country(value)
        return str(_("no transit") if self.name == "route_via" else _("not stated"))


def place_or_country(code: str) -> str:
    """What the code of a place, or of a country, is called."""
    return label("country" if len(code) == 3 else "place", code)


def _column(name: str, title: Any, column: str, kind: str, condition: str = "") -> Dimension:
    return Dimension(name, title, F(column), condition or name, kind)


_ALL = (
    _column("issuer", _("Issuer"), "issuer", "issuer"),
    _column("category", _("Kind of document"), "category", "document_category"),
    _column("fraud_class", _("Class of fraud"), "fraud_class", "fraud_class"),
    _column("method", _("Principal method"), "method", "method", "principal"),
    _column("country", _("Country of detection"), "detection_country", "country"),
    _Place("place", _("Place"), Coalesce(NullIf(F("place"), Value("")), F("detection_country")), "place"),
    _column("setting", _("Setting"), "setting", "detection_setting"),
    _column("nationality", _("Nationality claimed"), "nationality_claimed", "issuer", "nationality_claimed"),
    _column("nationality_established", _("Nationality established"), "nationality_established", "issuer"),
    _column("outcome", _("Outcome"), "outcome", "outcome"),
    _column("sex", _("Sex"), "sex", "sex"),
    _column("age_band", _("Age band"), "age_band", "age_band"),
    _column("facilitated", _("Facilitated"), "facilitated", "facilitated"),
    _End("route_from", _("Route from"), F("route_origin"), "route_from"),
    _End("route_via", _("Last transit"), F("route_via"), "route_via"),
    _End("route_to", _("Route to"), F("route_end"), "route_to"),
    Dimension("agency", _("Agency"), Cast(F("owner_id"), TextField()), "agency"),
    Dimension("marking", _("Marking"), F("marking"), "marking"),
)

DIMENSIONS: Mapping[str, Dimension] = {dimension.name: dimension for dimension in _ALL}
"""Every dimension, by its name."""
