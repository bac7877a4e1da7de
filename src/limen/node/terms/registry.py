"""Labels, choices and mappings of terms, kept in the process (`editions`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from limen.node.terms import countries
from limen.node.terms.editions import Kept
from limen.node.terms.fold import fold
from limen.node.terms.gazetteer import gazetteer
from limen.node.terms.models import Carrier, Term

ISSUER_KINDS: dict[str, tuple[str, ...]] = {
    "issuer": countries.ISSUING,
    "nationality": countries.NATIONALITIES,
    "country": countries.COUNTRIES,
}
"""Kinds whose codes are those of Doc 9303-3, section 5."""


@dataclass(frozen=True, slots=True)
class Word:
    """A term as it is kept."""

    code: str
    parent: str
    labels: Mapping[str, str]
    definition: str
    mappings: Mapping[str, Mapping[str, str]]
    active: bool

    def label(self, language: str | None = None) -> str:
        """What it is called in a language, in English where it has no label in that."""
        return self.labels.get(countries.base_language(language)) or self.labels.get("en") or self.code


@dataclass(frozen=True, slots=True)
class Carriage:
    """A carrier as it is kept."""

    code: str
    name: str
    mode: str
    country: str
    active: bool


def _read_words() -> dict[str, dict[str, Word]]:
    found: dict[str, dict[str, Word]] = {}
    for term in Term.objects.order_by("kind", "position", "code"):
        word = Word(term.code, term.parent, term.labels, term.definition, term.mappings, term.active)
        found.setdefault(term.kind, {})[term.code] = word
    return found


def _read_carriers() -> dict[str, Carriage]:
    rows = Carrier.objects.order_by("name").values_list("code", "name", "mode", "country", "active")
    return {row[0]: Carriage(*row) for row in rows}


_words = Kept(_read_words)
_carriers = Kept(_read_carriers)


def words(kind: str) -> dict[str, Word]:
    """The terms of a kind by code, those no longer active too, in their order; empty for an unknown kind."""
    return _words.get().get(kind, {})


def carriers() -> dict[str, Carriage]:
    """Carriers by code, in the order of their names."""
    return _carriers.get()


def label(kind: str, code: str, language: str | None = None) -> str:
    """What a code is called in a language, the viewer's by default; the code itself where nobody knows it."""
    if kind in ISSUER_KINDS:
        return countries.country_name(code, language)
    if kind == "place":
        place = gazetteer().by_code.get(code)
        return place.name if place else code
    if kind == "carrier":
        carrier = carriers().get(code)
        return carrier.name if carrier else code
    word = words(kind).get(code)
    return word.label(language) if word else code


def choices(kind: str, parent: str | None = None) -> list[tuple[str, str]]:
    """Pairs of code and label for a form: what is active, in its order; issuers by name in the viewer's language."""
    if kind in ISSUER_KINDS:
        pairs = [(code, countries.country_name(code)) for code in ISSUER_KINDS[kind]]
        return sorted(pairs, key=lambda pair: fold(pair[1]))
    if kind == "carrier":
        return [(carrier.code, carrier.name) for carrier in carriers().values() if carrier.active]
    return [
        (word.code, word.label())
        for word in words(kind).values()
        if word.active and (parent is None or word.parent == parent)
    ]


def mapping(kind: str, code: str, scheme: str) -> str | None:
    """What another scheme calls a term; None where we do not know."""
    word = words(kind).get(code)
    return word.mappings[scheme]["value"] if word and scheme in word.mappings else None
