"""What documents have seals, and which features: Doc 9303-7 section 9.1 (visas), 9303-8 section 6.1 (emergency travel
documents), and the national profiles that are registered with the German BSI's catalogue (TR-03137, TR-03171).

A kind is told by two octets of the header, the feature definition reference and the document type category.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from limen.icao.seal import c40
from limen.icao.seal.errors import SealError


class Coding(StrEnum):
    """How a feature's octets are to be read."""

    TEXT = "C40 text"
    UTF8 = "UTF-8 text"
    ENTRIES = "number of entries"
    STAY = "duration of stay"
    OCTETS = "octets"
    MRV_A = "zone of an MRV-A"
    MRV_B = "zone of an MRV-B"
    TD2 = "zone of two lines of 36"
    TD3 = "zone of two lines of 44"


_LINES = {Coding.MRV_A: (44, 28), Coding.MRV_B: (36, 28), Coding.TD2: (36, 36), Coding.TD3: (44, 44)}
"""Characters of the two lines that a seal repeats: of a visa's second line only the first 28."""


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """One feature of a kind: its tag, name and coding, its octets, and whether every seal must have it."""

    tag: int
    name: str
    coding: Coding
    least: int
    most: int
    required: bool = True


@dataclass(frozen=True, slots=True)
class SealKind:
    """One kind of sealed document."""

    name: str
    features: tuple[FeatureSpec, ...]
    one_of: frozenset[int] = frozenset()
    """Tags of which a seal must have exactly one."""

    def spec(self, tag: int) -> FeatureSpec | None:
        """Return what the tag stands for, None for one that the kind does not know."""
        return next((one for one in self.features if one.tag == tag), None)


_FACE = FeatureSpec(1, "face image", Coding.OCTETS, 1, 1000)
_TD2 = FeatureSpec(2, "machine readable zone", Coding.TD2, 48, 48)
_PASSPORT = FeatureSpec(3, "passport number", Coding.TEXT, 6, 6)
_REGISTER = FeatureSpec(4, "register number", Coding.TEXT, 8, 8)
_NUMBER = FeatureSpec(1, "document number", Coding.TEXT, 6, 6)
_PLACE = FeatureSpec(2, "place code", Coding.TEXT, 6, 6)

KINDS = {
    (0x5D, 0x01): SealKind(
        "visa",
        (
            FeatureSpec(1, "machine readable zone", Coding.MRV_A, 48, 48, required=False),
            FeatureSpec(2, "machine readable zone", Coding.MRV_B, 44, 44, required=False),
            FeatureSpec(3, "number of entries", Coding.ENTRIES, 1, 1, required=False),
            FeatureSpec(4, "duration of stay", Coding.STAY, 3, 3),
            FeatureSpec(5, "passport number", Coding.TEXT, 6, 6),
            FeatureSpec(6, "visa type", Coding.OCTETS, 1, 4, required=False),
            FeatureSpec(7, "additional feature", Coding.OCTETS, 0, 254, required=False),
        ),
        frozenset({1, 2}),
    ),
    (0x5E, 0x03): SealKind("emergency travel document", (_TD2,)),
    (0xFD, 0x02): SealKind("arrival attestation", (_TD2, FeatureSpec(3, "register number", Coding.TEXT, 8, 8))),
    (0xFC, 0x04): SealKind(
        "social insurance card",
        (
            FeatureSpec(1, "social insurance number", Coding.TEXT, 8, 8),
            FeatureSpec(2, "surname", Coding.UTF8, 1, 90),
            FeatureSpec(3, "first name", Coding.UTF8, 1, 90),
            FeatureSpec(4, "birth name", Coding.UTF8, 1, 90, required=False),
        ),
    ),
    (0xFB, 0x06): SealKind("residence permit", (_TD2, _PASSPORT)),
    (0xFA, 0x06): SealKind(
        "supplementary sheet of a residence permit",
        (
            FeatureSpec(4, "machine readable zone", Coding.TD2, 48, 48),
            FeatureSpec(5, "sheet number", Coding.TEXT, 6, 6),
        ),
    ),
    (0xF9, 0x08): SealKind(
        "address sticker of an identity card", (_NUMBER, _PLACE, FeatureSpec(3, "address", Coding.TEXT, 6, 18))
    ),
    (0xF8, 0x0A): SealKind(
        "address sticker of a passport", (_NUMBER, _PLACE, FeatureSpec(3, "postal code", Coding.TEXT, 4, 4))
    ),
    (0xF7, 0x0B): SealKind("provisional identity card", (_FACE, _TD2)),
    (0xF6, 0x0D): SealKind(
        "provisional passport", (_FACE, FeatureSpec(2, "machine readable zone", Coding.TD3, 60, 60))
    ),
    (0xF5, 0x0C): SealKind("certificate of provisional residence", (_FACE, _TD2, _PASSPORT, _REGISTER)),
    (0x01, 0xFE): SealKind("document of the law on foreigners", (_FACE, _TD2, _PASSPORT, _REGISTER)),
}
"""By feature definition reference and document type category."""

MRZ = "machine readable zone"
_TRANSIT, _UNTIL, _AT_ENTRY = (254,) * 3, (0,) * 3, (255,) * 3


def read_value(spec: FeatureSpec, value: bytes) -> str | int | bytes | tuple[str, str]:
    """Return a feature's value; a zone as its two lines with fillers. Raises `SealError`."""
    if not spec.least <= len(value) <= spec.most:
        raise SealError(f"the {spec.name} has {len(value)} octets instead of {spec.least} to {spec.most}")
    if spec.coding in _LINES:
        return _zone(spec.coding, c40.decode(value))
    match spec.coding:
        case Coding.TEXT:
            return c40.decode(value).rstrip()
        case Coding.UTF8:
            return _utf8(spec, value)
        case Coding.ENTRIES:
            return value[0] or "unlimited"
        case Coding.STAY:
            return describe_stay((value[0], value[1], value[2]))
        case _:
            return value


def describe_stay(stay: tuple[int, int, int]) -> str:
    """Return what three octets say of the duration of stay (Doc 9303-7 section 9.1.3, table 1)."""
    if stay == _UNTIL:
        return "until the end of the visa's validity"
    if stay == _AT_ENTRY:
        return "decided at entry"
    if stay == _TRANSIT:
        return "transit without entry"
    words = zip(stay, ("day", "month", "year"), strict=True)
    return ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in words if count)


def _zone(coding: Coding, text: str) -> tuple[str, str]:
    first, second = _LINES[coding]
    filled = text.replace(" ", "<").ljust(first + second, "<")
    if filled[first + second :].strip("<"):
        raise SealError(f"the zone has {len(text)} characters instead of {first + second}")
    return filled[:first], filled[first : first + second]


def _utf8(spec: FeatureSpec, value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SealError(f"the {spec.name} is not in UTF-8") from error
