"""A small terminal for the tests of the emulated card: only what these tests need, written from the standard."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.cmac import CMAC

from limen.icao.der import encode, oid, parse
from limen.specimen.chip.agreement import Group

SELECT = bytes.fromhex("00A4040C07A0000002471001")
SIZES = {"3des": 16, "aes-128": 16, "aes-192": 24, "aes-256": 32}


def kdf(cipher: str, secret: bytes, use: int) -> bytes:
    """A key of the cipher's size."""
    data = secret + bytes([0, 0, 0, use])
    size = SIZES[cipher]
    return (hashlib.sha1 if size == 16 else hashlib.sha256)(data).digest()[:size]


def crypt(cipher: str, key: bytes, data: bytes, *, decrypt: bool = False, iv: bytes | None = None) -> bytes:
    """CBC."""
    algorithm = TripleDES(key + key[:8]) if cipher == "3des" else AES(key)
    engine = Cipher(algorithm, CBC(iv or bytes(8 if cipher == "3des" else 16)))
    coder = engine.decryptor() if decrypt else engine.encryptor()
    return coder.update(data) + coder.finalize()


def padded(data: bytes, block: int) -> bytes:
    """ISO padding."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def mac(cipher: str, key: bytes, data: bytes) -> bytes:
    """Retail MAC of padded data, or CMAC."""
    if cipher != "3des":
        code = CMAC(AES(key))
        code.update(data)
        return code.finalize()[:8]

    def des(half: bytes, text: bytes, decrypt: bool) -> bytes:
        engine = Cipher(TripleDES(half * 3), CBC(bytes(8)))
        coder = engine.decryptor() if decrypt else engine.encryptor()
        return coder.update(text) + coder.finalize()

    last = des(key[:8], padded(data, 8), False)[-8:]
    return des(key[:8], des(key[8:], last, True), False)


@dataclass
class Session:
    """Secure messaging from the terminal's side."""

    cipher: str
    enc: bytes
    code: bytes
    ssc: int = 0

    @property
    def block(self) -> int:
        """Octets."""
        return 8 if self.cipher == "3des" else 16

    def _count(self) -> bytes:
        return self.ssc.to_bytes(self.block, "big")

    def _iv(self) -> bytes:
        return bytes(8) if self.cipher == "3des" else crypt(self.cipher, self.enc, self._count())

    def _mac(self, data: bytes) -> bytes:
        text = self._count() + data
        return mac(self.cipher, self.code, text if self.cipher == "3des" else padded(text, 16))

    def wrap(self, head: bytes, data: bytes, le: int | None, extended: bool = False) -> bytes:
        """A protected command."""
        self.ssc += 1
        head = bytes([head[0] | 0x0C]) + head[1:]
        body = b""
        if data:
            text = crypt(self.cipher, self.enc, padded(data, self.block), iv=self._iv())
            body = encode(0x85, text) if head[1] & 1 else encode(0x87, b"\x01" + text)
        if le is not None:
            body += encode(0x97, (le % 65536).to_bytes(2, "big") if extended else bytes([le % 256]))
        body += encode(0x8E, self._mac(padded(head, self.block) + body))
        if extended or len(body) > 255:
            return head + b"\0" + len(body).to_bytes(2, "big") + body + b"\0\0"
        return head + bytes([len(body)]) + body + b"\0"

    def unwrap(self, answer: bytes) -> tuple[bytes, int]:
        """Data and the protected status word."""
        assert len(answer) > 2, answer.hex()
        self.ssc += 1
        parts = {item.tag: item for item in parse(encode(0x30, answer[:-2]))}
        covered = b"".join(bytes(item.raw) for tag, item in parts.items() if tag != 0x8E)
        assert self._mac(covered) == bytes(parts[0x8E].value)
        word = int.from_bytes(parts[0x99].value, "big")
        assert int.from_bytes(answer[-2:], "big") == word
        text = bytes(parts[0x85].value) if 0x85 in parts else bytes(parts[0x87].value)[1:] if 0x87 in parts else b""
        plain = crypt(self.cipher, self.enc, text, decrypt=True, iv=self._iv()) if text else b""
        return plain.rstrip(b"\0")[:-1], word


class Answering(Protocol):
    """A card, near or far."""

    def answer(self, apdu: bytes) -> bytes:
        """Data and status word."""
        ...


