"""Chip Authentication, versions 1 and 2: Doc 9303-11 (8th edition) section 6.2, TR-03110-2 (2.21) section 3.4.

The chip's key is shown to be there by the channel that follows: the caller must read something through it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from limen.icao import der
from limen.icao.chip.agreement import CurveGroup, ModularGroup, group_of_key
from limen.icao.chip.apdu import SHORT_LE, Command
from limen.icao.chip.errors import AnswerError, NotSupportedError
from limen.icao.chip.link import Link
from limen.icao.chip.secure_messaging import SecureChannel
from limen.icao.chip.symmetric import mac
from limen.icao.lds.security_infos import (
    ID_CA_DH,
    ID_CA_ECDH,
    Agreement,
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKeyInfo,
    Cipher,
    SecurityInfos,
)

_NONCE_TAG, _TOKEN_TAG = 0x81, 0x82
_ID_CA = "0.4.0.127.0.7.2.2.3"
_STRENGTH = {Cipher.AES_256: 0, Cipher.AES_192: 1, Cipher.AES_128: 2, Cipher.DES3: 3}


@dataclass(frozen=True, slots=True)
class ChipAuthentication:
    """What Chip Authentication was played with."""

    info: ChipAuthenticationInfo
    key: ChipAuthenticationPublicKeyInfo
    group: CurveGroup | ModularGroup
    terminal_public: bytes
    """The reader's ephemeral key, which Terminal Authentication signs."""


def choose(infos: SecurityInfos) -> tuple[ChipAuthenticationInfo, ChipAuthenticationPublicKeyInfo]:
    """Return the strongest protocol with its key, chosen by identifier. Raises `NotSupportedError`."""
    pairs = [
        (info, key)
        for info in infos.chip_authentication
        for key in infos.chip_authentication_keys
        if info.agreement is key.agreement and (info.key_id == key.key_id or info.key_id is None or key.key_id is None)
    ]
    strange = any(f"{info.oid}.".startswith(f"{_ID_CA}.") for info in infos.unknown)
    if not pairs and not strange:
        # Old chips name a key and no protocol: that means version 1 with 3DES (section 6.2.2).
        pairs = [(_implied(key), key) for key in infos.chip_authentication_keys if not infos.chip_authentication]
    pairs = [pair for pair in pairs if pair[0].version in {1, 2}]
    if not pairs:
        raise NotSupportedError("The chip names no protocol of chip authentication with its key.")
    return min(pairs, key=lambda pair: (_STRENGTH[pair[0].cipher], pair[0].key_id != pair[1].key_id))


def chip_authentication(link: Link, infos: SecurityInfos, random: Callable[[int], bytes]) -> ChipAuthentication:
    """Agree on new keys with the chip's static key; the channel of `link` is then the new one.

    Raises `NotSupportedError` before anything was sent, other `ChipError`s after.
    """
    link.step = "chip authentication"
    info, key = choose(infos)
    group, static = group_of_key(key.spki)
    secret = group.secret(random)
    public = group.public(secret)
    shared = group.shared(secret, static)
    if info.version == 1 and info.cipher is Cipher.DES3:
        data = der.encode(0x91, public) + _reference(info, key)
        link.ask(Command(0, 0x22, 0x41, 0xA6, data), "The chip refuses chip authentication")
        link.channel = SecureChannel.of_secret(info.cipher, shared)
    else:
        data = der.oid(info.oid, 0x80) + _reference(info, key)
        link.ask(Command(0, 0x22, 0x41, 0xA4, data), "The chip refuses chip authentication")
        body = der.encode(0x7C, der.encode(0x80, public))
        answer = link.ask(Command(0, 0x86, 0, 0, body, SHORT_LE), "The chip refuses chip authentication")
        link.channel = _channel(info, group, public, shared, answer)
    return ChipAuthentication(info, key, group, public)


def _channel(
    info: ChipAuthenticationInfo, group: CurveGroup | ModularGroup, public: bytes, shared: bytes, answer: bytes
) -> SecureChannel:
    if info.version == 1:
        return SecureChannel.of_secret(info.cipher, shared)
    try:
        objects = {element.tag: element.value for element in der.parse(answer, lenient=True)}
    except der.DerError as error:
        raise AnswerError("The chip's answer in chip authentication cannot be read.") from error
    if not {_NONCE_TAG, _TOKEN_TAG} <= objects.keys():
        raise AnswerError("The chip's answer in chip authentication lacks nonce or token.")
    channel = SecureChannel.of_secret(info.cipher, shared + objects[_NONCE_TAG])
    token = mac(info.cipher, channel.authentication_key, group.token_object(info.oid, public))
    if not hmac.compare_digest(token, objects[_TOKEN_TAG]):
        raise AnswerError("The chip's token of chip authentication is wrong.")
    return channel


def _implied(key: ChipAuthenticationPublicKeyInfo) -> ChipAuthenticationInfo:
    family = ID_CA_DH if key.agreement is Agreement.DH else ID_CA_ECDH
    return ChipAuthenticationInfo(f"{family}.1", 1, key.key_id)


def _reference(info: ChipAuthenticationInfo, key: ChipAuthenticationPublicKeyInfo) -> bytes:
    number = info.key_id if info.key_id is not None else key.key_id
    if number is None:
        return b""
    return der.encode(0x84, number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big") if number >= 0 else b"\x00")
