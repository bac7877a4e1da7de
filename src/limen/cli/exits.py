"""The exit codes of every command, in one place. They are part of the interface: docs/verify.md."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """What a shell is told."""

    CLEAR = 0
    """No irregularity in any input."""
    IRREGULAR = 1
    """An irregularity in at least one input: refer to second line."""
    USAGE = 2
    """The command was called wrongly, or a result could not be written; the output may be incomplete."""
    UNDECIDED = 3
    """At least one input could not be decided."""
    UNREAD = 4
    """At least one input could not be read or examined."""
    INTERNAL = 70
    """A fault of the program outside the examination of an image (EX_SOFTWARE of sysexits.h)."""
    INTERRUPTED = 130
    """By the keyboard, as shells count it (128 + SIGINT)."""
    BROKEN_PIPE = 141
    """Nobody reads the output any more (128 + SIGPIPE)."""


_PRECEDENCE = (Exit.IRREGULAR, Exit.UNREAD, Exit.UNDECIDED)


def worst(codes: Iterable[Exit]) -> Exit:
    """One code for several inputs: an irregularity before an unread input before an undecided one."""
    met = set(codes)
    return next((code for code in _PRECEDENCE if code in met), Exit.CLEAR)
