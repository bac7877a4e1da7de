"""From elements to values: the universal types of X.690 section 8 that travel documents use."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from limen.icao.der.element import DerError, Element

_TEXT = {
    0x0C: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",  # TeletexString: in the field, Latin-1
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
_TIME = re.compile(rb"(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?(Z|[+-]\d{4})?")
_MAX_INTEGER = 4096
_MAX_OID = 64


def as_int(element: Element, tag: int = 0x02) -> int:
    """Return an INTEGER (or, by `tag`, an ENUMERATED or an implicitly tagged one), which may be negative."""
    value = _primitive(element, tag)
    if not value:
        raise DerError(f"an empty INTEGER at offset {element.start}")
    if len(value) > _MAX_INTEGER:
        raise DerError(f"an INTEGER of {len(value)} octets at offset {element.start}")
    padded = len(value) > 1 and (value[0], value[1] >> 7) in {(0x00, 0), (0xFF, 1)}
    if padded and not element.lenient:
        raise DerError(f"an INTEGER with a needless leading octet at offset {element.start}")
    return int.from_bytes(value, "big", signed=True)


def as_bool(element: Element, tag: int = 0x01) -> bool:
    """Return a BOOLEAN."""
    value = _primitive(element, tag)
    if len(value) != 1 or (value[0] not in {0, 0xFF} and not element.lenient):
        raise DerError(f"a BOOLEAN that is none at offset {element.start}")
    return value[0] != 0


def as_null(element: Element) -> None:
    """Make sure that the element is NULL."""
    if _primitive(element, 0x05):
        raise DerError(f"a NULL that is not empty at offset {element.start}")


def as_octets(element: Element, tag: int = 0x04) -> bytes:
    """Return an OCTET STRING; in BER it may be put together of parts."""
    if element.lenient and element.tag == tag | 0x20:
        return b"".join(as_octets(part) for part in element)
    return _primitive(element, tag)


def as_bits(element: Element, tag: int = 0x03) -> tuple[bytes, int]:
    """Return a BIT STRING as (octets, count of unused bits at the end)."""
    value = _primitive(element, tag)
    if not value or value[0] > 7 or (value[0] and len(value) == 1):
        raise DerError(f"a BIT STRING that is none at offset {element.start}")
    return value[1:], value[0]


def as_oid(element: Element, tag: int = 0x06) -> str:
    """Return an OBJECT IDENTIFIER in dotted form."""
    return dotted(_primitive(element, tag))


@lru_cache(maxsize=1024)
def dotted(octets: bytes) -> str:
    """Return the dotted form of an OBJECT IDENTIFIER's value; raises `DerError`."""
    if not octets or octets[-1] & 0x80 or len(octets) > _MAX_OID:
        raise DerError("an OBJECT IDENTIFIER that is none")
    arcs: list[int] = []
    arc = 0
    for octet in octets:
        if arc == 0 and octet == 0x80:
            raise DerError("an OBJECT IDENTIFIER with a needless octet")
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def as_text(element: Element, tag: int | None = None) -> str:
    """Return a character string. With `tag`, an implicitly tagged one in UTF-8.

    What its type does not allow is kept as Latin-1 where the element is lenient, and refused where it is not.
    """
    encoding = "utf-8" if tag is not None else _TEXT.get(element.tag)
    if encoding is None:
        raise DerError(f"expected a character string, found tag {element.tag:02X} at offset {element.start}")
    value = _primitive(element, element.tag if tag is None else tag)
    try:
        return value.decode(encoding)
    except UnicodeDecodeError as error:
        if element.lenient:
            return value.decode("latin-1")
        raise DerError(f"a character string with a wrong character at offset {element.start}") from error


def as_time(element: Element) -> datetime.datetime:
    """Return a UTCTime or GeneralizedTime, always with a time zone (RFC 5280 section 4.1.2.5 for two-digit years)."""
    if element.tag not in {0x17, 0x18}:
        raise DerError(f"expected a time, found tag {element.tag:02X} at offset {element.start}")
    match = _TIME.fullmatch(element.value)
    if match is None or (len(match[1]) == 2) != (element.tag == 0x17):
        raise DerError(f"a time that is none at offset {element.start}")
    year = int(match[1])
    if len(match[1]) == 2:
        year += 1900 if year >= 50 else 2000
    try:
        month, day, hour, minute, second = (int(part or 0) for part in match.groups()[1:6])
        local = datetime.datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7]))
        return local.astimezone(datetime.UTC)
    except (ValueError, OverflowError) as error:
        raise DerError(f"a time that does not exist at offset {element.start}") from error


def _zone(text: bytes | None) -> datetime.timezone:
    if text is None or text == b"Z":
        return datetime.UTC
    sign = -1 if text[:1] == b"-" else 1
    return datetime.timezone(sign * datetime.timedelta(hours=int(text[1:3]), minutes=int(text[3:5])))


def _primitive(element: Element, tag: int) -> bytes:
    if element.tag != tag:
        raise DerError(f"expected tag {tag:02X}, found {element.tag:02X} at offset {element.start}")
    return element.value
