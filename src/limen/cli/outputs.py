"""What `--out` writes: an annotated picture and a one-page report of each image, under names of their own."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from limen.cli.examine import Examined

_QUALITY = 90
_LONGEST_STEM = 80


class Outputs:
    """The folder that results are written to. Raises OSError where it cannot be made or written."""

    def __init__(self, folder: Path, inputs: Iterable[Path]) -> None:
        """Make the folder. `inputs` are the files examined, which no output may take the place of."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        here = folder.resolve()
        self._taken = {_key(path.name) for path in inputs if path.parent.resolve() == here}

    def write(self, examined: Examined, on: datetime.date) -> None:
        """Write `NAME.annotated.jpg` and `NAME.report.pdf`, in place of those of an earlier run.

        Of a chip, `NAME.portrait.png` is written, too; without a picture, nothing is annotated.
        """
        from limen.cli.annotate import annotated  # noqa: PLC0415  (only with --out)
        from limen.cli.report import report  # noqa: PLC0415

        picture, paper, face = self._names(examined.source, examined.page)
        portrait = None
        if examined.inspection.chip:
            from limen.cli.portrait import portrait_png  # noqa: PLC0415

            portrait = portrait_png(examined.inspection.chip)
            if portrait:
                _replace(face, portrait)
        frame = examined.frame
        drawn = annotated(frame.image, examined.inspection) if frame else None
        _replace(paper, report(examined, on, drawn, portrait))
        if drawn is not None:
            _replace(picture, _jpeg(drawn))

    def _names(self, source: str, page: int | None) -> tuple[Path, Path, Path]:
        base = stem(source) + ("" if page is None else f"-p{page}")
        number = 1
        while True:
            name = base if number == 1 else f"{base}-{number}"
            names = (f"{name}.annotated.jpg", f"{name}.report.pdf", f"{name}.portrait.png")
            if not any(_key(one) in self._taken for one in names):
                self._taken.update(map(_key, names))
                picture, paper, face = (self._folder / one for one in names)
                return picture, paper, face
            number += 1


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
