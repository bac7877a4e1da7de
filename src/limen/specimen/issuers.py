"""Issuers that exist nowhere.

UTO is the code that Doc 9303-3 (8th edition, section 5) sets aside for specimens. The others lie in QMA to QZZ,
which ISO 3166-1 (8.1.3) leaves to its users for ever and Doc 9303 uses for nobody, so none of them can become
a State's code. A verifier does not know them, and must say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from limen.specimen.errors import UnknownNameError

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """An invented State and the look of its documents."""

    code: str
    name: str
    adjective: str
    colours: tuple[Colour, Colour, Colour]
    """The rainbow of the line work, left to right; the first is also the colour of titles."""
    paper: Colour
    petals: int
    """Of the rosettes, which tell one issuer from the next."""
    number: str
    """How its numbers look: 9 is a digit, A a letter, all else stands for itself."""
    towns: tuple[str, ...]
    carbon: bool = True
    """Whether the visual zone is printed in carbon ink, and so is seen in infrared."""
    cut: str = "OCRB"
    """The OCR-B cut that its printers have."""


_ISSUERS: Final = (
    Issuer(
        "UTO",
        "UTOPIA",
        "Utopian",
        ((28, 74, 112), (58, 132, 128), (150, 112, 66)),
        (246, 243, 232),
        12,
        "A99999999",
        ("AMAUROT", "NEW HARBOUR", "ZENITH"),
    ),
    Issuer(
        "QVA",
        "VALDORIA",
        "Valdorian",
        ((118, 34, 48), (176, 96, 60), (120, 108, 60)),
        (248, 241, 230),
        9,
        "AA9999999",
        ("PORT ELEND", "KESTREL BAY", "MIRAVEL"),
    ),
    Issuer(
        "QNR",
        "NORRLUNDE",
        "Norrlundish",
        ((30, 92, 70), (70, 140, 150), (66, 84, 140)),
        (240, 245, 240),
        16,
        "999999999",
        ("FROSTVIK", "OSTERHAMN", "LUNDE"),
        carbon=False,
        cut="OCRBS",
    ),
    Issuer(
        "QZE",
        "ZEPHYRA ISLANDS",
        "Zephyran",
        ((40, 66, 140), (70, 150, 180), (168, 92, 128)),
        (240, 244, 250),
        7,
        "ZE999999",
        ("WINDWARD", "CORAL POINT", "LEE TOWN"),
    ),
    Issuer(
        "QTM",
        "TAMARIND UNION",
        "Tamarindese",
        ((124, 78, 20), (170, 122, 44), (86, 118, 62)),
        (250, 244, 228),
        20,
        "A9A999A99",
        ("SANTA ORLA", "BAHIA VERDE", "TAMARIND"),
        carbon=False,
    ),
    Issuer(
        "QSK",
        "SKERRY REPUBLIC",
        "Skerrian",
        ((72, 50, 112), (112, 88, 160), (60, 120, 132)),
        (244, 240, 248),
        10,
        "9999999A",
        ("GREYNESS", "HOLM", "TARN HEAD"),
        cut="OCRBS",
    ),
)

ISSUERS: Final = {issuer.code: issuer for issuer in _ISSUERS}
"""By three-letter code."""


def issuer_named(code: str) -> Issuer:
    """The issuer of that code; raises `UnknownNameError`."""
    try:
        return ISSUERS[code.upper()]
    except KeyError:
        raise UnknownNameError("issuer", code, ISSUERS) from None
