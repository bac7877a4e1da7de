"""The errors of talking to a chip.

ChipError
├── TransmitError            the card could not be asked or did not answer
│   ├── CardRemoved          taken away
│   ├── ReaderGone           the reader was unplugged
│   └── CardTimeout          no answer in time
├── CardError                the card answered with a status word that says no
│   └── AccessDenied         it says that the key is wrong, or all keys were refused
├── AnswerError              the card answered something that the standard does not foresee
├── SecureMessagingError     secure messaging broken off, or an answer whose protection does not hold
└── NotSupportedError        the card wants what this reader, or this set of keys, cannot do
"""

from __future__ import annotations


class ChipError(Exception):
    """Talking to the chip failed; the text is one sentence for an operator."""


class TransmitError(ChipError):
    """The card could not be asked, or did not answer."""


class CardRemoved(TransmitError):  # noqa: N818
    """The card was taken away."""


class ReaderGone(TransmitError):  # noqa: N818
    """The reader was unplugged, or its service stopped."""


class CardTimeout(TransmitError):  # noqa: N818
    """The card did not answer in time."""


class CardError(ChipError):
    """The card refused a command."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(f"{message} (status word {status:04X}).")


class AccessDenied(CardError):  # noqa: N818
    """The card does not accept the key."""


class AnswerError(ChipError):
    """The card's answer is none that the standard foresees."""


class SecureMessagingError(ChipError):
    """The protected channel ended; `status` is the word that the card gave in plain, 0 where it gave none."""

    def __init__(self, why: str, status: int = 0) -> None:
        self.status = status
        super().__init__(f"Secure messaging broken off: {why}.")


class NotSupportedError(ChipError):
    """No protocol, parameter or kind of key in common."""
