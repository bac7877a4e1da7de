"""The Verifier with the references of one run, which are learned here and held as if they had been promoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.forgeries.documents import Source, learning_seeds
from limen.icao.mrz import Mrz
from limen.specimen.people import EPOCH
from limen.verifier import Picture, Shown, Tool, Tools, Verifier, all_tools
from limen.vision.artwork import SIMILAR, Artwork, Comparison, compare, learn, similarity
from limen.vision.page import Page

Key = tuple[str, str, str]
"""Issuer, format and side."""


class Known:
    """The artworks of a folder: what a post's store of references is to the Verifier."""

    def __init__(self, folder: Path) -> None:
        self.artworks: Mapping[Key, Artwork] = {
            (issuer, format, side): Artwork.from_bytes(path.read_bytes())
            for path in sorted(folder.glob("*.artwork"))
            for issuer, format, side in [path.stem.split("_")]
        }

    def compare(self, page: Page, mrz: Mrz | None) -> Comparison | None:
        """By what the zone says; where there is none that can be read, by what the page looks like."""
        issuer = mrz.issuer.rstrip("<") if mrz else ""
        key = (issuer, page.format.value, page.side.value)
        if key not in self.artworks:
            alike = [(similarity(page, art), name) for name, art in self.artworks.items() if name[1:] == key[1:]]
            best, key = max(alike, default=(0.0, key))
            if best < SIMILAR:
                return None
        return compare(page, self.artworks[key], model=" ".join(key[:2]), counts=True)


def verifier(folder: Path | None) -> Verifier:
    """With every tool there is, and the references in `folder`."""
    tools = all_tools(references=Path("/nonexistent"))
    known: Tool[Any] = Tool.absent("references", "none are used") if folder is None else Tool.of(
        "references", Known(folder)
    )  # fmt: skip
    return Verifier(replace(_completed(tools), artwork=known), on=EPOCH)


def _completed(tools: Tools) -> Tools:
    """The tools that stand in the package but are not yet handed out by it."""
    if tools.page.get() is None:
        tools = replace(tools, page=Tool.of("page finder", _Pages()))
    if tools.text.get() is None:
        tools = replace(tools, text=Tool("text reader", _text))
    if tools.faces.get() is None:
        tools = replace(tools, faces=Tool("face reader", _faces))
    return tools


def _text() -> Any:
    from limen.vision import text  # noqa: PLC0415

    return text.TextReader()


def _faces() -> Any:
    from limen.vision import face  # noqa: PLC0415

    return face.FaceReader.load()


class _Pages:
    def find(self, image: Any, zone: Any) -> Page:
        from limen.verifier import NotFound  # noqa: PLC0415
        from limen.vision.page import NoPage, find_page  # noqa: PLC0415

        try:
            return find_page(image, zone)
        except NoPage as error:
            raise NotFound(str(error)) from error

    def add(self, page: Page, light: Any, image: Any) -> Page:
        from limen.vision.page import add_light  # noqa: PLC0415

        return add_light(page, light, image)


@lru_cache(maxsize=1)
def _plain() -> Verifier:
    return verifier(None)


def learned(source: Source, first: int, folder: Path) -> str:
    """Learns both sides of a model from genuine captures, found as the Verifier finds them; gives what went wrong."""
    pages: dict[str, list[Page]] = {}
    for seed in learning_seeds(first):
        pictures = {picture: one.image for picture, one in source.taken(seed).items()}
        for found in _plain().examine(Shown(pictures)).evidence.pages:
            pages.setdefault(found.page.side.value, []).append(found.page)
    said = []
    for side in source.sides:
        try:
            art = learn(pages.get(side.value, []))
        except ValueError as error:
            said.append(f"{side.value}: {error}")
            continue
        (folder / f"{source.issuer}_{source.format}_{side.value}.artwork").write_bytes(art.to_bytes())
    return "; ".join(said)


def shown(pictures: Mapping[Picture, Any]) -> Shown:
    """The captures as a Verifier takes them."""
    return Shown({picture: one.image for picture, one in pictures.items()})
