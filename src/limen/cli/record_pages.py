"""The part of the JSON object that tells of pictures, pages and faces; no pixels and no template are in it."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.devices import Frame
    from limen.inspection import PageEvidence
    from limen.vision.artwork import Comparison
    from limen.vision.face import FaceReading, PortraitQuality
    from limen.vision.page import Page, Rect
    from limen.vision.reading import Quad
    from limen.vision.text import TextReading

_EMPTY: dict[str, Any] = {
    "shown": [],
    "not_shown": [],
    "pictures": [],
    "pages": [],
    "unlocated": None,
    "faces": [],
    "face_pairs": [],
    "notes": [],
}


def pages_record(examined: Examined) -> dict[str, Any]:
    """Return the members that tell what the result rests on beside the zone, the chip and the seals."""
    found = examined.found
    if found is None:
        return _EMPTY
    evidence = found.evidence
    sides = [*evidence.pages, *([evidence.passport_page] if evidence.passport_page else [])]
    return {
        "shown": list(evidence.shown),
        "not_shown": list(found.absent),
        "pictures": [_picture(name, frame) for name, frame in examined.frames.items()],
        "pages": [_page(one, examined.frame_of(one.picture)) for one in sides],
        "unlocated": evidence.unlocated or None,
        "faces": [_face(one, examined) for one in evidence.faces],
        "face_pairs": [
            _pair(one, other) for one, other in itertools.combinations(evidence.faces, 2) if _comparable(one, other)
        ],
        "notes": list(found.notes),
    }


def picture_record(frame: Frame) -> dict[str, Any]:
    """Return the size of a picture."""
    width, height = frame.size
    return {"width": width, "height": height, "dpi": frame.dpi, "scale": round(frame.scale, 6)}


def quad_record(quad: Quad, scale: float) -> list[list[float]]:
    """Return a place in pixels of the source."""
    return [[round(x / scale, 1), round(y / scale, 1)] for x, y in quad]


def _picture(name: str, frame: Frame) -> dict[str, Any]:
    return {"name": name, "source": frame.source, "page": frame.page, **picture_record(frame)}


def _page(evidence: PageEvidence, frame: Frame | None) -> dict[str, Any]:
    page, scale = evidence.page, frame.scale if frame else 1.0
    width, height = page.size_mm
    return {
        "side": page.side.value,
        "format": page.format.value,
        "picture": evidence.picture,
        "found_by": page.found_by,
        "outline": quad_record(page.quad((0.0, 0.0, width, height)), scale),
        "quality": {
            "ppi": round(page.quality.ppi, 1),
            "edge_mm": _number(page.quality.edge_mm),
            "glare": [_rect(rect) for rect in page.quality.glare],
            "outside": round(page.quality.outside, 4),
            "exposure": round(page.quality.exposure, 4),
        },
        "lights": [
            {"light": light.value, "agreement": _number(sheet.agreement)} for light, sheet in page.sheets.items()
        ],
        "problems": [{"light": light.value, "reason": reason} for light, reason in page.problems.items()],
        "texts": _texts(evidence.texts, page, scale) if evidence.texts else None,
        "comparison": _comparison(evidence.comparison, page, scale) if evidence.comparison else None,
    }


def _texts(texts: TextReading, page: Page, scale: float) -> dict[str, Any]:
    lines = [
        {
            "text": line.text,
            "confidence": _number(line.confidence),
            "rect": _rect(line.rect),
            "where": quad_record(page.quad(line.rect), scale),
        }
        for line in texts.lines
    ]
    return {"reader": texts.reader, "lines": lines}


def _comparison(comparison: Comparison, page: Page, scale: float) -> dict[str, Any]:
    deviations = [
        {
            "region": one.region,
            "light": one.light.value,
            "property": one.property.value,
            "margin": _number(one.margin),
            "found": one.found,
            "expected": one.expected,
            "rect": _rect(one.rect),
            "where": quad_record(page.quad(one.rect), scale),
        }
        for one in comparison.deviations
    ]
    return {
        "model": comparison.model,
        "counts": comparison.counts,
        "deviations": deviations,
        "note": comparison.note or None,
    }


def _face(reading: FaceReading, examined: Examined) -> dict[str, Any]:
    frame = examined.frames.get("face") if reading.place.value == "live" else None
    face = reading.face
    return {
        "place": reading.place.value,
        "found": reading.found.value,
        "score": _number(face.score) if face else None,
        "where": quad_record(face.quad, frame.scale) if face and frame else None,
        "others": reading.others,
        "quality": _portrait(reading.quality) if reading.quality else None,
        "screen_or_paper": None if reading.screen_or_paper is None else _number(reading.screen_or_paper),
        "note": reading.note or None,
    }


def _comparable(one: FaceReading, other: FaceReading) -> bool:
    return one.template is not None and other.template is not None


def _pair(one: FaceReading, other: FaceReading) -> dict[str, Any]:
    """How far apart two faces are and what that means, with the rates at which it errs; null where nobody measured."""
    from limen.vision.face import pair_of, similarity  # noqa: PLC0415

    assert one.template is not None
    assert other.template is not None
    distance = similarity(one.template, other.template)
    bands = one.bands.get(pair_of(one.place, other.place))
    return {
        "faces": [one.place.value, other.place.value],
        "distance": _number(distance),
        "meaning": bands.meaning(distance).value if bands else None,
        "match_up_to": _number(bands.match) if bands else None,
        "review_up_to": _number(bands.review) if bands else None,
        "false_match_rate": _number(bands.false_match.value) if bands else None,
        "false_non_match_rate": _number(bands.false_non_match.value) if bands else None,
    }


def _portrait(quality: PortraitQuality) -> dict[str, Any]:
    names = (
        "yaw_deg",
        "pitch_deg",
        "roll_deg",
        "eye_distance_px",
        "eyes_open",
        "mouth_open",
        "exposure",
        "sharpness",
        "background_spread",
        "even_light",
        "under_exposed",
        "over_exposed",
        "dynamic_range",
        "unnatural_colour",
        "head_share",
        "outside",
    )
    return {
        **{name: _number(getattr(quality, name)) for name in names},
        "margins": [_number(margin) for margin in quality.margins],
        "advice": list(quality.advice),
    }


def _rect(rect: Rect) -> list[float]:
    return [round(float(value), 2) for value in rect]


def _number(value: float) -> float | None:
    """A figure as JSON can say it: what is not known is null."""
    return round(float(value), 4) if math.isfinite(value) else None
