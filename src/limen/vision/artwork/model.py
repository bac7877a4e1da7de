"""What a page looks like when it is held against the reference of its model."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from limen.vision.light import Light
from limen.vision.page import Rect


class Property(StrEnum):
    """What was compared."""

    LINE_WORK = "line work"
    COLOUR = "colour"
    SHARPNESS = "sharpness"
    REGULAR_PATTERN = "regular pattern"
    """Halftone dots, pixel grids, moire: what a copy or a screen adds."""
    BACKGROUND = "background"
    """Whether the ground goes on beneath and between the print of variable data."""
    PORTRAIT_EDGE = "portrait edge"
    OVERPRINT = "overprint"
    """Line work or film that runs over the portrait."""
    TYPEFACE = "typeface"
    BASELINE = "baseline"
    FLUORESCENCE = "fluorescence"
    ABSORPTION = "absorption"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One property of one region, as it is and as it should be."""

    region: str
    """By its name in the reference: "static artwork", "portrait", "viz.surname", "uv print"."""
    light: Light
    property: Property
    margin: float
    """-1 to +1 with 0 at the threshold; negative deviates."""
    rect: Rect
    """Where it is worst, in millimetres."""
    found: str
    """The measured value with its unit."""
    expected: str
    """The value that would still do."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A page held against a reference."""

    model: str
    """The name of the reference's model, such as "UTO P TD3 2020"."""
    counts: bool
    """Whether the reference was promoted; the findings of an evaluatory one are logged and never count."""
    deviations: tuple[Deviation, ...]
    """Every property that was compared, the passing ones too."""
    heat: dict[Light, NDArray[np.float32]] = field(repr=False, default_factory=dict)
    """By light in which something deviates, how far each place does, in multiples of its tolerance; an eighth of the
    sheet's height x width."""
    note: str = ""
    """Why it could not be compared, one sentence; empty where it was."""


@dataclass(frozen=True, slots=True)
class Field:
    """An entry of the visual zone as the reader of print found it."""

    name: str
    """Such as "surname"; its region is "viz.surname"."""
    rect: Rect
    """On the page, in millimetres."""
    text: str = ""


class CannotLearn(ValueError):  # noqa: N818 - says what is the matter
    """The captures do not make a reference; the message says why and what to do."""


class BadArtwork(ValueError):  # noqa: N818 - the name that all packages share
    """The bytes are no learned artwork of this version."""
