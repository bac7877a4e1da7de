"""Talking to a travel document's chip: Doc 9303-11 (8th edition), with Doc 9303-10 section 3 and BSI TR-03110.

reading = read_chip(card, [MrzKey("T22000129", "640812", "101031")])
`card` is anything with `transmit`. No answer of a card raises anything but a `ChipError`.
"""

from limen.icao.chip.active_authentication import active_authentication, verify_active_authentication
from limen.icao.chip.apdu import Command, Response, StatusWord, Transmit
from limen.icao.chip.bac import basic_access_control
from limen.icao.chip.chip_authentication import ChipAuthentication, chip_authentication
from limen.icao.chip.errors import (
    AccessDenied,
    AnswerError,
    CardError,
    CardRemoved,
    CardTimeout,
    ChipError,
    NotSupportedError,
    ReaderGone,
    SecureMessagingError,
    TransmitError,
)
from limen.icao.chip.files import FileReader, Progress
from limen.icao.chip.keys import AccessKey, CanKey, MrzKey
from limen.icao.chip.link import Exchange, Link
from limen.icao.chip.pace import PaceOutcome, chip_authentication_holds, offers, pace
from limen.icao.chip.proof import ProofOutcome, ProofVerdict
from limen.icao.chip.reading import ChipReading, ReadingOptions, read_chip
from limen.icao.chip.secure_messaging import SecureChannel
from limen.icao.chip.terminal_authentication import CvCertificate, TerminalKey, terminal_authentication

__all__ = [
    "AccessDenied",
    "AccessKey",
    "AnswerError",
    "CanKey",
    "CardError",
    "CardRemoved",
    "CardTimeout",
    "ChipAuthentication",
    "ChipError",
    "ChipReading",
    "Command",
    "CvCertificate",
    "Exchange",
    "FileReader",
    "Link",
    "MrzKey",
    "NotSupportedError",
    "PaceOutcome",
    "Progress",
    "ProofOutcome",
    "ProofVerdict",
    "ReaderGone",
    "ReadingOptions",
    "Response",
    "SecureChannel",
    "SecureMessagingError",
    "StatusWord",
    "TerminalKey",
    "Transmit",
    "TransmitError",
    "active_authentication",
    "basic_access_control",
    "chip_authentication",
    "chip_authentication_holds",
    "offers",
    "pace",
    "read_chip",
    "terminal_authentication",
    "verify_active_authentication",
]
