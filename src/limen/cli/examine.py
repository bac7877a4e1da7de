"""From inputs to what came of each: the loop behind `limen verify`, with the Verifier handed in."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from limen.cli.copies import Copy, examine_copy
from limen.devices import Frame, InputError, Source
from limen.devices.grouping import Document, Part, read_document

if TYPE_CHECKING:
    from limen.icao.pki import AnchorSource
    from limen.inspection import ChipEvidence, Inspection
    from limen.verifier import Examination, Shown
    from limen.verifier.verifier import ReadChip

    Examine = Callable[[Shown, "ReadChip | None"], Examination]
    InspectChip = Callable[[ChipEvidence], Inspection]
    Item = Document | Copy | Source | InputError


@dataclass(frozen=True, slots=True)
class Timing:
    """How long each step took, in milliseconds."""

    decode: float
    """Opening and decoding the images."""
    read: float
    """Finding and reading the zone and the seals."""
    inspect: float
    """Asking the checks."""
    chip: float | None = None
    """Reading the chip; None where none was to be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """One document, examined. Places in `inspection` are in pixels of the frame whose name they bear."""

    frame: Frame | None
    """The one that the zone was read from, else the white one; None where a chip was examined without a picture."""
    inspection: Inspection
    timing: Timing
    name: str = ""
    """What was examined, where it is not one picture: the reader, the copy, the document."""
    frames: Mapping[str, Frame] = field(default_factory=dict)
    """Every picture by its name: "white", "ir", "uv", "back", "face" and so on."""
    found: Examination | None = None
    """All that was gathered; None where only a copy of a chip was judged."""

    @property
    def source(self) -> str:
        """The path as given; for a chip its reader."""
        return self.name or (self.frame.source if self.frame else "")

    @property
    def page(self) -> int | None:
        """Of the image; from 1."""
        return self.frame.page if self.frame and not self.name else None

    def frame_of(self, picture: str) -> Frame | None:
        """The picture of that name; without a name, the one that the zone was read from."""
        return self.frames.get(picture) if picture else self.frame


@dataclass(frozen=True, slots=True)
class Examiner:
    """The Verifier and what it is to know of every document beside its pictures."""

    examine: Examine
    on_crash: Callable[[Exception], None] = lambda error: None
    """Told of an internal error, before it becomes one line of output."""
    inspect_chip: InspectChip | None = None
    """The judge of saved copies."""
    typed: tuple[str, ...] = ()
    """The lines of the printed zone, where they were typed."""
    passport_mrz: tuple[str, ...] = ()
    """The zone of the passport that a visa is held against, where it was typed."""
    passport: Frame | None = None
    """The picture of its page."""

    def outcomes(self, item: Item, read_chip: ReadChip | None = None) -> Iterator[Examined | InputError]:
        """Yield what came of each document of one input. Nothing is raised on account of an image."""
        match item:
            case InputError():
                yield item
            case Copy():
                assert self.inspect_chip is not None
                try:
                    yield examine_copy(item, self.inspect_chip)
                except Exception as error:
                    yield self._crash(error, item.path, None)
            case Document():
                yield self._document(item, read_chip)
            case Source():
                yield from self._file(item, read_chip)

    def _file(self, source: Source, read_chip: ReadChip | None) -> Iterator[Examined | InputError]:
        """One file: a photograph, pages, or the lights of one document."""
        documents = read_document(source)
        while True:
            started = time.perf_counter()
            try:
                found = next(documents, None)
            except Exception as error:  # a fault of ours must not cost the other inputs
                yield self._crash(error, source.name, None)
                return
            if found is None:
                return
            if isinstance(found, InputError):
                yield found
            else:
                frames: Mapping[str, Frame] = {part.value: frame for part, frame in found.items()}
                several = len(frames) > 1
                name = source.name if several else ""
                yield self._examine(frames, {}, milliseconds(started), read_chip, name=name, plain=not several)
            del found  # one document in memory at a time

    def _document(self, document: Document, read_chip: ReadChip | None) -> Examined | InputError:
        """Pictures that were named or found as those of one document."""
        started = time.perf_counter()
        frames: dict[str, Frame] = {}
        unread: dict[str, str] = {}
        for part, source in document.parts.items():
            try:
                found = next(read_document(source), None)
            except Exception as error:
                found = self._crash(error, source.name, None)
            if isinstance(found, InputError):
                if part is Part.WHITE:
                    return found
                unread[part.value] = f"{source.name} {found.reason}"
            elif found is not None:
                _take(frames, part, found)
        chip, why = _chip_of(document)
        if why:
            unread["chip"] = why
        return self._examine(frames, unread, milliseconds(started), read_chip, name=document.name, chip=chip)

    def _examine(
        self,
        frames: Mapping[str, Frame],
        unread: Mapping[str, str],
        decode: float,
        read_chip: ReadChip | None,
        *,
        name: str = "",
        plain: bool = False,
        chip: ChipEvidence | None = None,
    ) -> Examined | InputError:
        from limen.devices import DeviceError  # noqa: PLC0415
        from limen.verifier import Picture, Shown  # noqa: PLC0415  (heavy)

        if self.passport is not None and "passport" not in frames:
            frames = {**frames, "passport": self.passport}
        first = frames.get("white") or next(iter(frames.values()), None)
        try:
            shown = Shown(
                {Picture(name): frame.image for name, frame in frames.items()},
                chip=chip,
                typed=self.typed,
                passport_mrz=self.passport_mrz,
                plain=plain,
                unread=unread,
            )
            found = self.examine(shown, read_chip)
        except DeviceError:
            raise
        except Exception as error:
            return self._crash(
                error, name or (first.source if first else ""), None if name or not first else first.page
            )
        frame = frames.get(found.zone_picture.value) if found.zone_picture else None
        return Examined(frame or frames.get("white"), found.inspection, _timing(decode, found), name, frames, found)

    def chip_alone(self, read_chip: ReadChip) -> Examined | InputError:
        """Read and judge the chip on the reader, without any picture."""
        return self._examine({}, {}, 0.0, read_chip)

    def _crash(self, error: Exception, source: str, page: int | None) -> InputError:
        self.on_crash(error)
        said = " ".join(str(error).split())[:200]
        kind = f"{type(error).__name__}: {said}" if said else type(error).__name__
        return InputError(
            source, f"could not be examined: internal error ({kind}). Please report it, with --debug.", page
        )


