"""Tag-length-value data as chips, certificates and signed lists carry it: ITU-T X.690 (02/2021), DER and BER.

One `Element` is a view into the bytes as they were read; nothing is ever encoded anew in order to be hashed.
`parse` is strict (DER) unless asked to be lenient (BER), for data that stands in the field and is worth explaining.
Every function raises `DerError` alone, whatever the bytes.
"""

from limen.icao.der.element import (
    MAX_DEPTH,
    MAX_SERIES,
    DerError,
    Element,
    Fields,
    parse,
    parse_all,
    parse_first,
    read_header,
)
from limen.icao.der.values import (
    as_bits,
    as_bool,
    as_int,
    as_null,
    as_octets,
    as_oid,
    as_text,
    as_time,
)
from limen.icao.der.writing import (
    bit_string,
    boolean,
    context,
    encode,
    integer,
    null,
    octet_string,
    oid,
    printable_string,
    sequence,
    set_of,
    time,
    utf8_string,
)

__all__ = [
    "MAX_DEPTH",
    "MAX_SERIES",
    "DerError",
    "Element",
    "Fields",
    "as_bits",
    "as_bool",
    "as_int",
    "as_null",
    "as_octets",
    "as_oid",
    "as_text",
    "as_time",
    "bit_string",
    "boolean",
    "context",
    "encode",
    "integer",
    "null",
    "octet_string",
    "oid",
    "parse",
    "parse_all",
    "parse_first",
    "printable_string",
    "read_header",
    "sequence",
    "set_of",
    "time",
    "utf8_string",
]
