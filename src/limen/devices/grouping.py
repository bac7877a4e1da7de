"""Files and pages that belong to one document: the lights of its page, its back, its bearer, its chip.

By name: `NAME.white.jpg NAME.ir.png NAME.uv.png NAME.back.jpg NAME.face.jpg` in one folder, the last word or the first
telling what the picture shows, parted by a dot, an underscore, a hyphen or a space; or a folder of one document, whose
files bear the word alone. By content: the pages of a TIFF file of two to four pages of one size, where the first is in
colour and the others are its infrared (grey) and ultraviolet (dark) images.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import numpy as np

from limen.devices.errors import InputError
from limen.devices.files import Source, read_source
from limen.devices.frame import Frame


class Part(StrEnum):
    """What a picture shows of a document or its bearer."""

    WHITE = "white"
    IR = "ir"
    UV = "uv"
    BACK = "back"
    BACK_IR = "back-ir"
    BACK_UV = "back-uv"
    FACE = "face"
    PASSPORT = "passport"


_LIGHTS = {
    "ir": frozenset({"ir", "infrared", "nir", "b900", "ir900", "ir870", "irb"}),
    "uv": frozenset({"uv", "uva", "uv365", "ultraviolet"}),
    "white": frozenset({"white", "vis", "visible", "visual", "rgb", "color", "colour", "vi"}),
}
_BACK = frozenset({"back", "rear", "verso", "reverse"})
_FRONT = frozenset({"front", "recto", "obverse"})
_OTHERS = {
    Part.FACE: frozenset({"face", "live", "selfie", "bearer"}),
    Part.PASSPORT: frozenset({"passport", "holder"}),
}
_WORDS = _LIGHTS["ir"] | _LIGHTS["uv"] | _LIGHTS["white"] | _BACK | _FRONT | _OTHERS[Part.FACE]
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_SEPARATOR = re.compile(r"[.\s_-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """The pictures of one document."""

    name: str
    """For a person: the common part of the path."""
    parts: Mapping[Part, Source] = field(hash=False)
    """White is always among them."""
    chip: str | None = None
    """A folder or zip file with the files of its chip."""


def part_of(name: str) -> tuple[str, Part | None]:
    """What a file name says: the document's name, and what of it the picture shows; None where it does not say.

    Of `A-12_back.ir.png` that is ("A-12", BACK_IR). The name is empty where the file bears only the word.
    """
    stem = name.rsplit(".", 1)[0] if "." in name.strip(".") else name
    tokens = [token for token in _SEPARATOR.split(stem) if token]
    for at_end in (True, False):
        words, rest = _words(tokens, at_end)
        if words:
            return _joined(stem, rest, at_end), _meaning(words)
    return stem, None


def _words(tokens: list[str], at_end: bool) -> tuple[list[str], int]:
    """The telling words at one end, at most a side and a light; and how many tokens are left."""
    row = tokens[::-1] if at_end else tokens
    words: list[str] = []
    for token in row[:2]:
        word = token.lower()
        # A passport is both a document and a part of another; only a file of that name alone is the part.
        if word not in _WORDS and not (len(tokens) == 1 and word in _OTHERS[Part.PASSPORT]):
            break
        if words and not _one_of_each(words[0], word):
            break
        words.append(word)
    return words, len(tokens) - len(words)


def _one_of_each(one: str, other: str) -> bool:
    sides, lights = _BACK | _FRONT, _LIGHTS["ir"] | _LIGHTS["uv"] | _LIGHTS["white"]
    return (one in sides and other in lights) or (one in lights and other in sides)


def _meaning(words: Sequence[str]) -> Part:
    for part, names in _OTHERS.items():
        if words[0] in names:
            return part
    light = next((light for light, names in _LIGHTS.items() if any(word in names for word in words)), "white")
    if any(word in _BACK for word in words):
        return {"white": Part.BACK, "ir": Part.BACK_IR, "uv": Part.BACK_UV}[light]
    return Part(light)


def _joined(stem: str, left: int, at_end: bool) -> str:
    """The stem without its telling words, its own separators kept."""
    if not left:
        return ""
    spans = [match.span() for match in re.finditer(r"[^.\s_-]+", stem)]
    return stem[: spans[left - 1][1]] if at_end else stem[spans[-left][0] :]


def group(items: Iterable[Source | InputError], chips: Sequence[str] = ()) -> list[Document | Source | InputError]:
    """The documents among the files, each in the place of its first file; every other file as it is.

    A document has a white image and at least one picture more, or one of `chips`, folders and zip files with the files
    of chips that lie beside it. A second file of the same kind, and a part without its white image, stays a file.
    """
    listed = list(items)
    found: dict[tuple[str, str], dict[Part, int]] = {}
    for index, item in enumerate(listed):
        if isinstance(item, Source) and item.path is not None:
            key, part = _key(item.path)
            found.setdefault(key, {}).setdefault(part, index)
    for folder, _ in [key for key in found if not key[1]]:
        _settle_passport(found, folder)
    beside = {_chip_key(Path(path)): path for path in chips}
    taken: dict[int, Document | None] = {}
    for key, parts in found.items():
        chip = beside.get(key)
        if Part.WHITE not in parts or (len(parts) == 1 and chip is None):
            continue
        sources = {part: item for part in Part if part in parts and isinstance(item := listed[parts[part]], Source)}
        taken |= dict.fromkeys(parts.values())
        taken[min(parts.values())] = Document(_name(key), sources, chip)
    kept = [taken.get(index, item) for index, item in enumerate(listed)]
    return [item for item in kept if item is not None]


def chips_used(items: Iterable[Document | Source | InputError]) -> frozenset[str]:
    """The paths of chips that belong to a document."""
    return frozenset(item.chip for item in items if isinstance(item, Document) and item.chip)


def _key(path: Path) -> tuple[tuple[str, str], Part]:
    """The folder and name of the document; a name without a telling word is its white image."""
    name, part = part_of(path.name)
    return (str(path.parent), name.casefold()), part or Part.WHITE


def _settle_passport(found: dict[tuple[str, str], dict[Part, int]], folder: str) -> None:
    """`passport.jpg` is a document of its own where there is a `passport.ir.jpg`, and else the part of another."""
    bare, named = found[folder, ""], (folder, "passport")
    if Part.PASSPORT in bare and (named in found or Part.WHITE not in bare):
        found.setdefault(named, {}).setdefault(Part.WHITE, bare.pop(Part.PASSPORT))


def _chip_key(path: Path) -> tuple[str, str]:
    """`NAME.chip`, `NAME.chip.zip`, or `chip` in the folder of one document."""
    stem = path.name[:-4] if path.suffix.lower() == ".zip" else path.name
    tokens = [token for token in _SEPARATOR.split(stem) if token]
    named = bool(tokens) and tokens[-1].lower() == "chip"
    return str(path.parent), (_joined(stem, len(tokens) - 1, True) if named else stem).casefold()


def _name(key: tuple[str, str]) -> str:
    folder, name = key
    return str(Path(folder, name)) if name else folder


MOST_LIGHTS = 4
"""Pages of one file that may be the lights of one document."""
GREY = 2.5
"""Mean distance between the colour channels, in grey levels, up to which a page is grey, as infrared images are.

