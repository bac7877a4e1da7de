"""The figures of a chart as a table: what is drawn, shown, downloaded and clicked are the same cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import number_format


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure, and the address of the list that holds exactly these reports; empty where there is none."""

    value: float | None
    url: str = ""
    decimals: int = 0
    signed: bool = False
    """Whether more than nothing has a plus in front."""

    @property
    def text(self) -> str:
        """The figure as the language writes it; a dash where there is none."""
        if self.value is None:
            return "–"
        plus = "+" if self.signed and self.value > 0 else ""
        if self.decimals:
            return plus + str(number_format(self.value, self.decimals, force_grouping=True))
        return plus + str(intcomma(round(self.value))).replace("-", "−")

    @property
    def plain(self) -> str:
        """The figure as a machine reads it."""
        if self.value is None:
            return ""
        return f"{self.value:.{self.decimals}f}" if self.decimals else str(round(self.value))


@dataclass(frozen=True, slots=True)
class Name:
    """What a row or a column is called, its code, and the list of all that it stands for."""

    label: str
    code: str = ""
    url: str = ""
    rest: bool = False
    """Whether it stands for all that are not named, or for everything: a figure to read, and none to compare."""

    @property
    def short(self) -> str:
        """The code where it says as much to who reads charts, else the name."""
        return self.code if self.code and self.code.isupper() else self.label


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its names (one, or as many as there are `Table.heads`) and its figures."""

    names: tuple[Name, ...]
    cells: tuple[Cell, ...]

    @property
    def name(self) -> Name:
        """The first of its names."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows and columns."""

    heads: tuple[str, ...]
    """What the names of the rows are: "Month", or "From", "Via" and "To"."""
    columns: tuple[Name, ...]
    rows: tuple[Row, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to draw."""
        return any(cell.value for row in self.rows for cell in row.cells)

    @property
    def named(self) -> Table:
        """What is drawn: less the rows and columns of all the rest, beside which nothing else would be seen."""
        kept = [at for at, column in enumerate(self.columns) if not column.rest]
        rows = tuple(Row(row.names, tuple(row.cells[at] for at in kept)) for row in self.rows if not row.name.rest)
        return Table(self.heads, tuple(self.columns[at] for at in kept), rows)

    def most(self, columns: int | None = None) -> float:
        """The largest figure of what is drawn, in the first columns or in all."""
        named = self.named
        return max((cell.value or 0 for row in named.rows for cell in row.cells[:columns]), default=0)

    def column(self, at: int) -> tuple[Cell, ...]:
        """The figures of one column, from top to bottom."""
        return tuple(row.cells[at] for row in self.rows)

    def lines(self) -> Iterator[tuple[list[str], list[str]]]:
        """The names and the figures of each line as a machine reads them, the head first; codes stand beside names."""
        coded = [any(row.names[at].code for row in self.rows) for at in range(len(self.heads))]
        heads = _beside(((head, f"{head} (code)") for head in self.heads), coded)
        yield heads + [column.label for column in self.columns], []
        for row in self.rows:
            names = _beside(((name.label, name.code) for name in row.names), coded)
            yield names, [cell.plain for cell in row.cells]


def _beside(pairs: Iterable[tuple[str, str]], coded: list[bool]) -> list[str]:
    """Names, and their codes where the column has any."""
    return [text for pair, both in zip(pairs, coded, strict=True) for text in pair[: 1 + both]]
