"""What DG11 and DG12 say of the holder and the document, for the screen and for the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.icao.lds import Dg11, Dg12

Facts = dict[str, str | None]

_LABELS = {
    "full_name": "full name",
    "other_names": "other names",
    "personal_number": "personal no.",
    "birth_date": "born",
    "birth_place": "born in",
    "address": "address",
    "telephone": "telephone",
    "profession": "profession",
    "title": "title",
    "issuing_authority": "authority",
    "issue_date": "issued",
    "endorsements": "endorsements",
    "exit_requirements": "exit rules",
}
_SHOWN = ("full_name", "other_names", "personal_number", "birth_place", "issuing_authority", "issue_date")
"""At the counter; the rest is in the record."""


def holder(details: Dg11) -> Facts:
    """Return what DG11 says of the holder; `<` parts the pieces of a text on the chip, a comma here."""
    return {
        "full_name": _spaced(details.full_name),
        "other_names": ", ".join(filter(None, map(_spaced, details.other_names))) or None,
        "personal_number": details.personal_number,
        "birth_date": str(details.birth_date) or None if details.birth_date else None,
        "birth_place": _listed(details.birth_place),
        "address": _listed(details.address),
        "telephone": details.telephone,
        "profession": _spaced(details.profession),
        "title": _spaced(details.title),
    }


def document(details: Dg12) -> Facts:
    """Return what DG12 says of the document."""
    return {
        "issuing_authority": _listed(details.issuing_authority),
        "issue_date": str(details.issue_date) or None if details.issue_date else None,
        "endorsements": details.endorsements,
        "exit_requirements": details.exit_requirements,
    }


def rows(facts: Facts) -> list[tuple[str, str]]:
    """Return label and value of what is shown at the counter; empty ones are left out."""
    return [(_LABELS[name], value) for name in _SHOWN if (value := facts.get(name))]


def _spaced(text: str | None) -> str | None:
    """A name with its parts set apart: the primary identifier, a comma, the secondary one."""
    if not text:
        return None
    return ", ".join(" ".join(part.replace("<", " ").split()) for part in text.split("<<") if part.strip("< ")) or None


def _listed(text: str | None) -> str | None:
    return ", ".join(part.strip() for part in text.split("<") if part.strip()) or None if text else None
