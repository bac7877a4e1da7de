"""The data that Limen brings are whole: codes, parents, labels, mappings, coordinates, and the page that shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from limen.icao.codes import CODES
from limen.node.terms import alpha3, catalogue, country_centroid
from limen.node.terms.countries import COUNTRIES, ISSUING, NATIONALITIES, _names
from limen.node.terms.page import page

DOCS = Path(__file__).parents[3] / "docs" / "taxonomy.md"
CODE = re.compile(r"[A-Za-z0-9_]{1,32}")


def test_every_label_is_there():
    """No term lacks a label in any language; what is missing is named, language by language."""
    assert catalogue.missing_labels() == {language: [] for language in catalogue.LANGUAGES}


def test_every_issuer_has_a_name_in_every_language():
    """No issuer lacks a Thai or Vietnamese name."""
    missing = {
        language: [code for code in CODES if language not in _names().get(code, {})] for language in ("th", "vi")
    }
    assert missing == {"th": [], "vi": []}


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_terms_are_well_formed(kind):
    """Codes have one form, parents exist, definitions are one sentence, labels are told apart."""
    entries = catalogue.entries(kind)
    parents = {entry.code for entry in catalogue.entries(catalogue.PARENT_KIND.get(kind, kind))}
    assert entries
    for entry in entries:
        assert CODE.fullmatch(entry.code), entry.code
        assert entry.says.endswith("."), entry.code
        assert entry.parent in parents if kind in catalogue.PARENT_KIND else entry.parent == "", entry.code
        assert entry.maps.keys() <= catalogue.SCHEMES.keys(), entry.code
        assert {mapped.certainty for mapped in entry.maps.values()} <= set(catalogue.CERTAINTIES), entry.code
    for language in catalogue.LANGUAGES:
        labels = [entry.labels[language] for entry in entries]
        assert len(labels) == len(set(labels)), language


def test_every_file_is_a_kind_and_every_kind_a_file():
    """No file of terms is left unread."""
    assert {file.stem for file in (catalogue.DATA / "kinds").glob("*.toml")} == set(catalogue.KINDS)


def test_scripts_of_labels():
    """Thai labels are written in Thai, Vietnamese and English ones in Latin letters."""
    for entry in catalogue.all_entries():
        assert re.search("[\u0e00-\u0e7f]", entry.labels["th"]), entry.code
        assert not re.search("[\u0e00-\u0e7f]", entry.labels["vi"] + entry.labels["en"]), entry.code


def test_every_class_has_methods():
    """Each of the five classes of fraud has methods."""
    classes = {entry.code for entry in catalogue.entries("fraud_class")}
    assert {entry.parent for entry in catalogue.entries("method")} == classes
    assert len(classes) == 5


def test_no_word_that_judges():
    """What a check finds is never called genuine; only INTERPOL's and other schemes' own words may be."""
    for entry in catalogue.all_entries():
        assert "genuine" not in (entry.labels["en"] + entry.says).lower(), entry.code


def test_places():
    """Codes are unique and of the country, coordinates on the globe, countries known to Doc 9303."""
    rows = list(catalogue.place_rows())
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert len(rows) > 30_000
    for row in rows:
        assert re.fullmatch("[A-Z]{2}[A-Z0-9]{3,4}", row["code"]), row
        assert row["code"].startswith(row["country"]), row
        assert alpha3(row["country"]) in CODES, row
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row
        assert set(row["functions"]) <= set("1234B"), row
        assert row["name"].strip() == row["name"] != "", row
    airports = [row["iata"] for row in rows if row["iata"]]
    assert len(airports) == len(set(airports))


def test_the_file_of_places_is_small():
    """It stays under two megabytes."""
    assert (catalogue.DATA / "places.tsv.gz").stat().st_size < 2_000_000


def test_crossings():
    """Crossings of ours are among the places, their opposites exist, and lie within forty kilometres."""
    rows = {row["code"]: row for row in catalogue.crossing_rows()}
    places = {row["code"]: row for row in catalogue.place_rows()}
    for code, row in rows.items():
        assert code[2] == "0", code
        assert (places[code]["name"], places[code]["source"]) == (row["name"], "limen")
        if row["opposite"]:
            other = rows[row["opposite"]]
            assert other["code"][:2] != code[:2], code
            assert abs(float(row["lat"]) - float(other["lat"])) < 0.3, code
            assert abs(float(row["lon"]) - float(other["lon"])) < 0.4, code


def test_aliases():
    """Every alias leads to a code that exists."""
    known = {kind: {entry.code for entry in catalogue.entries(kind)} for kind in catalogue.KINDS}
    known |= {"issuer": set(CODES), "place": {row["code"] for row in catalogue.place_rows()}}
    known |= {"carrier": {row["code"] for row in catalogue.carrier_rows()}}
    for kind, codes in known.items():
        assert set(catalogue.aliases(kind).values()) <= codes, kind


def test_carriers():
    """Codes are unique, fit their column, and name a known means of travel and country."""
    rows = list(catalogue.carrier_rows())
    modes = {entry.code for entry in catalogue.entries("carrier_mode")}
    assert len(rows) == len({row["code"] for row in rows}) > 200
    for row in rows:
        assert 1 <= len(row["code"]) <= 8, row
        assert row["mode"] in modes, row
        assert not row["country"] or alpha3(row["country"]) in CODES, row


def test_every_country_lies_somewhere():
    """Each State and territory has a middle for the map."""
    assert [code for code in COUNTRIES if country_centroid(code) is None] == []


def test_issuers():
    """Persons without a nationality issue nothing, organizations are nobody's nationality; Germany is there once."""
    assert "XXA" in NATIONALITIES
    assert "XXA" not in ISSUING
    assert "XOM" in ISSUING
    assert "XOM" not in NATIONALITIES
    assert "D" in ISSUING
    assert "DEU" not in ISSUING


def test_the_page_is_current():
    """docs/taxonomy.md holds what `python -m limen.node.terms.page` prints."""
    assert page() == DOCS.read_text(encoding="utf-8")
