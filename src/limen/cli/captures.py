"""Captures for references and signatures: files grouped into documents, their pages found and laid flat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.devices import Frame, Source
    from limen.devices.grouping import Part
    from limen.icao.mrz import Mrz
    from limen.reference.learning import Captured
    from limen.vision.page import Page
    from limen.vision.reading import ZoneReading

_CHUNK = 1 << 20


def captured(paths: Iterable[Path]) -> Iterator[Captured | str]:
    """Every document among the files, or one sentence for each that cannot be used."""
    from limen.devices import InputError, list_sources  # noqa: PLC0415
    from limen.devices import Source as File  # noqa: PLC0415
    from limen.devices.grouping import group, read_document  # noqa: PLC0415

    for item in group(list_sources(paths).items):
        if isinstance(item, InputError):
            yield str(item)
        elif isinstance(item, File):
            digests = (_digest(item.path),) if item.path else ()
            for found in read_document(item):
                yield str(found) if isinstance(found, InputError) else _laid(item.name, found, digests)
        else:
            kept = {part: one for part, one in item.parts.items() if not _other(part)}
            yield _document(item.name, kept)


def _other(part: Part) -> bool:
    """Whether a picture shows something else than the document."""
    return part in (type(part).FACE, type(part).PASSPORT)


def _document(name: str, sources: Mapping[Part, Source]) -> Captured | str:
    from limen.devices import InputError, read_source  # noqa: PLC0415

    frames: dict[Part, Frame] = {}
    digests = []
    for part, source in sources.items():
        assert source.path is not None
        first = next(iter(read_source(source)), None)
        if first is None or isinstance(first, InputError):
            return str(first) if first else f"{source.name} holds no image."
        frames[part] = first
        digests.append(_digest(source.path))
    return _laid(name, frames, tuple(digests))


def _laid(name: str, frames: Mapping[Part, Frame], digests: tuple[str, ...]) -> Captured | str:
    from limen.devices.grouping import Part  # noqa: PLC0415
    from limen.reference.learning import Captured  # noqa: PLC0415
    from limen.vision.light import Light  # noqa: PLC0415
    from limen.vision.page import NoPage, add_light, find_page  # noqa: PLC0415

    sides = (
        (Part.WHITE, {Light.IR: Part.IR, Light.UV: Part.UV}),
        (Part.BACK, {Light.IR: Part.BACK_IR, Light.UV: Part.BACK_UV}),
    )
    pages: list[Page] = []
    mrz: Mrz | None = None
    for white, lights in sides:
        if white not in frames:
            continue
        zone = _zone(frames[white])
        mrz = mrz or _taken_apart(zone)
        try:
            page = find_page(frames[white].image, zone)
        except NoPage as error:
            return f"{name}: {error}"
        for light, part in lights.items():
            if part in frames:
                page = add_light(page, light, frames[part].image)
        if page.problems:
            return f"{name}: {next(iter(page.problems.values()))}"
        pages.append(page)
    return Captured(name, tuple(pages), digests, mrz)


def _zone(frame: Frame) -> ZoneReading | None:
    from limen.vision import read_zone  # noqa: PLC0415

    return read_zone(frame.image)


def _taken_apart(zone: ZoneReading | None) -> Mrz | None:
    from limen.icao.mrz import MrzError, parse  # noqa: PLC0415

    try:
        return parse(zone.text) if zone else None
    except MrzError:
        return None


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
