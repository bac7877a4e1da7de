"""The references of a post: a folder with one file each, and an index that is made again wherever it does not fit.

Files are replaced whole, so readers need no lock: each file that they open is one that was written. The index only
saves opening every file to know what is there; it is no more than a copy of what stands in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from limen.icao.mrz import Mrz
from limen.reference.errors import FileError, KeepingError, RefusedError, StoreError, UnknownError
from limen.reference.folder import Folder, Stamp, default_folder, replace_file
from limen.reference.learned import Reference
from limen.reference.model import Model
from limen.reference.packing import ENDING, MOST_BYTES, pack, unpack
from limen.reference.standing import Standing
from limen.reference.values import Members
from limen.vision.page import Page, Side

INDEX = "index.json"
_SCHEMA = 1
_MOST_INDEX = 50_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in a line."""

    model: Model
    sides: tuple[Side, ...]
    captures: int
    """How many documents it was learned from."""
    learned: str
    """The day."""
    origin: str
    """Who signed it; empty where it was learned here."""
    standing: Standing

    @classmethod
    def of(cls, reference: Reference) -> Self:
        """The line of a reference."""
        return cls(
            reference.model,
            tuple(sorted(reference.artworks)),
            len(reference.learning.captures),
            reference.learning.on.date().isoformat(),
            reference.origin.brief if reference.origin else "",
            reference.standing,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "model": self.model.to_json(),
            "sides": [side.value for side in self.sides],
            "captures": self.captures,
            "learned": self.learned,
            "origin": self.origin,
            "standing": self.standing.to_json(),
        }

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""
        entry = cls(
            Model.from_json(members.object("model")),
            tuple(map(Side, members.texts("sides", "front|back", 2))),
            members.whole("captures", 0, 10_000),
            members.text("learned"),
            members.text("origin"),
            Standing.from_json(members.object("standing")),
        )
        members.done()
        return entry


class ReferenceStore:
    """The references of one folder. Every method raises StoreError where the folder cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = Folder(path, ENDING)
        self._index: dict[str, tuple[Stamp, Entry]] = {}
        self._broken: dict[str, tuple[Stamp, str]] = {}
        self._held: dict[str, tuple[Stamp, Reference]] = {}
        self._read_index()

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """The store in a folder, else in `default_folder()`; one that is not there yet is empty."""
        return cls(path or default_folder())

    def entries(self) -> tuple[Entry, ...]:
        """What is kept, by name."""
        self._refresh()
        return tuple(sorted((entry for _, entry in self._index.values()), key=lambda one: one.model.name))

    def broken(self) -> tuple[str, ...]:
        """A sentence for each file that cannot be used."""
        self._refresh()
        return tuple(f"{name}{ENDING}: {reason}" for name, (_, reason) in sorted(self._broken.items()))

    def get(self, model: Model) -> Reference:
        """The reference of a model; read again only where its file changed. Raises UnknownError, FileError."""
        stamp = self._folder.stamp(model.stem)
        if stamp is None:
            raise UnknownError(f"No reference of {model.name} is kept in {self.path} ({self._have()}).")
        held = self._held.get(model.stem)
        if held and held[0] == stamp:
            return held[1]
        reference = self._opened(model.stem)
        self._held[model.stem] = (stamp, reference)
        return reference

    def recognise(self, mrz: Mrz | None, page: Page) -> Reference | None:
        """The reference to hold a page against; None where its model is unknown. `recognising` says why."""
        from limen.reference.recognising import recognise  # noqa: PLC0415 - it stands on this module

        return recognise(page, mrz, self).reference

    def has(self, model: Model) -> bool:
        """Whether there is a file of that model."""
        return self._folder.has(model.stem)

    def put(self, reference: Reference) -> None:
        """Keep a reference, in the place of an earlier one of its model."""
        self._folder.write(reference.model.stem, pack(reference))
        self._held.pop(reference.model.stem, None)
        self._refresh()

    def put_instead(self, earlier: Reference, reference: Reference) -> None:
        """Keep what was made of `earlier`. Raises RefusedError where that is not the one that is kept any more."""
        try:
            same = pack(self.get(reference.model)) == pack(earlier)
        except UnknownError:
            same = False
        if not same:
            raise RefusedError(f"{reference.name} was changed or removed by somebody else meanwhile: do it again.")
        self.put(reference)

    def remove(self, model: Model) -> None:
        """Forget a reference. Raises UnknownError where there is none."""
        if not self._folder.has(model.stem):
            raise UnknownError(f"No reference of {model.name} is kept in {self.path} ({self._have()}).")
        self._folder.remove(model.stem)
        self._held.pop(model.stem, None)
        self._refresh()

    def _have(self) -> str:
        names = [one.model.name for one in self.entries()]
        return f"have: {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}" if names else "it is empty"

    def _opened(self, stem: str) -> Reference:
        reference = unpack(self._folder.read(stem, MOST_BYTES))
        if reference.model.stem != stem:
            raise FileError(f"The file {stem}{ENDING} holds a reference of {reference.name}: give it its name back.")
        return reference

    def _refresh(self) -> None:
        """Bring the index up to what is in the folder."""
        there = dict(self._folder.names())
        known = {name: stamp for name, (stamp, _) in (*self._index.items(), *self._broken.items())}
        if there == known:
            return
        for name in known.keys() - there.keys():
            self._index.pop(name, None)
            self._broken.pop(name, None)
        for name, stamp in there.items():
            if known.get(name) != stamp:
                self._take_up(name, stamp)
        self._write_index()

    def _take_up(self, name: str, stamp: Stamp) -> None:
        self._index.pop(name, None)
        self._broken.pop(name, None)
        try:
            self._index[name] = (stamp, Entry.of(self._opened(name)))
        except KeepingError as error:
            if self._folder.has(name):  # else somebody removed it since
                self._broken[name] = (stamp, str(error))

    def _read_index(self) -> None:
        """What the index says; nothing where it cannot be read, for then it is made again."""
        try:
            with (self.path / INDEX).open("rb") as file:
                said = json.loads(file.read(_MOST_INDEX))
            if said["schema"] == _SCHEMA:
                self._index = dict(_indexed(one) for one in said["files"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError, KeepingError):
            self._index = {}

    def _write_index(self) -> None:
        rows: Iterable[tuple[str, tuple[Stamp, Entry]]] = sorted(self._index.items())
        files = [{"name": name, "stamp": list(stamp), "entry": entry.to_json()} for name, (stamp, entry) in rows]
        text = json.dumps({"schema": _SCHEMA, "files": files}, ensure_ascii=False)
        try:
            replace_file(self.path / INDEX, text.encode())
        except StoreError:
            return  # a folder that can only be read works without


def _indexed(row: dict[str, Any]) -> tuple[str, tuple[Stamp, Entry]]:
    size, modified = row["stamp"]
    return str(row["name"]), ((int(size), int(modified)), Entry.from_json(Members(row["entry"], "index")))
