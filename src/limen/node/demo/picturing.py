"""Pictures for some reports: Utopian documents of `limen.specimen`, falsified as their report says, masked and marked.

Each is what an examiner would have entered: the capture as original (class 3), the same with every personal entry
masked (class 0), and the places that show the fraud marked. Masks lie where the entries are known to be printed, with
room around them, so the line work that tells the counterfeit stays in sight.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np
from django.core.files.base import ContentFile
from django.db import transaction
from numpy.typing import NDArray

from limen.node.audit import record as log
from limen.node.demo import persons
from limen.node.demo.stories import LABEL, OUTBREAK
from limen.node.images import intake, masking
from limen.node.images.fingerprint import fingerprint
from limen.node.images.masks import Kind, Mask, Source, masks_to_json
from limen.node.reports.models import Image, Original, Report
from limen.node.sharing.releasing import subject_of
from limen.specimen import Capture, FraudLabel, Light, Specimen, capture, falsified, render

Pixels = NDArray[np.uint8]
PPI: Final = 220.0
_MASKED_LONGEST, _THUMBNAIL_LONGEST = 2000, 480

_FRAUDS: Final[Mapping[str, tuple[str, ...]]] = {
    "photo_substitution": ("substituted-portrait",),
    "altered_data": ("changed-digit",),
    "validity_altered": ("changed-digit",),
    "whole_counterfeit": ("wrong-typeface", "no-uv"),
    "data_page_counterfeit": ("bright-paper", "no-uv"),
    "visa_counterfeit": ("bright-paper", "no-uv"),
}
"""What `limen.specimen` does for each method; for others the document is as issued."""

_OF_THE_ZONE: Final = ("changed-digit", "wrong-typeface")
"""Of these, what the front of a card, which has no zone, cannot show."""

_WASHED: Final = ("viz.issue_date", "viz.expiry_date")
TITLE: Final = (94.5, 5.6, 25.0, 6.4)
ROSETTE: Final = (3.0, 8.7, 5.3, 5.2)
"""Left, top, width and height in millimetres of what the counterfeiter of the outbreak prints wrongly."""
_SHADOW_MM: Final = 0.55
_INK: Final = 110
"""Lightness below which a pixel is an entry, which was printed after the washing."""

_TOLD: Final[Mapping[str, tuple[str, str]]] = {
    "substituted-portrait": ("portrait", "The edge of a second photograph runs around the portrait."),
    "changed-digit": ("erasure", "Scraped and printed over."),
    "wrong-typeface": ("mrz", "Not the typeface that the standard prescribes."),
    "no-uv": ("uv_reaction", "The fluorescent print and the fibres are missing."),
    "bright-paper": ("paper", "The paper shines: office paper, not security paper."),
    "washed": ("erasure", "Washed out and printed over: the line work is gone around the dates."),
    "washed-uv": ("uv_reaction", "Where the solvent was, the paper glows."),
    "changed-digit-uv": ("uv_reaction", "The paper glows where it was scraped."),
}
"""Property and words for each fraud; under ultraviolet light, others where there are some."""

_HIDDEN: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(
        (
            "viz.number", "viz.surname", "viz.given_names", "viz.birth_date", "viz.birth_place", "viz.personal_number",
            "viz.issue_date", "viz.expiry_date", "viz.sex", "viz.height",
        ),
        Kind.DATA,
    ),
    "portrait": Kind.PORTRAIT,
    "ghost": Kind.PORTRAIT,
    "signature": Kind.SIGNATURE,
}  # fmt: skip
_ROOM_MM: Final = {Kind.DATA: 0.45, Kind.PORTRAIT: 1.4, Kind.SIGNATURE: 1.2, Kind.MRZ: 1.2}


def picture(number: int, category: str, method: str, seed: int, story: str) -> int:
    """Draw the pictures of a report, unless it has some or is gone; say how many."""
    report = Report.objects.select_related("owner").filter(pk=number).first()
    if report is None or report.images.exists():
        return 0
    made = specimen(category, method, seed, story)
    with transaction.atomic():
        for position, light in enumerate(made.images, start=1):
            _store(report, position, light, capture(made, seed + position, "reader", light=light, ppi=PPI), story)
        count = len(made.images)
        log("report.pictures_added", subject=subject_of(report), agency=report.owner_id, details={"count": count})
    return count


def specimen(category: str, method: str, seed: int, story: str) -> Specimen:
    """Draw the document as it was falsified, in white and ultraviolet light."""
    recipe = replace(persons.specimen(category, seed, PPI), lights=(Light.WHITE, Light.UV))
    if story == LABEL or method == "visa_altered":
        return _washed(render(recipe))
    for fraud in ("no-uv", "bright-paper") if story == OUTBREAK else _FRAUDS.get(method, ()):
        if recipe.has_zone or fraud not in _OF_THE_ZONE:
            recipe = falsified(recipe, fraud, seed)
    made = render(recipe)
    return _misprinted(made) if story == OUTBREAK else made


def _washed(made: Specimen) -> Specimen:
    """Take the line work away around the dates, as a solvent does, and let the paper there glow in ultraviolet."""
    label = FraudLabel("washed", (Light.WHITE, Light.UV), _WASHED)
    white, glowing = made.images[Light.WHITE], made.images[Light.UV]
    strength = _stain(made, white.shape)
    paper = np.percentile(white.reshape(-1, 3), 85, axis=0)
    glow = np.array([96.0, 120.0, 190.0])
    images = {
        Light.WHITE: _blended(white, paper, strength * (white.mean(axis=2, keepdims=True) > _INK)),
        Light.UV: _blended(glowing, glow, strength * 0.7),
    }
    return replace(made, images=images, truth=replace(made.truth, frauds=(label,)))


def _stain(made: Specimen, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Say how much of the print is gone at each pixel, from 0 to 1."""
    scale = made.truth.ppi / 25.4
    where = np.zeros(shape[:2], np.uint8)
    for name in _WASHED:
        if item := made.truth.field(name):
            corners = np.asarray(item.quad)
            (left, top), (right, bottom) = corners.min(axis=0) - 3.2 * scale, corners.max(axis=0) + 3.2 * scale
            middle = (round((left + right) / 2), round((top + bottom) / 2))
            cv2.ellipse(where, middle, (round((right - left) / 2), round((bottom - top) / 2)), 0, 0, 360, 255, -1)
    return np.asarray(cv2.GaussianBlur(where, (0, 0), 0.9 * scale), np.float64)[:, :, None] / 255 * 0.92


