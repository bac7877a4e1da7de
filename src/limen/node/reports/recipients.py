"""Whom a report is for, as a form asks it: a marking, then the community, agencies by code or officers by address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from limen.node.people.models import Agency, Officer
from limen.node.sharing import rules
from limen.node.sharing.classes import NAMES, FieldClass
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.web.errors import Invalid

MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in the form of a release, understood or not."""

    marking: Marking
    community: bool = True
    agencies: list[Agency] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    classes: FieldClass = FieldClass.STATISTICAL
    basis: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Choice:
        """Read the form. Raises `Invalid` for a recipient that nobody knows."""
        marking = _marking(data.get("marking", "green"))
        agencies = [] if marking.for_persons else _agencies(_words(data.getlist("agencies")))
        officers = _officers(_words(data.getlist("officers"))) if marking.for_persons else []
        named = bool(agencies or officers)
        return cls(
            marking,
            marking.for_community and data.get("community", "") == "1",
            agencies,
            officers,
            _classes(data.getlist("classes")) if named else FieldClass.STATISTICAL,
            data.get("basis", "").strip()[:2000],
        )

    def audience(self, owner: int) -> rules.Audience:
        """The same as the rule has it."""
        return rules.Audience(
            owner,
            self.marking,
            self.community,
            frozenset(agency.pk for agency in self.agencies),
            frozenset(officer.pk for officer in self.officers),
            self.classes,
        )

    @property
    def markings(self) -> list[tuple[str, str, str, bool]]:
        """Code, label, meaning and whether it is chosen."""
        return [
            (code, str(text), str(MEANINGS[Marking(code)]), code == self.marking.value)
            for code, text in Marking.choices
        ]

    @property
    def class_choices(self) -> list[tuple[int, str, bool]]:
        """Number, name and whether it is chosen, of the classes beyond the statistical one."""
        beyond = (FieldClass.DOCUMENT, FieldClass.BEARER, FieldClass.BIOMETRIC)
        return [(each.number, str(NAMES[each]), bool(self.classes & each)) for each in beyond]

    @property
    def agency_codes(self) -> str:
        """What is chosen, as a text field holds it."""
        return ",".join(agency.code for agency in self.agencies)

    @property
    def officer_addresses(self) -> str:
        """What is chosen, as a text field holds it."""
        return ",".join(officer.email for officer in self.officers)

    @property
    def agencies_selected(self) -> str:
        """What is chosen, as the type-ahead field reads it."""
        return json.dumps([{"value": agency.code, "label": agency.name} for agency in self.agencies])

    @property
    def officers_selected(self) -> str:
        """What is chosen, as the type-ahead field reads it."""
        return json.dumps([{"value": officer.email, "label": officer.name} for officer in self.officers])


def classes_in_words(classes: FieldClass) -> list[tuple[int, str]]:
    """Number and name of each class of a combination."""
    return [(each.number, str(name)) for each, name in NAMES.items() if classes & each]


def offer(kind: str, text: str, asker: Officer) -> list[dict[str, str]]:
    """Recipients whose name, code or country begins with what was typed."""
    if kind == "agency":
        found = Agency.objects.filter(is_active=True).exclude(pk=asker.agency_id)
        found = found.filter(Q(name__icontains=text) | Q(code__istartswith=text) | Q(country__istartswith=text))
        return [{"value": each.code, "label": each.name, "hint": each.country} for each in found[:MOST_OFFERED]]
    if len(text) < 2:
        return []
    people = Officer.objects.filter(is_active=True, agency__is_active=True, is_machine=False).select_related("agency")
    people = people.filter(Q(name__icontains=text) | Q(email__istartswith=text))
    return [{"value": each.email, "label": each.name, "hint": each.agency.name} for each in people[:MOST_OFFERED]]


def _marking(text: str) -> Marking:
    try:
        return Marking(text)
    except ValueError as error:
        raise Invalid(_("Choose one of the five markings."), field="marking") from error


def _words(values: Iterable[str]) -> list[str]:
    found = [word for value in values for word in re.split(r"[,;\s]+", value.replace("\x00", "")) if word]
    return list(dict.fromkeys(found))[:500]


def _agencies(codes: list[str]) -> list[Agency]:
    return _known(codes, Agency.objects.filter(code__in=codes, is_active=True), "code", "agencies")


def _officers(addresses: list[str]) -> list[Officer]:
    rows = Officer.objects.filter(email__in=addresses, is_active=True, agency__is_active=True, is_machine=False)
    return _known(addresses, rows, "email", "officers")


def _known(asked: list[str], rows: Any, name: str, field_name: str) -> list[Any]:
    found = {getattr(row, name): row for row in rows}
    if unknown := [word for word in asked if word not in found]:
        raise Invalid(
            _("Nobody on this platform is known as “%(name)s”.") % {"name": unknown[0][:80]}, field=field_name
        )
    return [found[word] for word in asked]


def _classes(numbers: Iterable[str]) -> FieldClass:
    classes = FieldClass.STATISTICAL
    for number in numbers:
        if number in ("1", "2", "3"):
            classes |= FieldClass(1 << int(number))
    return classes
