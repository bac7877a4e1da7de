"""Keeping in a process what the tables hold, and reading anew when they changed.

Terms change with a release of Limen, or when an agency adds one: rarely. Each process therefore keeps them, and asks
for the token of the edition at most every `EVERY` seconds.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS

from limen.node.terms.models import Edition

EVERY = 30.0
ADDED = "added"
T = TypeVar("T")
_all_kept: list[Kept[Any]] = []


class Kept(Generic[T]):
    """A value made from the tables, made anew when their edition changes."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._value: T | None = None
        self._edition: tuple[tuple[str, uuid.UUID], ...] | None = None
        self._asked = -EVERY
        _all_kept.append(self)

    def get(self) -> T:
        """The value; for up to `EVERY` seconds after a change elsewhere, the one before it."""
        if self._value is None or time.monotonic() - self._asked > EVERY:
            with self._lock:
                self._renew()
        assert self._value is not None
        return self._value

    def _renew(self) -> None:
        edition = tuple(Edition.objects.order_by("name").values_list("name", "token"))
        if self._value is None or edition != self._edition:
            self._value = self._make()
            self._edition = edition
        self._asked = time.monotonic()

    def forget(self) -> None:
        """Ask for the edition when next wanted."""
        self._asked = -EVERY


def forget() -> None:
    """Have this process ask for the edition before it uses again what it keeps."""
    for kept in _all_kept:
        kept.forget()


def changed(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Somebody changed a term, a place or a carrier: let every process know."""
    Edition.objects.using(using).update_or_create(name=ADDED, defaults={"token": uuid.uuid4()})
    forget()
