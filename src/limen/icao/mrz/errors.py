"""The errors of this package. What is wrong *inside* a zone is a `Problem`, never an exception.

MrzError
├── ShapeError      the lines fit no layout
├── CharacterError  a check digit was asked of a character that has no value
└── ContentError    a content cannot be written in a layout
"""


class MrzError(ValueError):
    """Root of the errors of `limen.icao.mrz`."""


class ShapeError(MrzError):
    """The number of lines, or their lengths, fit no known layout."""


class CharacterError(MrzError):
    """A character is outside the alphabet of Doc 9303-3, 4.3, and so has no value."""

    def __init__(self, char: str, position: int) -> None:
        self.char = char
        self.position = position
        super().__init__(f"{char!r} at position {position} is not a character of the machine readable zone")


class ContentError(MrzError):
    """A value does not fit its field."""

    def __init__(self, field: str, found: str, reason: str) -> None:
        self.field = field
        self.found = found
        self.reason = reason
        super().__init__(f"{field}: {reason} (found {found!r})")
