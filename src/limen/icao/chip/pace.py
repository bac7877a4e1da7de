"""PACE, the reader's side: Doc 9303-11 (8th edition) section 4.4; GM, IM and CAM over DH and ECDH."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from limen.icao import crypto, der
from limen.icao.chip.agreement import STANDARDIZED, CurveGroup, ModularGroup, group_of_key, standardized_group
from limen.icao.chip.apdu import SHORT_LE, Command
from limen.icao.chip.bac import says_wrong_key
from limen.icao.chip.errors import AccessDenied, AnswerError, CardError, NotSupportedError
from limen.icao.chip.keys import AccessKey
from limen.icao.chip.link import Link
from limen.icao.chip.mapping import generic_mapping, integrated_mapping, nonce_size
from limen.icao.chip.secure_messaging import SecureChannel
from limen.icao.chip.symmetric import PASSWORD, block_size, decrypt, derive_key, encrypt, key_size, mac, unpad
from limen.icao.lds.security_infos import Cipher, Mapping, PaceInfo, SecurityInfos

Random = Callable[[int], bytes]

_MAX_NONCE = 64


@dataclass(frozen=True, slots=True)
class PaceOutcome:
    """What PACE left behind."""

    info: PaceInfo
    chip_public: bytes
    """The chip's ephemeral key, by which Terminal Authentication knows the chip."""
    group: CurveGroup | ModularGroup
    mapping_public: bytes | None = None
    """With CAM: the chip's key of the mapping."""
    chip_authentication_data: bytes | None = None
    """With CAM: CA_IC, decrypted, to be held against a key of EF.CardSecurity."""


def offers(infos: SecurityInfos) -> tuple[PaceInfo, ...]:
    """Return how PACE can be spoken with the chip, best first: CAM, then the strongest cipher; nothing unknown."""
    usable = [info for info in infos.pace if info.version in {1, 2} and _can(info, infos)]
    order = {Cipher.AES_256: 0, Cipher.AES_192: 1, Cipher.AES_128: 2, Cipher.DES3: 3}
    return tuple(sorted(usable, key=lambda info: (info.mapping is not Mapping.CHIP_AUTHENTICATION, order[info.cipher])))


def pace_group(info: PaceInfo, infos: SecurityInfos) -> CurveGroup | ModularGroup:
    """Return the domain parameters that an offer means. Raises `NotSupportedError`."""
    own = [
        one
        for one in infos.pace_domain_parameters
        if info.oid.startswith(f"{one.oid}.") and (info.parameter_id in {None, one.parameter_id})
    ]
    if not own:
        if info.parameter_id is None:
            raise NotSupportedError("The chip offers PACE without domain parameters.")
        return standardized_group(info.parameter_id)
    try:
        fields = der.parse(own[0].domain_parameter, lenient=True).fields(0x30)
        if der.as_oid(fields.take()) == STANDARDIZED:
            return standardized_group(der.as_int(fields.take()))
    except der.DerError as error:
        raise NotSupportedError("The chip's own domain parameters of PACE cannot be read.") from error
    raise NotSupportedError("The chip offers PACE with domain parameters of its own, which are not standardized.")


def pace(link: Link, info: PaceInfo, infos: SecurityInfos, key: AccessKey, random: Random) -> PaceOutcome:
    """Open the protected channel of `link`.

    Raises `AccessDenied` where the chip does not accept the key, other `ChipError`s for whatever else fails.
    """
    link.step = "PACE"
    link.channel = None
    return _Run(link, info, pace_group(info, infos), key, random).play(_ambiguous(info, infos))


def decrypt_nonce(cipher: Cipher, key: AccessKey, encrypted: bytes) -> bytes:
    """Return the nonce s that the chip sent under the password's key. Raises `AnswerError`."""
    if not encrypted or len(encrypted) % block_size(cipher) or len(encrypted) > _MAX_NONCE:
        raise AnswerError("The chip's nonce of PACE is not of whole blocks.")
    return decrypt(cipher, derive_key(cipher, key.seed, PASSWORD), encrypted)


