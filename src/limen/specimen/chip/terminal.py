"""Terminal authentication, version 1: TR-03110-1 section 3.5, TR-03110-3 appendices A.7 and C.

Both sides for specimens: the card verifiable certificates of an inspection system that exists nowhere, and the card
that asks for them before it gives DG3 and DG4 away. Keys are of ECDSA with SHA-256 on brainpoolP256r1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from limen.icao.crypto import CryptoError, EcKey, curve_named, decode_point, verify_raw_ecdsa
from limen.icao.der import DerError, encode, oid, parse, parse_all
from limen.specimen.chip.signing import EcSigningKey, Signing, signing_key
from limen.specimen.chip.wire import RefusedError, Status

PROTECTED: Final = frozenset({0x0103, 0x0104})
"""DG3 and DG4."""
_ALGORITHM: Final = "0.4.0.127.0.7.2.2.2.2.3"
_ROLE: Final = "0.4.0.127.0.7.3.1.2.1"
_CURVE: Final = "brainpoolP256r1"
_RIGHTS: Final = {"CVCA": 0xC3, "DV": 0x83, "IS": 0x03}
"""Role, and the rights to read DG3 and DG4."""
_FROM, _UNTIL = "250101", "351231"


@dataclass(frozen=True, slots=True)
class CvHolder:
    """Who holds a key: its reference (country, mnemonic, sequence number) and the key."""

    reference: str
    key: EcSigningKey

    @property
    def public(self) -> bytes:
        """The point, uncompressed."""
        _, bits = parse(self.key.spki)
        return bits.value[1:]


@dataclass(frozen=True, slots=True)
class InspectionSystem:
    """An inspection system: the authority that chips know, the certificates under it, and its own key."""

    authority: CvHolder
    certificates: tuple[bytes, ...]
    own: CvHolder

    def sign(self, message: bytes) -> bytes:
        """Return r || s over a message."""
        return self.own.key.sign_plain(message)


def inspection_system(country: str, *, forged: bool = False) -> InspectionSystem:
    """Return one under the country's authority; `forged`, its verifier was certified by another key of that name."""
    authority, verifier, own = (
        _holder(f"{country}{name}00001", country, name) for name in ("CVCASPEC", "DVSPEC", "ISSPEC")
    )
    above = _holder(authority.reference, country, "another") if forged else authority
    chain = (_certificate(verifier, above, "DV"), _certificate(own, verifier, "IS"))
    return InspectionSystem(authority, chain, own)


def trust_point(authority: CvHolder) -> bytes:
    """Return EF.CVCA, 36 octets, which names the authority."""
    return encode(0x42, authority.reference.encode("ascii")).ljust(36, b"\0")


class TerminalCheck:
    """What a card remembers while a terminal proves itself; any error begins it anew."""

    def __init__(self, authority: CvHolder) -> None:
        self._known = {authority.reference.encode("ascii"): authority.public}
        self._chosen: bytes | None = None
        self.passed = False

    def choose(self, reference: bytes) -> bytes:
        """MSE:Set DST or Set AT: the key by which to verify what follows. Raises `RefusedError`."""
        if reference not in self._known:
            raise RefusedError(Status.NO_REFERENCE)
        self._chosen = reference
        return b""

    def certificate(self, data: bytes) -> bytes:
        """PSO:Verify Certificate. Raises `RefusedError`."""
        try:
            body, signature = parse_all(data)
            fields = {one.tag: one for one in body}
            key = {one.tag: one.value for one in fields[0x7F49]}
            holder, point, authority = fields[0x5F20].value, key[0x86], fields[0x42].value
        except (DerError, KeyError, ValueError):
            raise RefusedError(Status.WRONG_DATA) from None
        if authority != self._chosen:
            raise RefusedError(Status.CONDITIONS)
        self._verify(body.raw, signature.value)
        self._known[holder] = point
        return b""

    def external(self, message: bytes, signature: bytes) -> bytes:
        """EXTERNAL AUTHENTICATE over the card's identity, its challenge and the terminal's key."""
        self._verify(message, signature)
        self.passed = True
        return b""

    def _verify(self, message: bytes, signature: bytes) -> None:
        if self._chosen is None:
            raise RefusedError(Status.CONDITIONS)
        curve = curve_named(_CURVE)
        try:
            verify_raw_ecdsa(EcKey(curve, decode_point(curve, self._known[self._chosen])), "sha256", signature, message)
        except CryptoError:
            raise RefusedError(Status.FAILED) from None


def _holder(reference: str, *seed: str) -> CvHolder:
    key = signing_key(Signing(curve=_CURVE), "terminal", *seed)
    assert isinstance(key, EcSigningKey)
    return CvHolder(reference, key)


def _certificate(holder: CvHolder, authority: CvHolder, role: str) -> bytes:
    body = encode(
        0x7F4E,
        encode(0x5F29, b"\0"),
        encode(0x42, authority.reference.encode("ascii")),
        encode(0x7F49, oid(_ALGORITHM), encode(0x86, holder.public)),
        encode(0x5F20, holder.reference.encode("ascii")),
        encode(0x7F4C, oid(_ROLE), encode(0x53, bytes([_RIGHTS[role]]))),
        encode(0x5F25, bytes(map(int, _FROM))),
        encode(0x5F24, bytes(map(int, _UNTIL))),
    )
    return encode(0x7F21, body, encode(0x5F37, authority.key.sign_plain(body)))
