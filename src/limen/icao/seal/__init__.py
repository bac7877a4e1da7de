"""Visible digital seals of travel documents: Doc 9303-13. Whatever cannot be read is refused by a `SealError`."""

from limen.icao.seal.errors import SealError
from limen.icao.seal.vds import KINDS, Seal, SealHeader, encode, hash_for, message, parse, verify

__all__ = ["KINDS", "Seal", "SealError", "SealHeader", "encode", "hash_for", "message", "parse", "verify"]
