"""Who looks: told to PostgreSQL, where row-level security asks for it.

The setting `limen.viewer` of a database session holds the officer's number and a seal over it. Without it nobody looks,
and nothing protected is seen. `viewing` sets it for a block of code; it never grants, it only names. Any SQL can set a
setting, but only who knows the key can seal a number, and the key is closed to the site's role: a statement that was
smuggled in sees what its viewer sees, and no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection
from psycopg.pq import TransactionStatus

_viewer: ContextVar[int | None] = ContextVar("limen_viewer", default=None)


def viewer_id() -> int | None:
    """Say which officer looks now."""
    return _viewer.get()


def sealing_key() -> bytes:
    """Derive the key of seals from the site's secret key."""
    return hashlib.sha256(b"limen.viewer\0" + settings.SECRET_KEY.encode()).digest()


def sealed(officer_id: int) -> str:
    """Write a number as the database accepts it: with the seal that `sharing_named` computes too."""
    key = sealing_key()
    inner = hashlib.sha256(key + str(officer_id).encode()).digest()
    return f"{officer_id}.{hashlib.sha256(key + inner).hexdigest()}"


def _tell(officer_id: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('limen.viewer', %s, false)", ["" if officer_id is None else sealed(officer_id)]
        )


@contextmanager
def viewing(officer_id: int | None) -> Iterator[None]:
    """Let this officer look, or nobody, until the block ends; whoever looked before looks again afterwards."""
    token = _viewer.set(officer_id)
    _tell(officer_id)
    try:
        yield
    finally:
        _viewer.reset(token)
        # A transaction that failed takes the setting back as it ends.
        if connection.connection is None or connection.connection.info.transaction_status != TransactionStatus.INERROR:
            _tell(_viewer.get())