def _take(frames: dict[str, Frame], part: Part, found: Mapping[Part, Frame]) -> None:
    """A file named as the white image may hold the other lights, too; what was named by itself comes first."""
    frames[part.value] = found[Part.WHITE]
    if part is Part.WHITE:
        for light, frame in found.items():
            frames.setdefault(light.value, frame)


def _chip_of(document: Document) -> tuple[ChipEvidence | None, str]:
    """The files of the chip that lie beside the pictures, or why they could not be read."""
    if document.chip is None:
        return None, ""
    from limen.devices.dump import read_dump  # noqa: PLC0415
    from limen.inspection import ChipEvidence  # noqa: PLC0415

    try:
        dump = read_dump(document.chip)
    except InputError as error:
        return None, f"{document.chip} {error.reason}"
    return ChipEvidence(dump.files, live=False, problems=dump.notes), ""


def _timing(decode: float, found: Examination) -> Timing:
    """The steps added up."""
    spent = {stage.name: stage.wall for stage in found.stages}
    read = round(spent.get("zone", 0.0) + spent.get("seals", 0.0), 2)
    return Timing(decode, read, spent.get("checks", 0.0), spent.get("chip"))


def load_examiner(
    on: datetime.date,
    on_crash: Callable[[Exception], None],
    typed: tuple[str, ...] = (),
    anchors: AnchorSource | None = None,
    passport: tuple[tuple[str, ...], Frame | None] = ((), None),
) -> Examiner:
    """Bring in Limen's own Verifier, which takes a moment; judge as of the day `on`.

    `typed` are the lines of the printed zone, for a chip that comes without a picture; `anchors` is the trust store,
    `passport` the zone and the picture of the passport that a visa is held against.
    """
    from limen.inspection import Evidence, inspect  # noqa: PLC0415  (heavy, and not needed for --help)
    from limen.verifier import Verifier, all_tools  # noqa: PLC0415

    def inspect_chip(chip: ChipEvidence) -> Inspection:
        return inspect(on=on, evidence=Evidence(pictured=False, typed=typed, chip=chip, anchors=anchors))

    verifier = Verifier(all_tools(), on=on, anchors=anchors, on_crash=on_crash)
    return Examiner(verifier.examine, on_crash, inspect_chip, typed, *passport)


def milliseconds(started: float) -> float:
    """Return how long it is since `started`, as `time.perf_counter` told it."""
    return round((time.perf_counter() - started) * 1000, 2)
