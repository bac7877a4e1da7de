"""What an inspection gives to a request: read from what `limen verify --json` writes.

Class 0 is kept apart from the rest: of a check its code, verdict and margin, never what was found; of a page how well
it was captured; of the chip how it was read. Numbers and zone are class 1, names class 2, and go along only where the
officer includes them. Nothing of the file is kept as it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

VERDICTS = ("successful", "failed", "undetermined", "not_supported", "aborted")
LIGHTS = ("white", "ir", "uv")
_CODE = re.compile(r"[a-z_]+(\.[a-z_][a-z0-9_]*)+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the inspected document, as it was taken."""

    data: bytes
    light: str
    subject: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one upload gave."""

    results: tuple[dict[str, Any], ...] = ()
    document: dict[str, str] = field(default_factory=dict)
    """Number, zone and chip (class 1)."""
    bearer: dict[str, str] = field(default_factory=dict)
    """Names and date of birth (class 2)."""
    about: dict[str, str] = field(default_factory=dict)
    """Issuer and kind of document (class 0)."""
    pictures: tuple[Picture, ...] = ()
