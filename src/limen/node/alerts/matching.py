"""Which alerts in force a document may be a case of: asked at the counter, beside the result of its verification."""

from __future__ import annotations

from django.db.models import Q

from limen.node.alerts import reading
from limen.node.alerts.models import Alert

MOST = 5


def of(issuer: str, category: str = "", *, country: str = "") -> list[Alert]:
    """The alerts in force about this issuer's documents of this kind, the most urgent first.

    An alert that names no issuer, or no kind, is about any; but one that names neither is about no document in
    particular, and stands in the list alone. With `country`, those that are about other countries are left out.
    """
    found = Q(pk=None)
    if issuer:
        found |= Q(issuers__contains=[issuer]) & (Q(category__in=["", category]) if category else Q())
    if category:
        found |= Q(issuers=[], category=category)
    if country:
        found &= Q(countries__contains=[country]) | Q(countries=[])
    return list(reading.in_force().filter(found).order_by("-urgency", "-released_at", "-pk")[:MOST])
