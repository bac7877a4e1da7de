"""Telling: one row for each officer, written at once for all of them; the worker sends it by the ways each wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from limen.node.people.models import Officer


def tell(
    officers: Iterable[Officer | int],
    kind: str,
    number: str,
    url: str,
    urgent: bool = False,
    *,
    email: bool = True,
    push: bool = True,
) -> int:
    """Tell officers that there is something at `url`, a path of this site; say how many are told.

    Machines and whoever may not act are left out. `number` is all that is said of it outside the site, so it must tell
    nothing. `email` and `push` cut the ways by which it is sent: without both it stands in the officers' list alone.
    """
    numbers = sorted({officer if isinstance(officer, int) else officer.pk for officer in officers})
    if not numbers:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT notices_tell(%s::bigint[], %s, %s, %s, %s, %s, %s)",
            [numbers, kind, number, url, urgent, email, push],
        )
        told: int = cursor.fetchone()[0]
    if told and (email or push):
        transaction.on_commit(_send_soon, robust=True)
    return told


def _send_soon() -> None:
    """Wake the worker; were this lost, it looks once a minute."""
    from limen.node.notices.tasks import wake  # noqa: PLC0415 - the apps are loaded later

    wake()
