"""What an officer uploads of an inspection: its result, alone or with its pictures, as files or in a zip file."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from limen.node.assistance import captured
from limen.node.assistance.captured import PICTURES, Inspection, Picture
from limen.node.web.errors import Invalid

MOST_FILES = 80
MOST_BYTES = 120_000_000
_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp")
_TOLD = (".json", ".jsonl", ".ndjson")
_NAMES = (("back", r"back|rear|verso|reverse"), ("ir", r"ir|infrared|nir"), ("uv", r"uv|uva|ultraviolet"))
_FACES = re.compile(r"(^|[._ -])(face|live|selfie|bearer|passport)([._ -]|$)")


def receive(files: Iterable[tuple[str, bytes]]) -> Inspection:
    """Read the uploaded files. Raises `Invalid` in one sentence."""
    found = list(_unpacked(files))
    told = [data for name, data in found if name.endswith(_TOLD)]
    if not told:
        raise Invalid(_("Send the result that “limen verify --json” writes, as a .json file."), field="file")
    inspection = captured.read(b"\n".join(told))
    pictures = [picture for name, data in found if (picture := _picture(name, data, inspection.sources))]
    return replace(inspection, pictures=tuple(pictures))


def _unpacked(files: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    """Each file by its name in small letters, those in zip files too; what is neither result nor picture is left out.

    Files of a chip are not taken: their names, sizes and digests stand in the result.
    """
    count = size = 0
    for name, data in files:
        inner = _zipped(data, MOST_BYTES - size) if data[:4] == b"PK\x03\x04" else [(name, data)]
        for each, content in inner:
            count, size = count + 1, size + len(content)
            if count > MOST_FILES or size > MOST_BYTES:
                raise Invalid(_too_much(), field="file")
            yield re.split(r"[/\\]", each)[-1].casefold(), content


def _zipped(data: bytes, most: int) -> Iterable[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            wanted = [each for each in packed.infolist() if each.filename.casefold().endswith((*_SUFFIXES, *_TOLD))]
            for each in wanted[: MOST_FILES + 1]:
                with packed.open(each) as opened:
                    content = opened.read(most + 1)
                most -= len(content)
                if most < 0:
                    raise Invalid(_too_much(), field="file")
                yield each.filename, content
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise Invalid(_("The zip file is damaged or locked; pack it again."), field="file") from error


def _too_much() -> str:
    return _("These files are too many or too large: send one document's result and its pictures.")


def _picture(name: str, data: bytes, sources: dict[str, str]) -> Picture | None:
    """A picture of the document; None for what is none, and for faces."""
    if not name.endswith(_SUFFIXES):
        return None
    shown = sources.get(name) or _guessed(name)
    return Picture(data, *PICTURES[shown]) if shown in PICTURES else None


def _guessed(name: str) -> str:
    """What a picture shows by the words of its name, as `limen verify` reads them."""
    if _FACES.search(name):
        return "face"
    words = [key for key, pattern in _NAMES if re.search(rf"(^|[._ -])({pattern})([._ -]|$)", name)]
    return "-".join(words) or "white"
