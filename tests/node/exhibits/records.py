"""What tests of exhibits do with records, and a picture."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image as Pillow

from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing


def webp(width: int = 64, height: int = 48, seed: int = 1) -> bytes:
    """A small picture as a file."""
    file = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    Pillow.fromarray(pixels).save(file, "WEBP")
    return file.getvalue()


def audience_of(owner: int, marking: str, *agencies) -> rules.Audience:
    """The community, or the agencies named."""
    named = frozenset(agency.pk for agency in agencies)
    return rules.Audience(owner, Marking(marking), community=not agencies, agencies=named)


def release(report, officer, marking: str, *agencies) -> None:
    """Release a record, whatever keeps it from it; class 0 takes one person."""
    with viewing(officer.pk):
        releasing.propose(report, officer, audience_of(report.owner_id, marking, *agencies))


def recall(report, officer) -> None:
    """Recall a record."""
    with viewing(officer.pk):
        report.refresh_from_db()
        releasing.recall(report, officer, "It was wrong.")
