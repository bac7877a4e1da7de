"""What machines and people send, as codes: "Thailand", "TH" and "THA" are THA; "BKK" and "THBKK" are THBKK.

`code` looks for a code first, then a name in any language or another that we know, then a word of another scheme. What
it does not find it names in one sentence, with what is nearest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from limen.icao.codes import CODES, Kind
from limen.node.terms import countries
from limen.node.terms.catalogue import KINDS, LANGUAGES, aliases
from limen.node.terms.editions import Kept
from limen.node.terms.fold import squeeze
from limen.node.terms.gazetteer import Spot, gazetteer
from limen.node.terms.registry import ISSUER_KINDS, carriers, label, words

NAMES = {
    **KINDS,
    "issuer": gettext_lazy("Issuer"),
    "nationality": gettext_lazy("Nationality"),
    "country": gettext_lazy("Country"),
    "place": gettext_lazy("Place"),
    "carrier": gettext_lazy("Carrier"),
}
"""Kinds whose texts can be understood, with what a form calls them."""
LONGEST = 200
NEAREST = 3
CLEARLY_LARGER = 10
"""A place weighs so much more than its namesakes if it has ten times their people."""


class Unknown(ValueError):  # noqa: N818 - it is the asker's
    """Nothing is known by this name; the message is one sentence."""


def code(kind: str, text: str) -> str:
    """Find the code of a kind that a text means. Raises `Unknown`; KeyError for a kind that does not exist."""
    text = text.strip()[:LONGEST]
    if kind == "place":
        return _place(text)
    found = _tiers(kind).get(squeeze(text), [])
    if len(found) == 1:
        return found[0]
    raise Unknown(_sentence(kind, text, [_named(kind, one) for one in found] or _near(kind, text)))


def _place(text: str) -> str:
    spots = [spot] if (spot := _coded_place(text)) else _named_places(text)
    if spots and all(spots[0].weight >= other.weight + CLEARLY_LARGER for other in spots[1:]):
        return spots[0].code
    raise Unknown(_sentence("place", text, [_spot_named(spot) for spot in (spots or _near_places(text))[:NEAREST]]))


def _coded_place(text: str) -> Spot | None:
    """A place by its code, alone or in brackets at the end: "BKK", "VTBS", "Suvarnabhumi (BKK)"."""
    bracketed = re.search(r"\(([A-Za-z0-9 ]{3,8})\)$", text)
    return gazetteer().exact(text) or (gazetteer().exact(bracketed[1]) if bracketed else None)


def _named_places(text: str) -> list[Spot]:
    """Places by name, alone or with the country after a comma: "Paris", "Paris, France"."""
    name, comma, country = text.rpartition(",")
    if comma and (known := _tiers("country").get(squeeze(country), [])):
        return gazetteer().named(name, countries.alpha2(known[0]))
    return gazetteer().named(text)


def _near_places(text: str) -> list[Spot]:
    """Places that begin alike, the most similar first."""
    for length in range(len(text), 2, -1):
        if spots := gazetteer().suggest(text[:length], most=60):
            wanted = squeeze(text)
            return sorted(spots, key=lambda spot: -difflib.SequenceMatcher(None, wanted, squeeze(spot.name)).ratio())
    return []


def _spot_named(spot: Spot) -> str:
    return f"{spot.name} ({spot.code})"


def _named(kind: str, one: str) -> str:
    name = label(kind, one)
    return name if name == one else f"{name} ({one})"


def _near(kind: str, text: str) -> list[str]:
    tiers = _tiers(kind)
    close = difflib.get_close_matches(squeeze(text), tiers, 3 * NEAREST, 0.6)
    return [_named(kind, one) for one in dict.fromkeys(one for name in close for one in tiers[name])][:NEAREST]


def _sentence(kind: str, text: str, offers: Iterable[str]) -> str:
    given = {"kind": str(NAMES[kind]), "text": text[:60], "offers": ", ".join(offers)}
    if given["offers"]:
        return _("%(kind)s: “%(text)s” is not clear; did you mean one of these: %(offers)s?") % given
    return _("%(kind)s: “%(text)s” is not known.") % given


def _tiers(kind: str) -> dict[str, list[str]]:
    NAMES[kind]
    return _known.get()[kind]


def _read() -> dict[str, dict[str, list[str]]]:
    return {kind: _merged(_sources(kind)) for kind in NAMES if kind != "place"}


_known = Kept(_read)


def _merged(sources: Iterable[Iterable[tuple[str, str]]]) -> dict[str, list[str]]:
    """Codes by squeezed text; what an earlier source knows, a later one does not change."""
    merged: dict[str, list[str]] = {}
    for source in sources:
        tier: dict[str, list[str]] = {}
        for text, one in source:
            key = squeeze(text)
            if key and key not in merged and one not in tier.setdefault(key, []):
                tier[key].append(one)
        merged |= {key: codes for key, codes in tier.items() if codes}
    return merged


def _sources(kind: str) -> Iterator[Iterable[tuple[str, str]]]:
    if kind in ISSUER_KINDS:
        yield from _issuer_sources(kind)
    elif kind == "carrier":
        yield ((one.code, one.code) for one in carriers().values())
        yield aliases("carrier").items()
        yield ((one.name, one.code) for one in carriers().values() if one.active)
    else:
        known = words(kind).values()
        yield ((word.code, word.code) for word in known)
        yield ((text, word.code) for word in known if word.active for text in word.labels.values())
        yield aliases(kind).items()
        yield ((mapped["value"], word.code) for word in known if word.active for mapped in word.mappings.values())


_COUNTRIES_TOO = frozenset({Kind.STATE, Kind.SPECIMEN})


def _issuer_sources(kind: str) -> Iterator[Iterable[tuple[str, str]]]:
    """Persons without a nationality are understood as issuers too: forms for both have one field."""
    known = (one for one in CODES if one not in countries.SPELT_ONCE)
    codes = [one for one in known if kind != "country" or CODES[one].kind in _COUNTRIES_TOO]
    yield ((one, one) for one in codes)
    yield ((two, one) for one in codes if CODES[one].kind == Kind.STATE and (two := countries.alpha2(one)))
    yield ((two, one) for one in codes if (two := CODES[one].alpha2))
    yield ((name, one) for name, one in aliases("issuer").items() if one in codes)
    yield ((countries.country_name(one, language), one) for one in codes for language in LANGUAGES)
