"""What pictures of reports, alerts and case studies have in common: how they are taken in, masked and marked.

What others see is rendered by covering the masks, and stored as a file of its own, so that no file of class 0 holds
anything of what is hidden.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from PIL import Image as Pillow

from limen.node.images import intake, masking
from limen.node.images.masks import Mask, MaskError, masks_from_json, masks_to_json
from limen.node.reports.sentences import said
from limen.node.terms import normalise
from limen.node.web.errors import Invalid
from limen.vision import ZoneReading, read_zone

MOST_REGIONS = 40
MASKED_LONGEST = 2000
THUMBNAIL_LONGEST = 480


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A clean picture, and the machine readable zone that was read from it."""

    picture: intake.Picture
    zone: ZoneReading | None


def take(data: bytes) -> list[Taken]:
    """Read the pictures of a file. Raises `Invalid`."""
    if not data:
        raise Invalid(_("The file is empty."), field="image")
    try:
        return [Taken(picture, read_zone(picture.image)) for picture in intake.take(data)]
    except intake.IntakeError as error:
        raise Invalid(said(error.message), field="image") from error


def masks_of(value: Any) -> tuple[Mask, ...]:
    """The masks that a person drew. Raises `Invalid`."""
    try:
        return masks_from_json(value)
    except MaskError as error:
        raise Invalid(said(error.message), field="masks") from error


def render(row: Any, picture: intake.Image, masks: Sequence[Mask], written: list[FieldFile]) -> intake.Image:
    """Give a row its masked file, thumbnail and masks; all of it is made from the masked pixels, which it returns."""
    masked = masking.apply(picture, masks)
    row.masks = masks_to_json(masks)
    write(row.masked, intake.thumbnail(masked, MASKED_LONGEST), written)
    write(row.thumbnail, intake.thumbnail(masked, THUMBNAIL_LONGEST), written)
    return masked


def pixels_of(file: FieldFile) -> intake.Image:
    """Read a picture that the node itself has written."""
    with file.storage.open(file.name) as opened, Pillow.open(opened) as picture:
        return np.asarray(picture.convert("RGB"))


def write(file: FieldFile, encoded: intake.Encoded, written: list[FieldFile]) -> None:
    """Store a picture under a name that says nothing, and add it to what was written."""
    file.save(f"{uuid.uuid4().hex}{encoded.suffix}", ContentFile(encoded.data), save=False)
    written.append(file)


def code(kind: str, text: str) -> str:
    """The code of a term, however it was said; empty for nothing. Raises `Invalid`."""
    try:
        return normalise.code(kind, text.strip()) if text.strip() else ""
    except normalise.Unknown as error:
        raise Invalid(str(error)) from error


def clean_regions(regions: Any) -> list[dict[str, Any]]:
    """Turn what was sent into rectangles with a label and a text. Raises `Invalid`."""
    if not isinstance(regions, list) or len(regions) > MOST_REGIONS:
        raise Invalid(_("A picture has at most %(most)d marked places.") % {"most": MOST_REGIONS}, field="regions")
    try:
        return [_clean_region(region) for region in regions]
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(_("A marked place is not understood; draw it again."), field="regions") from error


def _clean_region(region: Any) -> dict[str, Any]:
    x, y, w, h = (_share(region[name]) for name in "xywh")
    if not (w > 0 and h > 0):
        raise ValueError
    label = _words(region.get("label"), 80)
    cleaned = {"x": x, "y": y, "w": min(w, 1 - x), "h": min(h, 1 - y), "label": _known(label)}
    return cleaned | {"text": _words(region.get("text"), 400)}


def _known(label: str) -> str:
    """The code of what a region shows, or the officer's own words."""
    try:
        return normalise.code("region_property", label) if label else ""
    except normalise.Unknown:
        return label


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError
    return round(float(value), 6)


def _words(value: Any, most: int) -> str:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return (value or "").replace("\x00", "").strip()[:most]
