"""Tools that are loaded when they are first needed, once; one that cannot be loaded is a note and no crash."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Missing(Exception):  # noqa: N818 - no fault of the program
    """A tool is not there. The text is one sentence that says how to get it."""


class Tool(Generic[T]):
    """Something that is loaded when it is first asked for."""

    def __init__(self, name: str, load: Callable[[], T]) -> None:
        self.name = name
        self.why = ""
        """Why it is not there: one sentence; empty where it is, or was not asked for."""
        self.milliseconds: float | None = None
        """How long loading it took; None before."""
        self._load = load
        self._tool: T | None = None

    @classmethod
    def of(cls, name: str, tool: T) -> Tool[T]:
        """A tool that is there already."""
        return cls(name, lambda: tool)

    @classmethod
    def absent(cls, name: str, why: str) -> Tool[T]:
        """A tool that is not there."""

        def load() -> T:
            raise Missing(why)

        return cls(name, load)

    def get(self) -> T | None:
        """The tool; None where it is not there, as `why` tells."""
        if self.milliseconds is None:
            started = time.perf_counter()
            try:
                self._tool = self._load()
            except Missing as missing:
                self.why = str(missing)
            except Exception as error:
                _log.exception("%s could not be loaded", self.name)
                self.why = f"The {self.name} could not be loaded ({type(error).__name__}: {error})."
            self.milliseconds = round((time.perf_counter() - started) * 1000, 2)
        return self._tool
