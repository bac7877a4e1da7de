"""What leaves the screen as a whole: made from nothing that is marked more strictly than the thing itself.

A report that is exported carries its own marking. A figure cannot: it is the sum of many reports, and whoever is given
it is told of each of them. So whoever makes a paper of figures chooses its marking first, and for that long sees only
what may stand in a paper so marked. PostgreSQL leaves the rest out of every audience (migrations/sql/0004), so that
lists, roll-ups, alerts and cases are narrowed alike, whatever reads them.

The same setting holds classes apart: a report that everybody may copy can tell some agency its number by an agreement
whose onward rule is "read here alone". What leaves the screen is read within `leaving`, which lets no class through
that is seen by such agreements alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from limen.node.people.models import Officer
from limen.node.sharing import policy
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Shareable

_ALL = [Marking(value) for value in Marking.values]
COPIED = tuple(marking for marking in _ALL if marking.may_be_copied)
"""Markings that a copy can have, the widest first."""


def may_copy(record: Shareable, officer: Officer, kept: frozenset[int] | None = None) -> bool:
    """Whether the officer may take this record off the screen: a file, a print, the API. `kept` is `read_here()`."""
    if record.owner_id == officer.agency_id:
        return True
    if not Marking(record.marking).may_be_copied:
        return False
    return record.audience_id not in (policy.read_here() if kept is None else kept)


def no_stricter(marking: Marking) -> list[Marking]:
    """The marking itself and every wider one."""
    return _ALL[: _ALL.index(marking) + 1]


@contextmanager
def marked_at_most(marking: Marking) -> Iterator[None]:
    """Let whoever looks see nothing that is marked more strictly, until the block ends."""
    with _narrowed_to(no_stricter(marking)):
        yield


@contextmanager
def leaving() -> Iterator[None]:
    """Let whoever looks see nothing that agreements let them read here alone, until the block ends."""
    with _narrowed_to(_ALL):
        yield


@contextmanager
def _narrowed_to(markings: list[Marking]) -> Iterator[None]:
    with transaction.atomic():
        before = _narrowed()
        _narrow(",".join(each for each in markings if not before or each in before.split(",")))
        try:
            yield
        finally:
            # A transaction that failed takes the setting back as it ends.
            if connection.connection.info.transaction_status != TransactionStatus.INERROR:
                _narrow(before)


def _narrowed() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('limen.markings', true), '')")
        return str(cursor.fetchone()[0])


def _narrow(markings: str) -> None:
    """For this transaction alone: a connection that serves the next request is as it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('limen.markings', %s, true)", [markings])
