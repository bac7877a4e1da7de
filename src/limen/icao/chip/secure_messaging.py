"""Secure messaging, the reader's side: Doc 9303-11 (8th edition) section 9.8.

Whatever goes wrong ends the channel for good: the card has ended its session, or somebody meddles.
"""

from __future__ import annotations

import hmac

from limen.icao import der
from limen.icao.chip.apdu import EXTENDED_LE, SHORT_LE, Command, Response
from limen.icao.chip.errors import SecureMessagingError
from limen.icao.chip.symmetric import (
    AUTHENTICATION,
    ENCRYPTION,
    block_encryptor,
    block_size,
    decrypt,
    derive_key,
    encrypt,
    mac,
    pad,
    unpad,
)
from limen.icao.lds.security_infos import Cipher

_DATA, _DATA_ODD, _LE, _STATUS, _MAC = 0x87, 0x85, 0x97, 0x99, 0x8E
_PADDED = b"\x01"
_OVERHEAD = 4 + 10


class SecureChannel:
    """Session keys and the send sequence counter."""

    def __init__(self, cipher: Cipher, encryption: bytes, authentication: bytes, counter: int = 0) -> None:
        self.cipher = cipher
        self._encryption = encryption
        self._encrypt_block = block_encryptor(cipher, encryption)
        self._authentication = authentication
        self._counter = counter
        self._broken = False

    @classmethod
    def of_secret(cls, cipher: Cipher, secret: bytes, counter: int = 0) -> SecureChannel:
        """Return the channel whose two keys are derived from a shared secret."""
        return cls(cipher, derive_key(cipher, secret, ENCRYPTION), derive_key(cipher, secret, AUTHENTICATION), counter)

    @property
    def encryption_key(self) -> bytes:
        """KS.Enc, which PACE with chip authentication mapping uses once more."""
        return self._encryption

    @property
    def authentication_key(self) -> bytes:
        """KS.MAC, with which the tokens are made."""
        return self._authentication

    def protect(self, command: Command, extended: bool = False) -> Command:
        """Return the command under protection. Raises `SecureMessagingError` once the channel has ended."""
        if self._broken:
            raise SecureMessagingError("the channel has ended")
        self._counter += 1
        header = Command(command.cla | 0x0C, command.ins, command.p1, command.p2)
        body = self._data_object(command) + _le_object(command.le)
        code = self._mac(pad(header.header, self._block) + body)
        body += der.encode(_MAC, code)
        wide = extended or len(body) > 0xFF
        return Command(header.cla, header.ins, header.p1, header.p2, body, EXTENDED_LE if wide else SHORT_LE)

    def open(self, response: Response) -> Response:
        """Return the answer inside a protected one; raises `SecureMessagingError` for any that is not whole."""
        try:
            return self._open(response)
        except SecureMessagingError:
            self._broken = True
            raise

    def most(self, room: int) -> int:
        """Return how many octets of plain data fit into a protected answer of `room` octets."""
        inner = room - _OVERHEAD - (5 if room > 0x100 else 4)
        return max(inner // self._block * self._block - 1, 1)

    def _open(self, response: Response) -> Response:
        self._counter += 1
        if not response.data:
            raise SecureMessagingError(f"the chip answered {response.sw:04X} in plain", response.sw)
        objects = _objects(response)
        authenticated = b"".join(raw for tag, (raw, _) in objects.items() if tag != _MAC)
        if not hmac.compare_digest(self._mac(authenticated), objects[_MAC][1]):
            raise SecureMessagingError("the authentication code of an answer is wrong", response.sw)
        stated = objects[_STATUS][1]
        if stated != response.sw.to_bytes(2, "big"):
            raise SecureMessagingError(
                f"the status word {response.sw:04X} is not the protected one, {stated.hex().upper()}", response.sw
            )
        return Response(self._plain(objects, response.sw), response.sw)

    def _plain(self, objects: dict[int, tuple[bytes, bytes]], status: int) -> bytes:
        if _DATA in objects:
            value = objects[_DATA][1]
            if value[:1] != _PADDED:
                raise SecureMessagingError("an answer is padded in an unknown way", status)
            cryptogram = value[1:]
        elif _DATA_ODD in objects:
            cryptogram = objects[_DATA_ODD][1]
        else:
            return b""
        try:
            return unpad(decrypt(self.cipher, self._encryption, cryptogram, self._iv()))
        except ValueError as error:
            raise SecureMessagingError("an answer cannot be decrypted", status) from error

    def _data_object(self, command: Command) -> bytes:
        if not command.data:
            return b""
        cryptogram = encrypt(self.cipher, self._encryption, pad(command.data, self._block), self._iv())
        if command.ins & 1:
            return der.encode(_DATA_ODD, cryptogram)
        return der.encode(_DATA, _PADDED, cryptogram)

    @property
    def _block(self) -> int:
        return block_size(self.cipher)

    def _count(self) -> bytes:
        return (self._counter % (1 << 8 * self._block)).to_bytes(self._block, "big")

    def _iv(self) -> bytes:
        if self.cipher is Cipher.DES3:
            return bytes(8)
        return self._encrypt_block(self._count())

    def _mac(self, data: bytes) -> bytes:
        text = self._count() + data
        return mac(self.cipher, self._authentication, text if self.cipher is Cipher.DES3 else pad(text, 16))


def _le_object(le: int | None) -> bytes:
    if le is None:
        return b""
    if le <= SHORT_LE:
        return der.encode(_LE, bytes((le % SHORT_LE,)))
    return der.encode(_LE, (le % EXTENDED_LE).to_bytes(2, "big"))


def _objects(response: Response) -> dict[int, tuple[bytes, bytes]]:
    """Return raw octets and value by tag: at most data, then the status, then the code."""
    try:
        found = der.parse_all(response.data, lenient=True)
    except der.DerError as error:
        raise SecureMessagingError("an answer is not made of data objects", response.sw) from error
    objects = {element.tag: (element.raw, element.value) for element in found}
    tags = [element.tag for element in found]
    if tags not in ([_STATUS, _MAC], [_DATA, _STATUS, _MAC], [_DATA_ODD, _STATUS, _MAC]):
        raise SecureMessagingError("an answer without status or authentication code", response.sw)
    return objects
