"""From values to DER, for what Limen itself says: commands to a chip, public keys, specimens."""

from __future__ import annotations

import datetime


def encode(tag: int, *parts: bytes) -> bytes:
    """Return an element: its tag as one number (0x30, 0x7F49), and its value as the join of `parts`."""
    value = b"".join(parts)
    return tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big") + _length(len(value)) + value


def integer(number: int, tag: int = 0x02) -> bytes:
    """Return an INTEGER in the fewest octets."""
    octets = (number if number >= 0 else ~number).bit_length() // 8 + 1
    return encode(tag, number.to_bytes(octets, "big", signed=True))


def boolean(value: bool) -> bytes:
    """Return a BOOLEAN."""
    return encode(0x01, b"\xff" if value else b"\0")


def null() -> bytes:
    """Return NULL."""
    return b"\x05\0"


def oid(dotted: str, tag: int = 0x06) -> bytes:
    """Return an OBJECT IDENTIFIER from its dotted form."""
    first, second, *rest = map(int, dotted.split("."))
    return encode(tag, *(_base128(arc) for arc in [40 * first + second, *rest]))


def octet_string(value: bytes) -> bytes:
    """Return an OCTET STRING."""
    return encode(0x04, value)


def bit_string(value: bytes, unused: int = 0) -> bytes:
    """Return a BIT STRING of whole octets, less `unused` bits at the end."""
    return encode(0x03, bytes([unused]), value)


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of elements that are encoded already."""
    return encode(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF elements that are encoded already, in DER's order (X.690 section 11.6)."""
    return encode(0x31, *sorted(parts))


def context(number: int, *parts: bytes, constructed: bool = True) -> bytes:
    """Return an element with a context-specific tag below 31."""
    return encode(0x80 | (0x20 if constructed else 0) | number, *parts)


def utf8_string(text: str) -> bytes:
    """Return a UTF8String."""
    return encode(0x0C, text.encode())


def printable_string(text: str) -> bytes:
    """Return a PrintableString."""
    return encode(0x13, text.encode("ascii"))


def time(moment: datetime.datetime) -> bytes:
    """Return a UTCTime before 2050 and a GeneralizedTime from then on (RFC 5280 section 4.1.2.5)."""
    utc = moment.astimezone(datetime.UTC)
    if 1950 <= utc.year < 2050:
        return encode(0x17, utc.strftime("%y%m%d%H%M%SZ").encode())
    return encode(0x18, utc.strftime("%Y%m%d%H%M%SZ").encode())


def _length(count: int) -> bytes:
    if count < 0x80:
        return bytes([count])
    octets = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def _base128(arc: int) -> bytes:
    octets = [arc & 0x7F]
    while arc := arc >> 7:
        octets.append(arc & 0x7F | 0x80)
    return bytes(reversed(octets))
