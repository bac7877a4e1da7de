"""Text of digital seals in C40: Doc 9303-13, the encoding of strings, after ISO/IEC 16022.

Seals use the basic set alone: digits, capitals and the space, which stands for the filler "<" too.
"""

from limen.icao.seal.errors import SealError

_BASIC = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST = 3
_UNLATCH = 0xFE


def decode(data: bytes) -> str:
    """Return the text, fillers as spaces. Raises `SealError` at an odd length or a code outside the basic set."""
    if len(data) % 2:
        raise SealError(f"C40 text of an odd number of octets, {len(data)}")
    last = len(data) - 2
    return "".join(_pair(data[at], data[at + 1], at == last) for at in range(0, len(data), 2))


def encode(text: str) -> bytes:
    """Return the text, "<" as a space, in an even number of octets. Raises `SealError` at any other character."""
    text = text.replace("<", " ")
    values = [_value(character) for character in text]
    out = bytearray()
    for at in range(0, len(values), 3):
        group = values[at : at + 3]
        if len(group) == 1:
            out += bytes((_UNLATCH, ord(text[at]) + 1))
            continue
        first, second, third = (*group, 0)[:3]
        out += (1600 * first + 40 * second + third + 1).to_bytes(2, "big")
    return bytes(out)


def _value(character: str) -> int:
    found = _BASIC.find(character)
    if found < 0:
        raise SealError(f"the character {character!r}, which C40 text of a seal cannot hold")
    return found + _FIRST


def _pair(high: int, low: int, is_last: bool) -> str:
    if high == _UNLATCH:
        character = chr(low - 1) if low else ""
        if not is_last or not character or character not in _BASIC:
            raise SealError("C40 text that leaves the set before its end or for an unknown character")
        return character
    packed = 256 * high + low - 1
    if not 0 <= packed < 64000:
        raise SealError(f"the octets {high:02X} {low:02X}, which are no C40 text")
    values = [packed // 1600, packed // 40 % 40, packed % 40]
    if is_last and values[2] == 0:
        values.pop()
    if min(values) < _FIRST:
        raise SealError("C40 text with a shift, which seals do not use")
    return "".join(_BASIC[value - _FIRST] for value in values)
