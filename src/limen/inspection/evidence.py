"""All that one inspection may look at: the picture's zone, the chip, the seals, the trust anchors.

Everything here was gathered before the inspection begins, so that a check does no I/O: the chip has been
read, its proofs have been played, the barcodes decoded. What could not be gathered is None, or says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from limen.icao.pki import AnchorSource
from limen.inspection.result import Verdict
from limen.vision.artwork import Comparison
from limen.vision.face import FaceReading, Place
from limen.vision.light import Light
from limen.vision.lighting import LightFeature
from limen.vision.page import Page
from limen.vision.press import Hit
from limen.vision.reading import Quad, ZoneReading
from limen.vision.text import TextReading


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one of the chip's proofs that it is no copy, as the reader saw it while it was played."""

    verdict: Verdict
    message: str
    """One sentence for an officer."""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChipEvidence:
    """What was got from a chip, or from data groups saved of one."""

    files: Mapping[str, bytes] = field(hash=False)
    """Raw octets by the names of Doc 9303-10: EF.COM, EF.SOD, EF.DG1 to EF.DG16, EF.CardAccess and so on."""
    live: bool = True
    """Whether a card was there; saved files prove nothing of the chip that they were read from."""
    access: str | None = None
    """How access was gained: "PACE GM ECDH AES-128 with the MRZ"; None where it was not."""
    active_authentication: Proof | None = None
    """None where it was not played."""
    chip_authentication: Proof | None = None
    pace_cam: Proof | None = None
    """PACE with chip authentication mapping; None where access was gained otherwise."""
    missing: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Files that could not be read, with the reason."""
    aborted: str | None = None
    """Why the reading ended before its end: one sentence; None where it did not."""
    problems: tuple[str, ...] = ()
    """What the reader met and got over."""


@dataclass(frozen=True, slots=True)
class SealEvidence:
    """A barcode of the picture whose octets begin as a visible digital seal does."""

    data: bytes
    where: Quad
    """In pixels of the image."""
    symbology: str = ""
    """Such as DataMatrix."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was shown and was not examined."""

    what: str
    """In words: "the live face"."""
    why: str
    """As the rest of a sentence, without its full stop: "the models are not installed"."""
    broke: bool = False
    """Whether a fault of the program is the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class PageEvidence:
    """One side of the document, laid flat, and what was made of it."""

    page: Page
    texts: TextReading | None = None
    """The visual zone's print; None where it was not read."""
    comparison: Comparison | None = None
    """With the reference of its model; None where none is known."""
    picture: str = ""
    """The name of the white image that the page was found in, for `CheckResult.picture`."""
    unrecognised: str = ""
    """Why there is no comparison: one sentence; empty where there is one, or where no reference was looked for."""
    hits: tuple[Hit, ...] = ()
    """One for each counterfeit signature that applies to this model, whatever it came to."""
    features: tuple[LightFeature, ...] = ()
    """What the reference of its model says must be seen under which light; empty where no model is known."""
    features_count: bool = False
    """Whether findings by `features` count: not those of a reference on trial."""
    measured: dict[tuple[Light, str], object] = field(default_factory=dict, init=False, repr=False)
    """What checks measured of its sheets and others ask for, too: it is measured once."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The frozen input of an inspection."""

    zone: ZoneReading | None = None
    """The machine readable zone of the picture; None where it shows none."""
    pictured: bool = True
    """Whether there was a picture at all: without one, that no zone was found is no finding."""
    typed: tuple[str, ...] = ()
    """The lines of the printed zone where a person typed them instead of showing a picture."""
    chip: ChipEvidence | None = None
    """None where no chip was to be read."""
    seals: tuple[SealEvidence, ...] = ()
    """The visible digital seals found in the picture."""
    passport_mrz: tuple[str, ...] = ()
    """The zone of the passport that a visa is to be held against."""
    anchors: AnchorSource | None = None
    """The trust store; None where none was given."""
    pages: tuple[PageEvidence, ...] = ()
    """The sides that were found, the one with the portrait first; of a card both, where both were shown."""
    faces: tuple[FaceReading, ...] = ()
    """What came of looking for a face in each picture that should show one."""
    unlocated: str = ""
    """Why no page was found in a picture that was to show one: one sentence that says what to do."""

    gaps: tuple[Gap, ...] = ()
    """What was shown and was not examined."""
    shown: tuple[str, ...] = ()
    """What was shown, in words: "white", "infrared", "live face", "chip"."""
    passport_zone: ZoneReading | None = None
    """The same as read, where it was read in a picture."""
    passport_page: PageEvidence | None = None
    """The data page of the passport that a visa is held against; None where it was not shown or not found."""

    def face(self, place: Place) -> FaceReading | None:
        """The reading of that picture of the bearer; None where there was no such picture."""
        return next((one for one in self.faces if one.place is place), None)
