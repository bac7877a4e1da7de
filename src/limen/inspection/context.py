"""What a check may look at: the reading, the zone taken apart, and the day of the inspection."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from limen.icao.mrz import Mrz, MrzError, Span, parse
from limen.inspection.chip_contents import ChipContents
from limen.inspection.evidence import Evidence, PageEvidence
from limen.inspection.seal_contents import SealContents
from limen.inspection.visual_contents import VisualContents
from limen.vision.page import Side
from limen.vision.reading import Glyph, Quad, ZoneReading

DOUBTFUL = 0.7
"""A character whose confidence is below this was not read surely: nothing is failed on its account.

Measured with `read_zone` on 160 generated captures in OCR-B from 55 to 400 ppi and 55 public specimen pictures:
of the characters read right, 1 in 1,000 lay below; of those read wrong, most did (0.02 to 0.6)."""


_TITLES = {
    "birth_date": "date of birth",
    "document_code": "document code",
    "document_number": "document number",
    "expiry_date": "date of expiry",
    "issue_date": "date of issue",
}
"""In words, for fields that a layout may lack."""


class Unasked(Exception):  # noqa: N818 - no errors: a check's question could not be put
    """Why a check's question could not be put to this reading.

    Unasked
    ├── NothingToCheck  no zone, or none that was taken apart: the check is not run
    ├── NotSupported    the document does not have the feature by its design: `not supported`
    └── CannotTell      the reading does not suffice: `undetermined`

    The text is one sentence for an officer.
    """


class NothingToCheck(Unasked):
    """There is no zone, or none that was taken apart."""


class NotSupported(Unasked):
    """The layout does not have what the check is about."""


class CannotTell(Unasked):
    """The reading does not suffice, say for want of resolution."""

    def __init__(self, message: str, where: tuple[Quad, ...] = ()) -> None:
        self.where = where
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Context:
    """The frozen input of every check. It reads no clock and no settings."""

    reading: ZoneReading | None
    parsed: Mrz | None
    on: datetime.date
    """The day for which dates are judged."""
    shape_error: str | None = None
    """Why the lines were not taken apart, where they were not."""
    evidence: Evidence = Evidence()  # noqa: RUF009 - frozen
    """All that the inspection may look at; `reading` is its zone."""
    contents: ChipContents | None = None
    """The chip of the evidence, taken apart as far as it was asked for."""
    sealed: tuple[SealContents, ...] = ()
    """The seals of the evidence, taken apart as far as they were asked for."""
    printed: VisualContents | None = None
    """The print of the sides that were read; None where none was."""

    @classmethod
    def of(cls, reading: ZoneReading | None, on: datetime.date) -> Context:
        """The context of one reading; the lines are taken apart where their shape allows it."""
        return cls.among(Evidence(reading), on)

    @classmethod
    def among(cls, evidence: Evidence, on: datetime.date) -> Context:
        """The context of all that was gathered; the zone's lines are taken apart where their shape allows it."""
        reading, chip = evidence.zone, evidence.chip
        contents = ChipContents(chip, evidence.anchors, on) if chip else None
        parsed, shape_error = None, None
        try:
            parsed = parse(reading.text) if reading else None
        except MrzError as error:
            shape_error = str(error)
        code = parsed.document_code if parsed else None
        sealed = tuple(SealContents(one, evidence.anchors, on, code) for one in evidence.seals)
        read = tuple(page for page in evidence.pages if page.texts is not None)
        shown = VisualContents(read, on) if read else None
        return cls(reading, parsed, on, shape_error, evidence, contents, sealed, shown)

    @property
    def zone(self) -> ZoneReading:
        """The reading; raises `NothingToCheck` where no zone was found."""
        if self.reading is None:
            raise NothingToCheck("no machine readable zone")
        return self.reading

    @property
    def mrz(self) -> Mrz:
        """The zone taken apart; raises `NothingToCheck` where there is none."""
        if self.parsed is None:
            raise NothingToCheck("no machine readable zone of a known shape")
        return self.parsed

    @property
    def chip(self) -> ChipContents:
        """The chip; raises `NothingToCheck` where none was to be read."""
        if self.contents is None:
            raise NothingToCheck("no chip was to be read")
        return self.contents

    @property
    def opened(self) -> ChipContents:
        """The chip, once it let itself be read; raises `NothingToCheck` where it did not, as `chip.access` tells."""
        evidence = self.chip.evidence
        if evidence.live and not evidence.access:
            raise NothingToCheck("the chip granted no access")
        return self.chip

    @property
    def seals(self) -> tuple[SealContents, ...]:
        """The seals; raises `NothingToCheck` where the picture shows none."""
        if not self.sealed:
            raise NothingToCheck("no visible digital seal")
        return self.sealed

    @property
    def pages(self) -> tuple[PageEvidence, ...]:
        """The sides that were found; raises `NothingToCheck` where none was."""
        if not self.evidence.pages:
            raise NothingToCheck("no page was found")
        return self.evidence.pages

    @property
    def front(self) -> PageEvidence:
        """The side with the portrait; raises `NothingToCheck` where it was not found."""
        for one in self.pages:
            if one.page.side is Side.FRONT:
                return one
        raise NothingToCheck("the side with the portrait was not shown")

    @property
    def visual(self) -> VisualContents:
        """The print of the side with the portrait, and of others; raises `NothingToCheck` where it was not read."""
        if self.printed is None or self.front.texts is None:
            raise NothingToCheck("the print of the page was not read")
        return self.printed

    @property
    def passport(self) -> Mrz:
        """The zone of the passport that a visa is held against; raises `CannotTell` where none was given."""
        lines = self.evidence.passport_mrz
        if not lines:
            raise CannotTell("The zone of the passport was not given.")
        try:
            return parse(lines)
        except MrzError as error:
            raise CannotTell(f"The zone of the passport fits no format: {error}") from error

    def span(self, field: str) -> Span:
        """Where a field of the zone is; raises `NotSupported` where the layout has no such field."""
        spec = self.mrz.layout.field(field)
        if spec is None:
            raise NotSupported(f"The layout {self.mrz.layout.name} has no {_TITLES.get(field, field)}.")
        return spec.span

    def glyphs(self, spans: Iterable[Span]) -> tuple[tuple[int, int, Glyph], ...]:
        """The characters in `spans` as (line, column, glyph), counted from 0."""
        lines = self.zone.lines
        return tuple(
            (span.line, column, lines[span.line].glyphs[column])
            for span in spans
            for column in range(span.start, span.end)
        )

    def doubtful(self, spans: Iterable[Span]) -> tuple[tuple[int, int, Glyph], ...]:
        """Those of the characters in `spans` that were not read surely."""
        return tuple(found for found in self.glyphs(spans) if found[2].confidence < DOUBTFUL)

    def where(self, spans: Iterable[Span]) -> tuple[Quad, ...]:
        """One quad for each span, in pixels of the image."""
        return tuple(self._outline(span) for span in spans if span.end > span.start)

    def _outline(self, span: Span) -> Quad:
        glyphs = self.zone.lines[span.line].glyphs[span.start : span.end]
        first, last = glyphs[0].quad, glyphs[-1].quad
        return (first[0], last[1], last[2], first[3])
