"""The words that Limen brings, read from the files in `data/`: no database is asked.

Each kind of term is a TOML file, in which a table is a term: its header is the code, `en`, `th`, `vi` are labels,
`says` defines it in English, `parent` names the term of the parent kind that it belongs to, and `maps` gives what other
schemes call it: [their word, how sure we are].
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from limen.node.languages import known

DATA = Path(__file__).parent / "data"
LANGUAGES = tuple(code for code, _name in known())
CERTAINTIES = ("sure", "likely", "unsure")

SCHEMES: dict[str, str] = {
    "interpol": "INTERPOL, Identity and travel document fraud: kinds of fraud",
    "fado": "FADO and PRADO of the European Union: glossary and document codes",
    "frontex": "Frontex, European Document Fraud Risk Analysis Network: categories of document fraud",
    "icao": "ICAO Doc 9303, 8th edition: Part 2, A.4 for threats and levels; Parts 3 to 8 for codes",
    "tr03135": "BSI TR-03135: codes of light",
    "unlocode": "UN/LOCODE: functions of a location",
    "admiralty": "The Admiralty system of grading sources and information",
    "de": "German-speaking border police",
    "fr": "French border police (PAF)",
    "au": "Australian border and immigration services",
    "uk": "British immigration service",
}
"""Schemes that terms are mapped to."""

KINDS = {
    "fraud_class": _("Class of fraud"),
    "method": _("Method"),
    "document_category": _("Kind of document"),
    "detection_setting": _("Setting"),
    "detection_means": _("Means of detection"),
    "line": _("Line of control"),
    "outcome": _("Outcome"),
    "sex": _("Sex"),
    "age_band": _("Age"),
    "facilitated": _("Facilitation"),
    "leg_role": _("Part in the journey"),
    "carrier_mode": _("Means of travel"),
    "supply_channel": _("How the document was come by"),
    "image_light": _("Light"),
    "image_subject": _("Subject of an image"),
    "region_property": _("What a marked region shows"),
    "source_reliability": _("Reliability of the source"),
    "information_credibility": _("Credibility of the information"),
    "place_function": _("What a place is"),
}
"""Kinds of term, with what a form calls them."""

PARENT_KIND = {"method": "fraud_class"}
"""Where a term's parent is a term of another kind."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a scheme calls a term, and how sure we are that it means the same."""

    value: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the files have it."""

    kind: str
    code: str
    position: int
    parent: str
    labels: dict[str, str]
    says: str
    maps: dict[str, Mapped] = field(default_factory=dict)


@cache
def entries(kind: str) -> tuple[Entry, ...]:
    """The terms of one kind, in their order."""
    tables = tomllib.loads((DATA / "kinds" / f"{kind}.toml").read_text(encoding="utf-8"))
    return tuple(_entry(kind, code, position, table) for position, (code, table) in enumerate(tables.items(), 1))


def _entry(kind: str, code: str, position: int, table: dict[str, object]) -> Entry:
    labels = {language: str(table[language]) for language in LANGUAGES if table.get(language)}
    given = table.get("maps") or {}
    assert isinstance(given, dict)
    maps = {scheme: Mapped(value, certainty) for scheme, (value, certainty) in given.items()}
    return Entry(kind, code, position, str(table.get("parent", "")), labels, str(table.get("says", "")), maps)


def all_entries() -> Iterator[Entry]:
    """The terms of every kind."""
    for kind in KINDS:
        yield from entries(kind)


@cache
def aliases(kind: str) -> dict[str, str]:
    """Other names that people and machines send, each with the code that it means."""
    known: dict[str, dict[str, str]] = tomllib.loads((DATA / "aliases.toml").read_text(encoding="utf-8"))
    return known.get(kind, {})


def place_rows() -> Iterator[dict[str, str]]:
    """Places, as rows of the file that tools/terms/places.py makes."""
    with gzip.open(DATA / "places.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def carrier_rows() -> Iterator[dict[str, str]]:
    """Carriers, as rows."""
    yield from _table("carriers.tsv")


def crossing_rows() -> Iterator[dict[str, str]]:
    """Land crossings of ours, as rows, each with the post opposite."""
    yield from _table("crossings.tsv")


def _table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def digest() -> str:
    """A fingerprint of all that this module reads."""
    sums = hashlib.sha256()
    for file in sorted([*DATA.glob("*.tsv*"), *DATA.glob("kinds/*.toml")]):
        sums.update(file.name.encode() + b"\0" + file.read_bytes())
    return sums.hexdigest()


def missing_labels() -> dict[str, list[str]]:
    """Terms without a label, by language, as kind/code."""
    return {
        language: [f"{entry.kind}/{entry.code}" for entry in all_entries() if language not in entry.labels]
        for language in LANGUAGES
    }
