"""Settings out of the environment, each with a type; a bad one is told by name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from urllib.parse import SplitResult, urlsplit

from limen.node.errors import ConfigError


class Environment:
    """The environment, or a table that stands for it in a test."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def names(self) -> Iterable[str]:
        """List the names that are set."""
        return self._values.keys()

    def text(self, name: str, default: str = "") -> str:
        """Read a text; one that is set and empty counts as not set."""
        return self._values.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        """Read a yes or no."""
        said = self.text(name).lower()
        if not said:
            return default
        if said in ("1", "yes", "true", "on"):
            return True
        if said in ("0", "no", "false", "off"):
            return False
        raise ConfigError(f"{name} must be 1 or 0, not {said!r}.")

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Read a whole number within limits."""
        said = self.text(name)
        if not said:
            return default
        if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
            raise ConfigError(f"{name} must be a whole number from {least} to {most}, not {said!r}.")
        return int(said)

    def words(self, name: str) -> list[str]:
        """Read a list with commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Read one of several words."""
        said = self.text(name, default)
        if said not in allowed:
            raise ConfigError(f"{name} must be one of {', '.join(allowed)}, not {said!r}.")
        return said

    def url(self, name: str, schemes: tuple[str, ...]) -> SplitResult | None:
        """Read an address; None when not set. Its text is not repeated in the error: it may hold a password."""
        said = self.text(name)
        if not said:
            return None
        try:
            parts = urlsplit(said)
            _ = parts.port
        except ValueError:
            raise ConfigError(f"{name} is not an address.") from None
        if parts.scheme not in schemes:
            raise ConfigError(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
        return parts
