"""The models of the second generator: six States that exist nowhere either, each with a look of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from limen.icao.mrz import Format
from limen.specimen.issuers import Colour, Issuer

Rows = tuple[tuple[tuple[str, float], ...], ...]
"""Rows of (entry, offset from the left margin)."""


@dataclass(frozen=True, slots=True)
class Design:
    """One model of document."""

    issuer: Issuer
    format: Format
    lines: tuple[str, ...]
    """Families of line work, the ground first."""
    face: str
    """Typeface of the entries."""
    titles: str
    """Typeface of titles and labels."""
    left: float
    top: float
    step: float
    rows: Rows
    caps: tuple[float, float]
    """Height of labels and of entries."""
    portrait: tuple[float, float, float, float]
    frame: str
    """`hard` with a rule about it, `oval`, or `faded`."""
    device: str
    """What runs over the portrait: `waves`, `strip`, `grid`."""
    ghost: tuple[float, float, float, float]
    ghost_style: str
    """`dots` or `tone`."""
    motif: str
    """Of the fluorescent print: `hexagons`, `sun`, `leaf`."""
    uv_colours: tuple[Colour, Colour]
    ir_ground: float
    """How much of the line work's lower half is seen in infrared, 0 to 1."""
    ir_portrait: float
    signature: tuple[float, float, float, float]


def _issuer(  # noqa: PLR0917 - a table's columns
    code: str, name: str, adjective: str, colours: tuple[Colour, Colour, Colour], paper: Colour, number: str,
    carbon: bool, cut: str,
) -> Issuer:  # fmt: skip
    return Issuer(code, name, adjective, colours, paper, 8, number, ("ALDERSEA", "MONT CLAIR", "ROWAN"), carbon, cut)


_BOOK: Rows = (
    (("surname", 0),),
    (("given_names", 0),),
    (("birth_date", 0), ("sex", 24), ("nationality", 36)),
    (("birth_place", 0), ("personal_number", 36)),
    (("type", 0), ("code", 12), ("number", 36)),
    (("issue_date", 0), ("expiry_date", 36)),
    (("authority", 0),),
)
_BOOK_TWO: Rows = (
    (("number", 0), ("type", 32), ("code", 46)),
    (("surname", 0),),
    (("given_names", 0),),
    (("sex", 0), ("birth_date", 12), ("birth_place", 42)),
    (("nationality", 0), ("personal_number", 42)),
    (("issue_date", 0), ("expiry_date", 42)),
    (("authority", 0),),
)
_CARD: Rows = (
    (("number", 0), ("sex", 34)),
    (("surname", 0),),
    (("given_names", 0),),
    (("birth_date", 0), ("nationality", 26)),
    (("expiry_date", 0),),
)
_CARD_BACK: Rows = (
    (("authority", 0),),
    (("issue_date", 0), ("birth_place", 30)),
    (("personal_number", 0), ("height", 40)),
)
CARD_BACK: Final = _CARD_BACK
"""Rows of the back of TD1."""
_LARGE: Rows = (
    (("number", 0), ("expiry_date", 32)),
    (("surname", 0),),
    (("given_names", 0),),
    (("birth_date", 0), ("sex", 32)),
    (("nationality", 0),),
    (("birth_place", 0),),
)
_LABEL: Rows = (
    (("number", 0), ("entries", 40)),
    (("issue_date", 0), ("expiry_date", 40)),
    (("surname", 0),),
    (("given_names", 0),),
    (("nationality", 0), ("birth_date", 28), ("sex", 56)),
    (("place", 0),),
)

