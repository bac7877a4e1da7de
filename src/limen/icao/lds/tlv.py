"""From a file's bytes to its template: what all files of the logical data structure have in common."""

from __future__ import annotations

from limen.icao.der import DerError, Element, parse_first

MAX_FIELDS = 256
"""Objects in one template; more are refused."""


def open_file(data: bytes, tag: int, notes: list[str]) -> Element:
    """Return the template that a file is. Padding behind it is noted; raises `DerError` for another tag.

    Lengths need not be the shortest: ISO/IEC 7816-4 asks for BER, and chips make use of it.
    """
    element = parse_first(data, lenient=True)
    if element.tag != tag:
        raise DerError(f"expected tag {tag:02X}, found {element.tag:02X}")
    if element.end < len(data):
        notes.append(f"{len(data) - element.end} bytes follow the content.")
    return element


def content_of(data: bytes) -> bytes:
    """Return a file's bytes without what follows its template; `data` itself where it is no template.

    A file that was read or saved with its padding hashes to the signed value only without it.
    """
    try:
        return parse_first(data, lenient=True).raw
    except DerError:
        return data


def children(element: Element) -> list[Element]:
    """Return the objects inside; raises `DerError`, also for more than `MAX_FIELDS`."""
    found: list[Element] = []
    for child in element:
        if len(found) == MAX_FIELDS:
            raise DerError(f"more than {MAX_FIELDS} objects in tag {element.tag:02X}")
        found.append(child)
    return found


def tags_of(value: bytes) -> tuple[int, ...]:
    """Return the tags that a tag list (5C) names; raises `DerError` where it ends within one."""
    found: list[int] = []
    at = 0
    while at < len(value):
        tag = value[at]
        at += 1
        more = tag & 0x1F == 0x1F
        while more:
            if at == len(value):
                raise DerError("the tag list ends within a tag")
            if tag > 0xFFFFFF:
                raise DerError("the tag list has a tag of more than four bytes")
            tag = tag << 8 | value[at]
            more = bool(value[at] & 0x80)
            at += 1
        found.append(tag)
    return tuple(found)


def unsigned(element: Element) -> int:
    """Return a count, which the field writes without a sign: the value FF is 255."""
    if not 1 <= len(element) <= 4:
        raise DerError(f"a count of {len(element)} bytes at offset {element.start}")
    return int.from_bytes(element.value, "big")
