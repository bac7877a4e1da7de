"""Contacts of referral mechanisms that exist nowhere, one or two for each national agency of the demonstration."""

from __future__ import annotations

from collections.abc import Iterable

from limen.node.demo.agencies import Staffed
from limen.node.people.models import AgencyKind
from limen.node.protection import contacts
from limen.node.sharing.viewer import viewing

_LINE = {
    "name": "Invented Referral Line (demo)",
    "body": "Ministry that does not exist",
    "phone": "+00 0000 0001",
    "hours": "Day and night",
    "languages": "English, and others by telephone",
    "is_active": "1",
}
_CHILDREN = {"name": "Invented Child Protection Desk (demo)", "phone": "+00 0000 0002", "for_children": "1"}
PARTNER = "demo-safetravel"
"""The organization that reads on the node what is referred to it."""


def enter(staffed: Iterable[Staffed]) -> None:
    """Enter them, in the name of each agency's coordinator."""
    for each in staffed:
        if each.site.kind != str(AgencyKind.NATIONAL):
            continue
        coordinator = each.officers["coordinator"]
        with viewing(coordinator.pk):
            known = _LINE | {"country": each.site.country}
            contacts.keep(coordinator, None, known | {"partner": PARTNER})
            contacts.keep(coordinator, None, known | _CHILDREN)
