"""Pictures that look alike: by the fingerprint of what their masks leave open, so never by a person."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from limen.node.images import intake, masking
from limen.node.images.fingerprint import ALIKE, fingerprint
from limen.node.reports.models import FINGERPRINT, Image
from limen.node.reports.sentences import said
from limen.node.sharing import policy
from limen.node.web.errors import Invalid

SIMILAR = 1 - ALIKE
"""The greatest cosine distance at which two pictures are called similar, as measured in docs/masking.md."""


def fingerprint_text(vector: Sequence[float]) -> str:
    """Write a fingerprint so that an address can hold it: a byte a number, which is as close as pictures are alike."""
    scale = max((abs(float(x)) for x in vector), default=0.0) or 1.0
    octets = bytes(round(127 * float(x) / scale) & 0xFF for x in vector)
    return "v." + base64.urlsafe_b64encode(octets).decode().rstrip("=")


def vector_of(text: str) -> list[float] | None:
    """Read a fingerprint that is written out; None where the text is none."""
    if not text.startswith("v."):
        return None
    try:
        octets = base64.b64decode(text[2:] + "=" * (-len(text[2:]) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    numbers = [float(octet - 256 if octet > 127 else octet) for octet in octets]
    return numbers if len(numbers) == FINGERPRINT and any(numbers) else None


def uid_of(text: str) -> uuid.UUID | None:
    """Read a picture's number; None where the text is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def fingerprint_of(similar: str) -> Sequence[float] | None:
    """The fingerprint asked for: written out, or that of a picture that the viewer sees."""
    if (vector := vector_of(similar)) is not None:
        return vector
    return policy.visible(Image.objects.filter(uid=uid_of(similar))).values_list("fingerprint", flat=True).first()


def similar_to(fingerprint: Any, most: int = 50) -> list[tuple[int, float]]:
    """Reports with the most similar pictures and their distance (0 the same, 1 nothing alike), the nearest first."""
    distance = RawSQL("fingerprint <=> %s::vector", [[float(x) for x in fingerprint]])
    rows = policy.visible(Image.objects.filter(fingerprint__isnull=False)).annotate(distance=distance)
    found = rows.order_by("distance").values_list("report_id", "distance")[: 4 * most]
    nearest: dict[int, float] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        # The index knows no policy: it goes on until enough of what it finds may be seen.
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        for report, apart in found:
            if apart <= SIMILAR:
                nearest.setdefault(report, float(apart))
    return list(nearest.items())[:most]


def of_file(file: Any) -> str:
    """The fingerprint of a picture that was sent, masked first, written out; nothing is kept. Raises `Invalid`."""
    if file is None or not file.size:
        raise Invalid(_("Choose a picture first."), field="image")
    try:
        picture = intake.take(file.read())[0].image
    except intake.IntakeError as error:
        raise Invalid(said(error.message), field="image") from error
    proposal = masking.propose(picture)
    found = fingerprint(masking.apply(picture, proposal.masks), proposal.masks, proposal.windows)
    if found is None:
        raise Invalid(
            _("No page was found in this picture, so all of it is masked and nothing is left to compare."),
            field="image",
        )
    return fingerprint_text([float(x) for x in found])
