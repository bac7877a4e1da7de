"""The name in the machine readable zone: Doc 9303-3, 8th edition, 4.6."""

from __future__ import annotations

from dataclasses import dataclass

from limen.icao.mrz.alphabet import FILLER

SEPARATOR = FILLER * 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the zone gives it: capital letters, a space between components."""

    primary: str
    secondary: str = ""
    truncated: bool = False
    """Whether the field ends with a letter: the name must be taken for truncated (Doc 9303-4, 4.2.3)."""

    def __str__(self) -> str:
        return f"{self.primary}, {self.secondary}" if self.secondary else self.primary

    @property
    def field(self) -> str:
        """The name as the zone writes it, without the fillers behind it."""
        primary = self.primary.replace(" ", FILLER)
        return primary + SEPARATOR + self.secondary.replace(" ", FILLER) if self.secondary else primary


def read_name(raw: str) -> Name:
    """The name in a name field. Nothing is lost: `read_name(raw).field` is `raw` without its last fillers."""
    text = raw.rstrip(FILLER)
    primary, _, secondary = text.partition(SEPARATOR)
    truncated = bool(raw) and raw[-1] != FILLER
    return Name(primary.replace(FILLER, " "), secondary.replace(FILLER, " "), truncated)
