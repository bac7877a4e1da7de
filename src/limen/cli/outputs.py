"""What `--out` writes: an annotated picture and a one-page report of each image, under names of their own."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from limen.cli.examine import Examined

_QUALITY = 90
_LONGEST_STEM = 80
_USUAL = ("annotated.jpg", "report.pdf", "portrait.png")


class Outputs:
    """The folder that results are written to. Raises OSError where it cannot be made or written."""

    def __init__(self, folder: Path, inputs: Iterable[Path]) -> None:
        """Make the folder. `inputs` are the files examined, which no output may take the place of."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        here = folder.resolve()
        self._taken = {_key(path.name) for path in inputs if path.parent.resolve() == here}

    @property
    def folder(self) -> Path:
        """Where results are written."""
        return self._folder

    def tidy(self) -> None:
        """Remove what was made and, since the command was stopped, never given its name."""
        for left in self._folder.glob(".limen-*.part"):
            with suppress(OSError):
                left.unlink()

    def write(self, examined: Examined, on: datetime.date) -> None:
        """Make and keep the files of one document, in place of those of an earlier run."""
        self.keep(examined.source, examined.page, make_files(examined, on))

    def keep(self, source: str, page: int | None, files: Mapping[str, bytes | Path]) -> None:
        """Keep files under the name of their source; one that is a path is moved here."""
        for name, data in zip(self._names(source, page, files), files.values(), strict=True):
            if isinstance(data, Path):
                os.replace(data, name)  # noqa: PTH105  (the same, and tells both names on failure)
            else:
                _replace(name, data)

    def _names(self, source: str, page: int | None, endings: Iterable[str]) -> list[Path]:
        """A path for each ending, none of which is taken: of the ending's whole family, made or not."""
        base = stem(source) + ("" if page is None else f"-p{page}")
        wanted = {*_USUAL, *endings}
        number = 1
        while True:
            name = base if number == 1 else f"{base}-{number}"
            if not any(_key(f"{name}.{ending}") in self._taken for ending in wanted):
                self._taken.update(_key(f"{name}.{ending}") for ending in wanted)
                return [self._folder / f"{name}.{ending}" for ending in endings]
            number += 1


def make_files(examined: Examined, on: datetime.date) -> dict[str, bytes]:
    """The files of one document by the ending of their names.

    `annotated.jpg` of the picture that the zone was read from, `ir.annotated.jpg` and so on of the others that show
    the document, `portrait.png` of a chip, and `report.pdf`.
    """
    from limen.cli.pictures import annotated_pictures  # noqa: PLC0415  (only with --out)
    from limen.cli.report import report  # noqa: PLC0415

    files: dict[str, bytes] = {}
    portrait = None
    if examined.inspection.chip:
        from limen.cli.portrait import portrait_png  # noqa: PLC0415

        portrait = portrait_png(examined.inspection.chip)
        if portrait:
            files["portrait.png"] = portrait
    drawn = annotated_pictures(examined)
    files["report.pdf"] = report(examined, on, drawn, portrait)
    for name, pixels in drawn.items():
        files[f"{name}.annotated.jpg" if name else "annotated.jpg"] = _jpeg(pixels)
    return files


def stem(source: str) -> str:
    """Return a file name without ending that any file system takes."""
    if source == "-":
        return "standard-input"
    name = re.sub(r"[^\w .()+=,@-]", "_", Path(source).stem).strip(" .")
    return name[:_LONGEST_STEM].encode()[:_LONGEST_STEM].decode(errors="ignore") or "image"


def _key(name: str) -> str:
    """Return what a file system that ignores case takes a name for."""
    return name.casefold()


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    """Encode an RGB image, which is spent in doing so: a copy would be as large again."""
    import cv2  # noqa: PLC0415

    cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR, dst=pixels)
    good, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not good:
        raise OSError("the annotated image could not be encoded")
    return bytes(data)


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105  (the same, and tells both names on failure)
    finally:
        part.unlink(missing_ok=True)
