"""A signature as one file of canonical JSON (RFC 8785): a statement, its origin's seal, and its standing here.

    {"seal": {"key": ..., "name": ..., "signature": ...} or null, "standing": {...} or null, "statement": {...}}

The seal is an Ed25519 signature on the canonical bytes of the statement. The standing is never handed on, and not
looked at in what comes in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from limen.reference.canonical import canonical, parsed
from limen.reference.errors import FileError
from limen.reference.signatures.model import KIND, SCHEMA, Signature
from limen.reference.signing import Seal
from limen.reference.standing import Standing
from limen.reference.values import Members

ENDING = ".limensig"
MOST_BYTES = 8_000_000
_NO_FILE = "This is no signature file"


def pack(signature: Signature, *, standing: bool = True) -> bytes:
    """The file's bytes; the same signature gives the same bytes. `standing` is left out of what is handed on."""
    return canonical(
        {
            "statement": signature.statement(),
            "seal": signature.seal.to_json() if signature.seal else None,
            "standing": signature.standing.to_json() if standing else None,
        }
    )


def unpack(data: bytes, *, standing: bool = True) -> Signature:
    """The signature in a file. Raises FileError with one sentence for whatever is wrong.

    With `standing`, what the file says of its worth here is taken: for files of one's own store alone.
    """
    if len(data) > MOST_BYTES:
        raise FileError(f"{_NO_FILE}: it is larger than {MOST_BYTES // 1_000_000} MB.")
    value = _value(data)
    file = Members(value, "signature file")
    said = file.object("statement")
    if said.text("kind", most=40) != KIND:
        raise FileError(f"{_NO_FILE}: it is of another kind.")
    if said.whole("schema", 0, 10_000) != SCHEMA:
        raise FileError("The signature was written by another version of Limen: update the older of the two.")
    seal = Seal.from_json(file.object("seal")) if file.has("seal") else None
    own = Standing.from_json(file.object("standing")) if file.has("standing") else None
    file.done()
    signed = canonical(value["statement"])
    if seal and not seal.holds_of(signed):
        raise FileError("The signature file's seal does not hold: the file was changed since it was signed.")
    signature = Signature.of_statement(said)
    if canonical(signature.statement()) != signed:
        raise FileError(f"{_NO_FILE}: its statement is not written in its one form.")
    return replace(signature, seal=seal, standing=own if standing and own else Standing())


def _value(data: bytes) -> Any:
    try:
        return parsed(data)
    except ValueError as error:
        raise FileError(f"{_NO_FILE}: it cannot be read ({error}).") from error
