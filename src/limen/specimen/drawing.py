"""How a forger's work departs from the issuer's: line work drawn anew, painted fluorescence, entries printed again.

Each is a small value in the recipe whose defaults are the issuer's own work.
"""

from __future__ import annotations

from dataclasses import dataclass

from limen.specimen.issuers import Colour

Shift = tuple[float, float]
"""To the right and down, in millimetres."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the static artwork was drawn."""

    seed: int = 0
    """Of the phases and periods of the line work; 0 is the issuer's own."""
    weight: float = 1.0
    """Thickness of the lines, as a multiple of the true one."""
    strength: float = 1.0
    """Of their ink, likewise."""
    petals: int = 0
    """How many the rosettes have too many."""
    shift: Shift = (0.0, 0.0)
    """Of rosettes, emblem and fluorescent motifs."""
    titles: Shift = (0.0, 0.0)
    spacing: float = 1.0
    """Of the titles' letters, as a multiple of the true one."""
    tint: Colour = (0, 0, 0)
    """Added to each colour of the line work."""
    microtext: bool = True
    """Whether the rule under the titles is lettering; a plain rule otherwise."""


@dataclass(frozen=True, slots=True)
class Glow:
    """How the fluorescent print came out."""

    strength: float = 1.0
    """As a multiple of the true one."""
    softness: float = 0.0
    """Blur in millimetres, as of a brush or a rubber stamp."""
    shift: Shift = (0.0, 0.0)
    colour: Colour | None = None
    """The one colour that all of it has; None is the issuer's several."""
    patches: int = 0
    """Seed of the unevenness of a hand's work; 0 is even."""
    fibres: bool = True
    """Whether the paper has its fluorescent fibres."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """An entry of the visual zone that does not read, or does not look, as the issuer printed it."""

    field: str
    """`viz.` and the field."""
    text: str
    columns: tuple[int, int] | None = None
    """From and to which character it was printed again; None is the whole entry."""
    face: str = "sans"
    bold: float = 0.07
    """How much the strokes are widened, in millimetres."""
    size: float = 1.0
    """Height of the capitals, as a multiple of the true one."""
    shift: Shift = (0.0, 0.0)
    scraped: bool = False
    """Whether the first print was scraped off."""


ISSUED = Drawing()
"""The issuer's own artwork."""
GLOWING = Glow()
"""The issuer's own fluorescence."""
