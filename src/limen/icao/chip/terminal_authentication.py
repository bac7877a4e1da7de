"""Terminal Authentication, version 1, with an own inspection system's key: TR-03110-1 (2.20) section 3.5, part 3 C.

Limen has no such key of its own; whoever has one gives it as a `TerminalKey`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from limen.icao import der
from limen.icao.chip.apdu import Command
from limen.icao.chip.errors import AnswerError, ChipError
from limen.icao.chip.link import Link


class CvCertificateError(ChipError):
    """A card verifiable certificate of the inspection system cannot be taken apart."""


@dataclass(frozen=True, slots=True)
class CvCertificate:
    """A card verifiable certificate (TR-03110-3 appendix C.1)."""

    authority: str
    """Certification authority reference: the key that it is verified with."""
    holder: str
    """Certificate holder reference."""
    key: bytes
    """The public key object 7F49, as read."""
    body: bytes
    """7F4E, as read."""
    signature: bytes
    """5F37, as read with its tag."""

    @classmethod
    def parse(cls, data: bytes) -> CvCertificate:
        """Take a certificate (7F21) apart. Raises `CvCertificateError`."""
        try:
            outer = der.parse(data, lenient=True).fields(0x7F21)
            body, signature = outer.take(0x7F4E), outer.take(0x5F37)
            fields = {element.tag: element for element in body}
            texts = [fields[tag].value.decode("latin-1") for tag in (0x42, 0x5F20)]
            return cls(texts[0], texts[1], fields[0x7F49].raw, body.raw, signature.raw)
        except der.DerError as error:
            raise CvCertificateError(f"A card verifiable certificate cannot be read: {error}.") from error
        except KeyError as error:
            raise CvCertificateError("A card verifiable certificate lacks holder, authority or key.") from error


@dataclass(frozen=True, slots=True)
class TerminalKey:
    """An inspection system's certificates, from the chip's trust point down to its own, and its signing."""

    certificates: tuple[bytes, ...]
    sign: Callable[[bytes], bytes]
    """Returns the signature over a message as the last certificate's key object says: r || s, or RSA."""

    def __repr__(self) -> str:
        return f"TerminalKey({len(self.certificates)} certificates)"


def terminal_authentication(link: Link, key: TerminalKey, chip_identity: bytes, terminal_public: bytes) -> None:
    """Show the chip that the inspection system may read protected files. Raises `ChipError`.

    `chip_identity` is the document number with its check digit after BAC, the compressed key of PACE after PACE;
    `terminal_public` is the compressed key of Chip Authentication.
    """
    link.step = "terminal authentication"
    chain = [CvCertificate.parse(raw) for raw in key.certificates]
    if not chain:
        raise CvCertificateError("The inspection system has no certificates.")
    for certificate in chain:
        reference = der.encode(0x83, certificate.authority.encode("latin-1"))
        link.ask(Command(0, 0x22, 0x81, 0xB6, reference), "The chip does not know the authority of a certificate")
        both = certificate.body + certificate.signature
        link.ask(Command(0, 0x2A, 0, 0xBE, both), "The chip does not accept a certificate")
    reference = der.encode(0x83, chain[-1].holder.encode("latin-1"))
    link.ask(Command(0, 0x22, 0x81, 0xA4, reference), "The chip does not take the inspection system's key")
    challenge = link.ask(Command(0, 0x84, 0, 0, b"", 8), "The chip gives no challenge")
    if len(challenge) != 8:
        raise AnswerError("The chip's challenge is not of 8 octets.")
    signature = key.sign(chip_identity + challenge + terminal_public)
    link.ask(Command(0, 0x82, 0, 0, signature), "The chip does not accept the inspection system's signature")
