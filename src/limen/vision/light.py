"""Under what light an image was taken (BSI TR-03135-1, 5.5: visible, infrared near 900 nm, ultraviolet at 365 nm)."""

from __future__ import annotations

from enum import StrEnum


class Light(StrEnum):
    """The illumination of one image."""

    WHITE = "white"
    IR = "ir"
    UV = "uv"
