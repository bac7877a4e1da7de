"""What Limen reads from a picture, to fill in a report's form and to answer whoever drops one to have it verified.

The reading and the checks are those of `limen verify`; here they become plain values. Nothing is kept, and what is
returned is personal data: it goes to the form of whoever sent the picture and nowhere else.
"""

from __future__ import annotations

import datetime
import threading
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from limen.devices import Frame
from limen.icao.codes import document_code
from limen.icao.mrz import Mrz
from limen.icao.seal import looks_like_seal
from limen.inspection import CheckResult, Evidence, Inspection, SealEvidence, Verdict, inspect
from limen.node.images.intake import shrunk, take
from limen.node.images.masks import Point
from limen.vision import ZoneReading, read_zone
from limen.vision.barcode import MAX_SIDE, read_barcodes

Image = NDArray[np.uint8]

AGE_BANDS: Final = (
    (11, "under_12"), (17, "12_17"), (24, "18_24"), (34, "25_34"), (44, "35_44"), (59, "45_59"), (120, "60_over"),
)  # fmt: skip
"""Last year of each band, and its code in `limen.node.terms`."""
BARCODE_SIDE: Final = 2000
"""Longest side at which seals are sought."""
_CATEGORIES: Final = {
    "P": "passport",
    "V": "visa_label",
    "A": "identity_card",
    "C": "identity_card",
    "I": "identity_card",
}
_PASSPORTS: Final = {
    "PD": "official_passport", "PO": "official_passport", "PM": "official_passport", "PT": "alien_passport",
    "PE": "emergency_travel_document", "PU": "emergency_travel_document", "PL": "laissez_passer",
    "PR": "convention_travel_document", "PS": "convention_travel_document", "AC": "crew_certificate",
}  # fmt: skip
"""First letter of the document code, then codes known whole, and the category in `limen.node.terms`."""


@dataclass(frozen=True, slots=True)
class Region:
    """An upright rectangle, each number from 0 to 1 of the picture."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Irregularity:
    """A check that found something, with the places concerned."""

    code: str
    title: str
    message: str
    reference: str
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefill:
    """What was read; what was not is empty. Dates are ISO 8601."""

    verdict: str
    """`successful`, `failed`, `undetermined` or `aborted`, as TR-03135 says."""
    summary: str
    """The verdict in a line for an officer; it never vouches for a document."""
    found: bool
    """Whether there is a machine readable zone."""
    issuer: str = ""
    document_type: str = ""
    """As in the zone: one or two letters."""
    document_category: str = ""
    """A code such as `passport` or `visa`."""
    format: str = ""
    """TD1, TD2, TD3, MRV-A or MRV-B."""
    number: str = ""
    personal_number: str = ""
    nationality: str = ""
    sex: str = ""
    """F, M or X; empty where the zone leaves it open."""
    birth_date: str = ""
    age_band: str = ""
    expires_on: str = ""
    surname: str = ""
    given_names: str = ""
    names_truncated: bool = False
    mrz: tuple[str, ...] = ()
    confidence: float = 0.0
    """Of the least certain character, from 0 to 1."""
    zone: tuple[Point, ...] = ()
    """The zone's corners, in shares of the picture."""
    irregularities: tuple[Irregularity, ...] = ()
    open_questions: tuple[Irregularity, ...] = ()
    """Checks that count and could not be decided."""

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        return asdict(self)


def prefill(
    picture: bytes | Frame | Image, *, on: datetime.date | None = None, zone: ZoneReading | None = None
) -> Prefill:
    """Read and inspect a picture: a file's bytes (its first page), a frame, or H x W x 3 RGB.

    `on` is the day for which dates are judged, by default today's in UTC; `zone` is the picture's zone where it has
    been read. Raises `IntakeError` where bytes give no picture. May be called from several threads at once.
    """
    image = _image(picture)
    day = on or datetime.datetime.now(datetime.UTC).date()
    zone = zone or read_zone(image)
    inspection = inspect(on=day, evidence=Evidence(zone, seals=_seals(image)))
    return _prefilled(inspection, (image.shape[1], image.shape[0]), day)


_warming = threading.Lock()


