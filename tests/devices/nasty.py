"""Inputs that a border counter will meet sooner or later, made on the spot."""

import io
import struct
import zlib

import numpy as np
from PIL import Image


def scene(width: int = 60, height: int = 40) -> Image.Image:
    """An image without any symmetry: a dark corner, a red edge, a blue block."""
    pixels = np.full((height, width, 3), 200, np.uint8)
    pixels[: height // 4, : width // 4] = 20
    pixels[:, -width // 6 :] = (220, 30, 30)
    pixels[-height // 4 :, : width // 2] = (30, 30, 220)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG file of a few bytes whose header claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG file whose frame header claims any size."""
    data = bytearray(encoded(scene(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)
