"""Whom a report is for, as a form asks it: a marking, then the community, agencies by code or officers.

Officers are suggested by name and agency; their addresses, by which they sign in, are not told to other agencies.
"""

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
from limen.node.sharing import policy, rules
from limen.node.sharing.agreed import Agreement
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
    agreements: list[Agreement] = field(default_factory=list)

    @classmethod
    def of(cls, data: QueryDict) -> Choice:
        """Read the form. Raises `Invalid` for a recipient that nobody knows."""
        marking = _marking(data.get("marking", "green"))
        agencies = [] if marking.for_persons else _agencies(_words(data.getlist("agencies")))
        officers = _officers(_words(data.getlist("officers"))) if marking.for_persons else []
        agreements = [] if marking.for_persons else _agreements(data.getlist("agreements"))
        named = bool(agencies or officers or agreements)
        return cls(
            marking,
            marking.for_community and data.get("community", "") == "1",
            agencies,
            officers,
            _classes(data.getlist("classes")) if named else FieldClass.STATISTICAL,
            data.get("basis", "").strip()[:2000] or ", ".join(each.reference for each in agreements),
            agreements,
        )

    def audience(self, owner: int, kind: str) -> rules.Audience:
        """The same as the rule has it, for records of a kind."""
        return rules.Audience(
            owner,
            self.marking,
            self.community,
            frozenset(agency.pk for agency in self.agencies),
            frozenset(officer.pk for officer in self.officers),
            self.classes,
            frozenset(agreement.pk for agreement in self.agreements),
            kind if self.agreements else "",
        )

    @property
    def agreement_choices(self) -> list[tuple[str, str, bool]]:
        """Reference, title and whether it is chosen, of the agreements under which the viewer's agency tells others."""
        chosen = {agreement.pk for agreement in self.agreements}
        return [(each.reference, each.title, each.pk in chosen) for each in _offered()]

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
    def officer_numbers(self) -> str:
        """What is chosen, as a text field holds it."""
        return ",".join(str(officer.pk) for officer in self.officers)

    @property
    def agencies_selected(self) -> str:
        """What is chosen, as the type-ahead field reads it."""
        return json.dumps([{"value": agency.code, "label": agency.name} for agency in self.agencies])

    @property
    def officers_selected(self) -> str:
        """What is chosen, as the type-ahead field reads it."""
        return json.dumps([{"value": str(officer.pk), "label": officer.name} for officer in self.officers])


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
    people = people.filter(name__icontains=text)
    return [{"value": str(each.pk), "label": each.name, "hint": each.agency.name} for each in people[:MOST_OFFERED]]


def _marking(text: str) -> Marking:
    try:
        return Marking(text)
    except ValueError as error:
        raise Invalid(_("Choose one of the five markings."), field="marking") from error


def _words(values: Iterable[str]) -> list[str]:
    found = [word for value in values for word in re.split(r"[,;\s]+", value.replace("\x00", "")) if word]
    return list(dict.fromkeys(found))[:500]


def _agencies(codes: list[str]) -> list[Agency]:
    found = {row.code: row for row in Agency.objects.filter(code__in=codes, is_active=True)}
    return _known(codes, found, "agencies")


def _officers(words: list[str]) -> list[Officer]:
    """Officers by number, or by address where somebody types it."""
    people = Officer.objects.filter(is_active=True, agency__is_active=True, is_machine=False)
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 18]
    rows = people.filter(Q(pk__in=numbers) | Q(email__in=[word.lower() for word in words]))
    found = {key: row for row in rows for key in (str(row.pk), row.email)}
    return _known(words, found, "officers")


def _known(asked: list[str], found: dict[str, Any], field_name: str) -> list[Any]:
    if unknown := [word for word in asked if word.lower() not in found]:
        raise Invalid(
            _("Nobody on this platform is known as “%(name)s”.") % {"name": unknown[0][:80]}, field=field_name
        )
    return list({found[word.lower()].pk: found[word.lower()] for word in asked}.values())


def _offered() -> list[Agreement]:
    """Agreements with clauses in force, known to the viewer's agency, which is a party to each."""
    numbers = {clause.agreement for clause in policy.in_force()}
    return list(Agreement.objects.filter(pk__in=numbers).order_by("title"))


def _agreements(references: Iterable[str]) -> list[Agreement]:
    wanted = [word.strip().upper() for word in references if word.strip()]
    found = {row.reference: row for row in Agreement.objects.filter(reference__in=wanted, ended_at=None)}
    if unknown := [word for word in wanted if word not in found]:
        raise Invalid(_("There is no agreement “%(name)s”.") % {"name": unknown[0][:20]}, field="agreements")
    return list(found.values())


def _classes(numbers: Iterable[str]) -> FieldClass:
    classes = FieldClass.STATISTICAL
    for number in numbers:
        if number in ("1", "2", "3"):
            classes |= FieldClass(1 << int(number))
    return classes
