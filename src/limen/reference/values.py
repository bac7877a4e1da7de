"""JSON from elsewhere, taken apart with a sentence for whatever is not as it should be."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from limen.reference.errors import FileError

Choice = TypeVar("Choice", bound=StrEnum)
T = TypeVar("T")

LONGEST = 2_000
_MOST_ENTRIES = 20_000


class Members:
    """The members of one JSON object; each is asked for once, and `done` refuses those that nobody asked for."""

    def __init__(self, value: Any, what: str) -> None:
        """`what` names the object in sentences. Raises FileError where the value is no object."""
        if not isinstance(value, dict):
            raise FileError(f"The {what} of the file is no JSON object.")
        self._value = value
        self._what = what
        self._asked: set[str] = set()

    def done(self) -> None:
        """Raises FileError where a member is there that is not known."""
        unknown = sorted(set(self._value) - self._asked)
        if unknown:
            raise FileError(f"The {self._what} of the file has a member {unknown[0][:40]!r}, which is not known.")

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        self._asked.add(name)
        return self._value.get(name) is not None

    def text(self, name: str, pattern: str = "", most: int = LONGEST) -> str:
        """A string, of a form where `pattern` gives one, that is printable and not too long."""
        value = self._of(name, str)
        if len(value) > most or not value.isprintable() or (pattern and not re.fullmatch(pattern, value)):
            self._bad(name)
        return value

    def hex(self, name: str, size: int) -> str:
        """So many octets in lower-case hexadecimal digits."""
        return self.text(name, f"[0-9a-f]{{{2 * size}}}")

    def whole(self, name: str, least: int, most: int) -> int:
        """An integer within its bounds."""
        value = self._of(name, int)
        if isinstance(value, bool) or not least <= value <= most:
            self._bad(name)
        return value

    def number(self, name: str, least: float = -math.inf, most: float = math.inf) -> float:
        """A finite number within its bounds."""
        value = self._any(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self._bad(name)
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false."""
        return self._of(name, bool)

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """One of a list of words."""
        value = self._of(name, str)
        if value not in set(kind):
            self._bad(name)
        return kind(value)

    def moment(self, name: str) -> datetime.datetime:
        """A time with its zone, as ISO 8601 writes it."""
        try:
            value = datetime.datetime.fromisoformat(self.text(name, most=40))
        except ValueError:
            self._bad(name)
        if value.tzinfo is None:
            self._bad(name)
        return value

    def object(self, name: str) -> Members:
        """A JSON object."""
        return Members(self._of(name, dict), f"{self._what} ({name})")

    def each(self, name: str, take: Callable[[Members], T], most: int = _MOST_ENTRIES) -> tuple[T, ...]:
        """A list of objects."""
        value = self._of(name, list)
        if len(value) > most:
            self._bad(name)
        return tuple(take(Members(one, f"{self._what} ({name})")) for one in value)

    def texts(self, name: str, pattern: str, most: int = _MOST_ENTRIES) -> tuple[str, ...]:
        """A list of strings of a form."""
        value = self._of(name, list)
        good = len(value) <= most and all(isinstance(one, str) and re.fullmatch(pattern, one) for one in value)
        if not good:
            self._bad(name)
        return tuple(value)

    def numbers(self, name: str, count: int) -> tuple[float, ...]:
        """A list of so many finite numbers."""
        value = self._of(name, list)
        good = len(value) == count and all(
            isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in value
        )
        if not good:
            self._bad(name)
        return tuple(map(float, value))

    def _any(self, name: str) -> Any:
        self._asked.add(name)
        if name not in self._value:
            raise FileError(f"The {self._what} of the file lacks {name!r}.")
        return self._value[name]

    def _of(self, name: str, kind: type[T]) -> T:
        value = self._any(name)
        if not isinstance(value, kind):
            self._bad(name)
        return value

    def _bad(self, name: str) -> NoReturn:
        raise FileError(f"The {self._what} of the file says {self._value.get(name)!r:.60} for {name!r}.")
