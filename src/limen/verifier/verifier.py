"""The whole way from pictures, chip and bearer to a result.

The steps, numbered in the code:

1. The zone is read in the white image, or on the back, where a card has it.
2. The chip is read, with the zone as its key.
3. Seals are looked for in every white picture.
4. Each side is found, measured and laid flat; the other lights are laid over it. So is the passport of a visa.
5. The print of the visual zone is read.
6. The model is recognised, and the page held against its reference.
7. The faces are found: live, on the page, on the chip, on the passport.
8. The checks are asked.

A fault in one step costs what that step would have found: it becomes a `Gap`, which makes the result *aborted*
(TR-03135-1 v2.5, 3.5.2), never *failed*.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from limen.icao.mrz import Mrz, MrzError, parse
from limen.inspection import ChipEvidence, Evidence, Inspection, PageEvidence, SealEvidence
from limen.verifier.asking import ask
from limen.verifier.journal import Journal, Stage
from limen.verifier.portraits import BadPortrait, chip_portrait
from limen.verifier.profile import plainly
from limen.verifier.shown import WORDS, Picture, Shown
from limen.verifier.swapped import SWAPPED, SWAPPED_UV, swapped
from limen.verifier.tools import NotFound, Tools
from limen.vision.face import FaceReading, Place
from limen.vision.light import Light
from limen.vision.page import Page, Pixels, Side

if TYPE_CHECKING:
    from limen.icao.pki import AnchorSource
    from limen.vision.reading import ZoneReading

ReadChip = Callable[["ZoneReading | None"], ChipEvidence]
"""Reads the chip that lies on the reader, by the key that the zone gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """What came of one document and its bearer."""

    inspection: Inspection
    evidence: Evidence
    pictures: Mapping[Picture, Pixels] = field(repr=False)
    """As they were shown; places in the result are in pixels of these."""
    zone_picture: Picture | None
    """The one that the zone was read from, which a check without the name of a picture means."""
    stages: tuple[Stage, ...] = ()
    loads: tuple[tuple[str, float], ...] = ()
    """Tools that were loaded for this document, with the milliseconds that took; none where they were there already."""
    notes: tuple[str, ...] = ()
    """What was not examined for want of a tool, one sentence each, where nothing that was shown was left out by it."""

    @property
    def absent(self) -> tuple[str, ...]:
        """What was not shown, in words, that could have been examined."""
        shown = self.evidence.shown
        wanted = (WORDS[Picture.IR], WORDS[Picture.UV], "chip", WORDS[Picture.FACE])
        return tuple(one for one in wanted if one not in shown)


class Verifier:
    """Examines documents, one after the other, with tools that are loaded once. Judges as of the day `on`."""

    def __init__(
        self,
        tools: Tools,
        *,
        on: datetime.date,
        anchors: AnchorSource | None = None,
        on_crash: Callable[[Exception], None] = lambda error: None,
    ) -> None:
        self.tools = tools
        self._on = on
        self._anchors = anchors
        self._on_crash = on_crash

    def examine(self, shown: Shown, read_chip: ReadChip | None = None) -> Examination:
        """Examine one document. `read_chip` may raise what it likes: without its chip, nothing is told."""
        run = _Run(self.tools, shown, Journal(self._on_crash))
        there = {tool.name for tool in self.tools.all if tool.milliseconds is not None}
        for name, why in shown.unread.items():
            run.journal.miss(f"the {WORDS[Picture(name)]} image" if name in set(Picture) else f"the {name}", why)
        run.read_zone()
        chip = run.read_chip(read_chip)
        evidence = Evidence(
            zone=run.zone,
            pictured=bool(set(shown.pictures) - {Picture.FACE, Picture.PASSPORT}),
            typed=shown.typed,
            chip=chip,
            seals=run.find_seals(),
            anchors=self._anchors,
            shown=(*shown.described, *(("chip",) if chip and not shown.chip else ())),
        )
        pages = run.find_pages()
        passport, passport_zone = run.find_passport()
        evidence = replace(
            evidence,
            pages=tuple(run.compared(run.with_text(one)) for one in pages),
            unlocated=run.unlocated,
            passport_mrz=shown.passport_mrz or (passport_zone.text if passport_zone else ()),
            passport_zone=passport_zone,
            passport_page=run.with_text(passport) if passport else None,
            faces=run.find_faces(pages, passport, chip),
        )
        evidence = replace(evidence, gaps=tuple(run.journal.gaps))
        with run.journal.timed("checks"):
            inspection = ask(evidence, self._on, run.journal)
        if shown.plain:
            inspection = plainly(inspection)
        loaded = [tool for tool in self.tools.all if tool.name not in there and tool.milliseconds is not None]
        return Examination(
            inspection,
            evidence,
            shown.pictures,
            run.zone_picture,
            run.journal.stages,
            tuple((tool.name, tool.milliseconds or 0.0) for tool in loaded),
            tuple(dict.fromkeys(run.notes)),
        )


