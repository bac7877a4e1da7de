"""What can go wrong when a specimen is asked for.

SpecimenError
├── UnknownNameError   no such issuer, format, fraud, style or typeface
└── NotPossibleError   it exists, but not with this document (say, no portrait on this side)
"""

from __future__ import annotations

from collections.abc import Iterable


class SpecimenError(Exception):
    """Any of the errors of this package. Its text is fit for a person to read."""


class UnknownNameError(SpecimenError):
    """A name that stands for nothing here."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        super().__init__(f"no {kind} {name!r}; there are {', '.join(self.known)}")


class NotPossibleError(SpecimenError):
    """Something that this document cannot have."""
