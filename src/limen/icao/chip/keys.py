"""What opens a chip: Doc 9303-11 (8th edition) sections 4.3.2, 4.4.3 and 9.7.2."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_WEIGHTS = (7, 3, 1)
_NUMBER = 9


def _check_digit(text: str) -> str:
    return str(sum(_WEIGHTS[at % 3] * _value(letter) for at, letter in enumerate(text)) % 10)


def _value(letter: str) -> int:
    return 0 if letter == "<" else int(letter, 36)


@dataclass(frozen=True, slots=True)
class MrzKey:
    """The printed zone: document number (without its check digit), dates of birth and expiry as YYMMDD.

    Raises `ValueError` for a letter that a machine readable zone cannot have. The representation tells nothing.
    """

    document_number: str
    birth: str
    expiry: str

    def __post_init__(self) -> None:
        text = self.document_number + self.birth + self.expiry
        if not all(letter == "<" or letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" for letter in text):
            raise ValueError("the key holds letters that no machine readable zone has")
        if not self.document_number or (len(self.birth), len(self.expiry)) != (6, 6):
            raise ValueError("the key wants a document number and two dates of six letters")

    @property
    def name(self) -> str:
        """As it is told to people."""
        return "the MRZ"

    @property
    def reference(self) -> int:
        """Number of the password in PACE."""
        return 1

    @property
    def information(self) -> bytes:
        """Number, birth and expiry, each with its check digit."""
        number = self.document_number.rstrip("<").ljust(_NUMBER, "<")
        return "".join(part + _check_digit(part) for part in (number, self.birth, self.expiry)).encode("ascii")

    @property
    def seed(self) -> bytes:
        """SHA-1 of the information, 20 octets: the password of PACE; the first 16 are the seed of BAC."""
        return hashlib.sha1(self.information, usedforsecurity=False).digest()

    def __repr__(self) -> str:
        return "MrzKey(...)"


@dataclass(frozen=True, slots=True)
class CanKey:
    """The card access number that is printed on the card. Raises `ValueError` for other than digits."""

    can: str

    def __post_init__(self) -> None:
        if not (self.can.isascii() and self.can.isdigit()):
            raise ValueError("a card access number is made of digits")

    @property
    def name(self) -> str:
        """As it is told to people."""
        return "the CAN"

    @property
    def reference(self) -> int:
        """Number of the password in PACE."""
        return 2

    @property
    def seed(self) -> bytes:
        """The digits themselves."""
        return self.can.encode("ascii")

    def __repr__(self) -> str:
        return "CanKey(...)"


AccessKey = MrzKey | CanKey
