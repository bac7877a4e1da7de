"""Who signs whose documents: the country rules of Doc 9303-12 section 7.1.1, with the exceptions met in the field.

Certificates state ISO 3166-1 alpha-2 codes, the MRZ Doc 9303-3's three letters. Some territories' documents are signed
by, or under, another State's authority.
"""

from __future__ import annotations

from limen.icao.codes import lookup

_FAMILIES = (
    frozenset({"GB", "AI", "BM", "FK", "GG", "GI", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"}),
    frozenset({"CN", "HK", "MO"}),
    frozenset({"NL", "AW", "BQ", "CW", "SX"}),
    frozenset({"DK", "FO", "GL"}),
    frozenset({"KS", "XK", "KO"}),
    frozenset({"UN", "XX"}),
)


def same_issuer(first: str | None, second: str | None) -> bool:
    """Say whether two two-letter countries may stand in the certificates of one document."""
    if first is None or second is None:
        return False
    first, second = first.upper(), second.upper()
    return first == second or any(first in family and second in family for family in _FAMILIES)


def alpha2_of(state: str) -> str | None:
    """Return the two-letter country of an issuing State's code as the MRZ has it, or None where none is known."""
    found = lookup(state)
    return None if found is None else found.alpha2


def state_name(alpha2: str | None) -> str:
    """Return how a country is called in messages."""
    return alpha2 or "an unnamed country"
