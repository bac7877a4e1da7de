"""How issuers number their documents: soft knowledge, as data.

Doc 9303 leaves numbers to the issuer. The entries say how surely each format is known; specimens, emergency
and diplomatic documents and new models may differ, so that a mismatch is a hint and never a failure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How surely a format is known."""

    DOCUMENTED = "documented"
    """The issuer says so in public."""
    OBSERVED = "observed"
    """Published specimens and documents agree."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One format of an issuer's document numbers."""

    issuer: str
    kinds: str
    """First letters of the document codes: P passports, I identity cards."""
    pattern: str
    """A regular expression for the whole number, without fillers."""
    description: str
    certainty: Certainty
    note: str = ""

    def fits(self, number: str) -> bool:
        """Whether the number has this format."""
        return re.fullmatch(self.pattern, number) is not None


# Issuer, kinds, pattern, description, D(ocumented) or O(bserved), note.
_TABLE: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("ARG", "P", r"[A-Z]{3}\d{6}", "3 letters, 6 digits", "O", ""),
    ("AUS", "P", r"[A-Z]{1,2}\d{7}", "1 or 2 letters, 7 digits", "D", "Australian Passport Office"),
    ("AUT", "P", r"[A-Z]{1,2}\d{7}", "1 or 2 letters, 7 digits", "O", ""),
    ("AZE", "P", r"[A-Z]\d{8}", "letter, 8 digits", "O", ""),
    ("BEL", "P", r"[A-Z]{2}\d{6}", "2 letters, 6 digits", "D", ""),
    ("BEL", "I", r"\d{12}|\d{9}", "12 digits, the last two being the first ten modulo 97; or 9", "D", ""),
    ("BLR", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("BRA", "P", r"[A-Z]{2}\d{6}", "2 letters, 6 digits", "O", ""),
    ("CAN", "P", r"[A-Z]{2}\d{6}|[A-Z]\d{6}[A-Z]{2}", "2 letters and 6 digits, or A123456AB", "D", "IRCC"),
    ("CHE", "I", r"[A-Z]\d{7}", "letter, 7 digits", "O", "cards to 2023"),
    ("CHN", "P", r"[EG]\d{8}|[DEPS][A-Z]\d{7}", "letter and 8 digits, or 2 letters and 7 digits", "O", ""),
    ("COL", "P", r"[A-Z]{2}\d{6}", "2 letters, 6 digits", "O", ""),
    ("CZE", "P", r"\d{8}", "8 digits", "O", ""),
    ("CZE", "I", r"\d{9}", "9 digits", "O", ""),
    ("D", "PI", r"[0-9CFGHJKLMNPRTVWXYZ]{9}|[ABE]\d{7,8}", "9 of 0 to 9, CFGHJKLMNPRTVWXYZ", "D", "since 2007, 2010"),
    ("DNK", "P", r"\d{9}", "9 digits", "O", ""),
    ("ESP", "P", r"[A-Z]{2,3}\d{6}", "2 or 3 letters, 6 digits", "O", ""),
    ("ESP", "I", r"[A-Z]{3}\d{6}", "3 letters, 6 digits", "D", "support number of the DNI"),
    ("EST", "I", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("FIN", "PI", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("FRA", "P", r"\d{2}[A-Z]{2}\d{5}", "2 digits, 2 letters, 5 digits", "D", ""),
    ("FRA", "I", r"[A-Z0-9]{9}|\d{4}[A-Z0-9]{3}\d{5}", "9 letters and digits, or 12 characters", "D", ""),
    ("GBR", "P", r"\d{9}", "9 digits", "D", "HM Passport Office"),
    ("GRC", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("HKG", "P", r"[A-Z]\d{8}|[A-Z]{2}\d{7}", "letter and 8 digits, or 2 letters and 7 digits", "O", ""),
    ("HRV", "PI", r"\d{9}", "9 digits", "O", ""),
    ("IDN", "P", r"[A-Z]\d{7}", "letter, 7 digits", "O", ""),
    ("IND", "P", r"[A-Z]\d{7}", "letter, 7 digits", "D", "Passport Seva"),
    ("IRL", "P", r"[A-Z0-9]{2}\d{7}", "2 letters or digits, 7 digits", "O", ""),
    ("ISL", "P", r"[A-Z]\d{7}", "letter, 7 digits", "O", ""),
    ("ISR", "P", r"\d{8}", "8 digits", "O", ""),
    ("ITA", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "D", ""),
    ("ITA", "I", r"[A-Z]{2}\d{5}[A-Z]{2}", "2 letters, 5 digits, 2 letters", "D", "electronic card"),
    ("JPN", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "D", ""),
    ("KOR", "P", r"[A-Z]\d{8}|[A-Z]\d{3}[A-Z]\d{4}", "letter and 8 digits, or M123A4567", "D", ""),
    ("LKA", "P", r"[A-Z]{1,2}\d{7}", "1 or 2 letters, 7 digits", "O", ""),
    ("LTU", "PI", r"\d{8}", "8 digits", "O", ""),
    ("LVA", "PI", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("MAR", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("MEX", "P", r"[A-Z]\d{8}", "letter, 8 digits", "O", ""),
    ("MYS", "P", r"[A-Z]\d{8}", "letter, 8 digits", "O", ""),
    ("NGA", "P", r"[A-Z]\d{8}", "letter, 8 digits", "O", ""),
    ("NLD", "PI", r"[A-NP-Z]{2}[A-NP-Z0-9]{6}\d", "2 letters, 6 letters or digits, digit; no O", "D", ""),
    ("NZL", "P", r"[A-Z]{2}\d{6}", "2 letters, 6 digits", "D", ""),
    ("PAK", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "O", ""),
    ("PHL", "P", r"[A-Z]\d{7}[A-Z]|[A-Z]{2}\d{6,7}", "P1234567A, or 2 letters and 6 or 7 digits", "O", ""),
    ("POL", "P", r"[A-Z]{2}\d{7}", "2 letters, 7 digits", "D", ""),
    ("POL", "I", r"[A-Z]{3}\d{6}", "3 letters, 6 digits", "D", ""),
    ("PRT", "P", r"[A-Z]\d{6}|[A-Z]{2}\d{6}", "1 or 2 letters, 6 digits", "O", ""),
    ("PRT", "I", r"\d{9}[A-Z0-9]{2}\d", "9 digits, 2 letters or digits, digit", "D", "citizen card"),
    ("ROU", "I", r"[A-Z]{2}\d{6,7}", "2 letters, 6 or 7 digits", "O", ""),
    ("RUS", "P", r"\d{9}", "9 digits", "O", ""),
    ("SGP", "P", r"[A-Z]\d{7}[A-Z]", "letter, 7 digits, letter", "O", ""),
    ("SRB", "PI", r"\d{9}", "9 digits", "O", ""),
    ("SVK", "I", r"[A-Z]{2}\d{6}", "2 letters, 6 digits", "O", ""),
    ("THA", "P", r"[A-Z]\d{6}|[A-Z]{2}\d{7}", "letter and 6 digits, or 2 letters and 7 digits", "O", ""),
    ("TUR", "P", r"[A-Z]\d{8}", "letter, 8 digits", "O", ""),
    ("TUR", "I", r"[A-Z]\d{2}[A-Z]\d{5}", "letter, 2 digits, letter, 5 digits", "O", ""),
    ("TWN", "P", r"\d{9}", "9 digits", "O", ""),
    ("UKR", "P", r"[A-Z]{2}\d{6}", "2 letters, 6 digits", "O", ""),
    ("UKR", "I", r"\d{9}", "9 digits", "O", ""),
    ("USA", "P", r"\d{9}|[A-Z]\d{8}", "9 digits, or letter and 8 digits", "D", "Department of State"),
    ("VNM", "P", r"[A-Z]\d{7,8}", "letter, 7 or 8 digits", "O", ""),
    ("ZAF", "P", r"\d{9}|[A-Z]\d{8}", "9 digits, or letter and 8 digits", "O", ""),
)

NUMBER_FORMATS: tuple[NumberFormat, ...] = tuple(
    NumberFormat(
        issuer,
        kinds,
        pattern,
        description,
        Certainty.DOCUMENTED if certainty == "D" else Certainty.OBSERVED,
        note,
    )
    for issuer, kinds, pattern, description, certainty, note in _TABLE
)
"""All known formats."""


def number_formats(issuer: str, document_code: str) -> tuple[NumberFormat, ...]:
    """The formats known for an issuer's ordinary documents of this code; () if none is.

    Only ordinary passports and identity cards are known: emergency, official and refugees' passports, and
    residence permits (IR), often have series of their own.
    """
    kind, second = document_code[:1], document_code[1:2].rstrip("<")
    if kind not in ("P", "I") or (second not in _CARDS if kind == "I" else second in _SPECIAL):
        return ()
    state = issuer.rstrip("<")
    return tuple(entry for entry in NUMBER_FORMATS if entry.issuer == state and kind in entry.kinds)


_CARDS = ("", "D", "O")
"""Second letters of identity cards; Croatia's have O."""
_SPECIAL = tuple("DELMORSTU")
"""Second letters of passports that are not ordinary ones (Doc 9303-4, 4.4; 9303-8)."""


def belgian_digits_hold(number: str) -> bool:
    """Whether the last two digits of a Belgian card number are the first ten modulo 97, 97 standing for 0."""
    if not re.fullmatch(r"\d{12}", number):
        return False
    return int(number[10:]) == (int(number[:10]) % 97 or 97)
