"""Values of fields in words, and the note that every exported file carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from limen.node.reports.exporting.gathering import Gathered
from limen.node.reports.fields import Field
from limen.node.reports.models import Leg
from limen.node.terms import label


def words(each: Field, value: Any) -> str:
    """Say a value in words: codes by their labels, lists with commas."""
    if value in (None, "", []):
        return ""
    if each.kind == "companions":
        return "; ".join(_companion(item) for item in value)
    if isinstance(value, list):
        return ", ".join(label(each.terms, str(item)) for item in value)
    return label(each.terms, str(value)) if each.terms else str(value)


def _companion(item: dict[str, str]) -> str:
    category = label("document_category", item["category"]) if item.get("category") else ""
    issuer = label("issuer", item["issuer"]) if item.get("issuer") else ""
    return ", ".join(part for part in (category, issuer, item.get("note", "")) if part)


def route(legs: Sequence[Leg]) -> str:
    """The route in one line, its legs in order."""
    return " > ".join(leg_words(leg) for leg in legs)


def leg_words(leg: Leg) -> str:
    """One leg: where, by which carrier and service, when."""
    where = label("place", leg.place) if leg.place else (label("country", leg.country) if leg.country else "")
    carrier = label("carrier", leg.carrier) if leg.carrier else ""
    parts = (where, carrier, leg.service, leg.on.isoformat() if leg.on else "")
    return " ".join(part for part in parts if part)


def exported_by(gathered: Gathered) -> str:
    """Who exported, and when, in a line."""
    officer = gathered.officer
    return _("Exported by %(name)s, %(agency)s, on %(at)s UTC.") % {
        "name": officer.name,
        "agency": officer.agency.name,
        "at": f"{gathered.at:%Y-%m-%d %H:%M}",
    }


def count(gathered: Gathered) -> str:
    """How many reports the file holds."""
    n = len(gathered.records)
    return ngettext("%(n)d report.", "%(n)d reports.", n) % {"n": n}


def note(gathered: Gathered) -> str:
    """The whole note as one line."""
    sentences = [f"{gathered.marking.label}.", exported_by(gathered), count(gathered), *gathered.left_out]
    return " ".join(sentences)
