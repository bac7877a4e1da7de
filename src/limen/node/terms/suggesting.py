"""What to offer to somebody who types: short lists of value, label and hint, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from limen.icao.codes import CODES
from limen.node.terms import countries
from limen.node.terms.fold import fold
from limen.node.terms.gazetteer import Spot, gazetteer
from limen.node.terms.registry import ISSUER_KINDS, carriers, label, words

MOST = 12


class Offer(NamedTuple):
    """One line of the list."""

    value: str
    label: str
    hint: str


class Asker(NamedTuple):
    """Who asks: their agency's country and language decide the order and the words."""

    country: str = ""
    language: str | None = None


class Candidate(NamedTuple):
    """Something to offer, and the texts by which it is found; a code is found from its beginning only."""

    offer: Offer
    code: str
    names: tuple[str, ...]


def suggest(kind: str, asked: str, asker: Asker, parent: str | None = None) -> list[Offer] | None:
    """The best offers of a kind; with nothing typed, the first ones. None for a kind that nobody knows."""
    if kind == "place":
        return [_place(spot, asker) for spot in gazetteer().suggest(asked, countries.alpha2(asker.country), MOST)]
    make = _candidates(kind, asker, parent)
    return best(asked, make(), MOST) if make else None


def _candidates(kind: str, asker: Asker, parent: str | None) -> Callable[[], Iterable[Candidate]] | None:
    if kind in ISSUER_KINDS:
        return lambda: (_issuer(code, asker) for code in ISSUER_KINDS[kind])
    if kind == "carrier":
        return lambda: _carriers(asker)
    if words(kind):
        return lambda: _words(kind, asker, parent)
    return None


def best(asked: str, candidates: Iterable[Candidate], most: int) -> list[Offer]:
    """The candidates that fit: code, then beginning of a name, of a word, within a word; in their order."""
    folded = fold(asked)
    ranked = ((_rank(folded, one), at, one.offer) for at, one in enumerate(candidates))
    return [offer for rank, _, offer in sorted(entry for entry in ranked if entry[0] < _UNFIT)[:most]]


_UNFIT = 5
_folded = lru_cache(maxsize=8_192)(fold)


def _rank(folded: str, one: Candidate) -> int:
    code = _folded(one.code)
    if not folded or code == folded:
        return 0
    names = [_folded(name) for name in one.names]
    if any(name.startswith(folded) for name in names):
        return 1
    if code.startswith(folded):
        return 2
    if any(f" {folded}" in name for name in names):
        return 3
    return 4 if any(folded in name for name in names) else _UNFIT


def _place(spot: Spot, asker: Asker) -> Offer:
    what = "B" if "B" in spot.functions else "4" if "4" in spot.functions else spot.functions[:1]
    function = label("place_function", what, asker.language) if what else ""
    return Offer(spot.code, spot.name, " · ".join(part for part in (spot.country, spot.iata, function) if part))


def _issuer(code: str, asker: Asker) -> Candidate:
    name, english = countries.country_name(code, asker.language), CODES[code].name
    two = countries.alpha2(code) or ""
    hint = " · ".join(dict.fromkeys(part for part in (code, english) if part != name))
    return Candidate(Offer(code, name, hint), code, (name, english, two))


def _carriers(asker: Asker) -> Iterable[Candidate]:
    for one in carriers().values():
        if one.active:
            hint = " · ".join((one.code, label("carrier_mode", one.mode, asker.language)))
            yield Candidate(Offer(one.code, one.name, hint), one.code, (one.name,))


def _words(kind: str, asker: Asker, parent: str | None) -> Iterable[Candidate]:
    for word in words(kind).values():
        if word.active and parent in (None, "", word.parent):
            name, english = word.label(asker.language), word.label("en")
            group = label("fraud_class", word.parent, asker.language) if kind == "method" else ""
            hint = " · ".join(part for part in (group, english if english != name else "") if part)
            yield Candidate(Offer(word.code, name, hint), word.code.replace("_", " "), (name, english))
