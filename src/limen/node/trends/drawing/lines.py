"""Figures over time as lines. Across, all is said in shares of the width, so that a chart fits any screen unscaled."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from limen.node.trends.drawing import marks
from limen.node.trends.drawing.scale import every, ticks, width
from limen.node.trends.tables import Cell, Table

TOP, BELOW, EDGE = 10, 26, 2.5
"""Room above the plot and below it in pixels, and at its sides in per cent."""
ROOM = 12
"""Names of periods that stand beside each other on a desk; on a phone a third of them."""


def draw(table: Table, height: int = 260, *, rtl: bool = False) -> SafeString:
    """Draw each column of the table as a line over its rows, beside its axis."""
    axis, wide = _axis(_plot(table, height, rtl))
    return format_html(
        '<div class="plot"><svg class="plot-axis" width="{}" height="{}" aria-hidden="true">{}</svg>'
        '<svg class="plot-area" width="100%" height="{}" aria-hidden="true">{}</svg></div>',
        wide,
        height,
        axis,
        height,
        area(table, height, rtl=rtl),
    )


def axis(table: Table, height: int) -> tuple[SafeString, int]:
    """The figures beside the lines, and how wide they are."""
    return _axis(_plot(table, height, rtl=False))


def area(table: Table, height: int, *, rtl: bool = False) -> SafeString:
    """The lines alone, in whatever they stand in."""
    plot, table = _plot(table, height, rtl), table.named
    parts = [
        *_grid(plot),
        *_periods(table, plot),
        *_columns(table, plot),
        *(_line(table.column(at), at, plot) for at in range(len(table.columns))),
        *(mark for at in range(len(table.columns)) for mark in _marks(table, at, plot)),
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


class _Plot:
    """Where a figure stands."""

    def __init__(self, periods: int, steps: list[int], height: float, rtl: bool) -> None:
        self.periods, self.steps, self.most, self.height, self.rtl = periods, steps, steps[-1], height, rtl

    def x(self, at: float) -> float:
        """Across, in per cent."""
        share = 0.5 if self.periods < 2 else at / (self.periods - 1)
        across = EDGE + (100 - 2 * EDGE) * share
        return 100 - across if self.rtl else across

    def y(self, value: float) -> float:
        """Down, in pixels."""
        return TOP + self.height * (1 - value / self.most)


def _plot(table: Table, height: int, rtl: bool) -> _Plot:
    return _Plot(len(table.rows), ticks(table.most()), height - TOP - BELOW, rtl)


def _axis(plot: _Plot) -> tuple[SafeString, int]:
    figures = [(Cell(step).text, plot.y(step)) for step in plot.steps]
    wide = round(max(width(text) for text, _y in figures) + 10)
    at, anchor = (6, "start") if plot.rtl else (wide - 6, "end")
    told = "".join(f'<text x="{at}" y="{y + 4:.1f}" text-anchor="{anchor}">{text}</text>' for text, y in figures)
    return mark_safe(told), wide  # noqa: S308 - figures


def _grid(plot: _Plot) -> Iterable[str]:
    for step in plot.steps:
        y = round(plot.y(step)) + 0.5
        yield f'<line class="{"grid" if step else "base"}" x1="0" x2="100%" y1="{y}" y2="{y}"/>'


def _periods(table: Table, plot: _Plot) -> Iterable[str]:
    step = every(len(table.rows), ROOM)
    last = len(table.rows) - 1
    for at in range(last, -1, -step):
        row = table.rows[at]
        few = "" if (last - at) // step % 3 == 0 else " plenty"
        x = plot.x(at)
        anchor = "end" if x > 96 else "start" if x < 4 else "middle"
        yield (
            f'<text class="period{few}" x="{x:.2f}%" y="{TOP + plot.height + 18:.0f}"'
            f' text-anchor="{anchor}">{conditional_escape(row.name.label)}</text>'
        )


def _line(cells: tuple[Cell, ...], at: int, plot: _Plot) -> str:
    """One line; its box is stretched to the width, its stroke is not."""
    points = " ".join(f"{plot.x(i) * 10:.0f},{plot.y(cell.value or 0):.1f}" for i, cell in enumerate(cells))
    whole = plot.height + TOP + BELOW
    return (
        f'<svg width="100%" height="{whole:.0f}" viewBox="0 0 1000 {whole:.0f}" preserveAspectRatio="none">'
        f'<polyline class="line {marks.look(at)}" points="{points}"/></svg>'
    )


def _columns(table: Table, plot: _Plot) -> Iterable[str]:
    """Behind the marks, a strip for each period: whoever points at it is told all its figures."""
    wide = (100 - 2 * EDGE) / max(1, plot.periods - 1)
    for at, row in enumerate(table.rows):
        told = [f"{row.name.label}"]
        told += [f"{column.label}: {cell.text}" for column, cell in zip(table.columns, row.cells, strict=True)]
        yield (
            f'<g class="strip"><title>{conditional_escape(chr(10).join(told))}</title>'
            f'<rect x="{plot.x(at) - wide / 2:.2f}%" y="{TOP}" width="{wide:.2f}%" height="{plot.height:.0f}"/></g>'
        )


def _marks(table: Table, at: int, plot: _Plot) -> Iterable[SafeString]:
    """A symbol for each figure; on a long line they show when pointed at. Of many lines, none at nothing."""
    column = table.columns[at]
    shown = marks.look(at) + ("" if plot.periods <= 40 else " faint")
    for i, row in enumerate(table.rows):
        cell = row.cells[at]
        if not cell.value and len(table.columns) > 1:
            continue
        inner = (
            f'<svg class="mark {shown}" x="{plot.x(i):.2f}%" y="{plot.y(cell.value or 0):.1f}" overflow="visible">'
            f'<circle class="near" r="9"/>{marks.symbol(at)}</svg>'
        )
        yield marks.link(cell.url, inner, f"{row.name.label}, {column.label}: {cell.text}")
