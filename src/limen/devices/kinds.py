"""What a file is, told from its first bytes, since names lie and cameras use many."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD_BYTES = 1024
"""Enough to tell; a PDF file may have this much before its header (ISO 32000-1, annex H, note 13)."""

_SUFFIXES = frozenset(
    {"jpg", "jpeg", "jpe", "jfif", "mpo", "png", "tif", "tiff", "webp", "bmp", "dib", "gif", "pdf"}
    | {"heic", "heif", "avif", "jp2", "j2k", "jpx"}
)

_RASTER = re.compile(
    rb"\xff\xd8\xff"  # JPEG
    rb"|\x89PNG\r\n\x1a\n"
    rb"|II[*+]\0|MM\0[*+]"  # TIFF, BigTIFF
    rb"|RIFF....WEBP"
    rb"|BM....\0\0\0\0"  # BMP with its reserved words, lest a text that begins with BM be one
    rb"|GIF8[79]a",
    re.DOTALL,
)
_FOREIGN = re.compile(
    rb"....ftyp(hei[cxms]|hev[cx]|mif1|msf1|avi[fs])"  # HEIF, AVIF
    rb"|\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51",  # JPEG 2000
    re.DOTALL,
)


class Kind(StrEnum):
    """What opens a file."""

    RASTER = "raster"
    PDF = "pdf"
    FOREIGN = "foreign"
    """An image, but of a format that is not read."""


def sniff(head: bytes) -> Kind | None:
    """Tell from the first bytes (up to `HEAD_BYTES`) of a file; None if it is no image."""
    if _RASTER.match(head):
        return Kind.RASTER
    if b"%PDF-" in head[:HEAD_BYTES]:
        return Kind.PDF
    return Kind.FOREIGN if _FOREIGN.match(head) else None


def is_image_name(name: str) -> bool:
    """Whether a file's name promises an image, so that its absence is worth a word."""
    return name.rpartition(".")[2].lower() in _SUFFIXES and "." in name
