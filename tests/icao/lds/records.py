"""Biometric records made on the spot."""

import struct

from limen.icao.der import encode, integer

JPEG = b"\xff\xd8\xff\xe0image\xff\xd9"
JPEG_2000 = b"\0\0\0\x0cjP  \r\n\x87\nimage"


def dg2(*records, count=None):
    header = encode(0xA1, encode(0x81, b"\x02"), encode(0x87, b"\x01\x01"), encode(0x88, b"\x00\x08"))
    templates = [encode(0x7F60, header, encode(0x5F2E, record)) for record in records]
    return encode(0x75, encode(0x7F61, integer(len(records) if count is None else count), *templates))


def face19794(image=JPEG, *, points=0, off=0, record_off=0, mask=0, pose=b"\0\0\0", faces=1, magic=b"FAC\0"):
    """A facial record whose lengths are `off` and `record_off` bytes too large."""
    body = b"".join(struct.pack(">BBHHH", 1, 0xC1, 10 + index, 20, 0) for index in range(points))
    body += struct.pack(">BBHHBBHH", 1, 0, 300, 400, 1, 2, 0, 7) + image
    face = struct.pack(
        ">IHBBB3sH3s3s", 20 + len(body) + off, points, 2, 3, 5, mask.to_bytes(3, "big"), 1, pose, b"\0\0\0"
    )
    record = (face + body) * faces
    return magic + b"010\0" + struct.pack(">IH", 14 + len(record) + record_off, faces) + record
