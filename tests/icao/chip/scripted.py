"""Cards for tests: one that plays a transcript, one that the emulated document answers for, spoilt at will."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from limen.icao.chip import CanKey, MrzKey
from limen.specimen.chip import CardSpec, IssuedDocument, make_card


class Script:
    """Answers the commands of a transcript, and fails at the first that is another."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = list(pairs)

    def transmit(self, apdu: bytes) -> bytes:
        """Return the answer that stands beside the command."""
        command, answer = self.pairs.pop(0)
        assert command.lower() == apdu.hex()
        return bytes.fromhex(answer)


class Emulated:
    """The emulated card; `spoil` may change any answer or raise, and is told the answer's number."""

    def __init__(self, document: IssuedDocument, spoil: Callable[[int, bytes], bytes] | None = None) -> None:
        document.card.reset()
        self.document = document
        self.spoil = spoil
        self.count = 0

    def transmit(self, apdu: bytes) -> bytes:
        """Return the card's answer, spoilt."""
        answer = self.document.card.answer(apdu)
        self.count += 1
        return answer if self.spoil is None else self.spoil(self.count - 1, answer)


@cache
def document(spec: CardSpec) -> IssuedDocument:
    """Return an emulated document, made once."""
    return make_card(spec)


def mrz_key(made: IssuedDocument) -> MrzKey:
    """Return the key that the printed zone (TD3) is."""
    line = made.mrz[1]
    return MrzKey(line[:9], line[13:19], line[21:27])


def can_key(made: IssuedDocument) -> CanKey:
    """Return the key that the CAN is."""
    return CanKey(made.can)


def drawn(values: Iterable[str]) -> Callable[[int], bytes]:
    """Return a source of random octets that gives these."""
    left = list(values)
    return lambda size: bytes.fromhex(left.pop(0).rjust(2 * size, "0"))
