"""The generic check routines: what each combination of light, property and feature asks.

BSI TR-03135-1 v2.5, 5.5.1.2 and table 5.3; Doc 9303-2 (8th edition), Appendix C, C.3 and table C-1, which adds the
barcode. A routine is named by a triple such as (IR, AB, MR): infrared, absorbent, machine readable zone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from limen.vision.light import Light

_NAMESPACE: Final = uuid.UUID("7d3a2c1e-5b0f-5d7c-9a53-0c6f1d2e9b44")


class Property(StrEnum):
    """What light does with the feature."""

    ABSORBENT = "AB"
    BRIGHT = "BR"
    FREQUENCY = "FR"
    LUMINESCENT = "LU"
    TRANSLUCENT = "TL"
    TRANSPARENT = "TR"


class Feature(StrEnum):
    """Which feature or part of the page. *Static* is the same on every document of a model, *dynamic* is not."""

    FIBRES = "FI"
    FULL = "FU"
    STATIC_INK = "IS"
    ZONE = "MR"
    ZONE_OVERPRINT = "OM"
    ACCESS_NUMBER = "CA"
    BARCODE = "BC"
    DYNAMIC_PERFORATION = "PD"
    STATIC_PERFORATION = "PS"
    PHOTO = "PH"
    SECOND_PHOTO = "SP"
    PHOTO_OVERPRINT = "OP"
    THREAD = "TH"
    VISUAL_ZONE = "VZ"
    WATERMARK = "WM"
    DYNAMIC_INK = "ID"
    OTHER = "AF"


_SOURCES: Final = {Light.WHITE: "VI", Light.UV: "UV", Light.IR: "IR"}

_NAMES: Final = {
    Feature.FIBRES: "fibres",
    Feature.FULL: "paper of the whole page",
    Feature.STATIC_INK: "print of the blank document",
    Feature.ZONE: "machine readable zone",
    Feature.ZONE_OVERPRINT: "print over the machine readable zone",
    Feature.ACCESS_NUMBER: "card access number",
    Feature.BARCODE: "barcode",
    Feature.DYNAMIC_PERFORATION: "bearer's perforation",
    Feature.STATIC_PERFORATION: "perforation of the blank document",
    Feature.PHOTO: "portrait",
    Feature.SECOND_PHOTO: "second portrait",
    Feature.PHOTO_OVERPRINT: "print over the portrait",
    Feature.THREAD: "security thread",
    Feature.VISUAL_ZONE: "visual zone",
    Feature.WATERMARK: "watermark",
    Feature.DYNAMIC_INK: "bearer's data",
    Feature.OTHER: "further feature",
}

_WORDS: Final = {
    Light.WHITE: "in white light",
    Light.UV: "in ultraviolet",
    Light.IR: "in infrared",
}

_ASKED: Final = {
    Property.ABSORBENT: "is the {name} dark {light}",
    Property.BRIGHT: "does the {name} stay dull {light}",
    Property.FREQUENCY: "has the {name} the fineness of its pattern {light}",
    Property.LUMINESCENT: "does the {name} shine {light}",
    Property.TRANSLUCENT: "does the {name} show through {light}",
    Property.TRANSPARENT: "does the {name} vanish {light}",
}


@dataclass(frozen=True, slots=True)
class LightCode:
    """A generic check routine: (light source, optical property, feature)."""

    light: Light
    optical: Property
    feature: Feature

    def __str__(self) -> str:
        return f"({_SOURCES[self.light]}, {self.optical}, {self.feature})"

    @property
    def dotted(self) -> str:
        """The code of its check: `light.ir_ab_mr`."""
        return f"light.{_SOURCES[self.light]}_{self.optical}_{self.feature}".lower()

    @property
    def uuid(self) -> uuid.UUID:
        """Its identifier, the same for ever (TR-03135-1, 5.5.1.2)."""
        return uuid.uuid5(_NAMESPACE, str(self))

    @property
    def name(self) -> str:
        """The feature in words."""
        return _NAMES[self.feature]

    @property
    def lit(self) -> str:
        """The light in words: "in infrared"."""
        return _WORDS[self.light]

    @property
    def question(self) -> str:
        """What is asked, with the code in front."""
        return f"{self}: {_ASKED[self.optical].format(name=self.name, light=self.lit)}?"

    @classmethod
    def parse(cls, text: str) -> LightCode:
        """The code written as `(IR, AB, MR)`, `IR AB MR` or `light.ir_ab_mr`; raises ValueError."""
        parts = text.strip().removeprefix("light.").strip("()").upper().replace(",", " ").replace("_", " ").split()
        sources = {name: light for light, name in _SOURCES.items()}
        if len(parts) != 3 or parts[0] not in sources:
            raise ValueError(f"{text!r} is no code of a light check, such as (IR, AB, MR)")
        return cls(sources[parts[0]], Property(parts[1]), Feature(parts[2]))


# Table C-1, row by row: what may be asked in white light, ultraviolet, infrared.
_TABLE: Final = {
    Feature.FIBRES: ("", "LU", ""),
    Feature.FULL: ("", "BR", ""),
    Feature.STATIC_INK: ("AB TR", "LU", "AB TR TL"),
    Feature.ZONE: ("AB", "BR", "AB"),
    Feature.ZONE_OVERPRINT: ("", "LU", ""),
    Feature.ACCESS_NUMBER: ("AB", "", "AB"),
    Feature.BARCODE: ("AB TR", "LU", "AB"),
    Feature.DYNAMIC_PERFORATION: ("AB", "LU", "AB"),
    Feature.STATIC_PERFORATION: ("AB", "LU", "AB"),
    Feature.PHOTO: ("AB FR", "BR FR", "AB FR TR"),
    Feature.SECOND_PHOTO: ("AB TR", "LU", "AB TR"),
    Feature.PHOTO_OVERPRINT: ("", "LU", ""),
    Feature.THREAD: ("TR", "LU", "AB"),
    Feature.VISUAL_ZONE: ("", "BR", ""),
    Feature.WATERMARK: ("", "", "AB"),
    Feature.DYNAMIC_INK: ("AB TR", "LU", "AB TR"),
    Feature.OTHER: ("AB BR LU TL TR",) * 3,
}

CATALOGUE: Final[tuple[LightCode, ...]] = tuple(
    LightCode(light, Property(name), feature)
    for feature, row in _TABLE.items()
    for light, names in zip((Light.WHITE, Light.UV, Light.IR), row, strict=True)
    for name in names.split()
)
"""Every routine of the table, feature by feature."""