def _blended(image: Pixels, colour: NDArray[np.float64], share: NDArray[np.float64]) -> Pixels:
    return np.asarray(image * (1 - share) + colour * share, np.uint8)


def _misprinted(made: Specimen) -> Specimen:
    """Print the title twice and leave out a quarter of the rosette, always in the same way."""
    image = made.images[Light.WHITE].copy()
    scale = image.shape[1] / made.truth.size_mm[0]
    shift = max(1, round(_SHADOW_MM * scale))
    title = _part(image, TITLE, scale)
    doubled = title.copy()
    doubled[shift:, shift:] = np.minimum(title[shift:, shift:], title[:-shift, :-shift])
    title[:] = doubled
    rosette = _part(image, ROSETTE, scale)
    rosette[:] = np.percentile(rosette.reshape(-1, 3), 80, axis=0).astype(np.uint8)
    return replace(made, images={**made.images, Light.WHITE: image})


def _part(image: Pixels, box: tuple[float, float, float, float], scale: float) -> Pixels:
    left, top, width, height = (round(value * scale) for value in box)
    return image[top : top + height, left : left + width]


def _store(report: Report, position: int, light: Light, seen: Capture, story: str) -> None:
    masks = masks_of(seen)
    masked = masking.apply(seen.image, masks)
    windows = masking.propose(seen.image).windows if light is Light.WHITE else (None, None)
    found = fingerprint(masked, masks, windows)
    image = Image(
        report=report,
        position=position,
        light=light.value,
        subject="visa_page" if report.category == "visa_label" else "data_page",
        width=seen.image.shape[1],
        height=seen.image.shape[0],
        masks=masks_to_json(masks),
        masks_confirmed=True,
        regions=_regions(seen, story),
        fingerprint=None if found is None else [float(x) for x in found],
    )
    _write(image.masked, intake.thumbnail(masked, _MASKED_LONGEST))
    _write(image.thumbnail, intake.thumbnail(masked, _THUMBNAIL_LONGEST))
    image.save(force_insert=True)
    encoded = intake.encode(seen.image)
    original = Original(report=report, image=image, sha256=hashlib.sha256(encoded.data).hexdigest())
    _write(original.file, encoded)
    original.save(force_insert=True)


