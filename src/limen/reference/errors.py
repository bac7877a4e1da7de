"""What can be wrong with references and signatures, and with the files that they are handed on in.

KeepingError
├── StoreError    the folder itself: not there, not to be written, damaged
├── FileError     a file to import or open: not of this kind, damaged, hostile, not signed as it says
├── KeyFileError  a file that is no Ed25519 key
├── UnknownError  something asked for that is not kept
└── RefusedError  something that may not be done: too few captures, captures learned from, a measured rate too high

The text is one sentence: what is wrong and what to do.
"""

from __future__ import annotations


class KeepingError(Exception):
    """Base of this package's errors."""


class StoreError(KeepingError):
    """The folder cannot be opened, read or written."""


class FileError(KeepingError):
    """A file holds no reference or signature that can be used."""


class KeyFileError(KeepingError):
    """A file holds no key that can be used."""


class UnknownError(KeepingError):
    """What was asked for is not kept."""


class RefusedError(KeepingError):
    """What was asked for may not be done."""
