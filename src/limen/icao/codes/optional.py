"""What issuers put into the optional data, as data: Doc 9303-4 to -7, 4.2.2, leave it to them.

Known from published specimens and documents. A mismatch means nothing: an issuer may stop, or start, at any
model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PERSONAL_NUMBER = "personal number"


@dataclass(frozen=True, slots=True)
class OptionalUse:
    """One issuer's use of one optional field."""

    issuer: str
    layout: str
    field: str
    meaning: str
    pattern: str
    """A regular expression for the field's value, or for its beginning up to a filler."""

    def read(self, value: str) -> str | None:
        """What of the field's value has this meaning; None where it does not look like it."""
        match = re.match(rf"(?:{self.pattern})(?![A-Z0-9])", value)
        return match.group() if match else None


_TD3_PERSONAL = {
    "AZE": r"[A-Z0-9]{7}",
    "CZE": r"\d{9,10}",
    "EST": r"\d{11}",
    "FIN": r"\d{6}[A-Z<]\d{3}[0-9A-Z]",
    "ISL": r"\d{6}<\d{4}",
    "LTU": r"\d{11}",
    "LUX": r"\d{11}|\d{13}",
    "MYS": r"\d{12}",
    "NLD": r"\d{9}",
    "POL": r"\d{11}",
    "ROU": r"\d{13}",
    "SGP": r"[A-Z]\d{7}[A-Z]",
    "SRB": r"\d{13}",
    "SWE": r"\d{10}|\d{12}",
    "THA": r"\d{13}",
    "TUR": r"\d{11}",
    "TWN": r"[A-Z]\d{9}",
    "UKR": r"\d{10}|\d{8}<?\d{5}",
}
_TD1_PERSONAL = {
    "ESP": r"\d{8}[A-Z]",
    "EST": r"\d{11}",
    "FIN": r"\d{6}[A-Z<]\d{3}[0-9A-Z]",
    "HRV": r"\d{11}",
    "NLD": r"\d{9}",
    "SRB": r"\d{13}",
    "SWE": r"\d{12}",
}

OPTIONAL_USES: tuple[OptionalUse, ...] = (
    *(OptionalUse(s, "TD3", "optional_data", PERSONAL_NUMBER, p) for s, p in _TD3_PERSONAL.items()),
    *(OptionalUse(s, "TD1", "optional_data", PERSONAL_NUMBER, p) for s, p in _TD1_PERSONAL.items()),
    OptionalUse("BEL", "TD1", "optional_data_2", PERSONAL_NUMBER, r"\d{11}"),
    OptionalUse("D", "TD1", "optional_data_2", "version of the card's design, year and month", r"\d{4}"),
    OptionalUse("USA", "TD1", "optional_data", "receipt number of the application", r"[A-Z]{3}\d{10}"),
)
"""All known uses."""


def optional_uses(issuer: str, layout: str) -> tuple[OptionalUse, ...]:
    """The uses known for an issuer's documents in a layout; () if none is."""
    state = issuer.rstrip("<")
    return tuple(use for use in OPTIONAL_USES if (use.issuer, use.layout) == (state, layout))


def personal_number(issuer: str, layout: str, optional_data: str, optional_data_2: str = "") -> str | None:
    """The bearer's personal number in the optional data, where the issuer is known to put it there."""
    values = {"optional_data": optional_data, "optional_data_2": optional_data_2}
    for use in optional_uses(issuer, layout):
        if use.meaning == PERSONAL_NUMBER and (found := use.read(values[use.field])) is not None:
            return found
    return None
