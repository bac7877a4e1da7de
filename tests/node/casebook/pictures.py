"""Pictures of case studies for these tests: drawn, masked, and put where an upload would have brought them."""

from __future__ import annotations

import io
import uuid

from django.core.files.base import ContentFile
from PIL import Image as Pillow

from limen.node.exhibits.models import Exhibit

REGION = {"x": 0.6, "y": 0.5, "w": 0.2, "h": 0.25, "label": "portrait", "text": "The edge is cut."}


def file(colour: str = "navy", size: tuple[int, int] = (300, 200)) -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Pillow.new("RGB", size, colour).save(written, "WEBP", lossless=True)
    return written.getvalue()


def exhibit(case, colour: str = "navy", size: tuple[int, int] = (300, 200), **values) -> Exhibit:
    """A picture of a draft."""
    one = Exhibit(
        kind="casebook",
        record=case.pk,
        owner_id=case.owner_id,
        author_id=case.author_id,
        audience_id=case.audience_id,
        width=size[0],
        height=size[1],
        **{"subject": "data_page", "masks_confirmed": True} | values,
    )
    one.masked.save(f"{uuid.uuid4().hex}.webp", ContentFile(file(colour, size)), save=False)
    one.save(force_insert=True)
    one.refresh_from_db()
    return one


def pair(case, found_size=(300, 200), reference_size=(600, 400), light: str = "white") -> tuple[Exhibit, Exhibit]:
    """What was found, marked, and its reference, of different sizes and colours."""
    reference = exhibit(case, "darkgreen", reference_size, role="reference", caption="Specimen", light=light)
    found = exhibit(case, "navy", found_size, regions=[REGION], compared_with=reference, caption="Fake", light=light)
    return found, reference