Measured on 27 generated reader captures for each light: infrared 0.1 to 0.5, white 13 to 28, ultraviolet 35 to 44."""
GLOWING = 0.35
"""That distance as a share of the mean brightness from which a page looks like an ultraviolet image: dull paper that
glows in colours. On the same captures ultraviolet has 0.84 to 0.92, white 0.07 to 0.17."""
BLUE = 0.9
"""Least ratio of mean blue to mean red of an ultraviolet image (0.98 to 1.2 there); a red cover has less."""
DARK = 140.0
"""Mean brightness above which a page is no ultraviolet image (41 to 49 there; bleached paper glows up to 120)."""
FLAT = 3.0
"""Standard deviation of brightness below which a page shows nothing."""


def lights_of(frames: Sequence[Frame]) -> Mapping[Part, Frame] | None:
    """The pages of one file as the lights of one document; None where they are pages of their own."""
    if not 2 <= len(frames) <= MOST_LIGHTS or len({frame.size for frame in frames}) > 1:
        return None
    found: dict[Part, Frame] = {}
    for index, frame in enumerate(frames):
        part = part_of(frame.label)[1] if frame.label else None
        part = part or _light_of(frame)
        if part is None or part in found or (index == 0) != (part is Part.WHITE):
            return None
        found[part] = frame
    return found


def read_document(source: Source, stdin: BinaryIO | None = None) -> Iterator[Mapping[Part, Frame] | InputError]:
    """Yield what a file holds, document by document: the lights of one, or each page as a white image of its own."""
    pages = read_source(source, stdin)
    first: list[Frame] = []
    if _is_tiff(source):
        for page in pages:
            if isinstance(page, InputError):
                yield from ({Part.WHITE: frame} for frame in first)
                first = []
                yield page
                break
            first.append(page)
            if page.page is None or page.size != first[0].size or len(first) > MOST_LIGHTS:
                break
        else:
            lights = lights_of(first)
            if lights is not None:
                yield lights
                return
    while first:
        yield {Part.WHITE: first.pop(0)}
    for page in pages:
        yield page if isinstance(page, InputError) else {Part.WHITE: page}


def _is_tiff(source: Source) -> bool:
    with suppress(OSError, ValueError):
        if source.path is not None and source.path.is_file():
            with source.path.open("rb") as file:
                return file.read(4) in _TIFF
    return False


def _light_of(frame: Frame) -> Part | None:
    """Under which light a page was taken, by its look; None where it shows nothing."""
    step = max(1, int(np.sqrt(frame.image.shape[0] * frame.image.shape[1] / 250_000)))
    pixels = frame.image[::step, ::step].astype(np.float32)
    grey = pixels.mean(axis=2)
    if float(grey.std()) < FLAT:
        return None
    spread, bright = float((pixels.max(axis=2) - pixels.min(axis=2)).mean()), float(grey.mean())
    red, _, blue = pixels.mean(axis=(0, 1))
    if spread <= GREY:
        return Part.IR
    return Part.UV if bright < DARK and spread > GLOWING * bright and blue > BLUE * red else Part.WHITE
