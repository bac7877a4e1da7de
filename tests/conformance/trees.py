"""Changing one node of DER or BER-TLV data: its lengths follow, everything else stays."""

from __future__ import annotations

from collections.abc import Callable

from limen.icao import der

Change = Callable[[bytes], bytes]
"""Takes a node's octets, tag and all, and gives what stands there instead: empty to leave it out."""


def at(data: bytes, path: tuple[int, ...], change: Change) -> bytes:
    """Return the data with the node at that path (indices from the outermost element's children) changed."""
    element = der.parse_first(data, lenient=True)
    return _at(element, path, change) + data[element.end :]


def node(data: bytes, path: tuple[int, ...]) -> bytes:
    """Return the octets of a node."""
    element = der.parse_first(data, lenient=True)
    for index in path:
        element = list(element)[index]
    return element.raw


def _at(element: der.Element, path: tuple[int, ...], change: Change) -> bytes:
    if not path:
        return change(element.raw)
    parts = [_at(one, path[1:], change) if n == path[0] else one.raw for n, one in enumerate(element)]
    return der.encode(element.tag, *parts)


def gone(_: bytes) -> bytes:
    """Leave the node out."""
    return b""


def put(new: bytes) -> Change:
    """Put other octets in the node's place."""
    return lambda _: new


def value(change: Change) -> Change:
    """Change the node's value, and let its length follow."""

    def changed(raw: bytes) -> bytes:
        element = der.parse_first(raw, lenient=True)
        return der.encode(element.tag, change(element.value))

    return changed


def also(extra: bytes) -> Change:
    """Put something behind the node."""
    return lambda raw: raw + extra


def byte(index: int, new: int) -> Change:
    """Set one octet of a value."""
    return value(lambda data: data[:index] + bytes([new]) + data[index + 1 :])