@dataclass
class Terminal:
    """Talks to one card."""

    card: Answering
    session: Session | None = None
    proof: bytes = b""
    mapped: bytes = b""

    def send(self, head: str, data: bytes = b"", le: int | None = None, extended: bool = False) -> tuple[bytes, int]:
        """One command, protected where there is a session."""
        start = bytes.fromhex(head)
        if self.session:
            return self.session.unwrap(self.card.answer(self.session.wrap(start, data, le, extended)))
        body = (bytes([len(data) % 256]) + data if data else b"") + (bytes([le % 256]) if le is not None else b"")
        if extended or len(data) > 255:
            body = b"\0" + (len(data).to_bytes(2, "big") + data if data else b"") + (le or 0).to_bytes(2, "big")
        answer = self.card.answer(start + body)
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def ok(self, head: str, data: bytes = b"", le: int | None = None) -> bytes:
        """The data of a command that must be done."""
        answer, word = self.send(head, data, le)
        assert word == 0x9000, f"{head}: {word:04X}"
        return answer

    def select(self) -> None:
        """The application."""
        self.ok("00A4040C", bytes.fromhex("A0000002471001"))

    def bac(self, secret: bytes) -> int:
        """Opens the card with the hash of the MRZ information; gives the status word."""
        enc, code = kdf("3des", secret[:16], 1), kdf("3des", secret[:16], 2)
        challenge = self.ok("00840000", le=8)
        own, half = secrets.token_bytes(8), secrets.token_bytes(16)
        text = crypt("3des", enc, own + challenge + half)
        answer, word = self.send("00820000", text + mac("3des", code, text), 40)
        if word != 0x9000:
            return word
        assert mac("3des", code, answer[:32]) == answer[32:]
        plain = crypt("3des", enc, answer[:32], decrypt=True)
        assert (plain[:8], plain[8:16]) == (challenge, own)
        seed = bytes(a ^ b for a, b in zip(half, plain[16:], strict=True))
        counter = int.from_bytes(challenge[4:] + own[4:], "big")
        self.session = Session("3des", kdf("3des", seed, 1), kdf("3des", seed, 2), counter)
        return word

    def pace(self, group: Group, protocol: str, cipher: str, password: bytes, reference: int) -> int:
        """Opens the card by PACE, generic, integrated or chip authentication mapping; gives the status word."""
        self.ok("0022C1A4", encode(0x80, oid(protocol)[2:]) + encode(0x83, bytes([reference])))
        encrypted = self._general(b"", 0x80)
        nonce = crypt(cipher, kdf(cipher, password, 3), encrypted, decrypt=True)
        if protocol.split(".")[-2] in ("3", "4"):
            from limen.specimen.chip.mapping import mapped_generator
            from limen.specimen.chip.spec import Cipher as Kind

            other = secrets.token_bytes(SIZES[cipher])
            self._general(encode(0x81, other), 0x82)
            base = mapped_generator(group, Kind(cipher), nonce, other)
        else:
            secret = secrets.randbelow(group.order - 1) + 1
            theirs = self._general(encode(0x81, group.encode(group.times(secret, group.generator))), 0x82)
            self.mapped = theirs
            shared = group.times(secret, group.decode(theirs))
            base = group.plus(group.times(int.from_bytes(nonce, "big"), group.generator), shared)
        secret = secrets.randbelow(group.order - 1) + 1
        ours = group.encode(group.times(secret, base))
        theirs = self._general(encode(0x83, ours), 0x84)
        shared = group.secret(group.times(secret, group.decode(theirs)))
        enc, code = kdf(cipher, shared, 1), kdf(cipher, shared, 2)

        def token(public: bytes) -> bytes:
            return mac(cipher, code, encode(0x7F49, oid(protocol), encode(group.tag, public)))

        answer, word = self.send("00860000", encode(0x7C, encode(0x85, token(theirs))), 256)
        if word != 0x9000:
            return word
        parts = {item.tag: bytes(item.value) for item in parse(answer)}
        assert parts[0x86] == token(ours)
        if 0x8A in parts:
            iv = crypt(cipher, enc, b"\xff" * 16)
            self.proof = crypt(cipher, enc, parts[0x8A], decrypt=True, iv=iv).rstrip(b"\0")[:-1]
        self.session = Session(cipher, enc, code)
        return word

    def _general(self, inner: bytes, tag: int) -> bytes:
        (part,) = parse(self.ok("10860000", encode(0x7C, inner), 256))
        assert part.tag == tag
        return bytes(part.value)

    def chip_authentication(self, group: Group, protocol: str, cipher: str, public: bytes) -> None:
        """Version 1: keys anew from the chip's static key."""
        secret = secrets.randbelow(group.order - 1) + 1
        ours = group.encode(group.times(secret, group.generator))
        if cipher == "3des":
            self.ok("002241A6", encode(0x91, ours))
        else:
            self.ok("002241A4", encode(0x80, oid(protocol)[2:]))
            self.ok("00860000", encode(0x7C, encode(0x80, ours)), 256)
        shared = group.secret(group.times(secret, group.decode(public)))
        self.session = Session(cipher, kdf(cipher, shared, 1), kdf(cipher, shared, 2))

    def read(self, identifier: int, step: int = 0xDF) -> bytes:
        """A whole file, as long as its head says."""
        self.ok("00A4020C", identifier.to_bytes(2, "big"))
        data = self.ok("00B00000", le=8)
        size = data[1] + 2 if data[1] < 0x80 else int.from_bytes(data[2 : 2 + data[1] - 0x80], "big") + data[1] - 0x7E
        if size <= len(data):
            return data[:size]
        while len(data) < size:
            part = self.ok(f"00B0{len(data):04X}", le=min(step, size - len(data)))
            assert part
            data += part
        return data
