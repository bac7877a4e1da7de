"""From bytes to elements: X.690 section 8.1 (BER) and section 10.1 (DER's definite, shortest lengths).

An element is four offsets into the bytes it was read from, so that a list of 2 MB is taken apart without copies and
what was signed can be hashed as it stands. Depth is bounded, and no more than two looks are taken at any header: one
to find where the indefinite length around it ends, which is remembered, and one when the element is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_DEPTH = 40
"""Nesting beyond this is refused. The deepest seen in a certificate of the field is 12."""

MAX_SERIES = 20_000
"""`parse_all` holds no more elements at a time. EF.ATR/INFO, the longest series of the field, has a dozen."""

_MAX_TAG_OCTETS = 4
_MAX_LOOKED = 50_000
"""Elements looked at for the ends of indefinite lengths. A list of 10 MB in parts of 1,000 octets has a fifth."""
_MAX_LENGTH_OCTETS = 4
_LONG_TAG = 0x1F
_INDEFINITE = -1


class DerError(ValueError):
    """The bytes are not what they ought to be; the text says what and at which offset, as one sentence."""


class _Closings(dict[int, int]):
    """Where the indefinite lengths of a source end, by where their values begin, as far as it is known."""

    __slots__ = ("looked",)

    def __init__(self) -> None:
        super().__init__()
        self.looked = 0
        """How many elements were looked at."""


# Not frozen, which would make each of a master list's 100,000 elements five times as dear; mypy holds to `Final`.
@dataclass(slots=True, unsafe_hash=True)
class Element:
    """One tag, its length and its value, as a view into `source`. Never changed."""

    source: Final[bytes]
    start: Final[int]
    """Offset of the tag."""
    body: Final[int]
    """Offset of the value."""
    body_end: Final[int]
    """Offset behind the value."""
    end: Final[int]
    """Offset behind the element: with an indefinite length, behind its two closing zeros."""
    tag: Final[int]
    """The tag's octets as one number: 0x30, 0xA0, 0x7F61."""
    depth: Final[int] = 0
    lenient: Final[bool] = False
    """Whether BER is accepted inside."""
    closings: Final[_Closings | None] = field(default=None, repr=False, compare=False)
    """Where the indefinite lengths end that were found so far: one for all of a source."""

    @property
    def constructed(self) -> bool:
        """Whether the value is a series of elements."""
        return bool(self.source[self.start] & 0x20)

    @property
    def value(self) -> bytes:
        """The value's bytes, as read."""
        return self.source[self.body : self.body_end]

    @property
    def raw(self) -> bytes:
        """The whole element's bytes, as read."""
        return self.source[self.start : self.end]

    def __len__(self) -> int:
        """Return how many bytes the value has."""
        return self.body_end - self.body

    def __iter__(self) -> Iterator[Element]:
        """Yield the elements inside; raises `DerError` where the value is no series of elements."""
        if self.depth >= MAX_DEPTH:
            raise DerError(f"more than {MAX_DEPTH} levels of nesting at offset {self.start}")
        at, closings = self.body, self.closings
        if closings is None and self.lenient:
            closings = _Closings()
        while at < self.body_end:
            child = _element(self.source, at, self.body_end, self.depth + 1, closings)
            yield child
            at = child.end

    def fields(self, tag: int | None = None) -> Fields:
        """Return a reader of the elements inside, in order; with `tag`, only if that is this element's tag."""
        if tag is not None and self.tag != tag:
            raise DerError(f"expected tag {tag:02X}, found {self.tag:02X} at offset {self.start}")
        return Fields(self)

    def inner(self) -> Element:
        """Return the one element inside, as an explicit tag wraps it."""
        children = iter(self)
        found = next(children, None)
        if found is None or next(children, None) is not None:
            count = "none" if found is None else "more"
            raise DerError(f"expected one element inside tag {self.tag:02X} at offset {self.start}, found {count}")
        return found


class Fields:
    """The elements of a SEQUENCE, taken one after the other."""

    __slots__ = ("_ahead", "_parent", "_rest")

    def __init__(self, parent: Element) -> None:
        self._parent = parent
        self._rest = iter(parent)
        self._ahead = next(self._rest, None)

    @property
    def more(self) -> bool:
        """Whether an element is left."""
        return self._ahead is not None

    def peek(self) -> int | None:
        """Return the tag of the next element, or None at the end."""
        return None if self._ahead is None else self._ahead.tag

    def take(self, *tags: int) -> Element:
        """Return the next element; with `tags`, it must have one of them. Raises `DerError`."""
        found = self._ahead
        if found is None:
            wanted = " or ".join(f"{tag:02X}" for tag in tags) or "an element"
            raise DerError(f"expected {wanted}, found the end of tag {self._parent.tag:02X} at {self._parent.body_end}")
        if tags and found.tag not in tags:
            wanted = " or ".join(f"{tag:02X}" for tag in tags)
            raise DerError(f"expected tag {wanted}, found {found.tag:02X} at offset {found.start}")
        self._ahead = next(self._rest, None)
        return found

    def optional(self, *tags: int) -> Element | None:
        """Return the next element if it has one of these tags."""
        return self.take() if self._ahead is not None and self._ahead.tag in tags else None

    def rest(self) -> Iterator[Element]:
        """Yield what is left."""
        while self._ahead is not None:
            yield self.take()

    def close(self) -> None:
        """Make sure that nothing is left; raises `DerError`."""
        if self._ahead is not None:
            raise DerError(f"unexpected tag {self._ahead.tag:02X} at offset {self._ahead.start}")


def parse(data: bytes, *, lenient: bool = False) -> Element:
    """Return the one element that `data` is. Raises `DerError`, also for bytes left over.

    With `lenient`, BER's long lengths and indefinite lengths are accepted, here and inside.
    """
    element = parse_first(data, lenient=lenient)
    if element.end != len(element.source):
        raise DerError(f"{len(element.source) - element.end} bytes behind the element that ends at {element.end}")
    return element


