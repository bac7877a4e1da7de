"""The one error of the logical data structure, and how the reader's errors become it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from limen.icao.der import DerError


class LdsError(ValueError):
    """A file of the chip is not what Doc 9303-10 says; the text names the file and what is wrong, as one sentence."""


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn an error raised inside into an `LdsError` that begins with `what`."""
    try:
        yield
    except (DerError, LdsError) as error:
        if isinstance(error, LdsError) and str(error).startswith(what):
            raise
        raise LdsError(f"{what}: {error}") from error
