"""The error of `limen.icao.pki`:

PkiError    a certificate, list or security object cannot be taken apart

What can be taken apart and does not hold is no error but a `Step` of passive authentication, or one of the errors of
`limen.icao.crypto` where a signature was asked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from limen.icao.der import DerError


class PkiError(ValueError):
    """The bytes are not what they ought to be; the text says of what and why, as one sentence."""


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn a `DerError` inside into a `PkiError` that says what was being read."""
    try:
        yield
    except DerError as error:
        raise PkiError(f"{what} that cannot be read: {error}") from error
