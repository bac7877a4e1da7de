"""Where a list goes on: after the last report of the page before, whatever was added or recalled meanwhile.

A cursor is encrypted, since the number in it tells how many reports there are.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from limen.node.reports.models import Report
from limen.node.web.errors import Invalid


def page_of(rows: QuerySet[Report], cursor: str | None, limit: int) -> tuple[list[Report], str | None]:
    """Some reports, the newest first, and the cursor of the next page. Raises `Invalid` for a cursor that is none."""
    if cursor:
        day, number = _read(cursor)
        # The first condition lets an index on the day find the place; the second is the order itself.
        rows = rows.filter(Q(detected_on__lt=day) | Q(detected_on=day, pk__lt=number), detected_on__lte=day)
    found = list(rows.order_by("-detected_on", "-id")[: limit + 1])
    more = len(found) > limit
    return found[:limit], _write(found[limit - 1]) if more else None


def _write(last: Report) -> str:
    return _box().encrypt(json.dumps([last.detected_on.isoformat(), last.pk]).encode()).decode()


def _read(cursor: str) -> tuple[datetime.date, int]:
    try:
        day, number = json.loads(_box().decrypt(cursor.encode()))
        return datetime.date.fromisoformat(day), number
    except (InvalidToken, ValueError) as error:
        raise Invalid(_("This is no cursor of this node; begin with the first page."), field="cursor") from error


def _box() -> Any:
    key = hashlib.sha256(b"limen.node.api.paging:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