def _write(file: Any, encoded: intake.Encoded) -> None:
    file.save(f"{uuid.uuid4().hex}{encoded.suffix}", ContentFile(encoded.data), save=False)


def masks_of(seen: Capture, shown: Collection[str] = (), portrait_mm: float = 1.4) -> list[Mask]:
    """Say where the capture shows something of a person, and what of the document is of class 1.

    `shown` names entries that are left in sight; with room below zero, the portrait's rim is in sight too.
    """
    truth = seen.truth
    names = [item for item in truth.fields if item.name in _HIDDEN and item.name not in shown]
    hidden = [(item.quad, _HIDDEN[item.name], _room(item.name, portrait_mm)) for item in names]
    if truth.zone:
        hidden.append((truth.zone, Kind.MRZ, _ROOM_MM[Kind.MRZ]))
    return [Mask.rectangle(*_share(seen, quad, room), kind=kind, source=Source.HAND) for quad, kind, room in hidden]


def _room(name: str, portrait_mm: float) -> float:
    return portrait_mm if name == "portrait" else _ROOM_MM[_HIDDEN[name]]


def _regions(seen: Capture, story: str) -> list[dict[str, Any]]:
    found = []
    for label in seen.truth.frauds:
        if seen.light not in label.lights:
            continue
        code, text = (seen.light is Light.UV and _TOLD.get(f"{label.name}-uv")) or _TOLD[label.name]
        boxes = [item.quad for name in label.fields if (item := seen.truth.field(name))]
        if label.name == "washed":
            found.append(region(seen, np.vstack(boxes), code, text, 2.6))
        elif boxes:
            found += [region(seen, quad, code, text, 1.0) for quad in boxes]
        else:
            found.append(region(seen, seen.truth.outline, code, text, -2.5 * (1 + len(found))))
    if story == OUTBREAK and seen.light is Light.WHITE:
        found.append(region(seen, on_page(seen, TITLE), "printing", "The title is printed twice.", 0.4))
        found.append(region(seen, on_page(seen, ROSETTE), "background", "A quarter of the rosette is missing.", 0.8))
    return found


def region(seen: Capture, quad: Any, label: str, text: str, room: float) -> dict[str, Any]:
    """Mark the rectangle around some corners, wider by some millimetres."""
    x, y, w, h = (round(value, 6) for value in _share(seen, quad, room))
    return {"x": x, "y": y, "w": w, "h": h, "label": label, "text": text}


def on_page(seen: Capture, box: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """Carry a rectangle in millimetres of the page into the picture."""
    width, height = seen.truth.size_mm
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    there = cv2.getPerspectiveTransform(page, np.asarray(seen.truth.outline, np.float32))
    left, top, w, h = box
    corners = np.array([[[left, top], [left + w, top], [left + w, top + h], [left, top + h]]], np.float32)
    return np.asarray(cv2.perspectiveTransform(corners, there)[0], np.float64)


def _share(seen: Capture, quad: Any, room_mm: float) -> tuple[float, float, float, float]:
    """Give the upright rectangle around some corners, wider by some millimetres, in shares of the picture."""
    height, width = seen.image.shape[:2]
    room = room_mm * seen.truth.ppi / 25.4
    points = np.asarray(quad, np.float64)
    (left, top), (right, bottom) = points.min(axis=0) - room, points.max(axis=0) + room
    left, top = max(left, 0.0), max(top, 0.0)
    right, bottom = min(right, float(width)), min(bottom, float(height))
    return left / width, top / height, (right - left) / width, (bottom - top) / height