def warm_up() -> None:
    """Load the reader's model and the checks, so that the first picture need not wait: for a process's start."""
    from limen.vision.recognise import recognise  # noqa: PLC0415 - the model is loaded by its first use

    with _warming:
        recognise([np.full((32, 640), 255, np.uint8)])
        prefill(np.full((200, 300, 3), 255, np.uint8))


def _image(picture: bytes | Frame | Image) -> Image:
    if isinstance(picture, Frame):
        return picture.image
    return take(picture)[0].image if isinstance(picture, bytes) else picture


def _seals(image: Image) -> tuple[SealEvidence, ...]:
    """The barcodes that look like visible digital seals, in pixels of the image."""
    if max(image.shape[:2]) > MAX_SIDE:
        return ()
    small = shrunk(image, BARCODE_SIDE)
    factor = image.shape[1] / small.shape[1]
    return tuple(
        SealEvidence(one.data, _scaled(one.quad, factor), one.format)
        for one in read_barcodes(small)
        if looks_like_seal(one.data)
    )


def _scaled(quad: tuple[Point, Point, Point, Point], factor: float) -> tuple[Point, Point, Point, Point]:
    a, b, c, d = ((x * factor, y * factor) for x, y in quad)
    return a, b, c, d


def _prefilled(inspection: Inspection, size: tuple[int, int], on: datetime.date) -> Prefill:
    zone, mrz = inspection.zone, inspection.mrz
    counting = [check for check in inspection.checks if check.counts]
    return Prefill(
        verdict=inspection.verdict.value,
        summary=inspection.summary,
        found=zone is not None,
        mrz=zone.text if zone else (),
        confidence=round(float(zone.confidence), 4) if zone else 0.0,
        zone=tuple(_share(point, size) for point in zone.quad) if zone else (),
        irregularities=tuple(_irregularity(one, size) for one in inspection.irregularities),
        open_questions=tuple(
            _irregularity(one, size) for one in counting if one.verdict in (Verdict.UNDETERMINED, Verdict.ABORTED)
        ),
        **(_fields(mrz, on) if mrz else {}),
    )


def _fields(mrz: Mrz, on: datetime.date) -> dict[str, Any]:
    birth = mrz.birth_date.resolve(on, "birth")
    expiry = mrz.expiry_date.resolve(on, "expiry")
    return {
        "issuer": _plain(mrz.issuer),
        "document_type": _plain(mrz.document_code),
        "document_category": category(mrz.document_code),
        "format": mrz.format.value,
        "number": mrz.document_number.replace("<", " ").strip(),
        "personal_number": mrz.personal_number or "",
        "nationality": _plain(mrz.nationality),
        "sex": mrz.sex if mrz.sex in ("F", "M", "X") else "",
        "birth_date": birth.isoformat() if birth else "",
        "age_band": age_band(birth, on) if birth else "",
        "expires_on": expiry.isoformat() if expiry else "",
        "surname": mrz.name.primary,
        "given_names": mrz.name.secondary,
        "names_truncated": mrz.name.truncated,
    }


def category(code: str) -> str:
    """The category of a document code, such as `passport`; empty where the code says none."""
    plain = _plain(code)
    known = document_code(plain)
    return _PASSPORTS.get(known.code, "passport") if known else _CATEGORIES.get(plain[:1], "")


def age_band(birth: datetime.date, on: datetime.date) -> str:
    """The band of ages that a person is in on that day; empty before birth."""
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    return next((code for last, code in AGE_BANDS if 0 <= age <= last), "")


def _plain(code: str) -> str:
    return code.replace("<", "").strip()


def _irregularity(check: CheckResult, size: tuple[int, int]) -> Irregularity:
    regions = tuple(_region([_share(point, size) for point in quad]) for quad in check.where)
    return Irregularity(check.code, check.title, check.message, check.reference, regions)


def _share(point: Point, size: tuple[int, int]) -> Point:
    x, y = (min(max(value / length, 0.0), 1.0) for value, length in zip(point, size, strict=True))
    return round(x, 6), round(y, 6)


def _region(points: list[Point]) -> Region:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Region(min(xs), min(ys), round(max(xs) - min(xs), 6), round(max(ys) - min(ys), 6))
