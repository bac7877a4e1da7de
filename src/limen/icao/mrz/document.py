"""A machine readable zone taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from limen.icao.codes import personal_number
from limen.icao.mrz.dates import MrzDate
from limen.icao.mrz.deviations import Rule
from limen.icao.mrz.layout import Format, Layout
from limen.icao.mrz.names import Name
from limen.icao.mrz.problems import Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What stands in one field."""

    name: str
    value: str
    """Without the fillers behind it."""
    raw: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """One check digit, as found and as it should be."""

    name: str
    line: int
    column: int
    found: str
    expected: str | None
    """None where a character that it covers has no value, so that none can be right."""
    ok: bool
    optional: bool = False
    rule: Rule = Rule.STANDARD
    """The rule that it was held against; another than the standard one is an issuer's known deviation."""


@dataclass(frozen=True, slots=True)
class Mrz:
    """A machine readable zone. What does not stand in its layout is empty (dates: six fillers)."""

    layout: Layout
    lines: tuple[str, ...]
    fields: tuple[FieldValue, ...]
    check_digits: tuple[CheckDigit, ...]
    problems: tuple[Problem, ...]
    document_code: str
    issuer: str
    name: Name
    document_number: str
    """In full, also where it goes on in the optional data; a filler inside stands for a special character."""
    nationality: str
    birth_date: MrzDate
    sex: str
    expiry_date: MrzDate
    optional_data: str
    """Without the rest of a long document number."""
    optional_data_2: str
    long_number: bool

    @property
    def format(self) -> Format:
        """The format of Doc 9303, or OTHER."""
        return self.layout.format

    @property
    def valid(self) -> bool:
        """Whether all check digits hold. It says nothing of other problems."""
        return all(check.ok for check in self.check_digits)

    @property
    def personal_number(self) -> str | None:
        """The bearer's personal number, where the issuer is known to put it into the optional data."""
        return personal_number(self.issuer, self.layout.name, self.optional_data, self.optional_data_2)

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(self.lines)

    def field(self, name: str) -> FieldValue:
        """The field of that name; KeyError where the layout has none."""
        for value in self.fields:
            if value.name == name:
                return value
        raise KeyError(name)

    def check(self, name: str) -> CheckDigit | None:
        """The check digit of that name, or None where the layout has none."""
        return next((check for check in self.check_digits if check.name == name), None)

    def problems_of(self, code: ProblemCode) -> tuple[Problem, ...]:
        """The problems of one kind."""
        return tuple(problem for problem in self.problems if problem.code is code)
