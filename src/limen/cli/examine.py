"""From inputs to what came of each: the loop behind `limen verify`, with the reader handed in."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limen.cli.copies import Copy, examine_copy
from limen.devices import Frame, InputError, Source, read_source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from limen.icao.pki import AnchorSource
    from limen.inspection import ChipEvidence, Inspection, SealEvidence
    from limen.vision.reading import ZoneReading

    Reader = Callable[[NDArray[np.uint8]], ZoneReading | None]
    Scanner = Callable[[NDArray[np.uint8]], tuple[SealEvidence, ...]]
    Inspect = Callable[[ZoneReading | None, tuple[SealEvidence, ...]], Inspection]
    InspectChip = Callable[[ChipEvidence], Inspection]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long each step took, in milliseconds."""

    decode: float
    """Opening and decoding the image."""
    read: float
    """Finding and reading the zone and the seals."""
    inspect: float
    """Asking the checks."""
    chip: float | None = None
    """Reading the chip; None where none was to be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """One document, examined. Places in `inspection` are in pixels of `frame.image`."""

    frame: Frame | None
    """None where a chip, or a copy of one, was examined without a picture."""
    inspection: Inspection
    timing: Timing
    name: str = ""
    """What was examined, where there is no picture: the reader or the copy."""

    @property
    def source(self) -> str:
        """The path as given; for a chip its reader."""
        return self.frame.source if self.frame else self.name

    @property
    def page(self) -> int | None:
        """Of the image; from 1."""
        return self.frame.page if self.frame else None


@dataclass(frozen=True, slots=True)
class Examiner:
    """The reader and the judge that are applied to every image."""

    read: Reader
    inspect: Inspect
    on_crash: Callable[[Exception], None] = lambda error: None
    """Told of an internal error, before it becomes one line of output."""
    inspect_chip: InspectChip | None = None
    """The judge of saved copies."""
    scan: Scanner = lambda image: ()
    """Finds the seals of a picture."""

    def outcomes(self, item: Copy | Source | InputError) -> Iterator[Examined | InputError]:
        """Yield what came of each image of one input. Nothing is raised on account of an image."""
        if isinstance(item, Copy):
            assert self.inspect_chip is not None
            try:
                yield examine_copy(item, self.inspect_chip)
            except Exception as error:
                yield self._crash(error, item.path, None)
            return
        if isinstance(item, InputError):
            yield item
            return
        frames = read_source(item)
        while True:
            started = time.perf_counter()
            try:
                frame = next(frames, None)
            except Exception as error:  # a fault of ours must not cost the other inputs
                yield self._crash(error, item.name, None)
                return
            if frame is None:
                return
            if isinstance(frame, InputError):
                yield frame
            else:
                yield self._examine(frame, milliseconds(started))
            del frame  # one image in memory at a time

    def _examine(self, frame: Frame, decode: float) -> Examined | InputError:
        try:
            started = time.perf_counter()
            zone = self.read(frame.image)
            seals = self.scan(frame.image)
            read = milliseconds(started)
            started = time.perf_counter()
            inspection = self.inspect(zone, seals)
            return Examined(frame, inspection, Timing(decode, read, milliseconds(started)))
        except Exception as error:
            return self._crash(error, frame.source, frame.page)

    def _crash(self, error: Exception, source: str, page: int | None) -> InputError:
        self.on_crash(error)
        said = " ".join(str(error).split())[:200]
        kind = f"{type(error).__name__}: {said}" if said else type(error).__name__
        return InputError(
            source, f"could not be examined: internal error ({kind}). Please report it, with --debug.", page
        )


def load_examiner(
    on: datetime.date,
    on_crash: Callable[[Exception], None],
    typed: tuple[str, ...] = (),
    anchors: AnchorSource | None = None,
    passport: tuple[str, ...] = (),
) -> Examiner:
    """Bring in Limen's own reader and checks, which takes a moment; judge as of the day `on`.

    `typed` are the lines of the printed zone, for a copy of a chip that comes without a picture; `anchors` is the
    trust store, `passport` the zone of the passport that a visa is held against.
    """
    from limen.inspection import Evidence, inspect  # noqa: PLC0415  (heavy, and not needed for --help)
    from limen.vision import read_zone  # noqa: PLC0415

    def inspect_chip(chip: ChipEvidence) -> Inspection:
        return inspect(on=on, evidence=Evidence(pictured=False, typed=typed, chip=chip, anchors=anchors))

    def inspect_page(zone: ZoneReading | None, seals: tuple[SealEvidence, ...]) -> Inspection:
        return inspect(on=on, evidence=Evidence(zone, seals=seals, anchors=anchors, passport_mrz=passport))

    return Examiner(read_zone, inspect_page, on_crash, inspect_chip, find_seals)


def find_seals(image: NDArray[np.uint8]) -> tuple[SealEvidence, ...]:
    """Return the barcodes of a picture (H x W x 3, RGB) that look like visible digital seals."""
    from limen.icao.seal import looks_like_seal  # noqa: PLC0415
    from limen.inspection import SealEvidence  # noqa: PLC0415
    from limen.vision.barcode import MAX_SIDE, read_barcodes  # noqa: PLC0415

    # A strip longer than any page has a reading too, but no seal.
    found = read_barcodes(image) if max(image.shape[:2]) <= MAX_SIDE else ()
    return tuple(SealEvidence(one.data, one.quad, one.format) for one in found if looks_like_seal(one.data))


def milliseconds(started: float) -> float:
    """Return how long it is since `started`, as `time.perf_counter` told it."""
    return round((time.perf_counter() - started) * 1000, 2)