@dataclass(frozen=True, slots=True)
class _Run:
    link: Link
    info: PaceInfo
    group: CurveGroup | ModularGroup
    key: AccessKey
    random: Random

    def play(self, ambiguous: bool) -> PaceOutcome:
        self._choose(ambiguous)
        nonce = decrypt_nonce(self.info.cipher, self.key, self._step(b"", 0x80))
        mapped, mapping_public = self._mapped(nonce)
        secret = mapped.secret(self.random)
        own = mapped.public(secret)
        theirs = self._step(der.encode(0x83, own), 0x84)
        if theirs == own:
            raise AnswerError("The chip sends the reader's own key back.")
        channel = SecureChannel.of_secret(self.info.cipher, mapped.shared(secret, theirs))
        found = self._tokens(channel, mapped, own, theirs)
        proof = None
        if self.info.mapping is Mapping.CHIP_AUTHENTICATION:
            proof = chip_authentication_data(channel, found)
        self.link.channel = channel
        return PaceOutcome(self.info, theirs, mapped, mapping_public, proof)

    def _choose(self, ambiguous: bool) -> None:
        data = der.oid(self.info.oid, 0x80) + der.encode(0x83, bytes((self.key.reference,)))
        if ambiguous and self.info.parameter_id is not None:
            data += der.encode(0x84, bytes((self.info.parameter_id & 0xFF,)))
        answer = self.link.send(Command(0, 0x22, 0xC1, 0xA4, data))
        # 63CX tells how many attempts are left; the last ones of a CAN need more than this reader may do.
        if answer.sw == 0x63C0:
            raise AccessDenied("The chip has blocked this key", answer.sw)
        if answer.sw == 0x6A88:
            raise AccessDenied(f"The chip is not opened with {self.key.name}", answer.sw)
        if not answer.ok and answer.sw & 0xFFF0 != 0x63C0:
            raise CardError("The chip refuses the PACE that it offers", answer.sw)

    def _mapped(self, nonce: bytes) -> tuple[CurveGroup | ModularGroup, bytes | None]:
        if self.info.mapping is Mapping.INTEGRATED:
            if len(nonce) != nonce_size(self.info.cipher):
                raise AnswerError(f"The chip's nonce of PACE is of {len(nonce)} octets.")
            other = self.random(key_size(self.info.cipher))
            self._step(der.encode(0x81, other), 0x82, may_be_empty=True)
            return integrated_mapping(self.group, self.info.cipher, nonce, other), None
        secret = self.group.secret(self.random)
        own = self.group.public(secret)
        theirs = self._step(der.encode(0x81, own), 0x82)
        if theirs == own:
            raise AnswerError("The chip sends the reader's own key back.")
        return generic_mapping(self.group, nonce, secret, theirs), theirs

    def _tokens(
        self, channel: SecureChannel, group: CurveGroup | ModularGroup, own: bytes, theirs: bytes
    ) -> dict[int, bytes]:
        key, cipher = channel.authentication_key, self.info.cipher
        token = mac(cipher, key, group.token_object(self.info.oid, theirs))
        answer = self.link.send(_general(der.encode(0x85, token), last=True))
        if says_wrong_key(answer.sw):
            raise AccessDenied(f"The chip does not accept {self.key.name} as its key", answer.sw)
        if not answer.ok:
            raise CardError("The chip breaks PACE off", answer.sw)
        found = _dynamic(answer.data)
        expected = mac(cipher, key, group.token_object(self.info.oid, own))
        if not hmac.compare_digest(expected, found.get(0x86, b"")):
            raise AnswerError("The chip does not show that it knows the key of PACE.")
        return found

    def _step(self, data: bytes, tag: int, *, may_be_empty: bool = False) -> bytes:
        answer = self.link.ask(_general(data, last=False), "The chip breaks PACE off")
        found = _dynamic(answer).get(tag)
        if found is None and not may_be_empty:
            raise AnswerError(f"The chip's answer in PACE lacks the object {tag:02X}.")
        return found or b""


def chip_authentication_data(channel: SecureChannel, answer: dict[int, bytes]) -> bytes | None:
    """Return CA_IC of PACE with chip authentication mapping; None where the chip sent none that can be decrypted."""
    encrypted = answer.get(0x8A)
    if not encrypted or len(encrypted) % 16:
        return None
    key = channel.encryption_key
    try:
        return unpad(decrypt(channel.cipher, key, encrypted, encrypt(channel.cipher, key, b"\xff" * 16)))
    except ValueError:
        return None


def chip_authentication_holds(outcome: PaceOutcome, spki: bytes) -> bool:
    """Say whether the chip of PACE-CAM has the private key of this SubjectPublicKeyInfo (section 4.4.3.3.3)."""
    group, data, mapping = outcome.group, outcome.chip_authentication_data, outcome.mapping_public
    if data is None or mapping is None or not isinstance(group, CurveGroup):
        return False
    try:
        theirs, public = group_of_key(spki)
        if not isinstance(theirs, CurveGroup) or theirs.curve != group.curve:
            return False
        number = int.from_bytes(data, "big")
        # x is what the key agreement of the standard gives, and half the work: who has -k has k.
        product = crypto.ecdh_x(group.curve, number, theirs.point(public))
    except (crypto.CryptoError, AnswerError, NotSupportedError):
        return False
    return 0 < number < group.curve.n and product == mapping[1 : 1 + group.curve.size]


def _can(info: PaceInfo, infos: SecurityInfos) -> bool:
    try:
        group = pace_group(info, infos)
    except NotSupportedError:
        return False
    if isinstance(group, ModularGroup) != (info.agreement == "DH"):
        return False
    return not (info.mapping is Mapping.INTEGRATED and isinstance(group, CurveGroup) and group.curve.p % 4 != 3)


def _ambiguous(info: PaceInfo, infos: SecurityInfos) -> bool:
    """Say whether the identifier alone does not tell the domain parameters."""
    return len({one.parameter_id for one in infos.pace if one.oid == info.oid}) > 1


def _general(data: bytes, *, last: bool) -> Command:
    return Command(0 if last else 0x10, 0x86, 0, 0, der.encode(0x7C, data), SHORT_LE)


def _dynamic(data: bytes) -> dict[int, bytes]:
    """Return the objects of Dynamic Authentication Data by tag. Raises `AnswerError`."""
    try:
        outer = der.parse(data, lenient=True)
        if outer.tag != 0x7C:
            raise AnswerError("The chip's answer in PACE is no dynamic authentication data.")
        return {element.tag: element.value for element in outer}
    except der.DerError as error:
        raise AnswerError("The chip's answer in PACE cannot be read.") from error
