"""Visible digital seals: Doc 9303-13, with the profiles of 9303-7 and 9303-8, and VDS-NC.

Whatever cannot be read is refused by a `SealError`; `seal_authentication` raises nothing.
"""

from limen.icao.seal import vdsnc
from limen.icao.seal.errors import SealError, UnknownSealError
from limen.icao.seal.kinds import KINDS, Coding, FeatureSpec, SealKind, describe_stay, read_value
from limen.icao.seal.vds import Seal, SealHeader, encode, hash_for, message, parse, verify
from limen.icao.seal.vdsnc import VdsNc
from limen.icao.seal.verifying import (
    SealResult,
    SealSignerSource,
    describe,
    looks_like_seal,
    read_seal,
    seal_authentication,
)

__all__ = [
    "KINDS",
    "Coding",
    "FeatureSpec",
    "Seal",
    "SealError",
    "SealHeader",
    "SealKind",
    "SealResult",
    "SealSignerSource",
    "UnknownSealError",
    "VdsNc",
    "describe",
    "describe_stay",
    "encode",
    "hash_for",
    "looks_like_seal",
    "message",
    "parse",
    "read_seal",
    "read_value",
    "seal_authentication",
    "vdsnc",
    "verify",
]
