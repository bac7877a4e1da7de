"""The handful of images that come with the repository, in `specimens/`: made here, nobody's real document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from limen.specimen.capture import Style, capture
from limen.specimen.frauds import falsified
from limen.specimen.geometry import Side
from limen.specimen.model import Light
from limen.specimen.render import draft, render
from limen.specimen.writing import write_capture, write_truth

QUALITY: Final = 74
"""Of the JPEG files, which must stay small."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One image of the bundle."""

    name: str
    format: str
    seed: int
    style: Style
    ppi: float
    rotation: float
    note: str
    light: Light = Light.WHITE
    side: Side | None = None
    fraud: str | None = None
    fraud_seed: int = 0
    take: int = 0
    """Seed of the capture."""


PIECES: Final = (
    Piece("passport-scan", "TD3", 7, Style.SCAN, 200, 0, "a passport on a flatbed scanner"),
    Piece("passport-phone", "TD3", 21, Style.PHONE, 165, 17, "a passport held down, photographed askew", take=2),
    Piece("card-back-phone", "TD1", 34, Style.PHONE, 220, 205, "the back of an identity card, upside down", take=12),
    Piece("card-td2-phone", "TD2", 43, Style.PHONE, 180, 281, "a large identity card, on its side", take=22),
    Piece("visa-a-scan", "MRV-A", 51, Style.SCAN, 170, 90, "a visa label, scanned on its side"),
    Piece("visa-b-phone", "MRV-B", 62, Style.PHONE, 170, 349, "a small visa label", take=35),
    Piece("passport-infrared", "TD3", 7, Style.READER, 200, 0, "the first passport in infrared", light=Light.IR),
    Piece(
        "fraud-changed-digit", "TD3", 72, Style.SCAN, 190, 0, "a digit scraped off and another printed",
        fraud="changed-digit", fraud_seed=3,
    ),
    Piece(
        "fraud-wrong-typeface", "TD3", 85, Style.PHONE, 190, 4, "a machine readable zone that is not in OCR-B",
        fraud="wrong-typeface", fraud_seed=7, take=43,
    ),
    Piece(
        "card-front-phone", "TD1", 34, Style.PHONE, 190, 12, "the front of that card: no machine readable zone",
        side=Side.FRONT, take=53,
    ),
)  # fmt: skip
"""All of Utopia, so that the issuer is a code that Doc 9303 knows."""


def write_bundle(folder: Path) -> list[dict[str, Any]]:
    """Writes all images and their truth into the folder; gives the truth. Raises OSError."""
    rows = []
    for piece in PIECES:
        recipe = draft(piece.format, piece.seed, side=piece.side, lights=(piece.light,))
        if piece.fraud:
            recipe = falsified(recipe, piece.fraud, piece.fraud_seed)
        taken = capture(
            render(recipe), piece.take, piece.style, light=piece.light, ppi=piece.ppi, rotation=piece.rotation
        )
        rows.append(write_capture(folder, piece.name, taken, QUALITY) | {"notes": piece.note})
    write_truth(folder, rows)
    return rows
