"""What can be wrong with a trust store and with what is imported into it.

TrustError
├── StoreError     the store itself: not there, no store, of a newer Limen, damaged, full disk
├── MaterialError  something to import: no certificate or list, or not to be trusted
└── UnknownError   something asked for that the store does not hold

The text is one sentence for an administrator: what is wrong and what to do.
"""

from __future__ import annotations


class TrustError(Exception):
    """Base of this package's errors."""


class StoreError(TrustError):
    """The store cannot be opened, read or written."""


class MaterialError(TrustError):
    """What was to be imported cannot be."""


class UnknownError(TrustError):
    """The store does not hold what was asked for."""