_DESIGNS: Final = (
    Design(
        _issuer("QMB", "MIRABEL", "Mirabelese", ((96, 30, 84), (52, 96, 150), (30, 130, 110)), (247, 244, 247),
                "A99999999", True, "OCRB"),
        Format.TD3, ("contours", "lissajous"), "LiberationSerif", "LiberationSerif", 43.5, 13.2, 6.5, _BOOK, (1.1, 2.1),
        (4.6, 15.5, 34.0, 44.0), "oval", "waves", (103.0, 30.0, 16.0, 20.5), "dots", "hexagons",
        ((110, 190, 255), (255, 120, 200)), 0.0, 0.85, (90.0, 57.0, 28.0, 7.0),
    ),
    Design(
        _issuer("QPL", "PELAGIA", "Pelagian", ((20, 60, 120), (30, 120, 150), (90, 150, 120)), (238, 246, 248),
                "999999999", False, "OCRBS"),
        Format.TD3, ("wavelets", "spirals"), "DejaVuSansCondensed", "DejaVuSans", 45.0, 12.6, 6.7, _BOOK_TWO,
        (1.0, 1.9), (6.5, 16.0, 33.0, 42.5), "hard", "strip", (104.5, 13.5, 14.0, 18.0), "tone", "sun",
        ((255, 220, 70), (255, 90, 60)), 0.55, 0.1, (86.0, 56.6, 30.0, 7.4),
    ),
    Design(
        _issuer("QYS", "YSMARA", "Ysmaran", ((130, 60, 20), (150, 110, 40), (90, 120, 60)), (249, 246, 236),
                "AA999999", True, "OCRB"),
        Format.TD3, ("tiles", "contours"), "LiberationSans", "LiberationSans", 44.5, 14.5, 6.3, _BOOK, (1.05, 2.0),
        (5.0, 17.5, 33.5, 43.0), "faded", "grid", (106.0, 40.0, 13.0, 16.5), "dots", "leaf",
        ((90, 240, 140), (150, 170, 255)), 0.0, 0.6, (88.0, 57.0, 28.0, 7.0),
    ),
    Design(
        _issuer("QRD", "ROSSDALE", "Rossdaler", ((20, 90, 80), (70, 110, 50), (120, 110, 30)), (242, 247, 240),
                "9999999A9", True, "OCRBS"),
        Format.TD1, ("wavelets", "contours"), "DejaVuSansCondensed", "LiberationSans", 31.5, 12.0, 5.7, _CARD,
        (1.0, 1.75), (3.8, 12.5, 25.0, 32.0), "hard", "grid", (68.5, 31.5, 11.5, 14.5), "tone", "sun",
        ((120, 255, 120), (255, 80, 120)), 0.4, 0.85, (33.0, 42.0, 26.0, 7.5),
    ),
    Design(
        _issuer("QWN", "WENDMARK", "Wendish", ((110, 20, 40), (120, 60, 90), (60, 50, 120)), (250, 243, 243),
                "A9999999", False, "OCRB"),
        Format.TD2, ("spirals", "tiles"), "LiberationSans", "DejaVuSans", 36.0, 13.4, 6.2, _LARGE, (1.05, 1.9),
        (4.4, 12.6, 27.0, 34.5), "oval", "waves", (86.0, 33.0, 13.0, 16.5), "dots", "hexagons",
        ((255, 150, 60), (80, 230, 230)), 0.0, 0.1, (64.0, 42.5, 20.0, 7.5),
    ),
    Design(
        _issuer("QXV", "VALOISE", "Valoisian", ((60, 40, 110), (30, 100, 130), (40, 130, 80)), (246, 246, 240),
                "999999999", True, "OCRB"),
        Format.MRV_A, ("lissajous", "wavelets"), "LiberationSerif", "LiberationSans", 37.0, 12.8, 6.4, _LABEL,
        (1.05, 1.95), (4.6, 14.0, 28.5, 36.5), "hard", "strip", (100.0, 13.0, 13.0, 16.5), "tone", "leaf",
        ((100, 220, 255), (250, 250, 110)), 0.3, 0.85, (80.0, 46.0, 30.0, 8.0),
    ),
)  # fmt: skip

DESIGNS: Final = {design.issuer.code: design for design in _DESIGNS}
"""By the issuer's code."""
