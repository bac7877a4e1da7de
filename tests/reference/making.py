"""References without an artwork worth the name, for what only keeps and hands them on."""

from __future__ import annotations

import datetime
import hashlib

from limen.reference.learned import Learning, Reference
from limen.reference.model import Model
from limen.reference.standing import Standing, Status
from limen.reference.trial import Trial
from limen.vision.page import Side

WHEN = datetime.datetime(2026, 11, 1, 12, 0, tzinfo=datetime.UTC)
MODEL = Model.parse("UTO P TD3 2020")


def digest(text: str) -> str:
    """A SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def reference(model: Model = MODEL, standing: Standing | None = None) -> Reference:
    """A reference of five documents."""
    learning = Learning(WHEN, "post 7", "limen 0.1.0", tuple((digest(f"{n}w"), digest(f"{n}u")) for n in range(5)))
    return Reference(model, learning, {Side.FRONT: b"artwork"}, standing=standing or Standing())


def promoted(rejected: int = 0, of: int = 60) -> Standing:
    """Measured and promoted."""
    return Standing(Status.PROMOTED, "chief", WHEN, Trial(of, rejected, WHEN, (digest("t"),)))
