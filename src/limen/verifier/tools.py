"""The tools that an examination uses, each behind a small protocol so that a test can put another in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from limen.verifier.loading import Tool
from limen.vision.page import Pixels

if TYPE_CHECKING:
    from limen.icao.mrz import Mrz
    from limen.inspection import SealEvidence
    from limen.vision.artwork import Comparison
    from limen.vision.face import FaceReading, Place
    from limen.vision.light import Light
    from limen.vision.lighting import LightFeature
    from limen.vision.page import Page, Rect
    from limen.vision.press import Hit
    from limen.vision.reading import ZoneReading
    from limen.vision.text import TextReading

ReadZone = Callable[[Pixels], "ZoneReading | None"]
FindSeals = Callable[[Pixels], "tuple[SealEvidence, ...]"]


class NotFound(Exception):  # noqa: N818 - a finding, no fault
    """No page was found: one sentence that says what to do."""


class PageFinder(Protocol):
    """Finds a page and lays other lights over it."""

    def find(self, image: Pixels, zone: ZoneReading | None) -> Page:
        """The page in a white image. Raises `NotFound`."""
        ...

    def add(self, page: Page, light: Light, image: Pixels) -> Page:
        """The page with one more light, or with the reason why not in its `problems`."""
        ...


class ReadsText(Protocol):
    """Reads the print of the visual zone."""

    def read(self, page: Page, zone_rect: Rect | None = None) -> TextReading:
        """The print of one side, without what lies in `zone_rect`."""
        ...


class ReadsFaces(Protocol):
    """Finds and measures faces."""

    def read(self, image: Pixels, place: Place) -> FaceReading:
        """The face in one picture."""
        ...

    def read_page(self, page: Page) -> tuple[FaceReading, ...]:
        """The portraits that are printed on a page."""
        ...


class Held(Protocol):
    """What came of holding a page against all that is known; the members are those of `PageEvidence`."""

    @property
    def comparison(self) -> Comparison | None:
        """With the reference of its model; None where none is known."""
        ...

    @property
    def unrecognised(self) -> str:
        """Why there is no comparison: one sentence."""
        ...

    @property
    def hits(self) -> tuple[Hit, ...]:
        """One for each counterfeit signature that applies."""
        ...

    @property
    def features(self) -> tuple[LightFeature, ...]:
        """What the model's reference asks of the lights."""
        ...

    @property
    def features_count(self) -> bool:
        """Whether findings by them count."""
        ...


class Compares(Protocol):
    """Holds a page against the reference of its model, and against known counterfeit presses."""

    def hold(self, page: Page, mrz: Mrz | None) -> Held:
        """What came of it, whether the model is known or not."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """All tools of a Verifier. One that is not there costs what it would have found, and nothing else."""

    zone: Tool[ReadZone]
    seals: Tool[FindSeals]
    page: Tool[PageFinder] = field(default_factory=lambda: Tool.absent("page finder", "it is not there"))
    text: Tool[ReadsText] = field(default_factory=lambda: Tool.absent("text reader", "it is not there"))
    faces: Tool[ReadsFaces] = field(default_factory=lambda: Tool.absent("face reader", "it is not there"))
    artwork: Tool[Compares] = field(default_factory=lambda: Tool.absent("store of references", "it is not there"))

    @property
    def all(self) -> tuple[Tool[Any], ...]:
        """Every tool, in the order in which they are used."""
        return (self.zone, self.seals, self.page, self.text, self.faces, self.artwork)
