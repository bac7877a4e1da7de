"""What an image on a chip is, told by its first bytes: the type that a record claims is often wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ImageKind(StrEnum):
    """Formats that Doc 9303-10 and its biometric records use."""

    JPEG = "JPEG"
    JPEG_2000 = "JPEG 2000"
    WSQ = "WSQ"
    PNG = "PNG"


_MAGIC = (
    (b"\xff\xd8\xff", ImageKind.JPEG),
    (b"\0\0\0\x0cjP  \r\n\x87\n", ImageKind.JPEG_2000),
    (b"\xff\x4f\xff\x51", ImageKind.JPEG_2000),  # the bare code stream, without its boxes
    (b"\xff\xa0", ImageKind.WSQ),
    (b"\x89PNG\r\n\x1a\n", ImageKind.PNG),
)


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """An image as it lies on the chip, still encoded."""

    data: bytes
    kind: ImageKind | None
    """None where the first bytes are those of no known format."""

    @classmethod
    def of(cls, data: bytes) -> EncodedImage:
        """Tell what `data` is."""
        return cls(data, next((kind for magic, kind in _MAGIC if data.startswith(magic)), None))
