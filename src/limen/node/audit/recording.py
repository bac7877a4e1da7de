"""Writing to the log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection


def record(
    action: str, *, subject: str = "", agency: int | None = None, details: Mapping[str, Any] | None = None
) -> None:
    """Append an entry in the name of whoever looks now (`limen.node.sharing.viewer`).

    The entry goes to the chain of the viewer's agency; where nobody looks (the worker, a failed sign-in) to that of
    `agency`, or to the node's own. It holds the chain's lock until the transaction ends, so it is an action's last
    statement. `details` holds no class 2 or 3 data: names of fields, never their contents.
    """
    text = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_append(%s, %s, %s, %s)", [agency, action, subject, text])
