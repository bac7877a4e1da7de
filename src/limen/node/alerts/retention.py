"""Deleting alerts whose time is over, with all that hangs on them."""

from __future__ import annotations

import datetime

from limen.node.alerts.models import Alert
from limen.node.exhibits import deleting


def delete_expired(today: datetime.date) -> int:
    """Delete every alert that was to be kept until a day before `today`; how many went."""
    return deleting.delete_expired(Alert, today, "alert.deleted")
