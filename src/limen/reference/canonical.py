"""JSON with one form for each value, so that it can be signed: JCS, RFC 8785.

Numbers are written as ECMAScript writes a double (RFC 8785, 3.2.2.3), strings as it quotes them (3.2.2.2), members are
sorted by the UTF-16 units of their names (3.2.3). Integers beyond 2^53 are refused: a double cannot hold them.
"""

from __future__ import annotations

import json
import math
from typing import Any

_MOST_EXACT = 2**53
_DEEPEST = 32
_LONGEST_NUMBER = 330


def canonical(value: Any) -> bytes:
    """The canonical form. Raises ValueError for what JSON or JCS cannot say, TypeError for what is no JSON value."""
    return _text(value, 0).encode("utf-8")


def parsed(data: bytes) -> Any:
    """The value of canonical JSON. Raises ValueError where the bytes are no JSON, or not in their one form."""
    try:
        value = json.loads(data, parse_constant=_refused, parse_int=_whole)
        same = canonical(value) == data
    except (UnicodeError, RecursionError, TypeError) as error:
        raise ValueError("no JSON") from error
    if not same:
        raise ValueError("the JSON is not in its canonical form")
    return value


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _whole(digits: str) -> float:
    """An integer where a double holds it exactly, as JCS takes every number for a double."""
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    value = int(digits)
    return value if abs(value) <= _MOST_EXACT else float(value)


def _text(value: Any, depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    match value:
        case None | bool():
            return json.dumps(value)
        case int() | float():
            return _number(value)
        case str():
            value.encode("utf-8")  # a lone surrogate has no form
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return "[" + ",".join(_text(one, depth + 1) for one in value) + "]"
        case dict():
            return "{" + ",".join(_members(value, depth)) + "}"
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _members(value: dict[Any, Any], depth: int) -> list[str]:
    if not all(isinstance(name, str) for name in value):
        raise TypeError("names of members are strings")
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return [f"{_text(name, depth)}:{_text(value[name], depth + 1)}" for name in names]


def _number(value: float) -> str:
    """As ECMA-262, Number::toString, writes it: the shortest digits that give the same double."""
    if isinstance(value, int):
        if abs(value) > _MOST_EXACT:
            raise ValueError(f"{value} is beyond what a double holds exactly")
        return str(value)
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number of JSON")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    digits = whole + fraction
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return sign + _placed(stripped.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Digits with the point after the `point`-th of them, in ECMAScript's choice of notation."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if count > 1 else ""
    return f"{digits[0]}{tail}e{point - 1:+d}"
