"""What an action raises when it will not do what was asked: one translated sentence, no more."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is the asker's, not the program's
    """The officer may not do this. Becomes 403 with the sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Exception):  # noqa: N818
    """What was sent cannot be taken. Becomes 422 with the sentence, beside the field where one is named."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
