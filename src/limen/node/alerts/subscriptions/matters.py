"""What alerts and subscriptions are about, as `matching` compares it: places with their countries, methods with their
classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from limen.node.alerts.subscriptions.matching import Matter, Part
from limen.node.terms.countries import alpha3
from limen.node.terms.gazetteer import gazetteer
from limen.node.terms.registry import words

if TYPE_CHECKING:
    from limen.node.alerts.models import Alert


def of_alert(alert: Alert) -> Matter:
    """What an alert is about. Its class of fraud counts where no method says it more closely."""
    classes = [alert.fraud_class] if alert.fraud_class and not alert.methods else []
    return Matter(
        issuers=frozenset(alert.issuers),
        categories=frozenset({alert.category} - {""}),
        frauds=_frauds(classes, alert.methods),
        places=_places(alert.countries, alert.places),
    )


def of_conditions(conditions: Sequence[Iterable[str]]) -> Matter:
    """What somebody wants to be told of: the conditions of a subscription, in the order of `models.CONDITIONS`."""
    issuers, categories, fraud_classes, methods, countries, places = conditions
    return Matter(
        issuers=frozenset(issuers),
        categories=frozenset(categories),
        frauds=_frauds(fraud_classes, methods),
        places=_places(countries, places),
    )


def _frauds(classes: Iterable[str], methods: Iterable[str]) -> frozenset[Part]:
    known = words("method")
    return frozenset(
        [Part(code) for code in classes] + [Part(known[code].parent if code in known else "", code) for code in methods]
    )


def _places(countries: Iterable[str], places: Iterable[str]) -> frozenset[Part]:
    return frozenset([Part(code) for code in countries] + [Part(_country_of(code), code) for code in places])


def _country_of(place: str) -> str:
    """The three-letter country of a place, as countries of alerts and agencies are written; the gazetteer has two."""
    spot = gazetteer().by_code.get(place)
    return alpha3(spot.country) or "" if spot else ""
