"""What became of sending something."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from limen.node.notices.models import Delivery


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one delivery."""

    delivery: Delivery
    sent: bool
    again: bool = True
    """Whether another try may help."""
    wait: datetime.timedelta | None = None
    """How long the other side asks to be left alone."""
    reason: str = ""
    """Why it was not sent; empty where nobody is left who could be told."""
