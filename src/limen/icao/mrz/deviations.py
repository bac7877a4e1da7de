"""Known deviations of issuers from Doc 9303's check digits, as data.

A deviation is accepted only for the issuers and layouts it is known from, and only where the standard rule
fails: a check digit that holds by the standard needs no excuse. The check digit then names the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from limen.icao.codes import Certainty


class Rule(StrEnum):
    """Other ways to compute a check digit."""

    STANDARD = "standard"
    FILLER_COUNTED = "filler counted"
    """In a long document number the filler in position 15 of TD1 counts as a character: it adds nothing, but
    shifts the weights of what follows. Doc 9303-5, 4.2.4 leaves it out."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One issuer's habit."""

    issuer: str
    layout: str
    check_digit: str
    rule: Rule
    certainty: Certainty
    source: str


DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(
        "BEL",
        "TD1",
        "number",
        Rule.FILLER_COUNTED,
        Certainty.DOCUMENTED,
        "identity cards before 2020: specimen BEL-BO-03003; the newer BEL-BO-11005 follows the standard",
    ),
    Deviation(
        "PRT",
        "TD1",
        "number",
        Rule.FILLER_COUNTED,
        Certainty.DOCUMENTED,
        "citizen card of 2007: published specimens; the card of 2024 follows the standard",
    ),
)


def rules_for(issuer: str, layout: str, check_digit: str) -> tuple[Rule, ...]:
    """The rules known for this check digit of this issuer besides the standard one."""
    return tuple(
        deviation.rule
        for deviation in DEVIATIONS
        if (deviation.issuer, deviation.layout, deviation.check_digit) == (issuer, layout, check_digit)
    )
