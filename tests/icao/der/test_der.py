"""DER and BER: what is strict is strict, views are the bytes as read, and bombs end in `DerError`."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao import der
from limen.icao.der import DerError


def test_an_element_is_a_view():
    """Tag, value and raw bytes stand as read; nothing is encoded anew."""
    data = b"\x7f\x49\x05" + b"\x02\x03\x01\x00\x01"
    element = der.parse(data)
    assert (0x7F49, data, b"\x02\x03\x01\x00\x01", True, 5) == (
        element.tag,
        element.raw,
        element.value,
        element.constructed,
        len(element),
    )
    assert der.as_int(element.inner()) == 65537


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "where a tag should be"),
        ("30", "where a length should be"),
        ("1F", "within a tag"),
        ("1F81", "within a tag"),
        ("1F8181818101", "more than 4 octets"),
        ("3082", "within a length"),
        ("3001", "claims 1 bytes, 0 are there"),
        ("3085FFFFFFFFFF", "a length of 5 octets"),
        ("3084FFFFFFFF", "claims 4294967295 bytes"),
        ("30FF", "a length of 127 octets"),
        ("308100", "not the shortest"),
        ("30820001AA", "not the shortest"),
        ("30800000", "indefinite length"),
        ("04010000", "1 bytes behind"),
    ],
)
def test_what_is_not_der(data, reason):
    """Every way to be malformed has its sentence."""
    with pytest.raises(DerError, match=reason):
        der.parse(bytes.fromhex(data))


@pytest.mark.parametrize(
    ("data", "value"),
    [("048100", ""), ("0482000101", "01"), ("24800401AA0401BB0000", "AABB"), ("2480248004010100000000", "01")],
)
def test_ber_is_read_where_asked_for(data, value):
    """Long lengths, indefinite lengths and strings in parts are BER; the whole of it is in `raw`."""
    element = der.parse(bytes.fromhex(data), lenient=True)
    assert value == der.as_octets(element).hex().upper()
    assert data == element.raw.hex().upper()


@pytest.mark.parametrize("data", ["0480AA0000", "3080", "308000", "30800401", "30FF00"])
def test_what_is_not_even_ber(data):
    """A primitive value of indefinite length has no end, and an end must come."""
    with pytest.raises(DerError):
        der.parse(bytes.fromhex(data), lenient=True)


def depth(element):
    count = 0
    while children := list(element):
        element = children[0]
        count += 1
    return count


@pytest.mark.parametrize("levels", [der.MAX_DEPTH, der.MAX_DEPTH + 1, 50_000])
def test_depth_bombs_of_definite_length(levels):
    """Nesting is followed to its bound and no further."""
    size, parts = 0, []
    for _ in range(levels):
        parts.append(b"\x30" + _length(size))
        size += len(parts[-1])
    element = der.parse(b"".join(reversed(parts)))
    if levels <= der.MAX_DEPTH:
        assert levels - 1 == depth(element)
    else:
        with pytest.raises(DerError, match="levels of nesting"):
            depth(element)


def _length(size):
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


@pytest.mark.parametrize("data", [b"\x30\x80" * 100_000, b"\x30\x80" * 50_000 + bytes(100_000), b"\x24\x80" * 1000])
def test_depth_bombs_of_indefinite_length(data):
    """Ends of indefinite lengths are not sought beyond the bound of nesting."""
    with pytest.raises(DerError, match="levels of nesting"):
        der.parse(data, lenient=True)


def test_ends_of_nested_indefinite_lengths_are_sought_once():
    """Each of 40 levels knows its end from the first look: the headers read grow as the data does, not as its depth."""
    crowd = b"\x30\x80" * 30 + b"\x05\x00" * 5_000 + b"\0\0" * 30
    element = der.parse(crowd, lenient=True)
    ends = []
    for _ in range(29):
        ends.append(element.end)
        element = element.inner()
    assert [len(crowd) - 2 * level for level in range(29)] == ends
    assert sum(1 for _ in element) == 5_000


@pytest.mark.parametrize("part", [b"\x30\x80\0\0", b"\x05\0", b"\x04\x81\x01a"])
def test_a_crowd_in_an_indefinite_length_is_refused(part):
    """Its end would be sought long; the data of the field has a few thousand parts at most."""
    with pytest.raises(DerError, match="more than 50000 elements in indefinite lengths"):
        der.parse(b"\x30\x80" * 30 + part * 100_000 + b"\0\0" * 30, lenient=True)


def test_a_series_is_bounded():
    """A series that is held as a whole is of no more elements than the bound."""
    assert len(der.parse_all(b"\x05\x00" * der.MAX_SERIES)) == der.MAX_SERIES
    with pytest.raises(DerError, match="more than 20000 elements"):
        der.parse_all(b"\x05\x00" * (der.MAX_SERIES + 1))


def test_the_one_element_inside_a_crowd_is_not_looked_for_beyond_the_second():
    """What is broken behind the second child goes unseen: one more is one too many."""
    with pytest.raises(DerError, match="expected one element inside tag 30 at offset 0, found more"):
        der.parse(b"\x30\x05" + b"\x05\x00" * 2 + b"\x05").inner()


def test_elements_compare_by_what_they_are():
    """Two readings of the same bytes are equal, whatever was looked for in one of them."""
    data = bytes.fromhex("308030800000300000000000")[:10]
    first, second = (der.parse(data, lenient=True) for _ in range(2))
    list(first)
    assert first == second
    assert hash(first) == hash(second)


def test_length_bombs():
    """A claimed length allocates nothing; a long integer and a long identifier are refused."""
    with pytest.raises(DerError, match="claims"):
        der.parse(b"\x04\x84\x7f\xff\xff\xff")
    with pytest.raises(DerError, match="INTEGER of 5000"):
        der.as_int(der.parse(der.encode(0x02, b"\x01" * 5000)))
    with pytest.raises(DerError, match="IDENTIFIER"):
        der.as_oid(der.parse(der.encode(0x06, b"\x81" * 100 + b"\x01")))


def test_a_flat_crowd_is_read_lazily():
    """The first child of a million costs no look at the others."""
    element = der.parse(der.encode(0x30, b"\x05\x00" * 1_000_000))
    assert next(iter(element)).raw == b"\x05\x00"


def test_fields():
    """Fields come in order; what is missing, unexpected or left over is told."""
    element = der.parse(der.sequence(der.integer(1), der.boolean(True), der.null()))
    fields = element.fields(0x30)
    assert (fields.peek(), fields.more) == (0x02, True)
    assert der.as_int(fields.take(0x02)) == 1
    assert fields.optional(0x04) is None
    assert der.as_bool(fields.optional(0x01, 0x04))
    with pytest.raises(DerError, match="unexpected tag 05"):
        fields.close()
    with pytest.raises(DerError, match="expected tag 02 or 04, found 05"):
        fields.take(0x02, 0x04)
    assert [found.tag for found in fields.rest()] == [5]
    fields.close()
    assert fields.peek() is None
    with pytest.raises(DerError, match="found the end"):
        fields.take()
    with pytest.raises(DerError, match="expected tag 31"):
        element.fields(0x31)
    with pytest.raises(DerError, match="expected one element"):
        element.inner()


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ("6182012C", (0x61, 4, 300)),
        ("7F4905", (0x7F49, 3, 5)),
        ("618100", (0x61, 3, 0)),
        ("", None),
        ("7F", None),
        ("61", None),
        ("6182", None),
        ("618201", None),
    ],
)
def test_the_header_of_a_file(data, read):
    """A few bytes tell how long a file is, or that more are needed."""
    assert read == der.read_header(bytes.fromhex(data))


def test_a_header_without_an_end():
    """A file of indefinite length cannot be read from a chip."""
    with pytest.raises(DerError, match="indefinite"):
        der.read_header(b"\x61\x80")


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (der.as_int, "0200"),
        (der.as_int, "02020001"),
        (der.as_int, "0202FFFF"),
        (der.as_int, "0401AA"),
        (der.as_bool, "010101"),
        (der.as_bool, "01020000"),
        (der.as_null, "050100"),
        (der.as_bits, "0300"),
        (der.as_bits, "030108"),
        (der.as_bits, "030101"),
        (der.as_oid, "0600"),
        (der.as_oid, "060181"),
        (der.as_oid, "06028001"),
        (der.as_text, "0C01FF"),
        (der.as_text, "0401AA"),
        (der.as_time, "170D3939313333313030303030305A"),
        (der.as_time, "1700"),
        (der.as_time, "0C00"),
        (der.as_octets, "24030401AA"),
    ],
)
def test_values_that_are_none(read, data):
    """A value that its type does not allow is refused."""
    with pytest.raises(DerError):
        read(der.parse(bytes.fromhex(data)))


@given(st.integers(-(2**300), 2**300))
def test_integers_survive(number):
    """What is written is read again, in the fewest octets."""
    assert number == der.as_int(der.parse(der.integer(number)))


@given(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 2**64), max_size=5))
def test_identifiers_survive(first, second, rest):
    """What is written is read again."""
    dotted = ".".join(map(str, [first, second, *rest]))
    assert dotted == der.as_oid(der.parse(der.oid(dotted)))


@given(st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(9999, 12, 30)))
def test_times_survive(moment):
    """Two digits of the year until 2049, four from then on; both are read again to the second."""
    moment = moment.replace(microsecond=0, tzinfo=datetime.UTC)
    assert moment == der.as_time(der.parse(der.time(moment)))


@given(st.binary(max_size=200))
def test_strings_survive(value):
    """Octets, bits and texts are read again as they were written."""
    assert value == der.as_octets(der.parse(der.octet_string(value)))
    assert (value, 0) == der.as_bits(der.parse(der.bit_string(value)))
    assert value.hex() == der.as_text(der.parse(der.utf8_string(value.hex())))


def walk(element):
    for child in element:
        if child.constructed:
            walk(child)
        for read in (der.as_int, der.as_oid, der.as_text, der.as_time, der.as_bits, der.as_bool, der.as_octets):
            try:
                read(child)
            except DerError:
                continue


@given(st.binary(max_size=60), st.booleans())
def test_any_bytes(data, lenient):
    """Any bytes are an element or a `DerError`, all the way down."""
    try:
        element = der.parse_first(b"\x30" + _length(len(data)) + data, lenient=lenient)
        walk(element)
    except DerError:
        return
    assert data == element.value
    assert data == b"".join(child.raw for child in element)
