"""A reference as one file: a zip archive of a statement in JSON, its seal, and the artwork of each side.

    statement.json   canonical JSON (RFC 8785): the model, how it was learned, each side's digest and features,
                     the origin's claim
    seal.json        the origin's Ed25519 signature on the bytes of statement.json; only in a signed one
    front.npz        the artwork of a side; its SHA-256 is in the statement
    back.npz
    standing.json    what it is held to be worth where it is kept; never handed on, and not looked at in what comes in

Nothing of a file is believed before it was measured: the archive's members are those five names and no others, each
is read up to its limit whatever it says of its size, and the digests are compared before an artwork is opened.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from typing import Any, Final

from limen.icao.mrz import Format
from limen.reference import lights
from limen.reference.canonical import canonical, parsed
from limen.reference.errors import FileError
from limen.reference.learned import KIND, SCHEMAS, Learning, Reference, canonical_statement
from limen.reference.model import Model
from limen.reference.signing import Seal
from limen.reference.standing import Standing
from limen.reference.values import Members
from limen.vision.lighting import LightFeature
from limen.vision.page import Side

ENDING: Final = ".limenref"
MOST_BYTES: Final = 64_000_000
"""Of the whole file; a passport's three lights take about 3 MB."""
STATEMENT: Final = "statement.json"
SEAL: Final = "seal.json"
STANDING: Final = "standing.json"
_MOST_TEXT = 4_000_000
_LIMITS: Final = {
    STATEMENT: _MOST_TEXT,
    SEAL: 10_000,
    STANDING: _MOST_TEXT,
    "front.npz": MOST_BYTES,
    "back.npz": MOST_BYTES,
}
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_FILE = "This is no reference file"


def pack(reference: Reference, *, standing: bool = True) -> bytes:
    """The file's bytes; the same reference gives the same bytes. `standing` is left out of what is handed on."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _put(archive, STATEMENT, canonical_statement(reference))
        if reference.seal:
            _put(archive, SEAL, canonical(reference.seal.to_json()))
        for side, data in sorted(reference.artworks.items()):
            _put(archive, f"{side.value}.npz", data)
        if standing:
            _put(archive, STANDING, canonical(reference.standing.to_json()))
    return buffer.getvalue()


def unpack(data: bytes, *, standing: bool = True) -> Reference:
    """The reference in a file. Raises FileError with one sentence for whatever is wrong.

    With `standing`, what the file says of its worth here is taken: for files of one's own store alone.
    """
    members = _members(data)
    said = _json(members, STATEMENT)
    seal = Seal.from_json(Members(_value(members[SEAL], SEAL), "seal")) if SEAL in members else None
    if seal and not seal.holds_of(members[STATEMENT]):
        raise FileError("The reference's signature does not hold: the file was changed since it was signed.")
    reference = _reference(said, members, seal)
    if canonical_statement(reference) != members[STATEMENT]:
        raise FileError(f"{_NO_FILE}: its statement is not written in its one form.")
    if standing and STANDING in members:
        own = Standing.from_json(Members(_value(members[STANDING], STANDING), "standing"))
        return reference.with_standing(own)
    return reference


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    # An artwork is compressed already.
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".npz") else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _members(data: bytes) -> dict[str, bytes]:
    """The archive's members, each within its limit."""
    if len(data) > MOST_BYTES:
        raise FileError(f"{_NO_FILE}: it is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [one.filename for one in entries]
            strange = next((one for one in names if one not in _LIMITS), None)
            if strange is not None:
                raise FileError(f"{_NO_FILE}, or it is damaged: it holds {strange[:60]!r}.")
            if len(set(names)) != len(names):
                raise FileError(f"{_NO_FILE}: a name stands in it twice.")
            if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in entries):
                raise FileError(f"{_NO_FILE}: it is packed in a way that no Limen packs.")
            if STATEMENT not in names:
                raise FileError(f"{_NO_FILE}: it has no {STATEMENT}.")
            return {one.filename: _read(archive, one) for one in entries}
    except _BROKEN as error:
        raise FileError(f"{_NO_FILE}, or it is damaged: get it again from where it came.") from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One member; what it says of its size is not believed."""
    most = _LIMITS[entry.filename]
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise FileError(f"{_NO_FILE}: {entry.filename} unpacks to more than {most // 1000} kB.")
    return data


def _json(members: dict[str, bytes], name: str) -> Members:
    said = Members(_value(members[name], name), "statement")
    if said.text("kind", most=40) != KIND:
        raise FileError(f"{_NO_FILE}: it is of another kind.")
    if said.whole("schema", 0, 10_000) not in SCHEMAS:
        raise FileError("The reference was written by another version of Limen: update the older of the two.")
    return said


def _value(data: bytes, name: str) -> Any:
    try:
        return parsed(data)
    except ValueError as error:
        raise FileError(f"{_NO_FILE}: {name} cannot be read ({error}).") from error


def _reference(said: Members, members: dict[str, bytes], seal: Seal | None) -> Reference:
    model = Model.from_json(said.object("model"))
    learning = Learning.from_json(said.object("learning"))
    sides = said.each("sides", lambda one: _side(one, members, model.format), len(Side))
    artworks = {side: data for side, data, _ in sides}
    features = {side: found for side, _, found in sides if found}
    claim = Standing.from_json(said.object("standing")) if said.has("standing") else None
    said.done()
    if not artworks or {f"{side.value}.npz" for side in artworks} != {one for one in members if one.endswith(".npz")}:
        raise FileError(f"{_NO_FILE}: the sides that it names are not those that it holds.")
    return Reference(model, learning, artworks, claim, seal, features=features)


def _side(one: Members, members: dict[str, bytes], format: Format) -> tuple[Side, bytes, tuple[LightFeature, ...]]:
    side = one.choice("side", Side)
    digest, size = one.hex("sha256", 32), one.whole("bytes", 0, MOST_BYTES)
    features: tuple[LightFeature, ...] = ()
    if one.has("features"):
        features = one.each("features", lambda found: lights.from_json(found, format), lights.MOST)
    one.done()
    data = members.get(f"{side.value}.npz", b"")
    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
        raise FileError(f"The artwork of the {side.value} is not the one that the reference names: it is damaged.")
    return side, data, features
