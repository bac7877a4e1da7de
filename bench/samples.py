"""The images of the benchmark: public specimens beside the checkout, and captures made from seeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from limen.specimen import FRAUDS, Capture, Needs, generate

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "mrz"
MADE = ROOT / "out" / "bench"
"""Captures are written here, as PNG; tens of gigabytes are not needed, some are."""
INDEX = "index.jsonl"
PPI = (120.0, 400.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One image and what its zone says."""

    path: str
    lines: tuple[str, ...]
    """The truth; empty where there is no zone to be found."""
    group: str
    ppi: float | None = None


def load(path: str) -> NDArray[np.uint8]:
    """The image as H x W x 3 RGB, turned as its EXIF says: the same array for every reader."""
    with Image.open(path) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def shared() -> list[Sample]:
    """The public specimens; empty where they are not beside the checkout."""
    manifest = SHARED / "manifest.jsonl"
    if not manifest.exists():
        return []
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Sample(str(SHARED / "images" / row["file"]), tuple(row["mrz_lines"]), row["group"])
        for row in rows
        if (SHARED / "images" / row["file"]).exists()
    ]


def made(name: str, count: int, seed: int, *, reuse: bool, typeface: str | None = None) -> list[Sample]:
    """Captures of all formats and styles at 120 to 400 ppi, in a typeface of one's own where given."""
    return _written(name, count, generate(count, seed, ppi=PPI, typeface=typeface), reuse=reuse)


def falsified(name: str, count: int, seed: int, *, reuse: bool) -> list[Sample]:
    """Captures of falsified documents, every fraud that a side with a zone can show in turn."""
    frauds = [fraud.name for fraud in FRAUDS.values() if fraud.needs in (Needs.NOTHING, Needs.ZONE)]
    return _written(name, count, generate(count, seed, ppi=PPI, frauds=frauds), reuse=reuse)


def _written(name: str, count: int, captures: Iterable[Capture], *, reuse: bool) -> list[Sample]:
    folder = MADE / name
    index = folder / INDEX
    if reuse and index.exists() and len(known := read_samples(index)) >= count:
        return known[:count]
    folder.mkdir(parents=True, exist_ok=True)
    index.unlink(missing_ok=True)
    write_samples(index, _stored(folder, captures))
    return read_samples(index)


def _stored(folder: Path, captures: Iterable[Capture]) -> Iterator[Sample]:
    for number, one in enumerate(captures):
        path = folder / f"{number:04}.png"
        fast = [cv2.IMWRITE_PNG_COMPRESSION, 1]
        if not cv2.imwrite(str(path), cv2.cvtColor(one.image, cv2.COLOR_RGB2BGR), fast):
            raise OSError(f"cannot write {path}")
        truth = one.truth
        yield Sample(str(path), truth.lines, "core" if truth.lines else "negative", truth.ppi)


def read_samples(path: Path) -> list[Sample]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Sample(row["path"], tuple(row["lines"]), row["group"], row["ppi"]) for row in rows]


def write_samples(path: Path, samples: Iterable[Sample]) -> None:
    rows = [json.dumps(asdict(sample)) for sample in samples]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