def parse_first(data: bytes, *, lenient: bool = False) -> Element:
    """Return the element at the beginning of `data`, whatever follows: files of a chip may be padded."""
    source = bytes(data)
    return _element(source, 0, len(source), 0, _Closings() if lenient else None)


def parse_all(data: bytes, *, lenient: bool = False) -> tuple[Element, ...]:
    """Return the elements that `data` is a series of, at most `MAX_SERIES`."""
    source = bytes(data)
    found: list[Element] = []
    closings: _Closings | None = _Closings() if lenient else None
    at = 0
    while at < len(source):
        if len(found) == MAX_SERIES:
            raise DerError(f"more than {MAX_SERIES} elements in a row")
        found.append(_element(source, at, len(source), 0, closings))
        at = found[-1].end
    return tuple(found)


def read_header(data: bytes) -> tuple[int, int, int] | None:
    """Return (tag, offset of the value, length of the value) of an element whose beginning `data` is.

    None where `data` is too short to tell; raises `DerError` where no definite length can come of it. A reader of a
    chip's file learns so from a few bytes how much there is to read. Lengths need not be the shortest.
    """
    try:
        tag, at = _tag(data, 0, len(data))
        length, body = _length(data, at, len(data), True)
    except _TooShortError:
        return None
    if length == _INDEFINITE:
        raise DerError("a file of indefinite length")
    return tag, body, length


class _TooShortError(DerError):
    """The bytes end within a tag or a length."""


def _element(source: bytes, start: int, limit: int, depth: int, closings: _Closings | None) -> Element:
    """Return the element at `start`; without `closings`, in DER."""
    tag, length, body = _header(source, start, limit, closings is not None)
    if length == _INDEFINITE and closings is not None:
        closing = _closing(source, body, limit, depth, closings)
        return Element(source, start, body, closing, closing + 2, tag, depth, True, closings)
    end = body + length
    if end > limit:
        raise DerError(f"tag {tag:02X} at offset {start} claims {length} bytes, {limit - body} are there")
    return Element(source, start, body, end, end, tag, depth, closings is not None, closings)


def _header(source: bytes, start: int, limit: int, lenient: bool) -> tuple[int, int, int]:
    """Return (tag, length of the value or `_INDEFINITE`, offset of the value)."""
    if limit - start >= 2 and source[start] & 0x1F != _LONG_TAG and source[start + 1] < 0x80:
        return source[start], source[start + 1], start + 2
    tag, at = _tag(source, start, limit)
    length, body = _length(source, at, limit, lenient)
    if length == _INDEFINITE and not source[start] & 0x20:
        raise DerError(f"primitive tag {tag:02X} of indefinite length at offset {start}")
    return tag, length, body


def _tag(source: bytes, at: int, limit: int) -> tuple[int, int]:
    if at >= limit:
        raise _TooShortError(f"the data ends at offset {at}, where a tag should be")
    tag = source[at]
    at += 1
    if tag & 0x1F != _LONG_TAG:
        return tag, at
    for _ in range(_MAX_TAG_OCTETS - 1):
        if at >= limit:
            raise _TooShortError(f"the data ends at offset {at}, within a tag")
        octet = source[at]
        at += 1
        tag = tag << 8 | octet
        if not octet & 0x80:
            return tag, at
    raise DerError(f"a tag of more than {_MAX_TAG_OCTETS} octets before offset {at}")


def _length(source: bytes, at: int, limit: int, lenient: bool) -> tuple[int, int]:
    if at >= limit:
        raise _TooShortError(f"the data ends at offset {at}, where a length should be")
    first = source[at]
    if first < 0x80:
        return first, at + 1
    count = first & 0x7F
    if count == 0:
        if lenient:
            return _INDEFINITE, at + 1
        raise DerError(f"an indefinite length at offset {at}, which DER does not allow")
    if count > _MAX_LENGTH_OCTETS and not (lenient and count < 0x7F):
        raise DerError(f"a length of {count} octets at offset {at}")
    if at + 1 + count > limit:
        raise _TooShortError(f"the data ends at offset {limit}, within a length")
    length = int.from_bytes(source[at + 1 : at + 1 + count], "big")
    if not lenient and (length < 0x80 or length >> (8 * (count - 1)) == 0):
        raise DerError(f"a length at offset {at} that is not the shortest, which DER does not allow")
    return length, at + 1 + count


def _closing(source: bytes, body: int, limit: int, depth: int, closings: _Closings) -> int:
    """Return where the two zeros stand that close the indefinite length of the value at `body`."""
    if body in closings:
        return closings[body]
    if depth >= MAX_DEPTH:
        raise DerError(f"more than {MAX_DEPTH} levels of nesting at offset {body}")
    at = body
    while source[at : at + 2] != b"\0\0":
        at = _behind(source, at, limit, depth + 1, closings)
    if at + 2 > limit:
        raise DerError(f"the data ends at offset {limit}, within an indefinite length")
    closings[body] = at
    return at


def _behind(source: bytes, start: int, limit: int, depth: int, closings: _Closings) -> int:
    """Return the offset behind the element at `start`, in BER."""
    closings.looked += 1
    if closings.looked > _MAX_LOOKED:
        raise DerError(f"more than {_MAX_LOOKED} elements in indefinite lengths before offset {start}")
    tag, length, body = _header(source, start, limit, True)
    if length == _INDEFINITE:
        return _closing(source, body, limit, depth, closings) + 2
    if body + length > limit:
        raise DerError(f"tag {tag:02X} at offset {start} claims {length} bytes, {limit - body} are there")
    return body + length
