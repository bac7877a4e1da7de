"""Codes of States, organizations and persons without a nationality: Doc 9303-3, 8th edition, section 5.

Part A refers to ISO 3166-1 (table in `states`) and adds the codes below; parts B to H list the others. Former
codes are those that ISO 3166-3 moved out of ISO 3166-1, with the year in which it did so; documents that bear
them may still turn up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from limen.icao.codes.states import TABLE


class Kind(StrEnum):
    """What a code stands for."""

    STATE = "state"
    """A State or territory of ISO 3166-1, or another authority that issues as one (D, RKS)."""
    NATIONALITY = "nationality"
    """A kind of nationality within a State (GBD, GBN, ...); as an issuer it is uncommon."""
    ORGANIZATION = "organization"
    PERSON = "person"
    """Persons without a defined nationality (Part E); never an issuer."""
    FORMER = "former"
    SPECIMEN = "specimen"
    """Utopia, and what specimens use in its place."""
    MASTER_LIST = "master list"
    """ICAO as the signer of a master list; in no document."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code."""

    code: str
    name: str
    kind: Kind
    alpha2: str | None = None
    reference: str = "Doc 9303-3, 5, Part A; ISO 3166-1"
    until: int | None = None
    """The year in which the code was withdrawn, for former ones."""
    successors: tuple[str, ...] = ()
    note: str = ""


_P = "Doc 9303-3, 5, Part "

_BRITISH = (
    ("GBD", "British Overseas Territories Citizen"),
    ("GBN", "British National (Overseas)"),
    ("GBO", "British Overseas Citizen"),
    ("GBP", "British Protected Person"),
    ("GBS", "British Subject"),
)

_ORGANIZATIONS = (
    ("EUE", "European Union", "EU", "B"),
    ("UNO", "United Nations Organization or one of its officials", "UN", "C"),
    ("UNA", "United Nations specialized agency or one of its officials", "UN", "C"),
    ("UNK", "Resident of Kosovo with a travel document of UNMIK", None, "C"),
    ("XBA", "African Development Bank", None, "D"),
    ("XIM", "African Export-Import Bank", None, "D"),
    ("XCC", "Caribbean Community or one of its emissaries", None, "D"),
    ("XCE", "Council of Europe", None, "D"),
    ("XCO", "Common Market for Eastern and Southern Africa", None, "D"),
    ("XEC", "Economic Community of West African States", None, "D"),
    ("XPO", "International Criminal Police Organization (INTERPOL)", None, "D"),
    ("XES", "Organization of Eastern Caribbean States", None, "D"),
    ("XMP", "Parliamentary Assembly of the Mediterranean", None, "D"),
    ("XOM", "Sovereign Military Order of Malta or one of its emissaries", None, "D"),
    ("XDC", "Southern African Development Community", None, "D"),
)

_PERSONS = (
    ("XXA", "Stateless person (1954 Convention)"),
    ("XXB", "Refugee (1951 Convention and 1967 Protocol)"),
    ("XXC", "Refugee, other than XXB"),
    ("XXX", "Person of unspecified nationality"),
)

# Code, name, alpha-2, year of withdrawal, successors, Doc 9303's part where it still lists the code.
_FORMER = (
    ("ANT", "Netherlands Antilles", "AN", 2010, ("BES", "CUW", "SXM"), "F"),
    ("NTZ", "Neutral Zone", "NT", 1993, ("IRQ", "SAU"), "F"),
    ("BUR", "Burma", "BU", 1989, ("MMR",), None),
    ("BYS", "Byelorussian SSR", "BY", 1992, ("BLR",), None),
    ("CSK", "Czechoslovakia", "CS", 1993, ("CZE", "SVK"), None),
    ("DDR", "German Democratic Republic", "DD", 1990, ("D",), None),
    ("ROM", "Romania (code until 2002)", "RO", 2002, ("ROU",), None),
    ("SCG", "Serbia and Montenegro", "CS", 2006, ("SRB", "MNE"), None),
    ("SUN", "Union of Soviet Socialist Republics", "SU", 1992, ("RUS",), None),
    ("TMP", "East Timor", "TP", 2002, ("TLS",), None),
    ("YMD", "Yemen, Democratic", "YD", 1990, ("YEM",), None),
    ("YUG", "Yugoslavia", "YU", 2003, ("SCG",), None),
    ("ZAR", "Zaire", "ZR", 1997, ("COD",), None),
)


def _all() -> list[Code]:
    rows = (line.split(" ", 2) for line in TABLE.splitlines())
    return [
        *(Code(code, name, Kind.STATE, alpha2) for code, alpha2, name in rows),
        Code("D", "Germany", Kind.STATE, "DE", _P + "A"),
        Code("RKS", "Kosovo", Kind.STATE, "KS", _P + "A", note="in operational use, not in ISO 3166-1"),
        *(Code(code, name, Kind.NATIONALITY, None, _P + "A") for code, name in _BRITISH),
        *(Code(code, name, Kind.ORGANIZATION, alpha2, _P + part) for code, name, alpha2, part in _ORGANIZATIONS),
        *(Code(code, name, Kind.PERSON, None, _P + "E") for code, name in _PERSONS),
        *(
            Code(code, name, Kind.FORMER, alpha2, _P + part if part else "ISO 3166-3", year, after)
            for code, name, alpha2, year, after, part in _FORMER
        ),
        Code("UTO", "Utopia", Kind.SPECIMEN, "UT", _P + "G"),
        Code("IAO", "International Civil Aviation Organization", Kind.MASTER_LIST, "IA", _P + "H"),
    ]


CODES: dict[str, Code] = {code.code: code for code in _all()}
"""All codes, by code."""


def lookup(code: str) -> Code | None:
    """The code, written with or without its fillers ("D", "D<<"); None where no list has it."""
    return CODES.get(code.rstrip("<"))
