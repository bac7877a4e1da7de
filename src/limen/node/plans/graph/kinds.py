"""The kinds of entities and of ties, what they are called, and the field class of each kind."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from limen.node.sharing.classes import FieldClass


class Kind(StrEnum):
    """What an entity is. The order is that of lists and lanes."""

    DOCUMENT = "document"
    PERSON = "person"
    ORGANISATION = "organisation"
    PHONE = "phone"
    PLACE = "place"
    COUNTRY = "country"
    CARRIER = "carrier"


ORDER = {kind: at for at, kind in enumerate(Kind)}

NAMES: dict[Kind, str | Promise] = {
    Kind.DOCUMENT: _("Document"),
    Kind.PERSON: _("Person"),
    Kind.ORGANISATION: _("Organisation or facilitator"),
    Kind.PHONE: _("Telephone"),
    Kind.PLACE: _("Place"),
    Kind.COUNTRY: _("Country"),
    Kind.CARRIER: _("Carrier"),
}

CLASSES: dict[Kind, FieldClass] = {
    Kind.DOCUMENT: FieldClass.DOCUMENT,
    Kind.PERSON: FieldClass.BEARER,
    Kind.ORGANISATION: FieldClass.BEARER,
    Kind.PHONE: FieldClass.BEARER,
    Kind.PLACE: FieldClass.STATISTICAL,
    Kind.COUNTRY: FieldClass.STATISTICAL,
    Kind.CARRIER: FieldClass.STATISTICAL,
}
"""The class of what a kind tells; what people enter may be of a higher one, never of a lower."""


class Nature(StrEnum):
    """How two entities are tied, from the one to the other."""

    FOUND = "found"
    ISSUED = "issued"
    HELD = "held"
    CLAIMED = "claimed"
    ESTABLISHED = "established"
    ALIAS = "alias"
    HELPED = "helped"
    REACHED = "reached"
    SUPPLIED = "supplied"
    ROUTE = "route"
    CARRIED = "carried"
    CONCERNS = "concerns"
    ENTERED = "entered"


TIES: dict[Nature, str | Promise] = {
    Nature.FOUND: pgettext_lazy("tie", "found at"),
    Nature.ISSUED: pgettext_lazy("tie", "issued in the name of"),
    Nature.HELD: pgettext_lazy("tie", "presented by"),
    Nature.CLAIMED: pgettext_lazy("tie", "nationality claimed"),
    Nature.ESTABLISHED: pgettext_lazy("tie", "nationality established"),
    Nature.ALIAS: pgettext_lazy("tie", "established to be"),
    Nature.HELPED: pgettext_lazy("tie", "facilitated by"),
    Nature.REACHED: pgettext_lazy("tie", "telephone"),
    Nature.SUPPLIED: pgettext_lazy("tie", "supplied in"),
    Nature.ROUTE: pgettext_lazy("tie", "travelled on to"),
    Nature.CARRIED: pgettext_lazy("tie", "travelled by"),
    Nature.CONCERNS: pgettext_lazy("tie", "concerns"),
    Nature.ENTERED: pgettext_lazy("tie", "entered by an officer"),
}
"""Words between the two: "document L898902C3 - found at - Bangkok"."""
