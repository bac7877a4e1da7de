"""The signatures of a post: a folder with one file each, beside the references."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from limen.reference.errors import FileError, KeepingError, UnknownError
from limen.reference.folder import Folder, Stamp, default_folder
from limen.reference.signatures.filing import ENDING, MOST_BYTES, pack, unpack
from limen.reference.signatures.model import Signature, named, stem_of

FOLDER = "signatures"


class SignatureStore:
    """Each file is read when it is first asked for, and again when it changed; whoever reads needs no lock.

    Every method raises StoreError where the folder cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = Folder(path, ENDING)
        self._held: dict[str, tuple[Stamp, Signature | str]] = {}

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """The store in a folder, else beside the references; one that is not there yet is empty."""
        return cls(path or default_folder() / FOLDER)

    def all(self) -> tuple[Signature, ...]:
        """What is kept, by name of the file."""
        return tuple(one for one in self._read().values() if isinstance(one, Signature))

    def broken(self) -> tuple[str, ...]:
        """A sentence for each file that cannot be used."""
        return tuple(f"{name}{ENDING}: {one}" for name, one in self._read().items() if isinstance(one, str))

    def get(self, name: str) -> Signature:
        """The signature of that name. Raises UnknownError, FileError."""
        found = self._read().get(stem_of(name))
        if found is None:
            have = named([one.name for one in self.all()])
            raise UnknownError(
                f"No signature {name!r} is kept in {self.path} ({f'have: {have}' if have else 'none is'})."
            )
        if isinstance(found, str):
            raise FileError(f"{stem_of(name)}{ENDING}: {found}")
        return found

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return self._folder.has(stem_of(name))

    def put(self, signature: Signature) -> None:
        """Keep a signature, in the place of an earlier one of its name."""
        self._folder.write(signature.stem, pack(signature))
        self._held.pop(signature.stem, None)

    def remove(self, name: str) -> None:
        """Forget a signature, one that cannot be read too. Raises UnknownError where there is none."""
        if not self.has(name):
            self.get(name)
        self._folder.remove(stem_of(name))

    def _read(self) -> dict[str, Signature | str]:
        there = dict(self._folder.names())
        for name, stamp in there.items():
            if self._held.get(name, (None, None))[0] != stamp:
                self._held[name] = (stamp, self._opened(name))
        for name in self._held.keys() - there.keys():
            del self._held[name]
        return {name: self._held[name][1] for name in sorted(there)}

    def _opened(self, name: str) -> Signature | str:
        try:
            signature = unpack(self._folder.read(name, MOST_BYTES))
        except KeepingError as error:
            return str(error)
        return (
            signature if signature.stem == name else f"It holds the signature {signature.name}: give it its name back."
        )