class _Run:
    """One document on its way."""

    def __init__(self, tools: Tools, shown: Shown, journal: Journal) -> None:
        self.tools, self.shown, self.journal = tools, shown, journal
        self.zone: ZoneReading | None = None
        self.zone_picture: Picture | None = None
        self.unlocated = ""
        self.notes: list[str] = []

    def read_zone(self) -> None:
        """1. On the back first, where that was shown: whoever turns a document shows a card."""
        for picture in (Picture.BACK, Picture.WHITE):
            if picture in self.shown.pictures and self.zone is None:
                self.zone = self._zone_of(picture)
                self.zone_picture = picture if self.zone else None

    def _zone_of(self, picture: Picture) -> ZoneReading | None:
        read = self.tools.zone.get()
        if read is None:
            self.journal.miss(f"the {WORDS[picture]} image", self.tools.zone.why)
            return None
        image = self.shown.pictures[picture]
        return self.journal.attempt("zone", "the machine readable zone", lambda: read(image))

    @property
    def mrz(self) -> Mrz | None:
        """The zone taken apart."""
        try:
            return parse(self.zone.text) if self.zone else None
        except MrzError:
            return None

    def read_chip(self, read: ReadChip | None) -> ChipEvidence | None:
        """2."""
        if read is None:
            return self.shown.chip
        with self.journal.timed("chip"):
            return read(self.zone)

    def find_seals(self) -> tuple[SealEvidence, ...]:
        """3. Places are told in the picture that the zone was read from: a seal of another is held against it alone."""
        find = self.tools.seals.get()
        found: list[SealEvidence] = []
        picture = self.zone_picture or Picture.WHITE
        if find is not None and picture in self.shown.pictures:
            image = self.shown.pictures[picture]
            found += self.journal.attempt("seals", "the seals", lambda: find(image)) or ()
        return tuple(found)

    def find_pages(self) -> tuple[PageEvidence, ...]:
        """4. The sides, the one with the portrait first, under every light that was shown."""
        found = [
            PageEvidence(page, picture=picture.value)
            for picture, side in ((Picture.WHITE, Side.FRONT), (Picture.BACK, Side.BACK))
            if picture in self.shown.pictures and (page := self._page(picture, side)) is not None
        ]
        return tuple(sorted(found, key=lambda one: one.page.side is Side.BACK))

    def _page(self, picture: Picture, side: Side) -> Page | None:
        page = self._find(picture, self.zone if picture is self.zone_picture else None)
        finder = self.tools.page.get()
        lights = dict(self.shown.lights(side))
        if len(lights) == 2 and swapped(lights[Light.IR], lights[Light.UV]):
            self.journal.miss(f"the {WORDS[_named(side, Light.IR)]} image", SWAPPED)
            self.journal.miss(f"the {WORDS[_named(side, Light.UV)]} image", SWAPPED_UV)
            return page
        for light, image in lights.items():
            words = WORDS[_named(side, light)]
            if page is None or finder is None:
                self.journal.miss(f"the {words} image", "its page was not found in the white image")
                continue
            page = self._add(page, light, image, words)
        return page

    def _add(self, page: Page, light: Light, image: Pixels, words: str) -> Page:
        finder = self.tools.page.get()
        assert finder is not None
        added = self.journal.attempt("register", f"the {words} image", lambda: finder.add(page, light, image)) or page
        if light in added.problems:
            self.journal.miss(f"the {words} image", added.problems[light])
        return added

    def _find(self, picture: Picture, zone: ZoneReading | None) -> Page | None:
        finder = self.tools.page.get()
        if finder is None:
            self.notes.append(self.tools.page.why)
            return None
        image = self.shown.pictures[picture]
        found = self.journal.attempt(
            "page", f"the page in the {WORDS[picture]} image", lambda: _found(finder.find, image, zone)
        )
        if isinstance(found, str):
            self.unlocated = self.unlocated or found
            return None
        return found

    def find_passport(self) -> tuple[PageEvidence | None, ZoneReading | None]:
        """4. The passport that a visa is held against: its page and its zone."""
        if Picture.PASSPORT not in self.shown.pictures:
            return None, None
        zone = self._zone_of(Picture.PASSPORT)
        if zone is None:
            self.journal.miss(
                "the passport", "its picture shows no machine readable zone: photograph the whole data page"
            )
            return None, None
        before, self.unlocated = self.unlocated, ""
        page = self._find(Picture.PASSPORT, zone)
        self.unlocated = before
        return PageEvidence(page, picture=Picture.PASSPORT.value) if page else None, zone

    def with_text(self, evidence: PageEvidence) -> PageEvidence:
        """5."""
        reader = self.tools.text.get()
        if reader is None:
            self.notes.append(f"The visual zone was not read: {self.tools.text.why}")
            return evidence
        page = evidence.page
        rect = page.rect(self.zone.quad) if self.zone and evidence.picture == self.zone_picture else None
        texts = self.journal.attempt("text", "the visual zone", lambda: reader.read(page, rect))
        return replace(evidence, texts=texts)

    def find_faces(
        self, pages: tuple[PageEvidence, ...], passport: PageEvidence | None, chip: ChipEvidence | None
    ) -> tuple[FaceReading, ...]:
        """7."""
        reader = self.tools.faces.get()
        if reader is None:
            if Picture.FACE in self.shown.pictures:
                self.journal.miss("the live face", self.tools.faces.why)
            elif pages:
                self.notes.append(f"The portrait was not measured: {self.tools.faces.why}")
            return ()
        found: list[FaceReading] = []
        if Picture.FACE in self.shown.pictures:
            live = self.shown.pictures[Picture.FACE]
            one = self.journal.attempt("faces", "the live face", lambda: reader.read(live, Place.LIVE))
            found += [one] if one else []
        front = next((side.page for side in pages if side.page.side is Side.FRONT), None)
        if front is not None:
            found += self.journal.attempt("faces", "the printed portrait", lambda: reader.read_page(front)) or ()
        portrait = self._chip_portrait(chip)
        if portrait is not None:
            one = self.journal.attempt("faces", "the chip's portrait", lambda: reader.read(portrait, Place.CHIP))
            found += [one] if one else []
        if passport is not None:
            held = passport.page
            other = self.journal.attempt("faces", "the passport's portrait", lambda: reader.read_page(held)) or ()
            found += [replace(one, place=Place.PASSPORT) for one in other if one.place is Place.PRINTED]
        return tuple(found)

    def _chip_portrait(self, chip: ChipEvidence | None) -> Pixels | None:
        try:
            with self.journal.timed("faces"):
                return chip_portrait(chip) if chip else None
        except BadPortrait as error:
            self.journal.miss("the chip's portrait", str(error))
            return None

    def compared(self, evidence: PageEvidence) -> PageEvidence:
        """6."""
        store = self.tools.artwork.get()
        if store is None:
            self.notes.append(f"The artwork was not compared: {self.tools.artwork.why}")
            return evidence
        page, mrz = evidence.page, self.mrz
        held = self.journal.attempt("artwork", "the artwork", lambda: store.hold(page, mrz))
        if held is None:
            return evidence
        return replace(
            evidence,
            comparison=held.comparison,
            unrecognised=held.unrecognised,
            hits=held.hits,
            features=held.features,
            features_count=held.features_count,
        )


def _found(find: Callable[[Pixels, ZoneReading | None], Page], image: Pixels, zone: ZoneReading | None) -> Page | str:
    """The page, or why there is none."""
    try:
        return find(image, zone)
    except NotFound as error:
        return str(error)


def _named(side: Side, light: Light) -> Picture:
    if side is Side.BACK:
        return Picture.BACK_IR if light is Light.IR else Picture.BACK_UV
    return Picture.IR if light is Light.IR else Picture.UV
