"""What a specimen is made by. A fraud is a recipe with something changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from limen.icao.mrz import Format
from limen.specimen.drawing import GLOWING, ISSUED, Drawing, Glow, Reprint
from limen.specimen.geometry import GEOMETRIES, Geometry, Side
from limen.specimen.issuers import Issuer
from limen.specimen.model import FraudLabel, Light
from limen.specimen.papers import Papers
from limen.specimen.people import Person

if TYPE_CHECKING:
    from limen.specimen.tolerance import Tolerance


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides how a specimen looks. Equal recipes give equal images."""

    seed: int
    side: Side
    issuer: Issuer
    person: Person
    papers: Papers
    lines: tuple[str, ...]
    """The machine readable zone to print, on the side that has one."""
    ppi: float = 400.0
    lights: tuple[Light, ...] = tuple(Light)
    typeface: str = "OCRB"
    """Of the zone: an OCR-B cut, the name of another typeface, or the path of a font file."""
    ink_gain: float = 0.0
    """How much wider than drawn the zone's strokes print, in millimetres."""
    zone_carbon: bool = True
    """Whether the zone is printed in ink that absorbs infrared, as part 3, 4.5 demands."""
    uv_print: bool = True
    """Whether the fluorescent print and fibres are there."""
    bright_paper: bool = False
    """Whether the paper has the optical brighteners of office paper."""
    pasted_face: int | None = None
    """Seed of a portrait put over the rightful one."""
    scraped: tuple[str, ...] = ()
    """Names of fields whose first entry was scraped off and printed over."""
    finish: tuple[str, ...] = ()
    """What was done with the whole afterwards: `photocopy`, `screen`, `colour-copy`, `inkjet`."""
    frauds: tuple[FraudLabel, ...] = ()
    visual_typeface: str = "sans"
    """Of the visual zone's entries."""
    reprints: tuple[Reprint, ...] = ()
    """Entries that somebody else printed."""
    drawing: Drawing = ISSUED
    """Whose the static artwork is."""
    glow: Glow = GLOWING
    """Whose the fluorescent print is."""
    reprinted_face: int | None = None
    """Seed of a portrait that a printer put in the place of the rightful one."""
    reprinted_carbon: bool = True
    """Whether that printer's ink is seen in infrared as the issuer's is."""
    overprint: str = "true"
    """The film device over the portrait: `true`, `missing`, or `broken`, a copy that lies askew."""
    tolerance: Tolerance | None = None
    """How the press and the years made this sheet; None is the model itself."""

    @property
    def format(self) -> Format:
        """The document's format."""
        return self.papers.format

    @property
    def geometry(self) -> Geometry:
        """The format's measures."""
        return GEOMETRIES[self.papers.format]

    def reprint(self, field: str) -> Reprint | None:
        """The last new print of that entry."""
        return next((one for one in reversed(self.reprints) if one.field == field), None)

    @property
    def has_zone(self) -> bool:
        """Whether this side has a machine readable zone."""
        return self.side is self.geometry.zone_side

    @property
    def has_portrait(self) -> bool:
        """Whether this side shows the bearer."""
        return self.side is Side.FRONT
