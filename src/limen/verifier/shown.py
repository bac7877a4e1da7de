"""What is shown to the Verifier: the pictures of one document and its bearer, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from limen.inspection import ChipEvidence
from limen.vision.light import Light
from limen.vision.page import Pixels, Side


class Picture(StrEnum):
    """What a picture shows. Results name a picture by these values."""

    WHITE = "white"
    IR = "ir"
    UV = "uv"
    BACK = "back"
    BACK_IR = "back-ir"
    BACK_UV = "back-uv"
    FACE = "face"
    """The bearer, at the counter."""
    PASSPORT = "passport"
    """The data page of the passport that a visa belongs to."""


LIGHTS: Mapping[Picture, tuple[Side, Light]] = {
    Picture.WHITE: (Side.FRONT, Light.WHITE),
    Picture.IR: (Side.FRONT, Light.IR),
    Picture.UV: (Side.FRONT, Light.UV),
    Picture.BACK: (Side.BACK, Light.WHITE),
    Picture.BACK_IR: (Side.BACK, Light.IR),
    Picture.BACK_UV: (Side.BACK, Light.UV),
}
"""Which side of the document a picture shows, as it was handed in, and under which light."""

WORDS: Mapping[Picture, str] = {
    Picture.WHITE: "white",
    Picture.IR: "infrared",
    Picture.UV: "ultraviolet",
    Picture.BACK: "back",
    Picture.BACK_IR: "back in infrared",
    Picture.BACK_UV: "back in ultraviolet",
    Picture.FACE: "live face",
    Picture.PASSPORT: "passport",
}
"""For a person."""


class NotShown(ValueError):  # noqa: N818 - says what is missing
    """Pictures that make no sense together: one sentence that says what is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One document and its bearer, as far as they were shown. Raises `NotShown` for a light without its white image."""

    pictures: Mapping[Picture, Pixels] = field(default_factory=dict)
    chip: ChipEvidence | None = None
    """What was read of the chip, or of a copy of it."""
    typed: tuple[str, ...] = ()
    """The lines of the printed zone, where a person typed them."""
    passport_mrz: tuple[str, ...] = ()
    """The zone of the passport that a visa belongs to, where it was typed."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """What could not be opened, by the name of its picture or "chip", with the reason as the rest of a sentence."""
    plain: bool = False
    """Whether this is a photograph of unknown kind and care. What its page does not show well enough is then told, and
    leaves the result as it is; what is irregular counts in any case."""

    def __post_init__(self) -> None:
        for light, white in _NEEDS.items():
            if light in self.pictures and white not in self.pictures:
                raise NotShown(f"The {WORDS[light]} image needs the {WORDS[white]} image of the same page beside it.")

    @property
    def described(self) -> tuple[str, ...]:
        """What was shown and can be looked at, in words, the chip at the end."""
        return (*(WORDS[one] for one in Picture if one in self.pictures), *(("chip",) if self.chip else ()))

    def lights(self, side: Side) -> Iterator[tuple[Light, Pixels]]:
        """The pictures of one side under other lights than white."""
        for picture, pixels in self.pictures.items():
            if picture in LIGHTS and LIGHTS[picture][0] is side and LIGHTS[picture][1] is not Light.WHITE:
                yield LIGHTS[picture][1], pixels


_NEEDS = {
    Picture.IR: Picture.WHITE,
    Picture.UV: Picture.WHITE,
    Picture.BACK_IR: Picture.BACK,
    Picture.BACK_UV: Picture.BACK,
}
