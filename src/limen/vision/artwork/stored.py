"""Learned artwork as bytes: a zip of NumPy arrays and one JSON text, read without pickle and with every size checked.

References come from other agencies on a stick or over a wire, so these bytes are hostile until proven otherwise: each
member's declared size, type and shape is checked before memory is taken for it.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.artwork.learned import GLYPH, Artwork, Learned, Region
from limen.vision.artwork.model import BadArtwork
from limen.vision.artwork.writing import MOST_GLYPHS
from limen.vision.page import SIZES_MM, Side, sheet_size

MAGIC: Final = "limen-artwork"
VERSION: Final = 1
MOST_BYTES: Final = 24 * 2**20
"""Of a whole file; one has 2 to 5 MB."""
_MOST_TEXT: Final = 2**18
_MOST_REGIONS: Final = 200
_MOST_MEASURES: Final = 200
_NAME: Final = 60
_KINDS: Final = frozenset({"portrait", "ghost", "zone", "print"})


def to_bytes(art: Artwork) -> bytes:
    """As kept in a file."""
    header = {
        "magic": MAGIC,
        "version": VERSION,
        "format": art.format.value,
        "side": art.side.value,
        "captures": art.captures,
        "regions": [{"name": one.name, "kind": one.kind, "rect": list(one.rect)} for one in art.regions],
        "measures": {name: [one.centre, one.spread] for name, one in art.measures.items()},
    }
    text = np.frombuffer(json.dumps(header, allow_nan=False).encode(), dtype=np.uint8)
    arrays: dict[str, NDArray[Any]] = {"header": text, "fit": art.fit.astype(np.float16)}
    for name in ("ground", "kind", "colour", "glyphs", "uv", "ir", "overprint"):
        value = getattr(art, name)
        if value is not None:
            arrays[name] = value
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def from_bytes(data: bytes) -> Artwork:
    """From the bytes of `to_bytes`. Raises `BadArtwork` on any others."""
    if len(data) > MOST_BYTES:
        raise BadArtwork(f"A reference of {len(data) // 2**20} MB is too large: {MOST_BYTES // 2**20} MB at most.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except BadArtwork:
        raise
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError, IndexError, AttributeError,
        RuntimeError, NotImplementedError, OverflowError, MemoryError, SyntaxError,
    ):  # fmt: skip
        raise BadArtwork("The file is no reference of artwork, or it is damaged: fetch it again.") from None


def _read(archive: zipfile.ZipFile) -> Artwork:
    members = {info.filename: info for info in archive.infolist()}
    if len(members) != len(archive.infolist()) or sum(info.file_size for info in members.values()) > 2 * MOST_BYTES:
        raise BadArtwork("The reference has more in it than one may have: fetch it again.")
    text = _array(archive, members, "header", np.uint8, None, _MOST_TEXT)
    header = json.loads(text.tobytes().decode())
    if not isinstance(header, dict) or header.get("magic") != MAGIC:
        raise BadArtwork("The file is no reference of artwork.")
    if header.get("version") != VERSION:
        raise BadArtwork(f"The reference is of version {header.get('version')!r:.20}, this program reads {VERSION}.")
    format, side = Format(header["format"]), Side(header["side"])
    if format not in SIZES_MM:
        raise BadArtwork("The reference is of a format without a size.")
    width, height = sheet_size(format)
    half = (height // 2, width // 2)

    def optional(name: str, dtype: type, shape: tuple[int, ...] | None) -> NDArray[Any] | None:
        known = f"{name}.npy" in members
        return _array(archive, members, name, dtype, shape, MOST_BYTES) if known else None

    overprint = optional("overprint", np.int8, None)
    if overprint is not None and (
        overprint.ndim != 3 or overprint.shape[2] not in (1, 2) or overprint.size > height * width * 3
    ):
        raise BadArtwork("The reference's overprint has no shape that one can have.")
    glyphs = _array(archive, members, "glyphs", np.uint8, None, MOST_BYTES)
    if glyphs.ndim != 3 or glyphs.shape[1:] != (GLYPH, GLYPH) or len(glyphs) > 2 * MOST_GLYPHS:
        raise BadArtwork("The reference's characters have no shape that they can have.")
    captures = header["captures"]
    if type(captures) is not int or not 1 <= captures <= 10000:
        raise BadArtwork("The reference does not say how many captures it was learned from.")
    return Artwork(
        format=format,
        side=side,
        captures=captures,
        ground=_array(archive, members, "ground", np.uint8, (height, width), MOST_BYTES),
        kind=_array(archive, members, "kind", np.uint8, (height, width), MOST_BYTES),
        colour=_array(archive, members, "colour", np.uint8, (*half, 3), MOST_BYTES),
        regions=_regions(header["regions"], SIZES_MM[format]),
        measures=_measures(header["measures"]),
        fit=_array(archive, members, "fit", np.float16, (height // 8, width // 8), MOST_BYTES).astype(np.float32),
        uv=optional("uv", np.uint8, (*half, 3)),
        ir=optional("ir", np.uint8, half),
        overprint=overprint,
        glyphs=glyphs,
    )


def _array(  # noqa: PLR0917 - all of what a member must be
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    name: str,
    dtype: type,
    shape: tuple[int, ...] | None,
    most: int,
) -> NDArray[Any]:
    """One member: its header checked before its content is read."""
    info = members[f"{name}.npy"]
    if info.file_size > most:
        raise BadArtwork(f"The reference's {name} is too large: fetch it again.")
    content = io.BytesIO(archive.read(info))
    if npy.read_magic(content) != (1, 0):
        raise BadArtwork(f"The reference's {name} is of a form that is not read.")
    found, fortran, kind = npy.read_array_header_1_0(content)
    body = content.read()
    if fortran or kind != np.dtype(dtype) or (shape is not None and tuple(found) != shape):
        raise BadArtwork(f"The reference's {name} has not the type or shape that it must have.")
    count = 1
    for length in found:
        count *= length
    if count * kind.itemsize != len(body):
        raise BadArtwork(f"The reference's {name} is not as long as it says.")
    return np.frombuffer(body, dtype=kind).reshape(found).copy()


def _regions(rows: Any, size: tuple[float, float]) -> tuple[Region, ...]:
    if not isinstance(rows, list) or len(rows) > _MOST_REGIONS:
        raise BadArtwork("The reference's regions are no list that one may have.")
    regions = []
    for row in rows:
        name, kind, rect = row["name"], row["kind"], row["rect"]
        if not isinstance(name, str) or not 0 < len(name) <= _NAME or not name.isprintable() or kind not in _KINDS:
            raise BadArtwork("A region of the reference has a name or kind that none has.")
        if not isinstance(rect, list) or len(rect) != 4:
            raise BadArtwork("A region of the reference has no place.")
        left, top, width, height = (_number(value) for value in rect)
        if (
            left < -5
            or top < -5
            or width <= 0
            or height <= 0
            or left + width > size[0] + 5
            or top + height > size[1] + 5
        ):
            raise BadArtwork("A region of the reference lies off the page.")
        regions.append(Region(name, (left, top, width, height), kind))
    return tuple(regions)


def _measures(rows: Any) -> dict[str, Learned]:
    if not isinstance(rows, dict) or len(rows) > _MOST_MEASURES:
        raise BadArtwork("The reference's measures are no table that one may have.")
    return {str(name)[:_NAME]: Learned(_number(pair[0]), abs(_number(pair[1]))) for name, pair in rows.items()}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e6:
        raise BadArtwork("A number of the reference is none.")
    return float(value)
