"""Countries and issuers: three-letter codes of Doc 9303-3, section 5, with names, two-letter codes and a middle.

English names are those of `limen.icao.codes`; Thai and Vietnamese ones come from `data/issuers.json`, which
tools/terms/names.py makes from CLDR and from our own list.
"""

from __future__ import annotations

import json
from functools import cache

from django.utils.translation import get_language

from limen.icao.codes import CODES, Kind
from limen.node.terms.catalogue import DATA

# Doc 9303 writes KS for Kosovo; all others (CLDR, IATA, the European Union) write XK.
_USUAL = {"KS": "XK"}
SPELT_ONCE = frozenset({"DEU"})
"""Codes of ISO 3166-1 in whose place Doc 9303 uses another: Germany is D."""


def _codes_but(*left_out: Kind) -> tuple[str, ...]:
    return tuple(code for code, entry in CODES.items() if entry.kind not in left_out and code not in SPELT_ONCE)


ISSUING = _codes_but(Kind.PERSON, Kind.MASTER_LIST)
"""Codes that may stand for an issuer; former States are among them, since their documents still turn up."""
NATIONALITIES = _codes_but(Kind.ORGANIZATION, Kind.MASTER_LIST)
"""Codes that may stand for a nationality."""
COUNTRIES = tuple(code for code in ISSUING if CODES[code].kind == Kind.STATE)
"""Codes of States and territories."""


@cache
def _names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = json.loads((DATA / "issuers.json").read_text(encoding="utf-8"))
    return names


@cache
def _by_alpha2() -> dict[str, str]:
    now = {two: code for code in COUNTRIES if (two := CODES[code].alpha2)}
    return now | {usual: now[ours] for ours, usual in _USUAL.items()}


@cache
def _middles() -> dict[str, tuple[float, float]]:
    lines = (DATA / "middles.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {country: (float(lat), float(lon)) for country, lat, lon in rows}


def base_language(language: str | None = None) -> str:
    """The language without its region: of the argument, or of whoever looks."""
    return (language or get_language() or "en").split("-")[0].lower()


def country_name(code: str, language: str | None = None) -> str:
    """What an issuer is called in a language (the viewer's by default); the code itself where no list has it."""
    code = code.rstrip("<").upper()
    entry = CODES.get(code)
    if entry is None:
        return code
    return _names().get(code, {}).get(base_language(language), entry.name)


def alpha2(alpha3: str) -> str | None:
    """The two-letter code of a State, as UN/LOCODE, IATA and CLDR use it ("RKS" is "XK"); None where it has none."""
    entry = CODES.get(alpha3.rstrip("<").upper())
    if entry is None or entry.alpha2 is None:
        return None
    return _USUAL.get(entry.alpha2, entry.alpha2)


def alpha3(two: str) -> str | None:
    """The three-letter code of Doc 9303 for a two-letter code of a State ("DE" is "D"); None where there is none."""
    return _by_alpha2().get(two.upper())


def country_centroid(alpha3_code: str) -> tuple[float, float] | None:
    """Latitude and longitude in the midst of a country's towns, for reports without a place; None for organizations."""
    return _middles().get(alpha2(alpha3_code) or "")
