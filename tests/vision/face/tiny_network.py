"""An ONNX network without weights, written octet by octet: it hands back its input, averaged to 8 x 8, as one row."""

from __future__ import annotations


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _int(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _ints(name: str, values: list[int]) -> bytes:
    return _field(5, _field(1, name.encode()) + b"".join(_int(8, value) for value in values) + _int(20, 7))


def _node(kind: str, source: str, target: str, *attributes: bytes) -> bytes:
    return _field(
        1, _field(1, source.encode()) + _field(2, target.encode()) + _field(4, kind.encode()) + b"".join(attributes)
    )


def _value(name: str, shape: list[int]) -> bytes:
    dims = b"".join(_field(1, _int(1, size)) for size in shape)
    return _field(1, name.encode()) + _field(2, _field(1, _int(1, 1) + _field(2, dims)))


def network(size: int, gain: float = 1.0) -> bytes:
    """One whose octets differ with `gain`."""
    window = size // 8
    graph = (
        _node("AveragePool", "x", "a", _ints("kernel_shape", [window] * 2), _ints("strides", [window] * 2))
        + _node("Flatten", "a", "y")
        + _field(2, f"tiny {gain}".encode())
        + _field(11, _value("x", [1, 3, size, size]))
        + _field(12, _value("y", [1, 192]))
    )
    return _int(1, 8) + _field(7, graph) + _field(8, _int(2, 13))
