"""What a visible digital seal says, for the screen and for the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limen.icao.seal import VdsNc

if TYPE_CHECKING:
    from limen.inspection.seal_contents import SealContents


def features(contents: SealContents) -> list[tuple[str, str]]:
    """Return name and value of what the seal states besides a zone; of octets, how many there are."""
    told = contents.result.seal
    if told is None:
        return []
    if isinstance(told, VdsNc):
        return [(name, str(value)) for name, value in told.message.items() if isinstance(value, str | int)]
    values = [(name, value) for name, value in told.values.items() if not isinstance(value, tuple)]
    return [(name, f"{len(value)} octets" if isinstance(value, bytes) else str(value)) for name, value in values]
