"""The taxonomy as a page, for docs/taxonomy.md: `python -m limen.node.terms.page > docs/taxonomy.md`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from limen.icao.codes import CODES
from limen.node.terms import catalogue

_HEAD = """\
# The words of reports

Written by `python -m limen.node.terms.page` from the files in `src/limen/node/terms/data/`: change those, then write
this page anew. Codes are stable: a report stores the code, and shows the label in the viewer's language. A term that is
no longer wanted is made inactive and never removed. An agency may add terms, places and carriers of its own; a new
release of Limen leaves them as they are.

Each mapping says how sure we are that the other scheme's word means the same: *sure*, *likely* or *unsure*. Where
nothing certain enough is known there is none.

## Schemes that terms are mapped to
"""

_PLACES = """\
## Places

A place's code is its UN/LOCODE. Where UN/LOCODE has none, or the airport's would be another place's, the characters
after the country begin with a digit that UN/LOCODE never uses: `TH0AP` is a crossing of our list, `TH0BKK` a town whose
UN/LOCODE is that of its airport, `AU1EDR` an airport by its IATA code. `places.tsv.gz` names the source of every line:

| Source | Places | What it is |
|---|---|---|
"""

_SOURCES = {
    "airportsdata": "airports with an IATA code, from airportsdata (MIT): name, codes, coordinates",
    "unlocode": "towns of UN/LOCODE (UNECE) as of 2015, from the package locode (BSD): code and name; coordinates "
    "from GeoNames (CC BY 4.0), where it knows one town of that name in that country",
    "sea-ports": "sea ports with a UN/LOCODE, from the npm package sea-ports (MIT): name, coordinates",
    "geonames": "towns whose UN/LOCODE an airport bears: name and coordinates from GeoNames (CC BY 4.0)",
    "limen": "land crossings, river and ferry posts of ours, below",
}

_NAMES = """\
## Issuers and carriers

Issuers, nationalities and countries are the {issuers} codes of Doc 9303-3, section 5, and of ISO 3166-3
(`limen.icao.codes`), with names of States in Thai and Vietnamese from Unicode CLDR and names of organizations, persons
and former States of ours (`tools/terms/names.py`). A country's middle is computed from GeoNames' towns.
{carriers} carriers have the airline's IATA designator, or a word of ours for other ways to travel.

## Land crossings of ours

Coordinates are known to about a kilometre.

| Code | Name | Functions | Latitude | Longitude | Opposite |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    schemes = [f"- `{code}`: {name}" for code, name in catalogue.SCHEMES.items()]
    kinds = [line for kind in catalogue.KINDS for line in _kind(kind)]
    return "\n".join([_HEAD, *schemes, "", *kinds, *_places(), "", *_crossings()]) + "\n"


def _kind(kind: str) -> Iterator[str]:
    entries = catalogue.entries(kind)
    yield f"## {kind.replace('_', ' ').capitalize()} (`{kind}`)"
    yield ""
    yield _introduction(kind)
    yield ""
    groups = list(dict.fromkeys(entry.parent for entry in entries))
    for group in groups:
        if group:
            yield from (f"### Of class `{group}`", "")
        yield from _table([entry for entry in entries if entry.parent == group])
        yield ""


def _introduction(kind: str) -> str:
    lines = (catalogue.DATA / "kinds" / f"{kind}.toml").read_text(encoding="utf-8").splitlines()
    comment = lines[: next(at for at, line in enumerate(lines) if not line.startswith("#"))]
    return " ".join(line.lstrip("# ") for line in comment if "A mapping is" not in line)


def _table(entries: Iterable[catalogue.Entry]) -> Iterator[str]:
    yield "| Code | English | Thai | Vietnamese | What it is | Elsewhere |"
    yield "|---|---|---|---|---|---|"
    for entry in entries:
        labels = [entry.labels.get(language, "") for language in catalogue.LANGUAGES]
        elsewhere = "; ".join(f"{scheme}: {is_.value} ({is_.certainty})" for scheme, is_ in entry.maps.items())
        yield _row(f"`{entry.code}`", *labels, entry.says, elsewhere)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _places() -> Iterator[str]:
    counts = Counter(row["source"] for row in catalogue.place_rows())
    yield _PLACES.rstrip("\n")
    for source, what in _SOURCES.items():
        yield _row(source, f"{counts[source]:,}", what)


def _crossings() -> Iterator[str]:
    carriers = sum(1 for _ in catalogue.carrier_rows())
    yield _NAMES.rstrip("\n").format(issuers=len(CODES), carriers=carriers)
    for row in catalogue.crossing_rows():
        yield _row(*(row[name] or "" for name in ("code", "name", "functions", "lat", "lon", "opposite")))


if __name__ == "__main__":
    sys.stdout.write(page())
