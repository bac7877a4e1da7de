"""Recomputing the chains, apart from the database that wrote them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

START = b"\0" * 32
"""What stands for the entry before a chain's first."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain does not hold."""

    chain: int
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recomputed: how many entries, and where chains break."""

    entries: int
    broken: tuple[Broken, ...]


def digest(previous: bytes, *fields: object) -> bytes:
    """Digest an entry: SHA-256 over the one before it, then each field as length, colon and UTF-8 text.

    Mirrors `audit_digest` of the migration. A null is written as a lone minus sign, so that it differs from an empty
    text.
    """
    sponge = hashlib.sha256(previous)
    for field in fields:
        if field is None:
            sponge.update(b"-")
            continue
        octets = str(field).encode()
        sponge.update(b"%d:" % len(octets) + octets)
    return sponge.digest()


_COLUMNS = "chain, position, at, actor, action, subject, details, previous, digest"


def _rows() -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        last = (-1, 0)
        while True:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM audit_entry"  # noqa: S608 - names of ours
                " WHERE (chain, position) > (%s, %s) ORDER BY chain, position LIMIT 5000",
                last,
            )
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < 5000:
                return
            last = rows[-1][:2]


def _rows_of(chain: int) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM audit_entry"  # noqa: S608
                " WHERE chain = %s AND position > %s ORDER BY position LIMIT 5000",
                [chain, last],
            )
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < 5000:
                return
            last = rows[-1][1]


def _heads() -> dict[int, tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, position, digest FROM audit_head")
        return {chain: (position, bytes(end)) for chain, position, end in cursor.fetchall()}


def verify() -> Verified:
    """Recompute every chain; report the first break of each. Needs the keeper's role, who sees every chain."""
    heads = _heads()
    count, ends, broken = _walk(_rows())
    for chain in heads.keys() | ends.keys():
        if chain not in broken and heads.get(chain) != ends.get(chain):
            broken[chain] = Broken(chain, ends.get(chain, (0, START))[0], "entries are missing after it")
    return Verified(count, tuple(broken[chain] for chain in sorted(broken)))


def verify_chain(chain: int) -> Verified:
    """Recompute one chain, as far as the viewer sees it.

    The site does not know a chain's end: whether the newest entries were cut off is told by `verify` alone.
    """
    count, _ends, broken = _walk(_rows_of(chain))
    return Verified(count, tuple(broken.values()))


def _walk(rows: Iterator[tuple[Any, ...]]) -> tuple[int, dict[int, tuple[int, bytes]], dict[int, Broken]]:
    """Go through entries in order: how many, where each chain ends, and where it first breaks."""
    ends: dict[int, tuple[int, bytes]] = {}
    broken: dict[int, Broken] = {}
    count = 0
    for chain, position, at, actor, action, subject, details, previous, stored in rows:
        count += 1
        before_position, before = ends.get(chain, (0, START))
        ends[chain] = (position, bytes(stored))
        if chain in broken:
            continue
        moment = at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        reason = ""
        if position != before_position + 1:
            reason = "entries are missing before it"
        elif bytes(previous) != before:
            reason = "it does not follow the one before it"
        elif digest(before, chain, position, moment, actor, action, subject, details) != bytes(stored):
            reason = "its contents were changed"
        if reason:
            broken[chain] = Broken(chain, position, reason)
    return count, ends, broken
