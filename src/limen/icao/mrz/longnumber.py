"""Document numbers of more than nine characters: Doc 9303-5, 8th edition, 4.2.2 note j and 4.2.4; 9303-6.

The first nine characters stand in the number's field, a filler in place of the check digit; the others, the
check digit and one filler begin the optional data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limen.icao.mrz.alphabet import DIGITS, FILLER
from limen.icao.mrz.layout import Layout


@dataclass(frozen=True, slots=True)
class LongNumber:
    """A long document number, and where its end is."""

    head: str
    """The nine characters of the number's field."""
    tail: str
    """The characters that go on in the optional data."""
    line: int
    tail_start: int
    check_column: int
    rest: str
    """The optional data behind it, without the fillers at their end."""

    @property
    def number(self) -> str:
        """The number in full."""
        return self.head + self.tail


def read_long_number(layout: Layout, lines: Sequence[str]) -> LongNumber | None:
    """The long number in `lines`, or None where they hold none that is well formed.

    A filler in place of the number's check digit announces it. Well formed: no filler in the nine characters,
    and in the optional data at least one more character, a digit as check digit, and a filler.
    """
    check, number, optional = (
        layout.check("number"),
        layout.field("document_number"),
        layout.field("optional_data"),
    )
    if not layout.long_number or check is None or number is None or optional is None:
        return None
    head, text = number.span.of(lines), optional.span.of(lines)
    run, separator, rest = text.partition(FILLER)
    if lines[check.line][check.column] != FILLER or FILLER in head or not separator:
        return None
    if len(run) < 2 or run[-1] not in DIGITS:
        return None
    end = optional.start + len(run) - 1
    return LongNumber(head, run[:-1], optional.line, optional.start, end, rest.rstrip(FILLER))
