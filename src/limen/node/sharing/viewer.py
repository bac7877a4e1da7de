"""Who looks: told to PostgreSQL, where row-level security asks for it.

The setting `limen.viewer` of a database session holds the officer's number. Without it nobody looks, and nothing
protected is seen. `viewing` sets it for a block of code; it never grants, it only names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from psycopg.pq import TransactionStatus

_viewer: ContextVar[int | None] = ContextVar("limen_viewer", default=None)


def viewer_id() -> int | None:
    """Say which officer looks now."""
    return _viewer.get()


def _tell(officer_id: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('limen.viewer', %s, false)", ["" if officer_id is None else str(officer_id)])


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
