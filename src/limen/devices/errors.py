"""What can go wrong between a path and an image.

DeviceError
└── InputError      one input (a file, or a page of it) gives no image; the others still may
"""

from __future__ import annotations


class DeviceError(Exception):
    """Base of all errors of this package."""


class InputError(DeviceError):
    """One input gives no image.

    `reason` is one sentence for the person at the counter: what is wrong, and what to do about it.
    """

    def __init__(self, source: str, reason: str, page: int | None = None) -> None:
        """Say which input (as `Frame.source` and `Frame.page` would) and why."""
        super().__init__(source, reason, page)
        self.source = source
        self.reason = reason
        self.page = page

    def __str__(self) -> str:
        """Name the input and say the reason, in one line."""
        name = "standard input" if self.source == "-" else self.source
        page = "" if self.page is None else f", page {self.page}"
        return f"{name}{page}: {self.reason}"
