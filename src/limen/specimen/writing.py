"""Specimens and captures as files, with a line of truth for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from PIL import Image as Pillow

from limen.specimen.model import Capture, Image, Light, Specimen

TRUTH_NAME: Final = "truth.jsonl"
"""One JSON object a line, one line an image."""


def write_image(path: Path, image: Image, ppi: float, quality: int = 92) -> str:
    """Writes a JPEG, or a PNG by the name's ending; gives the SHA-256 of the file. Raises OSError."""
    resolution = (round(ppi, 1), round(ppi, 1))
    picture = Pillow.fromarray(image)
    if path.suffix.lower() == ".png":
        picture.save(path, dpi=resolution)
    else:
        picture.save(path, quality=quality, dpi=resolution, optimize=True)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_capture(folder: Path, name: str, taken: Capture, quality: int = 92) -> dict[str, Any]:
    """Writes a capture as `name`.jpg; gives its line of truth."""
    path = folder / f"{name}.jpg"
    digest = write_image(path, taken.image, taken.truth.ppi, quality)
    return {"file": path.name, "sha256": digest} | taken.to_json()


def write_specimen(folder: Path, name: str, specimen: Specimen, light: Light) -> dict[str, Any]:
    """Writes one light of a specimen as `name`.png, as it was rendered; gives its line of truth."""
    path = folder / f"{name}.png"
    digest = write_image(path, specimen.images[light], specimen.truth.ppi)
    return {"file": path.name, "sha256": digest} | specimen.truth.to_json() | {"light": light.value, "style": "none"}


def write_truth(folder: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """Writes `truth.jsonl` into the folder. Raises OSError."""
    path = folder / TRUTH_NAME
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
