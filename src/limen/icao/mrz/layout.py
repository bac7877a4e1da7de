"""What a layout of the machine readable zone is. The layouts themselves are tables in `layouts`.

Lines and columns count from 0 and ends are exclusive: Doc 9303's "positions 6 to 14 of the upper line" is
line 0, start 5, end 14.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from limen.icao.mrz.alphabet import Charset


class Format(StrEnum):
    """The formats of Doc 9303 parts 4 to 7, and one for the national layouts that are none of these."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of positions in one line."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        """The characters of `lines` that the span covers."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a layout."""

    name: str
    line: int
    start: int
    end: int
    charset: Charset = Charset.ANY
    title: str = ""
    part_of: str | None = None
    """The field that holds this one, where a part of a field has a meaning of its own."""

    @property
    def span(self) -> Span:
        """Where the field is."""
        return Span(self.line, self.start, self.end)

    @property
    def length(self) -> int:
        """Number of positions."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class CheckDigitSpec:
    """One check digit of a layout: where it is and which positions it covers, in their order."""

    name: str
    line: int
    column: int
    covered: tuple[Span, ...]
    optional: bool = False
    """Whether the filler may stand in its place when all it covers is fillers (Doc 9303-4, 4.2.2.2)."""

    def text(self, lines: Sequence[str]) -> str:
        """The characters it covers."""
        return "".join(span.of(lines) for span in self.covered)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is in one kind of machine readable zone."""

    name: str
    format: Format
    line_lengths: tuple[int, ...]
    fields: tuple[FieldSpec, ...]
    check_digits: tuple[CheckDigitSpec, ...]
    reference: str
    prefixes: tuple[str, ...] = ()
    """The first line begins with one of these; with none, any beginning fits."""
    long_number: bool = False
    """Whether a number of more than nine characters goes on in the optional data (TD1 and TD2)."""
    code_note: str = ""
    """What the document code may be, in words."""
    note: str = field(default="", compare=False)

    @property
    def line_count(self) -> int:
        """Number of lines."""
        return len(self.line_lengths)

    @property
    def line_length(self) -> int:
        """Number of characters of the longest line (all lines of Doc 9303's layouts are equally long)."""
        return max(self.line_lengths)

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name."""
        return next((spec for spec in self.fields if spec.name == name), None)

    def check(self, name: str) -> CheckDigitSpec | None:
        """The check digit of that name."""
        return next((spec for spec in self.check_digits if spec.name == name), None)

    def charset(self, line: int, column: int) -> Charset:
        """What the position admits; positions outside all fields admit the filler alone.

        A number's check digit may be the filler where long numbers are possible.
        """
        for check in self.check_digits:
            if (check.line, check.column) == (line, column):
                open_ = check.optional or (self.long_number and check.name == "number")
                return Charset.DIGIT if open_ else Charset.CHECK
        for spec in self.fields:
            if spec.line == line and spec.start <= column < spec.end and spec.part_of is None:
                return spec.charset
        return Charset.FILLER

    def fits(self, lines: Sequence[str]) -> bool:
        """Whether the lines have this layout's shape and beginning."""
        if tuple(map(len, lines)) != self.line_lengths:
            return False
        return not self.prefixes or lines[0].startswith(self.prefixes)
